package lsp

import (
	"testing"

	"go.lsp.dev/protocol"
)

// FuzzPlaceAt checks that any text can be typed in.
func FuzzPlaceAt(f *testing.F) {
	f.Add("python_library(\n  name = 'x',\n  dependencies = ['a', \"b", 40)
	f.Add("f(x = {'a': ':b', 'c", 20)
	f.Add("f('''a", 6)
	f.Add("])}", 1)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		offset = min(max(offset, 0), len(text))
		p := placeAt([]byte(text), offset)
		if p.word.Start < 0 || p.word.Start > offset || p.word.End < offset || p.word.End > len(text) {
			t.Fatalf("offset %d of %q: the word is %v", offset, text, p.word)
		}
		if p.prefix != text[p.word.Start:offset] && !p.noWord {
			t.Fatalf("offset %d of %q: the prefix is %q", offset, text, p.prefix)
		}
	})
}

// FuzzReplaced checks that an edit at any position of any text leaves the rest of it.
func FuzzReplaced(f *testing.F) {
	f.Add("ab\ncd", "x", uint32(0), uint32(1), uint32(1), uint32(0), true)
	f.Add("\xff𝒳\r\n", "", uint32(0), uint32(2), uint32(9), uint32(9), false)
	f.Fuzz(func(t *testing.T, text, insert string, l1, c1, l2, c2 uint32, utf8 bool) {
		encoding := protocol.PositionEncodingKindUTF16
		if utf8 {
			encoding = protocol.PositionEncodingKindUTF8
		}
		d := newDocument("file:///x", []byte(text), encoding)
		r := &protocol.Range{
			Start: protocol.Position{Line: l1, Character: c1}, End: protocol.Position{Line: l2, Character: c2},
		}
		start, end := d.offset(r.Start), d.offset(r.End)
		if start > end {
			start, end = end, start
		}
		if got, want := string(d.replaced(r, insert)), text[:start]+insert+text[end:]; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
