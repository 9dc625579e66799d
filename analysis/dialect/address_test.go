package dialect

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		spec, from string
		want       Address
		err        string // part of the message
	}{
		{spec: "a/b", want: Address{"a/b", "b"}},
		{spec: "a", want: Address{"a", "a"}},
		{spec: "a/b:b", want: Address{"a/b", "b"}},
		{spec: "a/b:c", want: Address{"a/b", "c"}},
		{spec: ":c", from: "x/y", want: Address{"x/y", "c"}},
		{spec: ":c", from: "", want: Address{"", "c"}},
		{spec: "//:c", from: "x/y", want: Address{"", "c"}},
		{spec: "//a/b", from: "x", want: Address{"a/b", "b"}},
		{spec: "//a/b:c", from: "x", want: Address{"a/b", "c"}},
		{spec: "a:b:c", want: Address{"a:b", "c"}}, // the last colon
		{spec: "a:b/c", want: Address{"a", "b/c"}},
		{spec: "a.b/c-d_e", want: Address{"a.b/c-d_e", "c-d_e"}},
		{spec: "a b", want: Address{"a b", "a b"}},
		{spec: "ä/ö", want: Address{"ä/ö", "ö"}},
		{spec: ":BUILD", from: "x", want: Address{"x", "BUILD"}}, // a name is free
		{spec: "BUILD/x", want: Address{"BUILD/x", "x"}},         // only the last component is reserved
		{spec: "a/BUILD.x/c", want: Address{"a/BUILD.x/c", "c"}},
		{spec: ":a", from: "BUILDS", want: Address{"BUILDS", "a"}},

		{spec: "", err: "empty"},
		{spec: "//", err: "at the root"},
		{spec: ":", from: "x", err: "no name"},
		{spec: "a/b:", err: "no name"},
		{spec: "//:", err: "no name"},
		{spec: "/a/b", err: "does not start with `/`"},
		{spec: "///a", err: "does not start with `/`"},
		{spec: "/:x", err: "does not start with `/`"},
		{spec: "a//b", err: "empty component"},
		{spec: "a/b/", err: "empty component"},
		{spec: "a/b/:c", err: "empty component"},
		{spec: "./a", err: `component "."`},
		{spec: "../a", err: `component ".."`},
		{spec: "a/../b", err: `component ".."`},
		{spec: ".", err: `component "."`},
		{spec: "a/BUILD", err: "not its BUILD file"},
		{spec: "a/BUILD:c", err: "not its BUILD file"},
		{spec: "a/BUILD.x:c", err: "not its BUILD file"},
		{spec: "a/BUILDING", err: "not its BUILD file"},
		{spec: "BUILD", err: "not its BUILD file"},
		{spec: "a:b@c", err: "`@`"},
		{spec: "a/b@c", err: "`@`"},
	}
	for _, tt := range tests {
		got, err := Pants1().ParseAddress(tt.spec, tt.from)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseAddress(%q, %q) (-want +got):\n%s", tt.spec, tt.from, diff)
		}
		if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("ParseAddress(%q, %q): error %v, want one about %q", tt.spec, tt.from, err, tt.err)
		}
	}
}

func TestAddressSpelling(t *testing.T) {
	tests := []struct {
		address             Address
		long, short, inside string
		isDefault           bool
	}{
		{Address{"a/b", "b"}, "a/b:b", "a/b", ":b", true},
		{Address{"a/b", "c"}, "a/b:c", "a/b:c", ":c", false},
		{Address{"a", "a"}, "a:a", "a", ":a", true},
		{Address{"", "a"}, "//:a", "//:a", ":a", false},
		{Address{"x:y/z", "z"}, "x:y/z:z", "x:y/z:z", ":z", true}, // without the name it would be x and y/z
	}
	for _, tt := range tests {
		a := tt.address
		got := []any{a.String(), a.Short(), a.From(a.Dir), a.From("else/where"), a.IsDefault()}
		want := []any{tt.long, tt.short, tt.inside, tt.short, tt.isDefault}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%#v: String, Short, From its own, From another, IsDefault (-want +got):\n%s", a, diff)
		}
	}
	if !(Address{}).IsZero() || (Address{Name: "a"}).IsZero() {
		t.Error("IsZero is to be true of the zero address alone")
	}
}

