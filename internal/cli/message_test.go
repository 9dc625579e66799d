package cli

import "testing"

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"plain text, größer 漢字 👍🏽": "plain text, größer 漢字 👍🏽",
		"\x1b[31m":                 `\x1b[31m`,
		"a\nb\tc\r":                `a\nb\tc\r`,
		"bad \xff byte":            `bad \xff byte`,
		"\u202e'quoted' \\":        `\u202e'quoted' \`,
		"\u2028\x7f\u0085":         `\u2028\x7f\u0085`,
	} {
		if got := printable(text); got != want {
			t.Errorf("printable(%q) = %q, want %q", text, got, want)
		}
	}
}
