package workspace

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// showSpecifier writes where a specifier stands, what it says there, and what brings it.
func showSpecifier(files map[string]string, s *Specifier) string {
	text := fmt.Sprintf("%s %q", s.Path, files[s.Path][s.Place.Start:s.Place.End])
	for _, c := range s.Clauses {
		text += " " + c.Operator + c.Version
	}
	if s.Target != (Address{}) {
		text += " " + s.Target.String()
	}
	if s.Constrains {
		text += " constrains"
	}
	if !s.Exact {
		text += " inexact"
	}
	if len(s.Errors) > 0 {
		text += " " + s.Errors[0].Message
	}
	return text
}

func TestSpecifiers(t *testing.T) {
	files := map[string]string{
		"3rdparty/python/BUILD": `
python_requirements()
python_requirement_library(
  name = 'extra',
  requirements = [
    python_requirement('Mako>=1.0', repository = 'x'),
    python_requirement(requirement = "six [y] ==1.*"),
    python_requirement('con' + 'cat==1'),
    python_requirement(r'raw==1'),
    python_requirement('odd ='),
    python_requirement(NAME),
  ],
)
`,
		"3rdparty/python/requirements.txt": "# all\nrequests>=2 # bound\n-c ../pins.txt\n-r more.txt\nflask==1.0 \\\n  --hash=sha256:00\n",
		"3rdparty/python/more.txt":         "-r https://example.org/x.txt\nurllib3\n",
		"3rdparty/pins.txt":                "flask==1.0\n",
		"constraints.txt":                  "urllib3==2\n",
		".gitignore":                       "ignored/\n",
		"ignored/requirements.txt":         "x\n",
		"src/python/a/BUILD": `
python_library(provides = setup_py(name = 'Org.A', version = '1'), compatibility = ['CPython>=3.9'])
python_library(name = 'b', provides = setup_py(name = name_of(), version = '1'), compatibility = '>=3')
python_library(name = 'c', compatibility = [X])
`,
	}
	s := open(files)
	all := s.Requirements()
	var got []string
	for _, spec := range all.Specifiers {
		got = append(got, showSpecifier(files, spec))
	}
	want := []string{
		`3rdparty/pins.txt "flask==1.0" ==1.0 constrains`,
		`3rdparty/python/BUILD "Mako>=1.0" >=1.0 3rdparty/python:extra`,
		`3rdparty/python/BUILD "six [y] ==1.*" ==1.* 3rdparty/python:extra`,
		`3rdparty/python/BUILD "'con' + 'cat==1'" ==1 3rdparty/python:extra inexact`,
		`3rdparty/python/BUILD "r'raw==1'" ==1 3rdparty/python:extra inexact`,
		"3rdparty/python/BUILD \"odd =\" 3rdparty/python:extra `=` is no operator: a version is pinned by `==`",
		`3rdparty/python/more.txt "urllib3"`,
		`3rdparty/python/requirements.txt "requests>=2" >=2 3rdparty/python:requests`,
		`3rdparty/python/requirements.txt "flask==1.0" ==1.0 3rdparty/python:flask`,
		`constraints.txt "urllib3==2" ==2 constrains`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("specifiers (-want +got):\n%s", diff)
	}
	if got := len(s.Specifiers("3rdparty/python")); got != 8 {
		t.Errorf("%d specifiers in 3rdparty/python", got)
	}
	if got := len(all.Named("flask")); got != 2 {
		t.Errorf("%d specifiers of flask", got)
	}
	if got := fmt.Sprint(all.Published("org-a"), all.Published("b")); got != "[src/python/a:a] []" {
		t.Errorf("published: %s", got)
	}
	checkInterpreters(t, s.Facts("src/python/a"))
	if s.Facts("src/python/a").Named("c").IsPython() {
		t.Error("something is kept of a target without anything to keep")
	}
}

func checkInterpreters(t *testing.T, f *Facts) {
	t.Helper()
	var got []string
	for target := range f.Targets() {
		got = append(got, strings.Join(target.Interpreters(), "|"))
	}
	if diff := cmp.Diff([]string{"CPython>=3.9", ">=3", ""}, got); diff != "" {
		t.Errorf("interpreters (-want +got):\n%s", diff)
	}
}

// What holds for a requirements file: the files that it is installed with, and its constraints.
func TestRequirementsFiles(t *testing.T) {
	s := open(map[string]string{
		"requirements.txt":           "-r base-requirements.txt\n",
		"test-requirements.txt":      "-r base-requirements.txt\n-c test/constraints.txt\n",
		"base-requirements.txt":      "-r ./base-requirements.txt\n",
		"constraints.txt":            "a==1\n",
		"test/constraints.txt":       "-c deep/pins.txt\n",
		"test/deep/pins.txt":         "a==2\n",
		"test/deep/requirements.txt": "a\n",
		"lone/requirements.txt":      "",
	})
	all := s.Requirements()
	tests := []struct{ file, together, constraints string }{
		{"requirements.txt", "base-requirements.txt requirements.txt", "constraints.txt"},
		{"test-requirements.txt", "base-requirements.txt test-requirements.txt", "test/constraints.txt test/deep/pins.txt"},
		{
			"base-requirements.txt", "base-requirements.txt requirements.txt test-requirements.txt",
			"test/constraints.txt test/deep/pins.txt",
		},
		{"test/deep/requirements.txt", "test/deep/requirements.txt", ""},
		{"lone/requirements.txt", "lone/requirements.txt", ""},
	}
	for _, tt := range tests {
		if got := strings.Join(slices.Sorted(maps.Keys(all.Together(tt.file))), " "); got != tt.together {
			t.Errorf("%s is installed with %s, want %s", tt.file, got, tt.together)
		}
		var constraints []string
		for _, f := range all.Constraints(tt.file) {
			constraints = append(constraints, f.Path)
		}
		if got := strings.Join(constraints, " "); got != tt.constraints {
			t.Errorf("the constraints of %s are %s, want %s", tt.file, got, tt.constraints)
		}
	}
}
