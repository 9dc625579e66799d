package edit

import (
	"bytes"
	"slices"
	"strings"
)

// LineEnd returns what most lines of src end with: "\n", or "\r\n" if that is the majority.
func LineEnd(src []byte) string {
	crlf := bytes.Count(src, []byte("\r\n"))
	if crlf > bytes.Count(src, []byte("\n"))-crlf {
		return "\r\n"
	}
	return "\n"
}

// KeepLineEnds returns edits of src whose texts end their lines as src does, so that whoever makes an edit may write
// "\n". Texts that already say "\r\n" were copied from the file and stay as they are.
func KeepLineEnds(src []byte, edits []Edit) []Edit {
	if LineEnd(src) == "\n" {
		return edits
	}
	edits = slices.Clone(edits)
	for i, e := range edits {
		afterCR := 0 < e.Start && e.Start <= len(src) && src[e.Start-1] == '\r'
		edits[i].New = toCRLF(e.New, afterCR)
	}
	return edits
}

// toCRLF puts "\r" before each "\n" of text that has none; afterCR says that one stands before the text.
func toCRLF(text string, afterCR bool) string {
	first, rest := "", text
	if afterCR && strings.HasPrefix(text, "\n") {
		first, rest = "\n", text[1:]
	}
	rest = strings.ReplaceAll(rest, "\r\n", "\n")
	return first + strings.ReplaceAll(rest, "\n", "\r\n")
}
