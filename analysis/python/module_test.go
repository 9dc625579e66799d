package python

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// describeModule lists the names, a `?` behind those that are Conditional, and checks that each span holds the name.
func describeModule(t *testing.T, src string) string {
	t.Helper()
	m := ReadModule([]byte(src))
	var names []string
	for b := range m.All {
		if got := src[b.Span.Start:b.Span.End]; got != b.Name {
			t.Errorf("the span of %s holds %q", b.Name, got)
		}
		names = append(names, b.Name+map[State]string{Bound: "", Conditional: "?"}[b.State])
	}
	slices.Sort(names)
	for _, flag := range []struct {
		is   bool
		name string
	}{
		{m.Star, "Star"}, {m.Getattr, "Getattr"}, {m.Dynamic, "Dynamic"}, {m.Malformed, "Malformed"},
		{m.MainGuard, "MainGuard"}, {m.Namespace != NoNamespace, m.Namespace.String()},
	} {
		if flag.is {
			names = append(names, flag.name)
		}
	}
	return strings.Join(names, " ")
}

func TestReadModule(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"definitions", "def f(): pass\nclass C: x = 1\nasync def g():\n  y = 1\n", "C f g"},
		{"decorated", "@a.b(c)\n@d\ndef f():\n  pass\n@e\nclass C(object):\n  pass\n", "C f"},
		{"assignments", "a = b = 1\nc, (d, [e, *f]) = x\n(g) = 1\nh += 1\n", "a b c d e f g h"},
		{"no names", "a.b = 1\nc[d] = e\nf().g, (h or i).j = 1, 2\n'x'.y = 1\nz == 1\nprint(end='')\n", ""},
		{"a comma before a bracket", "a, (b, c) = x\n", "a b c"},
		{"annotations", "a: int = 1\nb: int\nc: Dict[str, int] = {}\n", "a c"},
		{"lambda", "a = lambda x=1, *y: {x: y}\nlambda z=1: z\n", "a"},
		{"semicolons", "a = 1; import b; c = 'x;y'\n", "a b c"},
		{"strings", "a = '''\nb = 1\n'''\n\"\"\"\nc = 1\n\"\"\"\n", "a"},
		{"brackets", "a = [\n1,\n]\nf(\nb=1,\n  c=2)\n", "a"},
		{"continuation", "a = \\\n  1\nfrom x \\\n  import b\n", "a b"},
		{"imports",
			"import a.b.c, d as e\nfrom . import f, g as h\nfrom ...x.y import (i,\n j as k,)\n", "a e f h i k"},
		{"star", "from a import *\n", "Star"},
		{"if without else", "if x:\n  a = 1\nelif y:\n  a = 2\n", "a?"},
		{"if with else", "if x:\n  a = 1; b = 1\nelse:\n  a = 2; c = 1\n", "a b? c?"},
		{"else that raises", "if x:\n  a = 1\nelse:\n  raise E\n", "a"},
		{"else that exits", "if x:\n  a = 1\nelse:\n  sys.exit('no')\n", "a"},
		{"one line", "if x: a = 1; b = 2\nelse: a = 2\n", "a b?"},
		{"bound before", "a = 1\nif x:\n  a = 2\n", "a"},
		{"try", "try:\n  import a\nexcept ImportError:\n  a = None\n", "a"},
		{"try, one handler without", "try:\n  import a\nexcept A:\n  a = 1\nexcept B:\n  pass\n", "a?"},
		{"try, a handler that raises", "try:\n  import a\nexcept A:\n  raise\n", "a"},
		{"try that raises", "try:\n  a = 1\n  raise E\nexcept E:\n  b = 1\n", "a? b"},
		{"try, else and finally", "try:\n  a = 1\nexcept E:\n  b = 1\nelse:\n  b = 2\nfinally:\n  c = 1\n", "a? b c"},
		{"try without except", "try:\n  a = 1\nfinally:\n  b = 1\n", "a b"},
		{"except", "try: pass\nexcept A as a: pass\nexcept (B, C), b: pass\n", "a? b?"},
		{"except unbinds", "a = 1\ntry: pass\nexcept A as a: pass\n", "a?"},
		{"loops", "for a, (b, c) in x:\n  d = 1\nelse:\n  e = 1\nwhile x: f = 1\n", "a? b? c? d? e? f?"},
		{"with", "with x as a, y() as (b, c):\n  d = 1\nwith (open(f) as e, z as g.h): pass\n", "a b c d? e"},
		{"del", "a = b = 1\ndel a\nif x:\n  del b\n", "b?"},
		{"global", "def f():\n  global a, b\n  a = 1\nclass C:\n  def g(self): global c\n", "C a? b? c? f"},
		{"walrus", "if (a := f()): pass\n", "a?"},
		{"list comprehension", "x = [a for a, (b, c) in d]\ny = (e for e in f)\n", "a? b? c? x y"},
		{"match",
			"match x:\n  case A(b, c=d):\n    e = 1\n  case _:\n    pass\nmatch = re.match(y)\n", "A? b? c? d? e? match"},
		{"type", "type A[T] = list[T]\ntype = 1\ntype(x)\n", "A type"},
		{"a name that is a keyword elsewhere", "async = 1\nmatch: int = 2\nprint = exec = 3\ncase = 4\n",
			"async case exec match print"},
		{"Python 2", "print 'a', b\nprint >>f, c\nraise E, 'x'\na = `b` <> 0777L\n", "a"},
		{"exec", "exec 'a = 1' in d\n", "Dynamic"},
		{"exec in a function", "def f():\n  exec(x)\n", "f"},
		{"globals", "globals()['a'] = 1\n", "Dynamic"},
		{"globals in a function", "def f():\n  globals().update(a=1)\n", "f Dynamic"},
		{"globals passed on", "f(globals())\n", "Dynamic"},
		{"globals read", "a = globals()['b']\nc = d in globals()\ne = '%s' % locals()\nglobals().get('f')\nvars(g)\n",
			"a c e"},
		{"locals of a function", "def f():\n  g(locals())\n", "f"},
		{"own module", "sys.modules[__name__] = C()\n", "Dynamic"},
		{"setattr", "setattr(sys.modules['x'], 'a', 1)\n", "Dynamic"},
		{"logger", "log = logging.getLogger(__name__)\n", "log"},
		{"getattr", "def __getattr__(name): pass\n", "__getattr__ Getattr"},
		{"main guard", "if __name__ == '__main__':\n  a = 1\n", "a? MainGuard"},
		{"main guard in brackets", "if (\"__main__\" == __name__): main()\n", "MainGuard"},
		{"no main guard", "def f():\n  if __name__ == '__main__': pass\n", "f"},
		{"namespace",
			"__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n", "__path__ pkgutil"},
		{"namespace in try",
			"try:\n  __import__('pkg_resources').declare_namespace(__name__)\nexcept ImportError: pass\n",
			"pkg_resources"},
		{"namespace of two forms", "try:\n  __import__('pkg_resources').declare_namespace(__name__)\nexcept ImportError:\n" +
			"  from pkgutil import extend_path\n  __path__ = extend_path(__path__, __name__)\n",
			"__path__? extend_path? pkg_resources or pkgutil"},
		{"namespace that is not called", "from pkgutil import extend_path\n", "extend_path"},
		{"byte order mark, cookie, CRLF",
			"\ufeff# -*- coding: x -*-\r\nif x:\r\n\ta = 1\r\n        b = 2\r\nc = 3", "a? b? c"},
		{"form feed", "a = 1\n\f\ndef f():\n  pass\n\fb = 1\n", "a b f"},
		{"comments", "a = 1 # b = 2 \\\n#\n    # c\nif x: # d\n    # e\n  # f\n    g = 1\nh = 1\n", "a g? h"},
		{"open bracket", "a = 1\nb = (\ndef c(): pass\n", "a b Malformed"},
		{"wrong bracket", "a = (]\nb = 1\n", "a b Malformed"},
		{"open string", "a = 'x\nb = 1\n", "a b Malformed"},
		{"unexpected indent", "a = 1\n    b = 1\nc = 1\n", "a b c Malformed"},
		{"no block", "if x:\na = 1\n", "a Malformed"},
		{"wrong dedent", "if x:\n    a = 1\n  b = 1\nc = 1\n", "a? b? c Malformed"},
		{"else alone", "else:\n  a = 1\nb = 1\n", "b Malformed"},
		{"conflict", "a = 1\n<<<<<<< x\nb = 1\n=======\nc = 1\n>>>>>>> y\n", "a b c Malformed"},
		{"f-string that holds its quotes", "a = f'{b['c=d']}'\ne = f\"{f\"{g[\"}\"]}\"}\" \"h\"\n", "a e"},
		{"f-string of several lines", "a = f'{\n  b[  # }'\n    'c'\n  ]:>{d['e']}}'\nf = 1\n", "a f"},
		{"torn f-string", "a = f'{b'\nc = 1\n", "a c Malformed"},
		{"f-string", "a = f'{{' + f'{b:{c}}' + rf'{{{d}'\n", "a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, describeModule(t, test.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBindingDetails(t *testing.T) {
	src := "import a.b\nimport c.d as e\nfrom ..f import g as h\ndef i(): pass\nclass J: pass\nk = J.main\n"
	m := ReadModule([]byte(src))
	for _, test := range []struct {
		name   string
		kind   BindingKind
		alias  string
		origin Origin
	}{
		{"a", ImportBinding, "", Origin{Module: "a"}},
		{"e", ImportBinding, "", Origin{Module: "c.d"}},
		{"h", ImportBinding, "", Origin{Module: "f", Level: 2, Name: "g"}},
		{"i", Function, "", Origin{}},
		{"J", Class, "", Origin{}},
		{"k", Value, "J.main", Origin{}},
	} {
		b := m.Binding(test.name)
		if b.State != Bound || b.Kind != test.kind || b.Alias != test.alias || b.Origin != test.origin {
			t.Errorf("%s: got %+v", test.name, b)
		}
	}
}

