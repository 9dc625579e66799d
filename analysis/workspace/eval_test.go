package workspace

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// evaluate returns the value of what is assigned to x last in src.
func evaluate(t *testing.T, src string) Value {
	t.Helper()
	f := syntax.Parse([]byte(src))
	if len(f.Errors) > 0 {
		t.Fatalf("%.100q: %v", src, f.Errors)
	}
	e := newEvaluator(f)
	for i := len(f.Stmts) - 1; i >= 0; i-- {
		if assigned(f.Stmts[i]) == "x" {
			return e.value(f.Stmts[i].Y())
		}
	}
	t.Fatalf("%q assigns nothing to x", src)
	return nil
}

func TestValues(t *testing.T) {
	tests := []struct{ src, want string }{
		{`x = 'a'`, `"a"`},
		{`x = "a\tb"`, `"a\tb"`},
		{`x = r'a\tb'`, `"a\\tb"`},
		{`x = ('a')`, `"a"`},
		{`x = ('a' 'b')`, `"ab"`},
		{`x = f'{a}'`, `?`},
		{`x = ('a' f'{b}')`, `?`},
		{`x = 12`, `12`},
		{`x = True`, `True`},
		{`x = None`, `None`},
		{`x = y`, `?`},
		{`x = ['a', 'b',]`, `["a" "b"]`},
		{`x = ('a', 'b')`, `["a" "b"]`},
		{`x = 'a',`, `["a"]`},
		{`x = []`, `[]`},
		{`x = ['a', y]`, `["a" ?]`},
		{`x = {'a': 'b', 'c': y}`, `{"a":"b" "c":?}`},
		{`x = {'a': 'b', **y}`, `{"a":"b" …}`},
		{`x = [a for a in b]`, `?`},
		{`x = {a for a in b}`, `?`},
		{`x = 'a' if b else 'c'`, `?`},
		{`x = not 'a'`, `?`},
		{`x = lambda: 'a'`, `?`},
		{`x = a.b`, `?`},
		{`x = a[0]`, `?`},

		// Calls are not evaluated, their arguments are.
		{`x = f('a', b='c', *d, **e)`, `f("a" b="c" *=? **=?)`},
		{`x = f(1).g('a').h()`, `f(1).g("a").h()`},
		{`x = a.f('b')`, `?.f("b")`},
		{`x = a[0]('b')`, `?`},

		// Constants.
		{"A = 'a'\nx = A", `"a"`},
		{"A = 'a'\nB = A\nx = [B, A]", `["a" "a"]`},
		{"A = ['a']\nx = A + ['b']", `["a" "b"]`},
		{"A = {'a': 'b'}\nx = A", `{"a":"b"}`},
		{"A = f('a')\nx = A", `f("a")`},
		{"A = B = 'a'\nx = A", `?`},
		{"A: str = 'a'\nx = A", `"a"`},

		// What is bound twice, later, in a block or by anything else is none.
		{"A = 'a'\nA = 'b'\nx = A", `?`},
		{"A = A\nx = A", `?`},
		{"A = B\nB = A\nx = B", `?`},
		{"A = ['a']\nA += ['b']\nx = A", `?`},
		{"if c:\n  A = 'a'\nx = A", `?`},
		{"A = 'a'\nif c:\n  A = 'b'\nx = A", `?`},
		{"A = 'a'\nfor A in b:\n  pass\nx = A", `?`},
		{"A = 'a'\nfor i in b:\n  A = i\nx = A", `?`},
		{"A = 'a'\nwith b as A:\n  pass\nx = A", `?`},
		{"A = 'a'\nimport A\nx = A", `?`},
		{"A = 'a'\nfrom b import c as A\nx = A", `?`},
		{"A = 'a'\ndef A():\n  pass\nx = A", `?`},
		{"A = 'a'\nclass A:\n  pass\nx = A", `?`},
		{"A = 'a'\nA, B = b\nx = A", `?`},
		{"A = 'a'\n(B, (C, A)) = b\nx = A", `?`},
		{"A = ['a']\nA[0] = 'b'\nx = A", `?`},
		{"A = ['a']\ndel A\nx = A", `?`},
		{"A = 'a'\ntry:\n  A = 'b'\nexcept E:\n  pass\nx = A", `?`},
		{"A = ['a']\nA.append('b')\nx = A", `?`},
		{"A = ['a']\nfor i in b:\n  A.append(i)\nx = A", `?`},
		{"A = ['a']\nif c:\n  A.extend(b)\nx = A", `?`},
		{"A = {'a': 'b'}\nA.update(c=d)\nx = A", `?`},
		{"A = ['a']\nA.index('a')\nx = A", `["a"]`},
		{"A = 'a'\ndef f(A):\n  A = 'b'\nx = A", `"a"`}, // another A

		// + and %.
		{`x = 'a' + 'b' + 'c'`, `"abc"`},
		{`x = ['a'] + ['b']`, `["a" "b"]`},
		{`x = ['a'] + ('b',)`, `["a" "b"]`},
		{`x = ['a'] + y`, `["a" …]`},
		{`x = y + ['a'] + z`, `["a" …]`},
		{`x = y + z`, `?`},
		{`x = 'a' + y`, `?`},
		{`x = 'a' + ['b']`, `?`},
		{`x = ['a'] + [b for b in c]`, `["a" …]`},
		{`x = ['a'] - ['b']`, `?`},
		{`x = ['a'] * 2`, `?`},
		{`x = 'a%s' % 'b'`, `"ab"`},
		{`x = '%s/%s%%' % ('a', 'b')`, `"a/b%"`},
		{"A = 'a'\nx = 'p/%s' % A", `"p/a"`},
		{"A = 'a'\nx = 'p/%s:%s' % (A, A)", `"p/a:a"`},
		{`x = '%s' % y`, `?`},
		{`x = '%s' % ('a', 'b')`, `?`},
		{`x = '%s%s' % 'a'`, `?`},
		{`x = '%d' % 'a'`, `?`},
		{`x = '%(a)s' % {'a': 'b'}`, `?`},
		{`x = '%' % 'a'`, `?`},
		{`x = 'a' % ()`, `"a"`},
		{`x = 'a'.format()`, `"a".format()`},

		// Stars.
		{"A = ['a']\nx = [*A, 'b', *A]", `["a" "b" "a"]`},
		{`x = ['a', *y]`, `["a" …]`},
		{"A = ['a'] + y\nx = ['b', *A]", `["b" "a" …]`},
	}
	for _, tt := range tests {
		v := evaluate(t, tt.src)
		if got := show(v); got != tt.want {
			t.Errorf("%s\ngives %s, want %s", tt.src, got, tt.want)
		}
		if v.Node().IsZero() {
			t.Errorf("%s: the value has no place", tt.src)
		}
	}
}