// What is read is written so that it is read again as the same.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"a/b", "a/b:c", ":c", "//:c", "//a", "a:b:c", "/", "a//b", "", "x:y/z:z", "BUILD", "a@b"} {
		f.Add(seed, "x/y")
	}
	f.Fuzz(func(t *testing.T, spec, from string) {
		d := Pants1()
		if from != "" && from != path.Clean(from) || strings.HasPrefix(from, "/") || strings.HasPrefix(from, "..") || from == "." {
			t.Skip("no directory of a workspace")
		}
		a, err := d.ParseAddress(spec, from)
		if err != nil {
			if !a.IsZero() {
				t.Fatalf("ParseAddress(%q, %q) = %v with the error %v", spec, from, a, err)
			}
			return
		}
		spellings := []string{a.From(from)}
		if !strings.HasPrefix(path.Base(a.Dir), "BUILD") { // such a directory can be named from inside alone
			spellings = append(spellings, a.String(), a.Short(), a.From("some/where/else"))
		}
		for _, s := range spellings {
			if again, err := d.ParseAddress(s, from); err != nil || again != a {
				t.Errorf("ParseAddress(%q, %q) = %+v, which is spelled %q, which is read as %+v, %v", spec, from, a, s, again, err)
			}
		}
	})
}

func TestIsBuildFile(t *testing.T) {
	d := Pants1()
	for name, want := range map[string]bool{
		"BUILD": true, "BUILD.tools": true, "BUILD.a-b_C9": true, "BUILD.BUILD": true,
		"": false, "BUILD.": false, "BUILD.a.b": false, "BUILD.py~": false, "BUILDS": false, "build": false,
		"BUILD tools": false, "xBUILD": false, "BUILD.ä": false, "BUILD\n": false, "BUILD.a\n": false,
	} {
		if got := d.IsBuildFile(name); got != want {
			t.Errorf("IsBuildFile(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestWithKinds(t *testing.T) {
	d := Pants1()
	with := d.WithKinds(map[string]string{"my_library": "python_library", "my_thing": "no_such_kind"})
	if with.Kinds["my_library"] != d.Kinds["python_library"] {
		t.Error("a macro is not of the kind that it stands for")
	}
	if with.Kinds["my_thing"] != nil || d.Kinds["my_library"] != nil {
		t.Error("a macro of an unknown kind is left out, and the dialect itself does not change")
	}
	if d.WithKinds(nil) != d {
		t.Error("without macros the dialect is to be the same")
	}
}

// Every kind of the tables says what it is, and its fields say what they are for.
func TestTables(t *testing.T) {
	for _, d := range All() {
		if Named(d.Name) == nil || !slices.Contains(Names(), d.Name) {
			t.Errorf("%s cannot be found by its name", d.Name)
		}
		for _, name := range d.KindNames() {
			k := d.Kinds[name]
			if k.Name != name || strings.TrimSpace(k.Doc) == "" || !strings.HasSuffix(k.Doc, ".") {
				t.Errorf("kind %s: Name %q, Doc %q", name, k.Name, k.Doc)
			}
			if strings.Contains(k.Doc, "  ") {
				t.Errorf("kind %s: Doc %q has a hole", name, k.Doc)
			}
			if d.Functions[name] != NoFunction {
				t.Errorf("%s is a kind and a function", name)
			}
			seen := map[string]bool{}
			for _, f := range k.Fields {
				if seen[f.Name] || f.Doc == "" && f.Role != OtherField {
					t.Errorf("field %s of %s: given twice or without Doc", f.Name, name)
				}
				seen[f.Name] = true
			}
		}
	}
	if Named("no_such_dialect") != nil {
		t.Error("there is a dialect of no name")
	}
}
