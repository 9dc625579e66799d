package edit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLineEnd(t *testing.T) {
	for src, want := range map[string]string{
		"":               "\n",
		"a":              "\n",
		"a\n":            "\n",
		"a\r\n":          "\r\n",
		"a\r":            "\n",
		"a\r\nb\n":       "\n",
		"a\r\nb\nc\r\n":  "\r\n",
		"a\n\nb\r\n":     "\n",
		"a\r\r\nb\r\r\n": "\r\n",
	} {
		if got := LineEnd([]byte(src)); got != want {
			t.Errorf("LineEnd(%q) = %q, want %q", src, got, want)
		}
	}
}

func TestKeepLineEnds(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		edit      Edit
		want      string
	}{
		{"LF", "a\nb\n", ed(2, 2, "x\ny\n"), "a\nx\ny\nb\n"},
		{"CRLF", "a\r\nb\r\n", ed(3, 3, "x\ny\n"), "a\r\nx\r\ny\r\nb\r\n"},
		{"copied text", "a\r\nb\r\n", ed(3, 3, "x\r\ny\n"), "a\r\nx\r\ny\r\nb\r\n"},
		{"copied text in a file of LF", "a\nb\nc\r\n", ed(0, 0, "c\r\n"), "c\r\na\nb\nc\r\n"},
		{"no line end", "a\r\nb\r\n", ed(0, 1, "x"), "x\r\nb\r\n"},
		{"inside a line end", "a\r\nb\r\n", ed(2, 3, "\n\n"), "a\r\n\r\nb\r\n"},
		{"at the end", "a\r\nb", ed(4, 4, "\n"), "a\r\nb\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			edits := []Edit{tt.edit}
			got, err := Apply([]byte(tt.src), KeepLineEnds([]byte(tt.src), edits))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Error(diff)
			}
			if edits[0] != tt.edit {
				t.Error("KeepLineEnds changed what it was given")
			}
		})
	}
}
