package syntax

import (
	"bytes"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// seeds are texts that lead the fuzzer to all constructs.
var seeds = []string{
	"",
	"python_library(\n  name='a',\n  deps=['b', 'c' 'd'],  # why\n)\n",
	"import os.path as p, sys\nfrom a import (b as c,\n  d)\nfoo(f'{x}', *[*a], **{**b, 'c': 1})",
	"with a as b, c:\n  try:\n    x = y = 1,\n  except E as e: raise X, 1\n  finally:\n    pass\nelse: z",
	"@a.b\nclass C(D):\n\tdef f(self, (a, b), c: int=3, *, d, /, **e) -> list[int]:\n\t\treturn *a, b\n",
	"f(x for x in y if z)\nf((x for x in y), {x for x in y}, key=lambda a, b=1: a, c=2)\n",
	"print 'x', y\nexec 'a' in b\nx = `a` <> 0755\nassert a, b\ndel x\n",
	"\xef\xbb\xbffoo(\r\n  'a' \\\r\n  'b',\r\n)\r\nx\r",
	"<<<<<<< a\nfoo(a=1)\n=======\nfoo(a=2, a=3, 4,, 5)\n>>>>>>> b\n",
	"foo(a=[1, (2)\nbar('x)\nbaz(\"\"\"\nx = )\n",
	"x.load(1)\nload('a')\nload('b', 'c', d = 'e')\n{'a': 1 if not b == c is d else 2}[1:2:3]\n",
	"f(\n  'é𝒳', x = \u00a0'ß',  # größer\n)\nü = 'a' 'é'\n",
	"match x:\n case [a, *b] if c: pass\nasync def f(): await x; yield from y\n",
	"for a, b in c:\n  a\nelse:\n  b\nwhile x: y\nif a:\n  b\nelif c:\n  d\nelse:\n  e\n",
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		before := bytes.Clone(src)
		file := Parse(src)
		if took := fastest(src); took > 2*time.Second+time.Duration(len(src))*100*time.Microsecond {
			t.Errorf("%d bytes took %v", len(src), took)
		}
		if !bytes.Equal(src, before) {
			t.Fatal("Parse changed its input")
		}
		checkFile(t, file)
		if utf8.Valid(src) {
			checkBoundaries(t, file)
		}
		again := Parse(bytes.Clone(src))
		if diff := cmp.Diff(dump(file.Stmts), dump(again.Stmts)); diff != "" {
			t.Errorf("a second Parse differs (-first +second):\n%s", diff)
		}
		if diff := cmp.Diff(file.Errors, again.Errors); diff != "" {
			t.Errorf("a second Parse gives other errors (-first +second):\n%s", diff)
		}
	})
}

// fastest returns how long Parse takes, tried again where that is long: a machine under load is slow at times.
func fastest(src []byte) time.Duration {
	least := time.Hour
	for range 3 {
		start := time.Now()
		Parse(src)
		least = min(least, time.Since(start))
		if least < time.Second {
			break
		}
	}
	return least
}

// checkFile checks what holds for every file.
func checkFile(t *testing.T, f *File) {
	t.Helper()
	whole := Span{0, len(f.Src)}
	end := 0
	bad := 0
	for _, s := range f.Stmts {
		span := s.Span()
		if span.Start < end || span.Len() <= 0 || !whole.Contains(span) {
			t.Fatalf("statement at %v after one that ends at %d", span, end)
		}
		end = span.End
		if s.Kind() == Bad {
			bad++
		}
		checkNode(t, s)
	}
	if bad > 0 && len(f.Errors) == 0 {
		t.Error("a bad statement without an error")
	}
	last := 0
	for _, e := range f.Errors {
		if !whole.Contains(e.Span) || e.Message == "" || e.Span.Start < last {
			t.Errorf("error at %v: %q", e.Span, e.Message)
		}
		last = e.Span.Start
	}
	path := f.Path(len(f.Src) / 2)
	for i := 1; i < len(path); i++ {
		if !path[i-1].Span().Contains(path[i].Span()) {
			t.Errorf("path: %v in %v", path[i].Span(), path[i-1].Span())
		}
	}
}

// checkBoundaries checks that no span of a file of valid UTF-8 begins or ends within a character.
func checkBoundaries(t *testing.T, f *File) {
	t.Helper()
	check := func(s Span) {
		for _, offset := range []int{s.Start, s.End} {
			if offset < len(f.Src) && !utf8.RuneStart(f.Src[offset]) {
				t.Fatalf("%v cuts a character of %q in two", s, f.Src)
			}
		}
	}
	for _, e := range f.Errors {
		check(e.Span)
	}
	for _, tok := range f.Tokens() {
		check(tok.Span)
	}
	for _, stmt := range f.Stmts {
		Walk(stmt, func(n Node) bool {
			for _, s := range []Span{n.Span(), n.Open(), n.Close(), n.Content(), n.NameSpan()} {
				check(s)
			}
			return true
		})
	}
}

// checkNode checks n and what is below it.
func checkNode(t *testing.T, n Node) {
	t.Helper()
	span := n.Span()
	last := span.Start
	for c := range n.Children() {
		s := c.Span()
		if !span.Contains(s) || s.Len() < 0 || s.Start < last {
			t.Fatalf("%v %q at %v, in %v %q at %v, after %d", c.Kind(), c.Text(), s, n.Kind(), n.Text(), span, last)
		}
		last = s.Start
		checkNode(t, c)
	}
	for arg := range n.Args() {
		if !span.Contains(arg.Span()) {
			t.Fatalf("argument at %v, not in %v", arg.Span(), span)
		}
	}
	for entry := range n.Entries() {
		if !span.Contains(entry.Span()) {
			t.Fatalf("entry at %v, not in %v", entry.Span(), span)
		}
	}
	n.Value()
	n.Names()
	for _, s := range []Span{n.Open(), n.Close(), n.Content(), n.NameSpan()} {
		if s != (Span{}) && (s.Len() < 0 || !span.Contains(s)) {
			t.Fatalf("%v is not in %v %q at %v", s, n.Kind(), n.Text(), span)
		}
	}
	for block := range n.Blocks() {
		if len(block) == 0 {
			t.Fatalf("empty block in %q", n.Text())
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		end := 0
		if bytes.HasPrefix(src, []byte(bom)) {
			end = len(bom)
		}
		for tok := range Scan(src) {
			if tok.Span.Start < end || tok.Span.End > len(src) || tok.Span.Len() == 0 && tok.Kind != NewlineTok {
				t.Fatalf("token %v after offset %d", tok, end)
			}
			checkBlank(t, src[end:tok.Span.Start])
			end = tok.Span.End
		}
		checkBlank(t, src[end:])
	})
}

// checkBlank checks that gap, which is between two tokens, holds white space only.
func checkBlank(t *testing.T, gap []byte) {
	t.Helper()
	if rest := bytes.Trim(gap, " \t\f\v\r\n\\"); len(rest) > 0 {
		t.Fatalf("no token for %q", rest)
	}
}
