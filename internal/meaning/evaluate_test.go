package meaning

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEvaluate(t *testing.T) {
	const src = `# A comment.
import os
from a.b import (c,
                 d)

LIBS = ['a', u"b" 'c'
        r'\d']
python_library(
  name = 'x',
  sources = rglobs('*.py', exclude=[globs('y*')]) + ['z'],
  tags = {'one', 'two'},
  dependencies = LIBS + more(),
  provides = setup_py(name='n', version=open(os.path.join(get_buildroot(), '.v')).read().strip()).with_binaries({
    'a-b': ':a' }, c=':c'),
)
for n in ('p', 'q'):
  y = resources(name = n + '_%s' % d)
if c.is_set():
  target(name = "yes")
else:
  target(name = 'no')
`
	want := []string{
		`python_library(dependencies=more().reverse +(["a", "bc\\d"]), name="x", provides=setup_py(name="n", ` +
			`version=open(os.path.join(get_buildroot(), ".v")).read().strip()).with_binaries({"a-b": ":a"}, c=":c"), ` +
			`sources=rglobs("*.py", exclude=[globs("y*")]).+(["z"]), tags=set(["one", "two"]))`,
		`resources(name="p_d")`, `resources(name="q_d")`, `target(name="yes")`,
	}
	if diff := cmp.Diff(want, texts(t, src, true)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := texts(t, src, false); got[3] != `target(name="no")` {
		t.Errorf("where symbols are false: %s", got[3])
	}
}

func texts(t *testing.T, src string, truth bool) []string {
	t.Helper()
	calls, err := evaluate("BUILD", src, truth)
	if err != nil {
		t.Fatalf("%v\n%s", err, rewrite(src))
	}
	var found []string
	for _, c := range calls {
		found = append(found, c.String())
	}
	return found
}

func TestEvaluateErrors(t *testing.T) {
	for _, src := range []string{"target(", "class A: pass", "target('a' 'b", "while True: pass", "[].x"} {
		if _, err := evaluate("BUILD", src, true); err == nil || strings.Contains(err.Error(), "panic") {
			t.Errorf("%q: error %v", src, err)
		}
	}
}

var grows = regexp.MustCompile(`[*%<]|while|for|def|lambda`)

// Whatever a file holds is an answer or an error, and the tokens are the file.
func FuzzEvaluate(f *testing.F) {
	for _, src := range []string{
		`target(name = 'x' "y")`, `{'a', }`, "x = f'{a}' if b else u'''\n'''", "import a\n)", "[\\\n", `x = r"\"`,
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		var b strings.Builder
		for _, tok := range tokens(src) {
			b.WriteString(tok.text)
		}
		if b.String() != src {
			t.Errorf("the tokens of %q are %q", src, b.String())
		}
		if grows.MatchString(src) {
			return // what a few characters can multiply is no business of ours
		}
		if _, err := evaluate("BUILD", src, true); err != nil && strings.Contains(err.Error(), "the interpreter: ") {
			t.Errorf("%q: %v", src, err)
		}
	})
}
