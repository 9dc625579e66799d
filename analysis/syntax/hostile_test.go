package syntax

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// hostile are texts that, repeated, ask for deep recursion or for quadratic time.
var hostile = []string{
	"(", "[", "{", ")", "(\n", "foo(\n", "foo(a=[\n", "f((", "[(]", "a+", "a + ", "not ", "-", "a.", "f()", "f[0]", "a if b else ",
	"'a'if'b'else", "lambda:", "lambda a=", "lambda a=lambda b, ", "f(lambda: ", "x = ", "a, ", ",", ";", "a;", ":", "a:", "`", "*", "**",
	"'", "\"", "\"\"\"", "'''x\n", "x = \"\"\"\n", "'a' ", "f'{a}' ", "'a'\n", "f(a=1, ", "a=1, ", "f(a, b=1)\n",
	"\n", "\r", "\t", " ", "\\\n", "\\\r\n", "#", "# a\r", "# a\n", "x # a\n", "x(\n# a\n", "\x00", "\xff", "é", "\u00a0", "$",
	"if x: a\nelif ", "elif x:\n a\n", "else: ", "try:\n", "try:\n a\n", "@a\n", "class A:\n", "with a as ", "import a, ",
	"from a import (", "print a, ", "raise ", "yield ", "await ", "<<<<<<< a\n", "=======\n", ">>>>>>> a\n", "load(", "a for b in ",
	"f(a for b in ", "{a for ", "{**a, ", "1", "0x", "1.", "1e", "...", ":=", "<>", "->", "foo(\nbar(\n", "foo(\na = 1,\n", "foo(')\n",
	" a\n", "\ta\n", "  a\n a\n", "def f(a, (b), ", "case a:\n", "async ", "a\\", "r'", "br'a' ",
}

// TestHostile reads texts that no person writes. It fails by the test's time limit, too.
func TestHostile(t *testing.T) {
	sizes := []int{200, 20_000, 100_000}
	if testing.Short() {
		sizes = sizes[:2]
	}
	for _, unit := range hostile {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%q to %d", unit, size), func(t *testing.T) {
				src := []byte(strings.Repeat(unit, size/len(unit)))
				start := time.Now()
				f := Parse(src)
				if took := time.Since(start); took > 5*time.Second {
					t.Errorf("took %v", took)
				}
				if size < 1000 {
					checkFile(t, f)
				}
			})
		}
	}
}

func TestNesting(t *testing.T) {
	for _, tc := range []struct {
		name, text, message string
	}{
		{"brackets", strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), "brackets are nested too deeply here"},
		{"operators", "x = " + strings.Repeat("a + ", 10_000) + "a", "this statement is nested too deeply"},
		{"branches", "if a:\n  b\n" + strings.Repeat("elif a:\n  b\n", 10_000), "this statement is nested too deeply"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := Parse([]byte("foo()\n" + tc.text + "\nbar()\n"))
			if len(f.Stmts) != 3 || f.Stmts[0].Kind() != Call || f.Stmts[1].Kind() != Bad || f.Stmts[2].Kind() != Call {
				t.Fatalf("got %d statements", len(f.Stmts))
			}
			if len(f.Errors) != 1 || f.Errors[0].Message != tc.message {
				t.Errorf("got errors %v", f.Errors)
			}
		})
	}
}

// TestLarge reads a long file of short statements as a whole and, with an error at its end, by statements.
func TestLarge(t *testing.T) {
	src := bytes.Repeat([]byte("foo(name='a', deps=[':b'])\n"), 20_000)
	for _, tail := range []string{"", "bar(\n"} {
		f := Parse(append(bytes.Clone(src), tail...))
		if want := 20_000 + len(tail)/5; len(f.Stmts) != want {
			t.Errorf("%d statements, want %d", len(f.Stmts), want)
		}
	}
}

// TestTooLarge holds that a file whose tree would take gigabytes is told of instead.
func TestTooLarge(t *testing.T) {
	for _, text := range []string{"foo([" + strings.Repeat("a,", maxTokens) + "])\n", strings.Repeat("\x00", maxTokens+1)} {
		f := Parse([]byte(text))
		if len(f.Stmts) != 1 || f.Stmts[0].Kind() != Bad || len(f.Errors) != 1 || !strings.Contains(f.Errors[0].Message, "too large") {
			t.Errorf("%d statements, errors %v", len(f.Stmts), f.Errors)
		}
	}
	long := Parse([]byte("foo('" + strings.Repeat("a", maxTokens) + "')\n"))
	if len(long.Errors) > 0 || long.Stmts[0].Kind() != Call {
		t.Errorf("a long string is not read: %v", long.Errors)
	}
}
