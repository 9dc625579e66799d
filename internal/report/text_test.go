package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/buildlint/buildlint/analysis"
)

func TestPrintable(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"plain `text` größer 日本 👩‍👩‍👧 é", "plain `text` größer 日本 👩‍👩‍👧 é"},
		{"\x1b[31m", `\x1b[31m`},
		{"a\nb\tc\rd", `a\nb\tc\rd`},
		{"\x00\x7f", `\x00\x7f`},
		{"\u009b1m", `\u009b1m`},     // CSI as one character
		{"\x9b1m", `\x9b1m`},         // CSI as one byte
		{"a\u202eb", `a\u202eb`},     // right to left
		{"\u2028", `\u2028`},         // line separator
		{"\ufeff", `\ufeff`},         // byte order mark
		{"\U000e0041", `\U000e0041`}, // tag
		{"\xff\xfe", `\xff\xfe`},
		{"\ufffd", "\ufffd"}, // valid, though it stands for what is not
	} {
		if got := printable(test.in); got != test.want {
			t.Errorf("printable(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestGitHubEscapes(t *testing.T) {
	for _, test := range []struct{ in, data, property string }{
		{"plain", "plain", "plain"},
		{"100%", "100%25", "100%25"},
		{"%0A", "%250A", "%250A"},
		{"a:b,c", "a:b,c", "a%3Ab%2Cc"},
		{"a\r\nb", "a%0D%0Ab", "a%0D%0Ab"},
		{"a::b", "a::b", "a%3A%3Ab"},
	} {
		if got := githubData(test.in); got != test.data {
			t.Errorf("githubData(%q) = %q, want %q", test.in, got, test.data)
		}
		if got := githubProperty(test.in); got != test.property {
			t.Errorf("githubProperty(%q) = %q, want %q", test.in, got, test.property)
		}
	}
}

func TestNewWindow(t *testing.T) {
	for _, test := range []struct {
		name                  string
		width, from, to, size int
		want                  window
	}{
		{"fits", 80, 70, 80, 80, window{0, 80}},
		{"range fits from the start", 200, 10, 20, 80, window{0, 80}},
		{"around the range", 200, 100, 110, 80, window{65, 145}},
		{"at the end", 200, 199, 200, 80, window{120, 200}},
		{"range too long", 200, 50, 190, 80, window{44, 124}},
		{"too long near the start", 200, 8, 190, 80, window{0, 80}},
	} {
		if got := newWindow(test.width, test.from, test.to, test.size); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

// FuzzFull renders any range of any bytes: nothing that a terminal obeys gets through, and no row of an excerpt is
// wider than the terminal.
func FuzzFull(f *testing.F) {
	f.Add("a\tb\x1b[0m\n日本\r\nx", 1, 9, 60, "b\n")
	f.Add("\ufeffx\rye\u0301", 3, 8, 0, "\r")
	f.Fuzz(func(t *testing.T, src string, start, end, width int, text string) {
		start = min(max(start, 0), len(src))
		end = min(max(end, start), len(src))
		width = min(max(width, 0), 300)
		w := workspace{"BUILD": src}
		d := analysis.Diagnostic{Rule: "r", Severity: analysis.Error, Location: analysis.Location{Path: "BUILD"}}
		d.Span.Start, d.Span.End = start, end
		e := w.edit("BUILD", "", text)
		e.Start, e.End = start, end
		d.Fixes = []analysis.Fix{fix(text, analysis.Safe, e)}
		d.Related = []analysis.Related{{Location: d.Location, Message: src[start:end]}}
		result := &analysis.Result{Diagnostics: []analysis.Diagnostic{d}}

		var b bytes.Buffer
		if err := Write(&b, result, Options{Format: "full", Source: w.source, Width: width}); err != nil {
			t.Fatal(err)
		}
		checkOutput(t, b.String(), width)
	})
}

func checkOutput(t *testing.T, out string, size int) {
	if size == 0 {
		size = defaultWidth
	}
	for row := range strings.Lines(out) {
		row = strings.TrimSuffix(row, "\n")
		if !utf8.ValidString(row) || needsEscape(row) {
			t.Errorf("%q reaches the terminal", row)
		}
		isExcerpt := strings.HasPrefix(row, " ") && !strings.HasPrefix(strings.TrimLeft(row, " "), "= ")
		if isExcerpt && uniseg.StringWidth(row) > max(size, minWidth+10) {
			t.Errorf("%q is wider than %d columns", row, size)
		}
	}
}

// FuzzFormats writes any text in every format: what a terminal obeys is in none, and every format can be written.
func FuzzFormats(f *testing.F) {
	f.Add("a/BUILD", "f()\n", "found `x`", "x\n")
	f.Add("a\u009b/\u007fBUILD", "\u009b", "\u0085\u009b2J", "\u009b\u007f")
	f.Add("a\n\x1b]0;t\a/\u202eBUILD", "\x9b1m\u200b\xff\r\n", "\x1b[2J%0A::error::\u2066", "\x00<!--]]>")
	f.Fuzz(func(t *testing.T, path, src, message, text string) {
		w := workspace{path: src}
		d := analysis.Diagnostic{Rule: "r", Severity: analysis.Error, Location: analysis.Location{Path: path}, Message: message}
		d.Target = message
		d.Span.End = len(src)
		e := w.edit(path, "", text)
		e.Start, e.End = 0, len(src)
		d.Fixes = []analysis.Fix{fix(text, analysis.Safe, e)}
		d.Related = []analysis.Related{{Location: d.Location, Message: message}}
		result := &analysis.Result{Diagnostics: []analysis.Diagnostic{d}}
		for _, format := range Formats() {
			var b bytes.Buffer
			if err := Write(&b, result, Options{Format: format, Source: w.source}); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			for row := range strings.Lines(b.String()) {
				row = strings.ReplaceAll(strings.TrimSuffix(row, "\n"), "\t", "")
				if !utf8.ValidString(row) || strings.ContainsFunc(row, controls) {
					t.Errorf("%s: %q reaches the terminal", format, row)
				}
			}
		}
	})
}

// controls reports whether a terminal may obey r.
func controls(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
