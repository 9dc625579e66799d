package workspace

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// What targets generate from files that list requirements.
func TestGenerated(t *testing.T) {
	files := map[string]string{
		"a/BUILD": `
python_requirements(name = 'txt')
python_requirements(name = 'project', source = 'pyproject.toml', resolve = 'r')
poetry_requirements(name = 'poetry')
uv_requirements(name = 'uv')
pipenv_requirements(name = 'pipenv')
python_requirements(name = 'missing', source = 'missing.txt')
python_requirements(name = 'deep', source = 'b/requirements.txt')
python_requirements(name = 'outside', source = '../b/requirements.txt')
python_requirements(name = 'odd', source = 'odd.lock')
python_requirements(name = 'unknown', **x)
python_requirements(name = 'computed', source = X)
pants_requirements(name = 'pants')
if x:
  pipenv_requirements(name = 'conditional')
`,
		"a/requirements.txt":   "Flask==1 # x\n-r more.txt\nhttps://example.org/x\n",
		"a/b/requirements.txt": "x\n",
		"a/odd.lock":           "y\n",
		"a/pyproject.toml": "[project]\ndependencies = [\"six>=1\"]\n[tool.poetry.dependencies]\nblack = \"*\"\n" +
			"[tool.uv]\ndev-dependencies = [\"mypy\"]\n",
		"a/Pipfile.lock": `{"default": {"zope": {}}}`,
	}
	s := New(filetree.FromMap(files), &Options{Dialect: dialect.Pants2()})
	var got []string
	for _, target := range loadPackage(t, s, "a").Targets {
		text := target.Name
		if g := target.Generated; g != nil {
			text += fmt.Sprintf(" %s %v", g.Path, g.Complete)
			for _, n := range g.Names {
				text += fmt.Sprintf(" %s=%q", n.Name, n.Span.Text([]byte(files[g.Path])))
			}
		}
		for _, spec := range target.Requirements {
			text += fmt.Sprintf(" (%s %s)", showSpecifier(files, spec), spec.Resolve)
		}
		got = append(got, text)
	}
	want := []string{
		`txt a/requirements.txt false Flask="Flask" (a/requirements.txt "Flask==1" ==1 a:txt )`,
		`project a/pyproject.toml true six="six>=1" (a/pyproject.toml "six>=1" >=1 a:project r)`,
		`poetry a/pyproject.toml true black="black"`,
		`uv a/pyproject.toml true mypy="mypy" (a/pyproject.toml "mypy" a:uv )`,
		`pipenv a/Pipfile.lock true zope="zope"`,
		"missing", `deep a/b/requirements.txt true x="x"`, "outside", `odd a/odd.lock true y="y"`,
		"unknown", "computed", "pants",
		`conditional a/Pipfile.lock false zope="zope"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("generated (-want +got):\n%s", diff)
	}
	facts := s.Facts("a")
	if _, ok := facts.Named("txt").Generated().Named("flask"); !ok {
		t.Error("`flask` is not `Flask`")
	}
	if _, ok := facts.Named("missing").Generated().Named("x"); ok {
		t.Error("a file that is not there lists `x`")
	}
	for _, change := range []struct {
		path, src string
		same      bool
	}{
		{"a/Pipfile.lock", "\n" + files["a/Pipfile.lock"], true},
		{"a/Pipfile.lock", `{"default": {"zope2": {}}}`, false},
		{"a/b/requirements.txt", "x2\n", false},
		{"a/missing.txt", "x\n", false},
	} {
		next := s.With([]filetree.Change{{Path: change.path, Overlay: []byte(change.src), Op: filetree.SetOverlay}})
		if got := facts.SameToOthers(next.Facts("a")); got != change.same {
			t.Errorf("same after %q in %s: %v", change.src, change.path, got)
		}
	}
}
