package python

import (
	"testing"

	"github.com/buildlint/buildlint/analysis/syntax"
)

func FuzzReadModule(f *testing.F) {
	for _, seed := range []string{
		"", "a = b, (c, *d) = 1\n", "if x:\n\ta = 1\nelse:\n  b = 2\n", "try: import a\nexcept E, e: raise\n",
		"class C(D):\n  def f(self):\n    global g\n", "from .. import (a as b,)\n", "@d\n@e\nclass A: main = B.c\n",
		"with a as b, (c as d): pass\n",
		"match x:\n  case [a]: pass\n", "x = [a for b in c]; (d := 1)\n", "\ufeffa = (\\\n",
		"setattr(sys.modules[__name__], 'a', globals())\n", "main = C.main\nclass C(C): pass\n", "f'{a['b']}'\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m := ReadModule(src)
		itself := func(string, Origin) Loaded { return Loaded{State: Bound, Module: m} }
		for b := range m.All {
			checkSpan(t, b.Span, 0, len(src))
			if b.Span.Text(src) != b.Name {
				t.Errorf("the span of %q holds %q", b.Name, b.Span.Text(src))
			}
			m.Resolve(b.Name)
			m.Resolve(b.Name + ".main")
			m.ResolveFrom("", b.Name+".main", itself)
		}
		last := 0
		for _, i := range m.Imports {
			checkSpan(t, i.Span, last, len(src))
			last = i.Span.Start
		}
	})
}

func FuzzParseRequirements(f *testing.F) {
	for _, seed := range []string{
		"", "a>=1,<2 # c\n",
		"a[x, y] @ https://h/x ; os_name == 'nt'\n", "a==1 \\\n  --hash=sha256:aa\n", "-e git+x://y#egg=z\n",
		"-r 'a b'\r\n--pre\r", "\ufeffa (>=1)\n",
		"./x[y]\n", "a\\\n>\\\n=1\\", "a; (os_name in 'x' and extra not in \"y\")",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		lines := ParseRequirements(src)
		last := 0
		for _, l := range lines {
			checkSpan(t, l.Span, last, len(src))
			last = l.Span.End
			checkLine(t, l)
		}
		PantsV1Targets(lines)
	})
}

func checkLine(t *testing.T, l Line) {
	t.Helper()
	start, end := l.Span.Start, l.Span.End
	checkSpan(t, l.Comment, 0, end)
	at := start
	for _, e := range l.Errors {
		checkSpan(t, e.Span, at, end)
		at = e.Span.Start
	}
	at = start
	for _, o := range l.Options {
		checkSpan(t, o.Span, at, end)
		checkSpan(t, o.NameSpan, o.Span.Start, o.Span.End)
		at = o.Span.End
	}
	if r := l.Requirement; r != nil {
		checkSpan(t, r.Span, start, end)
		at = r.Span.Start
		for _, c := range r.Clauses {
			checkSpan(t, c.Span, at, r.Span.End)
			at = c.Span.End
		}
	}
}

func checkSpan(t *testing.T, s syntax.Span, least, most int) {
	t.Helper()
	if s.Start < least || s.End < s.Start || s.End > most {
		t.Errorf("span %v is not ordered within [%d, %d]", s, least, most)
	}
}
