package python

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListed(t *testing.T) {
	tests := []struct {
		name     string
		read     func([]byte) ([]Listed, bool)
		src      string
		want     []string
		complete bool
	}{
		{"project", ProjectRequirements, `
[project]
name = "x"
dependencies = [
  "requests[socks] >=2, <3",  # why
  'Django @ https://example.org/x', """six""",
  "-e .", "# none", "mypy --hash=x",
]
[project.optional-dependencies]
dev = ["black==24.1.0 ; python_version > '3.8'"]
`, []string{
			`dependencies requests "requests[socks] >=2, <3"`, `dependencies Django "Django @ https://example.org/x"`,
			`dependencies six "six"`, `dependencies mypy "mypy"`,
			`optional-dependencies.dev black "black==24.1.0 ; python_version > '3.8'"`,
		}, true},
		{"project in one line", ProjectRequirements,
			"project = { dependencies = [\"a\"], optional-dependencies = { \"b c\" = [\"d\"] } }",
			[]string{`dependencies a "a"`, `optional-dependencies.b c d "d"`}, true},
		{"escapes", ProjectRequirements, "project.dependencies = [\"\\u0061\"]",
			[]string{`dependencies a "\"\\u0061\"" inexact`}, true},
		{"a list that is none", ProjectRequirements, "project.dependencies = [\"a\", 1]", []string{`dependencies a "a"`}, false},
		{"a table that is none", ProjectRequirements, "[project.dependencies]\na = \"1\"\n", nil, false},
		{"no name", ProjectRequirements, "project.dependencies = [\"a\", \"./b\"]", []string{`dependencies a "a"`}, false},
		{"nothing listed", ProjectRequirements, "[project]\nname = \"x\"\n", nil, false},
		{"no TOML", ProjectRequirements, "[project]\ndependencies = [\"a\"]\nx = \n", []string{`dependencies a "a"`}, false},
		{"uv", UvRequirements, "[tool.uv]\ndev-dependencies = [\"a>=1\"]\n", []string{`dev-dependencies a "a>=1"`}, true},
		{"poetry", PoetryRequirements, `
[tool.poetry]
name = "x"
[tool.poetry.dependencies]
python = "^3.12"
Django = "^5"
"zope.interface" = { version = "*", extras = ["x"] }
six = [{ version = "1", python = "<3" }, { version = "2" }]
[tool.poetry.dev-dependencies]
black = "*"
[tool.poetry.group.test.dependencies.pytest]
version = "8"
[tool.poetry.group.docs]
optional = true
dependencies = { sphinx = "7" }
`, []string{
			`dependencies Django "Django"`, `dependencies zope.interface "zope.interface"`, `dependencies six "six"`,
			`dev-dependencies black "black"`, `group.test.dependencies pytest "pytest"`,
			`group.docs.dependencies sphinx "sphinx"`,
		}, true},
		{"poetry, a path", PoetryRequirements, "[tool.poetry.dependencies]\na = \"1\"\nb = { path = \"../b\" }\n",
			[]string{`dependencies a "a"`, `dependencies b "b"`}, true},
		{"poetry, nothing but Python", PoetryRequirements, "[tool.poetry.dependencies]\npython = \"*\"\n", nil, false},
		{"poetry, no table", PoetryRequirements, "[tool.poetry]\ndependencies = 1\n", nil, false},
		{"pipenv", PipfileLockRequirements,
			`{"_meta": {"x": [1]}, "default": {"a": {"version": "==1"}}, "develop": {"a": {}, "\u0062": {}}}`,
			[]string{`default a "a"`, `develop a "a"`, `develop b "\\u0062"`}, true},
		{"pipenv, no JSON", PipfileLockRequirements, `{"default": {"a": `, []string{`default a "a"`}, false},
		{"pipenv, a list", PipfileLockRequirements, `{"default": []}`, nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, complete := test.read([]byte(test.src))
			var got []string
			for _, l := range found {
				text := fmt.Sprintf("%s %s %q", l.Group, l.Name, l.Span.Text([]byte(test.src)))
				if l.Requirement != nil && !l.Exact {
					text += " inexact"
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("listed (-want +got):\n%s", diff)
			}
			if complete != test.complete {
				t.Errorf("complete is %v", complete)
			}
		})
	}
}

func FuzzListed(f *testing.F) {
	for _, src := range []string{
		"[project]\ndependencies = [\"a>=1\"]\n", "[tool.poetry.dependencies]\nb = { path = \"../b\" }\n",
		`{"default": {"a": {"version": "==1"}}}`, "tool.uv.dev-dependencies = ['''x''']",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, read := range []func([]byte) ([]Listed, bool){
			ProjectRequirements, PoetryRequirements, UvRequirements, PipfileLockRequirements,
		} {
			found, _ := read(src)
			for _, l := range found {
				if l.Span.Start < 0 || l.Span.Start > l.Span.End || l.Span.End > len(src) {
					t.Fatalf("%q is at %v of %q", l.Name, l.Span, src)
				}
			}
		}
	})
}