func TestAbsentOnlyWhereKnown(t *testing.T) {
	for src, want := range map[string]State{
		"a = 1\n":                        Absent,
		"x = 1\ndel x\n":                 Absent,
		"from a import *\n":              Unknown,
		"def __getattr__(n): pass\n":     Unknown,
		"exec(a)\n":                      Unknown,
		"a = (\n":                        Unknown,
		"def f():\n  from a import *\n":  Absent,
		"try: x = 1\nexcept E: pass\n":   Conditional,
		"from a import *\ndef x(): pass": Bound,
	} {
		if got := ReadModule([]byte(src)).Binding("x").State; got != want {
			t.Errorf("%q: x is %v, want %v", src, got, want)
		}
	}
	if got := ReadModule(nil).Binding("__file__").State; got != Unknown {
		t.Errorf("__file__ is %v, want unknown", got)
	}
}

func TestImports(t *testing.T) {
	src := `import a.b, c as d
from ...e import f, g as h
from . import *
try:
  import i
except ImportError:
  import j
else:
  from k import l
if typing.TYPE_CHECKING:
  import m
else:
  import n
def o():
  if x: import p
  try: import q
  finally: pass
class r:
  import s
`
	var got []string
	for _, i := range ReadModule([]byte(src)).Imports {
		line := fmt.Sprintf("%s %q", i, src[i.Span.Start:i.Span.End])
		for _, n := range i.Names {
			line += " " + src[n.Span.Start:n.Span.End]
		}
		for _, f := range []struct {
			is   bool
			name string
		}{{i.Star, "*"}, {i.TypeChecking, "TypeChecking"}, {i.Function, "Function"}, {i.Guarded, "Guarded"}} {
			if f.is {
				line += " " + f.name
			}
		}
		got = append(got, line)
	}
	want := []string{
		`a.b "a.b"`, `c "c"`, `...e "...e" f g`, `. "." *`, `i "i" Guarded`, `j "j" Guarded`, `k "k" l`,
		`m "m" TypeChecking`, `n "n"`, `p "p" Function`, `q "q" Function`, `s "s"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestResolve(t *testing.T) {
	src := `
class Base(object):
    def run(self): pass
class Harpoon(Base):
    main = 1
    if x:
        maybe = 2
    class Inner:
        def go(self): pass
class Derived(Exception): pass
@decorated
class Decorated: pass
class Meta(metaclass=M): pass
class Opened: pass
Opened.extra = 1
class Circle(Circle): pass
class Twice: pass
class Twice: pass
main = Harpoon.main
gone = Harpoon.gone
run = Harpoon.run
text = str
loop = pool
pool = loop
from other import thing
def function(): pass
`
	m := ReadModule([]byte(src))
	for object, want := range map[string]State{
		"Harpoon.main":     Bound,
		"Harpoon.run":      Bound,
		"Harpoon.maybe":    Conditional,
		"Harpoon.gone":     Absent,
		"Harpoon.__init__": Unknown,
		"Harpoon.Inner.go": Bound,
		"Harpoon.Inner.no": Absent,
		"Harpoon.main.x":   Unknown,
		"Missing.main":     Absent,
		"Derived.args":     Unknown,
		"Decorated.x":      Unknown,
		"Meta.x":           Unknown,
		"Opened.extra":     Unknown,
		"Circle.x":         Unknown,
		"Twice.x":          Unknown,
		"main":             Bound,
		"run":              Bound,
		"gone":             Absent,
		"text":             Bound,
		"loop":             Bound,
		"thing.x":          Unknown,
		"function.x":       Unknown,
	} {
		if got := m.Resolve(object); got.State != want || got.Name != object {
			t.Errorf("%s is %v (%s), want %v", object, got.State, got.Name, want)
		}
	}
}

func TestResolveFrom(t *testing.T) {
	files := map[string]string{
		"harpoon/__init__.py": "from . import option_spec\n",
		"harpoon/app.py": "class App(object):\n    def main(self): pass\nclass Open(Else): pass\nhere = 1\n" +
			"if x:\n    maybe = 1\n",
		"harpoon/executor.py": "from harpoon.app import App, Open\nfrom .app import here as there, gone, maybe\n" +
			"from harpoon import app, nothing, option_spec\nimport harpoon.app as module, elsewhere\nfrom loop import round\n" +
			"class Harpoon(App): pass\nclass Opened(Open): pass\nmain = Harpoon.main\nlost = Harpoon.lost\n",
		"harpoon/loop.py":                 "",
		"harpoon/option_spec/__init__.py": "VERSION = 1\n",
		"loop.py":                         "from loop import round\n",
	}
	modules := map[string]*Module{}
	for path, src := range files {
		modules[path] = ReadModule([]byte(src))
	}
	load := func(from string, o Origin) Loaded {
		dir := ""
		for range o.Level {
			from = path.Dir(from)
			dir = from
		}
		stem := path.Join(dir, strings.ReplaceAll(o.Module, ".", "/"))
		for _, file := range []string{stem + ".py", stem + "/__init__.py"} {
			if m := modules[file]; m != nil {
				return Loaded{State: Bound, Module: m, Path: file}
			}
		}
		if strings.HasPrefix(stem, "harpoon") {
			return Loaded{State: Absent}
		}
		return Loaded{}
	}
	const file = "harpoon/executor.py"
	for object, want := range map[string]State{
		"main":                Bound,
		"lost":                Absent,
		"Harpoon.main":        Bound,
		"Harpoon.lost":        Absent,
		"Opened.main":         Unknown,
		"App.main":            Bound,
		"App.lost":            Absent,
		"there":               Bound,
		"gone":                Absent,
		"maybe":               Conditional,
		"app":                 Bound,
		"app.here":            Bound,
		"app.gone":            Unknown,
		"nothing":             Absent,
		"option_spec":         Bound,
		"option_spec.VERSION": Bound,
		"module.here":         Bound,
		"module.App.lost":     Absent,
		"elsewhere":           Bound,
		"elsewhere.x":         Unknown,
		"round":               Bound,
	} {
		if got := modules[file].ResolveFrom(file, object, load); got.State != want {
			t.Errorf("%s is %v, want %v", object, got.State, want)
		}
	}
}