// Where a constant is used, that is the value's place; the literal is that of the definition.
func TestConstantsPlace(t *testing.T) {
	v := evaluate(t, "A = 'a'\nx = A").(*String)
	if v.Node().Text() != "A" || v.Literal.Text() != "'a'" || v.IsLiteral() {
		t.Errorf("node %q, literal %q, IsLiteral %v", v.Node().Text(), v.Literal.Text(), v.IsLiteral())
	}
	if v := evaluate(t, "x = 'a'").(*String); !v.IsLiteral() {
		t.Error("a literal is not taken for one")
	}
	if v := evaluate(t, "x = 'a' + 'b'").(*String); !v.Literal.IsZero() || v.IsLiteral() {
		t.Error("a text folded from several has a literal")
	}
}

// Small files that would grow without bound, or take for ever, do not.
func TestBombs(t *testing.T) {
	doubling := func(first, next string, n int) string {
		src := "v0 = " + first + "\n"
		for i := range n {
			src += fmt.Sprintf("v%d = ", i+1) + strings.ReplaceAll(next, "v", fmt.Sprintf("v%d", i)) + "\n"
		}
		return src + fmt.Sprintf("x = v%d\npython_library(name='a', sources=v%[1]d, dependencies=v%[1]d)\n", n)
	}
	many := strings.Repeat("%s", 10000)
	tests := map[string]string{
		"lists":       doubling("['a']", "v + v", 200),
		"empty lists": doubling("[]", "v + v", 200),
		"strings":     doubling("'ab'", "v + v", 200),
		"stars":       doubling("['a']", "[*v, *v]", 200),
		"nested":      doubling("['a']", "[v, v]", 200),
		"percent":     doubling("'ab'", "'%s%s' % (v, v)", 200),
		"wide":        doubling("'"+strings.Repeat("a", 1<<15)+"'", "'"+many+"' % ("+strings.Repeat("v,", 10000)+")", 2),
		"globs":       doubling("globs('*')", "v + v", 200),
		"less globs":  doubling("globs('*')", "v - v", 200),
		"copies": doubling("['a']", "v + v", 14) +
			strings.Repeat("python_library(dependencies = v14 + v14)\n", 2000),
		"deep":     "x = " + strings.Repeat("[", 200) + strings.Repeat("]", 200),
		"long sum": "x = ['a']" + strings.Repeat(" + ['a']", 200),
		"chain":    doubling("'a'", "v", 20000),
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			evaluate(t, src)
			items := 0
			for _, target := range build(t, src).Targets {
				items += len(target.Deps) + len(target.Sources.Include)
			}
			if most := 2*minBudget + 2*perByte*len(src); items > most {
				t.Errorf("%d items of a file of %d bytes", items, len(src))
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
