package workspace

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
)

func TestTargets(t *testing.T) {
	const (
		unknownCall = "gap: a call of a function that is not known"
		noName      = "gap: a target whose name is not known"
	)
	tests := []struct {
		name, src string
		want      []string
	}{
		{"name", `python_library(name='x')`, []string{`python_library "x"`}},
		{"default name", `python_library()`, []string{`python_library "b" default-name`}},
		{"name of a constant", "N = 'x'\npython_library(name=N + '_' + N)", []string{`python_library "x_x"`}},
		{"unknown name", `python_library(name=x)`, []string{`python_library ""`, noName}},
		{"empty name", `python_library(name='')`, []string{`python_library ""`, noName}},
		{"positional", `python_library('x')`, []string{`python_library "" default-name`, noName}},
		{"keywords unpacked", `python_library(**kw)`, []string{`python_library "" default-name open …`, noName}},
		{"keywords unpacked beside a name", `python_library(name='x', **kw)`, []string{`python_library "x" open …`}},
		{"name after another field", `pants_requirement(dist='x')`, []string{`pants_requirement "x" default-name`}},
		{"name before another field", `pants_requirement(dist='x', name='y')`, []string{`pants_requirement "y"`}},
		{"neither", `pants_requirement()`, []string{`pants_requirement "b" default-name`}},

		{"dependencies", `python_library(dependencies=['c', ':d', '//:e', 'a/b:f', 'c:c'])`,
			[]string{`python_library "b" default-name c:c a/b:d //:e a/b:f c:c`}},
		{"bad addresses", `python_library(dependencies=['', '/c', 'c/', 'c:'])`,
			[]string{`python_library "b" default-name bad: bad:/c bad:c/ bad:c:`}},
		{"wrappers", `python_library(dependencies=[pants('c'), scoped('d', scope='test'), intransitive('e'), provided('f')])`,
			[]string{`python_library "b" default-name c:c scoped:d:d scoped:e:e scoped:f:f`}},
		{"wrappers in wrappers", `python_library(dependencies=[scoped(pants('c'), scope='test'), pants(pants(':d'))])`,
			[]string{`python_library "b" default-name scoped:c:c a/b:d`}},
		{"unknown wrappers", `python_library(dependencies=[f('c'), scoped(address='d'), pants(), pants(x), x, 1])`,
			[]string{`python_library "b" default-name …`}},
		{"added", "C = ['c']\npython_library(dependencies=C + ['d'] + x)", []string{`python_library "b" default-name c:c d:d …`}},
		{"tuple", `python_library(dependencies=('c', 'd'))`, []string{`python_library "b" default-name c:c d:d`}},
		{"none", `python_library(dependencies=None)`, []string{`python_library "b" default-name`}},
		{"comprehension", `python_library(dependencies=[c for c in d])`, []string{`python_library "b" default-name …`}},
		{"two strings as one", `python_library(dependencies=['c' 'd'])`, []string{`python_library "b" default-name cd:cd`}},
		{"fields that are dependencies", `python_app(binary=':x', dependencies=['y'])`,
			[]string{`python_app "b" default-name a/b:x y:y`}},
		{"fields that are none", `python_library(tags=['x'], description='y')`, []string{`python_library "b" default-name`}},
		{"alias", `alias(name='x', target='c')`, []string{`alias "x" c:c`}},

		{"several", "python_library(name='x')\npython_binary(name='y')", []string{`python_library "x"`, `python_binary "y"`}},
		{"the same name twice", "python_library()\npython_binary()",
			[]string{`python_library "b" default-name`, `python_binary "b" default-name`}},
		{"assigned", `x = python_library(name='x')`, []string{`python_library "x"`}},
		{"method", `python_library(name='x').with_description('y')`, []string{`python_library "x" open …`}},
		{"methods", `python_library(name='x').a().b(c=1)`, []string{`python_library "x" open …`}},
		{"method of something else", `x.append('y')`, nil},
		{"method that is given a name", `x.library(name = 'y')`, []string{unknownCall}},
		{"method that is given a target", `x.append(python_library())`, []string{unknownCall}},

		{"macro", `my_macro('x')`, []string{unknownCall}},
		{"macro with a name", `my_macro(name='x', dependencies=[':y'])`, []string{`my_macro "x" unknown-kind a/b:y`, unknownCall}},
		{"function without targets", `print('x')`, nil},
		{"function that is given a target", `print(python_library())`, []string{unknownCall}},
		{"functions of the tool", `source_root('x')`, nil},
		{"values that nobody takes", "python_requirement('x')", []string{unknownCall}},
		{"values that somebody takes", "x = python_requirement('x')", nil},
		{"kind that declares more", `managed_jar_libraries(name='x')`, []string{`managed_jar_libraries "x"`, unknownCall}},
		{"call of a call", `f()()`, []string{unknownCall}},
		{"value that may declare", `x = f()`, []string{unknownCall}},
		{"value that does not", "x = ['a', len('b')]\ny = os.path.join('a')", nil},

		{"function definition", "def f():\n  python_library()", []string{"gap: a target in a function"}},
		{"function without targets in it", "def f(x):\n  return len(x)", nil},
		{"loop", "for x in y:\n  python_library(name=x)",
			[]string{`python_library "" conditional`, "gap: a target in a block", noName}},
		{"condition", "if x:\n  python_library(name='x')\nelse:\n  python_binary(name='y')",
			[]string{`python_library "x" conditional`, `python_binary "y" conditional`, "gap: a target in a block"}},
		{"condition without targets", "if x:\n  y = 1", nil},
		{"comprehension of targets", `[python_library(name=x) for x in y]`, []string{"gap: a target in an expression"}},
		{"class", "class X:\n  python_library()", []string{"gap: a target in a function"}},
		{"with", "with x:\n  python_library(name='x')", []string{`python_library "x" conditional`, "gap: a target in a block"}},
		{"try", "try:\n  python_library(name='x')\nexcept E:\n  pass",
			[]string{`python_library "x" conditional`, "gap: a target in a block"}},
		{"loop in a condition", "if x:\n  for y in z:\n    python_library(name='x')",
			[]string{`python_library "x" conditional`, "gap: a target in a block", "gap: a target in a block"}},

		{"imports", "import os\nfrom a import b", nil},
		{"imported macro", "from a import b\nb('x')", []string{unknownCall}},
		{"syntax error", "python_library(name='x')\npython_library(name='y'\n",
			[]string{`python_library "x"`, "gap: a syntax error"}},
		{"empty", "", nil},
		{"comments", "# python_library()\n", nil},
		{"a docstring", "'''python_library()'''", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := build(t, tt.src)
			got := showPackage(p)
			if i := strings.Index(got, "gap: a syntax error\n"); i >= 0 { // told of the statement and of the file
				got = got[:i+len("gap: a syntax error")]
			}
			if diff := cmp.Diff(strings.Join(tt.want, "\n"), got); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", tt.src, diff)
			}
			if p.Complete() != !strings.Contains(got, "gap") {
				t.Errorf("Complete is %v", p.Complete())
			}
		})
	}
}

