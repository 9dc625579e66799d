package syntax

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestScanModule(t *testing.T) {
	deep := func(n int) string { return strings.Repeat(`f"{`, n) + "x" + strings.Repeat(`}"`, n) }
	for _, tc := range []struct {
		name, src string
		whole     bool // it is one token
	}{
		{"plain", `f"a"`, true},
		{"its own quotes", `f"{a["b"]}"`, true},
		{"its own quotes and braces", `f"{a["}"]} {{ {'"'} }}"`, true},
		{"three quotes", `f'''{a["b'''"]} ' '' {'''c'''}'''`, true},
		{"in another", `f"{f"{f"{a}"}"}"`, true},
		{"raw, bytes and plain strings inside", `rf"\d{r"\\"}{b"\""}{u"{"}"`, true},
		{"a name that ends as a prefix", `f"{buf["f"]}"`, true},
		{"a format", `f"{a!r:{b["c"]}>{d:{e}}.2f}"`, true},
		{"quotes in a format", `f"{a:'>10}"`, true},
		{"a format that is too short", `f"{a:"`, false},
		{"colons in brackets", `f"{a[b:"c"]}{(lambda d: {"e": d})("f")}"`, true},
		{"not equal", `f"{a != "b"}"`, true},
		{"several lines", "f\"{\n a[  # }\"\n 'b'\n ]\n}\"", true},
		{"a line end in a format", "f\"{a:>2\n}\"", true},
		{"many line ends in formats", "f\"{" + strings.Repeat("a:\n", 1000) + "}\"", false},
		{"a line end in the text", "f\"a\n\"", false},
		{"escapes", `f"\"\N{LEFT CURLY BRACKET}\{a}\\"`, true},
		{"no name in a raw one", `rf"\N{a["b"]}"`, true},
		{"a backslash at the end", `f"a\`, false},
		{"template", `t"{a["b"]}"`, true},
		{"no f-string", `b"{a["]"`, false},
		{"open brace", `f"{a"`, false},
		{"closing brace", `f"a}"`, false},
		{"wrong bracket", `f"{a(]}"`, false},
		{"open string", `f"{'a}"`, false},
		{"deep", deep(100), true},
		{"too deep", deep(1000), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for tok := range ScanModule([]byte(tc.src)) {
				if whole := tok == (Token{StringTok, Span{0, len(tc.src)}}); whole != tc.whole {
					t.Errorf("the first token is %v of %d bytes", tok, len(tc.src))
				}
				break
			}
		})
	}
}

// FuzzScanModule holds that tokens are in order and leave out nothing but blanks, and that f-strings alone are read
// otherwise than [Scan] reads them.
func FuzzScanModule(f *testing.F) {
	for _, seed := range []string{
		"a = f'{b['c']}' # d\n", "f\"{\n}\"", "f'''{a:{b}\n}'''", "rf'\\N{a}'", "f'{{'", "x\ny", "f'{f'{", "'''",
		"t'{\"\"\"}'", "f'{a:\n}'", "f'\\",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		tokens := slices.Collect(ScanModule(src))
		last := 0
		for _, tok := range tokens {
			if tok.Span.Start < last || tok.Span.End < tok.Span.Start || tok.Span.End > len(src) {
				t.Fatalf("%v after %d", tok, last)
			}
			if gap := bytes.Trim(src[last:tok.Span.Start], " \t\f\v\r\n\\"); len(gap) > 0 && string(gap) != bom {
				t.Fatalf("%q is left out before %v", gap, tok)
			}
			last = tok.Span.End
		}
		if !bytes.ContainsAny(src, "fFtT") && !slices.Equal(tokens, slices.Collect(Scan(src))) {
			t.Error("not as Scan reads it")
		}
	})
}
