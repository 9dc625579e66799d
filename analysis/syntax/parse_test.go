package syntax

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseTree(t *testing.T) {
	for _, tc := range []struct{ name, src, want string }{
		{"call", "foo(name='a', *b, **c)", `
Call "foo(name='a', *b, **c)"
  Ident "foo"
  String "'a'"
  Star "*b" op=*
    Ident "b"
  Star "**c" op=**
    Ident "c"`},
		{"import", "import a.b, c.d as e\nfrom .f import (g as h,\n  i)\nfrom j import *", `
Import "import a.b, c.d as e" names=a,e
Import "from .f import (g as h,\n  i)" names=h,i
Import "from j import *" names=*`},
		{"concatenation", "x = 'a' \"b\" f'{c}' % d", `
Assign "x = 'a' \"b\" f'{c}' % d" op==
  Ident "x"
  Binary "'a' \"b\" f'{c}' % d" op=%
    Concat "'a' \"b\" f'{c}'"
      String "'a'"
      String "\"b\""
      String "f'{c}'"
    Ident "d"`},
		{"unpacking", "x = [*a, {**b, 'c': 1}]", `
Assign "x = [*a, {**b, 'c': 1}]" op==
  Ident "x"
  List "[*a, {**b, 'c': 1}]"
    Star "*a" op=*
      Ident "a"
    Dict "{**b, 'c': 1}"
      Star "**b" op=**
        Ident "b"
      String "'c'"
      Number "1"`},
		{"try", "try:\n  import a\nexcept E:\n  b = 1\nfinally:\n  c()\nd()", `
Try "try:\n  import a\nexcept E:\n  b = 1\nfinally:\n  c()"
  Import "import a" names=a
  Ident "E"
  Assign "b = 1" op==
    Ident "b"
    Number "1"
  Call "c()"
    Ident "c"
Call "d()"
  Ident "d"`},
		{"with", "with a() as b:\n\tc", `
With "with a() as b:\n\tc" names=b
  Binary "a() as b" op=as
    Call "a()"
      Ident "a"
    Ident "b"
  Ident "c"`},
		{"class", "@a\nclass B(C):\n  def d(self, e: int = 1) -> int: pass", `
Class "@a\nclass B(C):\n  def d(self, e: int = 1) -> int: pass" name=B
  Ident "a"
  Ident "C"
  Def "def d(self, e: int = 1) -> int: pass" name=d names=self,e
    Ident "self"
    Assign "e: int = 1" op==
      Ident "e"
      Number "1"
    Simple "pass"`},
		{"loops", "for a in b:\n  c\nelse:\n  d\nwhile e: f", `
For "for a in b:\n  c\nelse:\n  d" names=a
  Ident "a"
  Ident "b"
  Ident "c"
  Ident "d"
While "while e: f"
  Ident "e"
  Ident "f"`},
		{"comprehensions", "f(a for a in b)\n{a for a in b}", `
Call "f(a for a in b)"
  Ident "f"
  Comp "a for a in b"
    Ident "a"
    Binary "a in b" op=in
      Ident "a"
      Ident "b"
Comp "{a for a in b}"
  Ident "a"
  Ident "a"
  Ident "b"`},
		{"lambda", "f(lambda a, b=1: a, c)", `
Call "f(lambda a, b=1: a, c)"
  Ident "f"
  Lambda "lambda a, b=1: a"
    Ident "a"
    Assign "b=1" op==
      Ident "b"
      Number "1"
    Ident "a"
  Ident "c"`},
		{"precedence", "not a == b and c\na is not b or c", `
Binary "not a == b and c" op=and
  Unary "not a == b" op=not
    Binary "a == b" op===
      Ident "a"
      Ident "b"
  Ident "c"
Binary "a is not b or c" op=or
  Binary "a is not b" op=is not
    Ident "a"
    Ident "b"
  Ident "c"`},
		{"lambda of python 2", "f(lambda (a, b): a, *c)", `
Call "f(lambda (a, b): a, *c)"
  Ident "f"
  Lambda "lambda (a, b): a"
    Other "(a, b)"
    Ident "a"
  Star "*c" op=*
    Ident "c"`},
		{"python 2", "print 'a', b\nraise C, d\nx = `e` <> 0755", `
Simple "print 'a', b"
  String "'a'"
  Ident "b"
Simple "raise C, d"
  Ident "C"
  Ident "d"
Assign "x = ` + "`e`" + ` <> 0755" op==
  Ident "x"
  Binary "` + "`e`" + ` <> 0755" op=<>
    Other "` + "`e`" + `"
      Ident "e"
    Number "0755"`},
		{"chained assignment", "a = b = c", `
Assign "a = b = c" op==
  Tuple "a = b"
    Ident "a"
    Ident "b"
  Ident "c"`},
		{"stray comma", "foo(),\nx = 1,", `
Call "foo()"
  Ident "foo"
Assign "x = 1" op==
  Ident "x"
  Tuple "1"
    Number "1"`},
		{"load", "load('//a', 'b', c = 'd')\nx.load(1)\nload('a')", `
Load "load('//a', 'b', c = 'd')" names=b,c
  String "'//a'"
Call "x.load(1)"
  Attr "x.load" name=load
    Ident "x"
  Number "1"
Call "load('a')"
  Ident "load"
  String "'a'"`},
		{"tabs", "if a:\n\tb()\n\tif c:\n\t\td()\ne()", `
If "if a:\n\tb()\n\tif c:\n\t\td()"
  Ident "a"
  Call "b()"
    Ident "b"
  If "if c:\n\t\td()"
    Ident "c"
    Call "d()"
      Ident "d"
Call "e()"
  Ident "e"`},
		{"carriage returns", "\xef\xbb\xbffoo()\r\nx = 'a' \\\r\n  'b'\r\n", `
Call "foo()"
  Ident "foo"
Assign "x = 'a' \\\r\n  'b'" op==
  Ident "x"
  Concat "'a' \\\r\n  'b'"
    String "'a'"
    String "'b'"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := Parse([]byte(tc.src))
			if len(f.Errors) > 0 {
				t.Errorf("got errors %v", f.Errors)
			}
			if diff := cmp.Diff(strings.TrimSpace(tc.want), strings.TrimSpace(dump(f.Stmts))); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
			checkFile(t, f)
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, tc := range []struct {
		name, src string
		want      []string // place, message, and for each related place the same
		stmts     string   // kinds of the statements
	}{
		{"unclosed", "foo(\n  a=1,\nbar()\n", []string{"( this `(` is never closed", "bar the next statement starts here"}, "Bad Call"},
		{"unclosed at the end", "foo()\nbar([1,\n", []string{"[ this `[` is never closed"}, "Call Bad"},
		{"stray", "foo())\nbar()\n", []string{") this `)` closes nothing"}, "Bad Call"},
		{"mismatch", "foo(a=[1)\nbar()\n", []string{") `)` does not close `[`", "[ this `[` is open here"}, "Bad Call"},
		{"opening bracket lost", "foo\n  a=1,\n)\nbar()\n", []string{") this `)` closes nothing"}, "Bad Call"},
		{"string", "foo('a)\nbar()\n", []string{"'a) this string is never closed"}, "Bad Call"},
		{"comma", "foo(\n  a=1\n  b=2,\n)\nbar()", []string{"1\n  b a comma is missing between these two arguments"}, "Bad Call"},
		{"comma in a list", "[a 'b']", []string{"a 'b' a comma is missing between these two values"}, "Bad"},
		{"value", "foo(a=, b=1)", []string{"= a value is missing after this `=`"}, "Bad"},
		{"value at the end", "x =\nfoo()", []string{"= a value is missing after this `=`"}, "Bad Call"},
		{"colon", "if x\n  y()\nfoo()", []string{"x a colon is missing after this, at the end of the `if` line"}, "Bad Call"},
		{"indentation", "foo()\n  bar()\nbaz()", []string{"bar this line is indented, but no block starts before it"}, "Call Bad Call"},
		{"dedent", "if x:\n    a\n  b\nfoo()", []string{"b this line is indented unlike any block around it"}, "Bad Call"},
		{"no block", "if x:\ny()", []string{": an indented block is missing after this"}, "Bad Call"},
		{"duplicate keyword", "foo(a=1, a=2)", []string{"a the argument `a` is given twice", "a it is given here first"}, "Call"},
		{"positional", "foo(a=1, 2)", []string{"2 this positional argument follows a keyword argument"}, "Call"},
		{"double comma", "foo(a,, b)", []string{", nothing stands before this comma"}, "Call"},
		{"conflict", "<<<<<<< a\nfoo()\n=======\nbar()\n>>>>>>> b\n", []string{
			"<<<<<<< a this merge conflict is not resolved",
			"======= the other side starts here", ">>>>>>> b the conflict ends here",
		}, "Call Call"},
		{"conflict in a call", "foo(\n<<<<<<< a\n  a=1,\n=======\n  a=2,\n>>>>>>> b\n)\n", []string{
			"<<<<<<< a this merge conflict is not resolved",
			"======= the other side starts here", ">>>>>>> b the conflict ends here",
		}, "Call"},
		{"except alone", "except:\n  a\nfoo()", []string{"except `except` cannot stand here"}, "Bad Call"},
		{"try alone", "try:\n  a\nfoo()", []string{"try this `try` has neither an `except` nor a `finally`"}, "Bad Call"},
		{"import", "from a\nfoo()", []string{"a this statement is not complete"}, "Bad Call"},
		{"no-break space", "foo(\u00a0a=1)\nbar()", []string{"\u00a0 the character \"\\u00a0\" cannot stand here"}, "Bad Call"},
		{"keyword in a comprehension", "f(a = x for x in y)\nbar()", []string{"= `=` cannot stand here"}, "Call Call"},
		{"number", "x = 1é\nbar()", []string{"1é `1é` is no number"}, "Bad Call"},
		{"number in two", "foo(1, . 5)\nbar()", []string{". 5 `. 5` is no number"}, "Bad Call"},
		{"blocks keep their siblings", "if x:\n  foo(\n  a\nbar()", []string{"( this `(` is never closed", "bar the next statement starts here"}, "Bad Call"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := Parse([]byte(tc.src))
			if diff := cmp.Diff(tc.want, describe(f)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.stmts, kinds(f)); diff != "" {
				t.Errorf("statements (-want +got):\n%s", diff)
			}
			checkFile(t, f)
		})
	}
}

// describe renders the errors of f: the source at each place and the message.
func describe(f *File) []string {
	var out []string
	for _, e := range f.Errors {
		out = append(out, e.Span.Text(f.Src)+" "+e.Message)
		for _, r := range e.Related {
			out = append(out, r.Span.Text(f.Src)+" "+r.Message)
		}
	}
	return out
}

func kinds(f *File) string {
	var names []string
	for _, s := range f.Stmts {
		names = append(names, s.Kind().String())
	}
	return strings.Join(names, " ")
}

func TestSpans(t *testing.T) {
	const src = "\xef\xbb\xbfimport a\nfoo( name = 'x', b=[1, ], **c )\n"
	f := Parse([]byte(src))
	call := f.Stmts[1]
	if got, want := call.Span(), (Span{12, 43}); got != want {
		t.Errorf("Span() = %v, want %v", got, want)
	}
	if got, want := call.Open(), (Span{15, 16}); got != want {
		t.Errorf("Open() = %v, want %v", got, want)
	}
	if got, want := call.Close(), (Span{42, 43}); got != want {
		t.Errorf("Close() = %v, want %v", got, want)
	}
	var got []string
	for arg := range call.Args() {
		got = append(got, arg.Name+"|"+arg.Span().Text(f.Src))
	}
	if diff := cmp.Diff([]string{"name|name = 'x'", "b|b=[1, ]", "|**c"}, got); diff != "" {
		t.Errorf("Args() (-want +got):\n%s", diff)
	}
}

func TestPath(t *testing.T) {
	const src = "foo(a=['b', c.d])\nbar()\n"
	f := Parse([]byte(src))
	for _, tc := range []struct {
		offset int
		want   string
	}{
		{0, "Call Ident"},
		{8, "Call List String"},
		{14, "Call List Attr"},
		{17, "Call"},
		{18, "Call Ident"},
		{len(src), ""},
	} {
		var names []string
		for _, n := range f.Path(tc.offset) {
			names = append(names, n.Kind().String())
		}
		if got := strings.Join(names, " "); got != tc.want {
			t.Errorf("Path(%d) = %s, want %s", tc.offset, got, tc.want)
		}
	}
}

func TestValue(t *testing.T) {
	for _, tc := range []struct {
		lit, want string
		ok        bool
	}{
		{`'a'`, "a", true},
		{`"a\n\x41\u00e9\101\q"`, "a\nAéA\\q", true},
		{`r'a\n'`, `a\n`, true},
		{`u'a'`, "a", true},
		{`b'\xff\u0041'`, "\xff\\u0041", true},
		{`BR'\n'`, `\n`, true},
		{`'''a'b'''`, "a'b", true},
		{"'a\\\nb'", "ab", true},
		{"'''a\r\nb'''", "a\nb", true},
		{`''`, "", true},
		{`f'a{{b}}'`, "a{b}", true},
		{`f'{a}'`, "", false},
		{`'\N{DASH}'`, "", false},
		{`'a' "b" r'\c'`, `ab\c`, true},
		{`'a' f'{b}'`, "", false},
	} {
		f := Parse([]byte("x = " + tc.lit + "\n"))
		if len(f.Errors) > 0 {
			t.Errorf("%s: %v", tc.lit, f.Errors)
		}
		if got, ok := f.Stmts[0].Y().Value(); got != tc.want || ok != tc.ok {
			t.Errorf("Value of %s = %q, %v; want %q, %v", tc.lit, got, ok, tc.want, tc.ok)
		}
	}
}

func TestContent(t *testing.T) {
	for lit, want := range map[string]string{`'a'`: "a", `Rb"""a"b"""`: `a"b`, `""`: "", `f'{x}'`: "{x}"} {
		n := Parse([]byte("x = " + lit)).Stmts[0].Y()
		if got := n.Content().Text(n.File().Src); got != want {
			t.Errorf("Content of %s = %q, want %q", lit, got, want)
		}
	}
}

func TestBlocks(t *testing.T) {
	const src = "if a:\n  b\n  # c\nelif d:\n  e; f\nelse:\n  if g: h\n"
	var got []string
	for block := range Parse([]byte(src)).Stmts[0].Blocks() {
		var texts []string
		for _, n := range block {
			texts = append(texts, n.Text())
		}
		got = append(got, strings.Join(texts, ";"))
	}
	if diff := cmp.Diff([]string{"b", "e;f", "if g: h"}, got); diff != "" {
		t.Errorf("Blocks() (-want +got):\n%s", diff)
	}
}