func TestFamily(t *testing.T) {
	s := open(map[string]string{
		"a/BUILD.z": "python_library(name='z')", "a/BUILD": "python_library(name='b')", "a/BUILD.a": "python_library(name='a')",
		"a/BUILD.d/x": "", "a/xBUILD": "python_library(name='x')", "a/c/y": "",
	})
	p := loadPackage(t, s, "a")
	if diff := cmp.Diff("python_library \"b\"\npython_library \"a\"\npython_library \"z\"", showPackage(p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(p.Files) != 3 || p.Targets[1].File.Path != "a/BUILD.a" {
		t.Errorf("%d files, the second target is of %s", len(p.Files), p.Targets[1].File.Path)
	}
	for _, dir := range []string{"", "a/c", "gone"} {
		if p, err := s.Package(dir); p != nil || err != nil {
			t.Errorf("Package(%q) = %v, %v, want neither", dir, p, err)
		}
	}
}

func TestRootPackage(t *testing.T) {
	s := open(map[string]string{"BUILD": "python_library()\npython_library(name='x', dependencies=[':y', '//:z'])"})
	want := "python_library \"\" default-name\npython_library \"x\" //:y //:z"
	if diff := cmp.Diff(want, showPackage(loadPackage(t, s, ""))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHead(t *testing.T) {
	for src, want := range map[string]string{
		"python_library(name='x', tags=[])":          "python_library(name='x'",
		"python_library(\n  name = 'x',\n)":          "python_library(\n  name = 'x'",
		"python_library(tags=[], name='x')":          "python_library",
		"python_library()":                           "python_library",
		"x = python_library(name='x')":               "python_library(name='x'",
		"python_library(name='x').with_y()":          "python_library(name='x'",
		"if x:\n  python_library(name='x', **y)":     "python_library(name='x'",
		"python_library(**y)":                        "python_library",
		"python_library(name=x, dependencies=['y'])": "python_library(name=x",
	} {
		target := build(t, src).Targets[0]
		if got := target.Head().Text(target.File.Syntax.Src); got != want {
			t.Errorf("%s: the head is %q, want %q", src, got, want)
		}
	}
}

// showProvides writes what a library publishes.
func showProvides(p *Provides) string {
	if p == nil {
		return "nothing"
	}
	text := p.Call.Func
	for _, v := range []Value{p.Name, p.Version} {
		if v == nil {
			text += " -"
		} else {
			text += " " + show(v)
		}
	}
	for _, b := range p.Binaries {
		keyword := ""
		if b.Key == nil {
			keyword = "="
		}
		text += fmt.Sprintf(" %s%s→%s", b.Script, keyword, b.Address)
		if b.Err != nil {
			text += "!"
		}
	}
	return text + more(p.Open)
}

func TestProvides(t *testing.T) {
	tests := []struct{ provides, want string }{
		{`setup_py(name='a.b', version='1')`, `setup_py "a.b" "1"`},
		{`python_artifact(name='a.b', version='1')`, `python_artifact "a.b" "1"`},
		{`setup_py()`, `setup_py - -`},
		{`setup_py(**kw)`, `setup_py - - …`},
		{`setup_py(name=x, version=open(f).read())`, `setup_py ? open(?).read()`},
		{`artifact(org='x')`, `nothing`},
		{`x`, `nothing`},
		{`None`, `nothing`},
		{`my_setup_py(name='x')`, `nothing`},
		{`setup_py(name='a').with_binaries({'c': ':d', 'e': 'f:g'})`, `setup_py "a" - c→a/b:d e→f:g`},
		{`setup_py(name='a').with_binaries(c=':d')`, `setup_py "a" - c=→a/b:d`},
		{`setup_py(name='a').with_binaries({'c': ':d'}, {'e': ':f'}, g=':h')`, `setup_py "a" - c→a/b:d e→a/b:f g=→a/b:h`},
		{`setup_py(name='a').with_binaries({'c': ':d'}, c=':e')`, `setup_py "a" - c=→a/b:e`},
		{`setup_py(name='a').with_binaries({'c': ':d'}, {'c': ':e'})`, `setup_py "a" - c→a/b:e`},
		{`setup_py(name='a').with_binaries({'c': ':d'}).with_binaries(c=':e', f=':g')`, `setup_py "a" - c=→a/b:e f=→a/b:g`},
		{`setup_py(name='a').with_binaries({'c': ':d'}).with_binaries({'e': ':f'})`, `setup_py "a" - c→a/b:d e→a/b:f`},
		{`setup_py(name='a').with_binaries(':d', ['e'], 1)`, `setup_py "a" -`}, // Pants ignores them
		{`setup_py(name='a').with_binaries(x)`, `setup_py "a" - …`},
		{`setup_py(name='a').with_binaries(*x)`, `setup_py "a" - …`},
		{`setup_py(name='a').with_binaries(**x)`, `setup_py "a" - …`},
		{`setup_py(name='a').with_binaries(**{'c': ':d'})`, `setup_py "a" - c→a/b:d`},
		{`setup_py(name='a').with_binaries({'c': ':d', **x})`, `setup_py "a" - c→a/b:d …`},
		{`setup_py(name='a').with_binaries({x: ':d'})`, `setup_py "a" - →a/b:d …`},
		{`setup_py(name='a').with_binaries({'c': x})`, `setup_py "a" - c→//: …`},
		{`setup_py(name='a').with_binaries({'c': '/d'})`, `setup_py "a" - c→//:!`},
		{`setup_py(name='a').with_other(c=':d')`, `setup_py "a" - …`},
		{`setup_py(name='a').with_binaries({})`, `setup_py "a" -`},
		{`setup_py(name='a').with_binaries()`, `setup_py "a" -`},
		{`(setup_py(name='a').with_binaries({'c': ':d'}))`, `setup_py "a" - c→a/b:d`},
		{`P`, `setup_py "p" - c→a/b:d`},
		{`P.with_binaries(B)`, `setup_py "p" - c→a/b:d e→a/b:f`},
		{`setup_py(name='a').with_binaries(dict(c=':d'))`, `setup_py "a" - …`},
	}
	const constants = "P = setup_py(name='p').with_binaries({'c': ':d'})\nB = {'e': ':f'}\n"
	for _, tt := range tests {
		target := build(t, constants+"python_library(provides="+tt.provides+")").Targets[0]
		if got := showProvides(target.Provides); got != tt.want {
			t.Errorf("%s\ngives %s\nwant  %s", tt.provides, got, tt.want)
		}
	}
}

func TestRequirements(t *testing.T) {
	const requirements = "# what we need\nFlask==1.0\nzope.interface>=3 ; python_version < '3'\nmy_pack--age\n-r other.txt\n\n"
	tests := []struct {
		src  string
		want string
	}{
		{`python_requirements()`, "Flask zope.interface my-pack-age requirements.txt"},
		{`python_requirements('more.txt')`, "more more.txt"},
		{`python_requirements(requirements_relpath='more.txt')`, "more more.txt"},
		{"R = 'more.txt'\npython_requirements(R)", "more more.txt"},
		{`python_requirements(x)`, "gap"},
		{`python_requirements('gone.txt')`, "gap"},
		{`python_requirements('sub/more.txt')`, "gap"},
		{`python_requirements('../more.txt')`, "gap"},
		{"python_requirements()\npython_library(name='x')", "Flask zope.interface my-pack-age requirements.txt x"},
	}
	for _, tt := range tests {
		s := open(map[string]string{
			"a/BUILD": tt.src, "a/requirements.txt": requirements, "a/more.txt": "more", "a/sub/more.txt": "", "more.txt": "",
		})
		p := loadPackage(t, s, "a")
		var names []string
		for _, target := range p.Targets {
			names = append(names, target.Name)
			if target.Implicit != (target.Name != "x") {
				t.Errorf("%s: Implicit of %s is %v", tt.src, target.Name, target.Implicit)
			}
		}
		if !p.Complete() {
			names = append(names, "gap")
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("%s gives %s, want %s", tt.src, got, tt.want)
		}
	}
}

func TestFields(t *testing.T) {
	target := build(t, "python_binary(name='x', entry_point='y', sources=['z'], surely_none=1)").Targets[0]
	if f := target.Field("surely_none"); f == nil || f.Spec != nil {
		t.Errorf("the field that the dialect does not know is %+v", f)
	}
	if f := target.FieldOf(dialect.EntryPointField); f == nil || show(f.Value) != `"y"` || f.Arg.Name != "entry_point" {
		t.Errorf("the entry point is %+v", f)
	}
	if target.Field("gone") != nil || target.FieldOf(dialect.ProvidesField) != nil {
		t.Error("a field is there that is not given")
	}
	if f := target.SourcesField(); f == nil || f.Name != "sources" {
		t.Errorf("the sources field is %+v", f)
	}
}
