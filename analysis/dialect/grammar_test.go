package dialect

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A labelTest is an address as it stands in the package x/y, and what it means.
type labelTest struct {
	spec string
	want Label
	err  string // part of the message
}

func testLabels(t *testing.T, d *Dialect, tests []labelTest) {
	t.Helper()
	for _, tt := range tests {
		got, err := d.ParseLabel(tt.spec, "x/y")
		if err != nil {
			got = Label{}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseLabel(%q) (-want +got):\n%s", tt.spec, diff)
		}
		if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("ParseLabel(%q): error %v, want one about %q", tt.spec, err, tt.err)
		}
		if err != nil {
			continue
		}
		spelled := d.SpellLabel(got, "x/y")
		if again, err := d.ParseLabel(spelled, "x/y"); err != nil || again != got {
			t.Errorf("ParseLabel(%q) is spelled %q, which is read as %+v, %v", tt.spec, spelled, again, err)
		}
	}
}

func label(dir, name string) Label { return Label{Address: Address{dir, name}} }

func labelIn(repo, dir, name string) Label { return Label{Repo: repo, Address: Address{dir, name}} }

func TestParseLabel(t *testing.T) {
	elsewhere := ErrElsewhere.Error()
	d := &Dialect{
		Grammar: Grammar{Labels: true, Bare: true},
		Loads:   Loads{Own: []string{"", "me"}, Cells: map[string]string{"cell": "path/of/cell"}},
	}
	testLabels(t, d, []labelTest{
		{spec: "//a/b:c", want: label("a/b", "c")},
		{spec: "//a/b", want: label("a/b", "b")},
		{spec: "//:c", want: label("", "c")},
		{spec: ":c", want: label("x/y", "c")},
		{spec: ":c/d.py", want: label("x/y", "c/d.py")},
		{spec: "c", want: label("x/y", "c")},
		{spec: "c/d.py", want: label("x/y", "c/d.py")},
		{spec: "@//a/b:c", want: labelIn("@", "a/b", "c")},
		{spec: "@@//a/b", want: labelIn("@@", "a/b", "b")},
		{spec: "@me//a/b:c", want: labelIn("@me", "a/b", "c")},
		{spec: "cell//a:c", want: labelIn("cell", "path/of/cell/a", "c")},
		{spec: "cell//:c", want: labelIn("cell", "path/of/cell", "c")},
		{spec: "@cell//:c", want: labelIn("@cell", "path/of/cell", "c")},
		{spec: "@other//a/b:c", err: elsewhere},
		{spec: "@other", err: elsewhere},
		{spec: "@other//:c", err: elsewhere},
		{spec: "other//a:c", err: elsewhere},
		{spec: "///sub//a:c", err: elsewhere},
		{spec: "", err: "empty"},
		{spec: ":", err: "no name"},
		{spec: "//a:", err: "no name"},
		{spec: "//", err: "at the root"},
		{spec: "a:b", err: "starts with"},
		{spec: "//a//b", err: "not clean"},
		{spec: "//a/../b:c", err: "not clean"},
		{spec: "//a/:c", err: "not clean"},
	})
}

func TestParseLabelParts(t *testing.T) {
	with := func(l Label, part string) Label { l.Part = part; return l }
	testLabels(t, &Dialect{Grammar: Grammar{Labels: true, Parts: "|", Tagged: true}}, []labelTest{
		{spec: ":c|go", want: with(label("x/y", "c"), "|go")},
		{spec: "//a/b|go", want: with(label("a/b", "b"), "|go")},
		{spec: ":_c#lib", want: with(label("x/y", "c"), "#lib")},
		{spec: ":_c", want: label("x/y", "_c")},
		{spec: "c", err: "starts with"},
	})
	testLabels(t, &Dialect{Grammar: Grammar{Labels: true, Parts: "[?"}}, []labelTest{
		{spec: "//a:c[x][y]", want: with(label("a", "c"), "[x][y]")},
		{spec: "//a/b[x]", want: with(label("a/b", "b"), "[x]")},
		{spec: "//a:c?config//x:y", want: with(label("a", "c"), "?config//x:y")},
	})
}

