package workspace

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

func TestRootOf(t *testing.T) {
	const py, source, test = dialect.Python, dialect.SourceRoot, dialect.TestRoot
	configured := Options{SourceRoots: []string{"code", "code/special/"}, TestRoots: []string{"code/tests"}}
	all := Options{SourceRoots: []string{"."}}
	tests := []struct {
		name    string
		options Options
		dir     string
		want    dialect.Root // zero: none
	}{
		{"default", Options{}, "src/python/a", dialect.Root{Dir: "src/python", Category: source, Language: py}},
		{"default", Options{}, "code/a", dialect.Root{}},
		{"configured", configured, "code/a", dialect.Root{Dir: "code", Category: source, Language: py}},
		{"configured", configured, "code", dialect.Root{Dir: "code", Category: source, Language: py}},
		{"configured", configured, "coder", dialect.Root{}},
		{"the longest", configured, "code/special/a", dialect.Root{Dir: "code/special", Category: source, Language: py}},
		{"a test root in a source root", configured, "code/tests/a", dialect.Root{Dir: "code/tests", Category: test, Language: py}},
		{"instead of the default", configured, "src/python/a", dialect.Root{}},
		{"instead of the default", configured, "tests/python/a", dialect.Root{}},
		{"other languages", configured, "src/java/a", dialect.Root{Dir: "src/java", Category: source, Language: "java"}},
		{"third party", configured, "3rdparty/python/a",
			dialect.Root{Dir: "3rdparty/python", Category: dialect.ThirdPartyRoot, Language: py}},
		{"source roots alone", Options{SourceRoots: []string{"code"}}, "tests/python/a",
			dialect.Root{Dir: "tests/python", Category: test, Language: py}},
		{"the root", all, "a/b", dialect.Root{Category: source, Language: py}},
		{"the root", all, "", dialect.Root{Category: source, Language: py}},
	}
	for _, tt := range tests {
		tt.options.Dialect = dialect.Pants1()
		got, ok := New(filetree.FromMap(nil), &tt.options).RootOf(tt.dir)
		if got != tt.want || ok != (tt.want != dialect.Root{}) {
			t.Errorf("%s: RootOf(%q) = %+v, %v, want %+v", tt.name, tt.dir, got, ok, tt.want)
		}
	}
}

// What is excluded, and what is a workspace of its own, is not walked.
func TestWalkExcluded(t *testing.T) {
	s := New(filetree.FromMap(map[string]string{
		"pants.ini": "", "BUILD": "", "a/BUILD": "", "a/b/BUILD": "", "third_party/x/BUILD": "",
		"testdata/monorepo/pants.ini": "", "testdata/monorepo/BUILD": "", "testdata/monorepo/c/BUILD": "",
	}), &Options{Dialect: dialect.Pants1(), Excluded: func(path string) bool { return path == "third_party" }})
	dirs, err := s.Packages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"", "a", "a/b"}, dirs); diff != "" {
		t.Errorf("packages (-want +got):\n%s", diff)
	}
}
func TestBelow(t *testing.T) {
	for _, tt := range []struct {
		dir, root, relative string
		below               bool
	}{
		{"a/b", "a", "b", true}, {"a", "a", "", true}, {"a", "", "a", true}, {"", "", "", true},
		{"ab", "a", "", false}, {"", "a", "", false}, {"a", "a/b", "", false},
	} {
		if got := Below(tt.dir, tt.root); got != tt.below {
			t.Errorf("Below(%q, %q) = %v", tt.dir, tt.root, got)
		}
		if got := Relative(tt.dir, tt.root); tt.below && got != tt.relative {
			t.Errorf("Relative(%q, %q) = %q, want %q", tt.dir, tt.root, got, tt.relative)
		}
	}
}
