package python

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseEntryPoint(t *testing.T) {
	for in, want := range map[string]EntryPoint{
		"pkg.mod":               {Module: "pkg.mod"},
		"mod:main":              {Module: "mod", Object: "main"},
		" pkg.mod : A.b ":       {Module: "pkg.mod", Object: "A.b"},
		"pkg.mod:main [x, y_z]": {Module: "pkg.mod", Object: "main", Extras: []string{"x", "y_z"}},
		"größe.mod:_f1":         {Module: "größe.mod", Object: "_f1"},
	} {
		got, err := ParseEntryPoint(in)
		if err != nil {
			t.Errorf("%q: %v", in, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func TestParseEntryPointErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":               `entry point "": "" is no module's dotted name`,
		":main":          `entry point ":main": "" is no module's dotted name`,
		"pkg.mod:":       `entry point "pkg.mod:": "" is no name of an object`,
		"pkg..mod":       `entry point "pkg..mod": "pkg..mod" is no module's dotted name`,
		"pkg.mod:a():b":  `entry point "pkg.mod:a():b": "a():b" is no name of an object`,
		"pkg.mod:a[x] y": `entry point "pkg.mod:a[x] y": the extras must end it with a "]"`,
	} {
		if _, err := ParseEntryPoint(in); err == nil || err.Error() != want {
			t.Errorf("%q:\ngot  %v\nwant %s", in, err, want)
		}
	}
}

func TestParseScript(t *testing.T) {
	got, err := ParseScript("run-it = pkg.mod:main [x]")
	want := Script{Name: "run-it", EntryPoint: EntryPoint{Module: "pkg.mod", Object: "main", Extras: []string{"x"}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	for _, in := range []string{"pkg.mod:main", "= pkg.mod:main", "run = ", "run = a b"} {
		if s, err := ParseScript(in); err == nil {
			t.Errorf("%q: got %+v, want an error", in, s)
		}
	}
}