func TestParseGenerated(t *testing.T) {
	file := func(dir, name, file string) Label { return Label{Address: Address{dir, name}, File: file} }
	testLabels(t, &Dialect{Grammar: Grammar{Generated: true}}, []labelTest{
		{spec: "a/b", want: label("a/b", "b")},
		{spec: "a/b:c", want: label("a/b", "c")},
		{spec: "//a/b:c", want: label("a/b", "c")},
		{spec: ":c", want: label("x/y", "c")},
		{spec: "//:c", want: label("", "c")},
		{spec: "!a/b:c", want: Label{Prefix: "!", Address: Address{"a/b", "c"}}},
		{spec: "!!:c", want: Label{Prefix: "!!", Address: Address{"x/y", "c"}}},
		{spec: "a/b.py", want: file("a", "a", "b.py")},
		{spec: "a/b.py:lib", want: file("a", "lib", "b.py")},
		{spec: "a/b/c.py:../lib", want: file("a", "lib", "b/c.py")},
		{spec: "a/b/c.py:../../lib", want: file("", "lib", "a/b/c.py")},
		{spec: "a/b/Dockerfile:../img", want: file("a", "img", "b/Dockerfile")},
		{spec: "//BUILD_ROOT:lib", want: file("", "lib", "BUILD_ROOT")},
		{spec: "b.py:lib", want: file("", "lib", "b.py")},
		{spec: "./c.py", want: file("x/y", "y", "c.py")},
		{spec: "./c.py:lib", want: file("x/y", "lib", "c.py")},
		{spec: "./z:lib", want: label("x/y/z", "lib")},
		{spec: "3rdparty/python#ansicolors", want: Label{Address: Address{"3rdparty/python", "python"}, Part: "#ansicolors"}},
		{spec: "3rdparty:reqs#a/b.c", want: Label{Address: Address{"3rdparty", "reqs"}, Part: "#a/b.c"}},
		{spec: "//:reqs#x", want: Label{Address: Address{"", "reqs"}, Part: "#x"}},
		{spec: ":c@resolve=x,y=z", want: Label{Address: Address{"x/y", "c"}, Part: "@resolve=x,y=z"}},
		{spec: "a@resolve=x", want: Label{Address: Address{"a", "a"}, Part: "@resolve=x"}},
		{spec: "a/v1.2:c", want: label("a/v1.2", "c")},
		{spec: "a/.hidden:c", want: label("a/.hidden", "c")},
		{spec: "", err: "empty"},
		{spec: "!", err: "empty"},
		{spec: "a:", err: "no name"},
		{spec: "b.py", err: "at the root"},
		{spec: "/a", err: "does not start with `/`"},
		{spec: "a/../b", err: "component"},
		{spec: "a/c.py:lib/x", err: "above"},
		{spec: "a/BUILD:c", err: "not its BUILD file"},
	})
}

func TestSpell(t *testing.T) {
	bazel := &Dialect{Grammar: Grammar{Labels: true}}
	for _, tt := range []struct {
		dialect           *Dialect
		address           Address
		full, short, from string // from a
	}{
		{Pants1(), Address{"a", "a"}, "a:a", "a", ":a"},
		{Pants1(), Address{"b", "c"}, "b:c", "b:c", "b:c"},
		{bazel, Address{"a", "a"}, "//a:a", "//a", ":a"},
		{bazel, Address{"b", "c"}, "//b:c", "//b:c", "//b:c"},
		{bazel, Address{"", "c"}, "//:c", "//:c", "//:c"},
	} {
		got := []string{tt.dialect.Spell(tt.address), tt.dialect.Short(tt.address), tt.dialect.From(tt.address, "a")}
		if diff := cmp.Diff([]string{tt.full, tt.short, tt.from}, got); diff != "" {
			t.Errorf("%v: Spell, Short, From (-want +got):\n%s", tt.address, diff)
		}
	}
}

// What stands in a cell is read and written from there.
func TestCells(t *testing.T) {
	d := &Dialect{
		Grammar: Grammar{Labels: true, Named: true},
		Loads:   Loads{Own: []string{"", "root"}, Cells: map[string]string{"lib": "sub/lib", "also": "sub/lib", "in": "sub/lib/in"}},
	}
	for _, tt := range []struct{ spec, from, dir, again, spelled string }{
		{"//a:b", "x", "a", "//a:b", "//a:b"},
		{"//a:b", "sub/lib/x", "sub/lib/a", "//a:b", "//a:b"},
		{"//:b", "sub/lib", "sub/lib", "//:b", ":b"},
		{":b", "sub/lib", "sub/lib", ":b", ":b"},
		{"//a:b", "sub/lib/in/x", "sub/lib/in/a", "//a:b", "//a:b"},
		{"//a:b", "sub/library", "a", "//a:b", "//a:b"},
		{"lib//a:b", "x", "sub/lib/a", "lib//a:b", "also//a:b"},
		{"@lib//a:b", "x", "sub/lib/a", "@lib//a:b", "also//a:b"},
		{"root//a:b", "sub/lib/x", "a", "root//a:b", "root//a:b"},
		{"lib//in/a:b", "x", "sub/lib/in/a", "in//a:b", "in//a:b"},
	} {
		l, err := d.ParseLabel(tt.spec, tt.from)
		if err != nil {
			t.Errorf("ParseLabel(%q, %q): %v", tt.spec, tt.from, err)
			continue
		}
		got := []string{l.Dir, d.SpellLabel(l, tt.from), d.From(l.Address, tt.from)}
		if tt.again[0] != ':' && l.Dir == tt.from {
			got[1] = d.SpellLabel(l, tt.from+"/..")
		}
		if diff := cmp.Diff([]string{tt.dir, tt.again, tt.spelled}, got); diff != "" {
			t.Errorf("%q in %s: directory, SpellLabel, From (-want +got):\n%s", tt.spec, tt.from, diff)
		}
	}
}

func FuzzParseLabel(f *testing.F) {
	for _, seed := range []string{"//a:b", "!a/b.py:../c", "@x//y", ":_a#b|c", "a#b", "c//d:e[f]", "./a", "a@b=c"} {
		f.Add(seed)
	}
	grammars := []Grammar{
		{}, {Labels: true, Bare: true}, {Labels: true, Parts: "|", Tagged: true}, {Labels: true, Parts: "[?"}, {Generated: true},
	}
	f.Fuzz(func(t *testing.T, spec string) {
		for _, g := range grammars {
			l, err := (&Dialect{Grammar: g}).ParseLabel(spec, "x/y")
			if err != nil && !errors.Is(err, ErrElsewhere) && err.Error() == "" {
				t.Errorf("%q: an error without a message", spec)
			}
			if err == nil && l.Name == "" {
				t.Errorf("%q: %+v has no name", spec, l)
			}
		}
	})
}
