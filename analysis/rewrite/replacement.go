package rewrite

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A replacement puts text in the place of the bytes [start, end).
type replacement struct {
	start, end int
	text       string
}

// finish returns rs as sorted edits of file. Those that touch become one, and lines that are aligned with something
// that moves move too. It returns nil if two overlap.
func finish(path string, file *syntax.File, rs []replacement) []edit.Edit {
	merged, ok := merge(file.Src, rs)
	if !ok {
		return nil
	}
	var edits []edit.Edit
	for _, r := range realign(file, merged) {
		edits = append(edits, edit.Edit{Path: path, Start: r.start, End: r.end, New: r.text})
	}
	slices.SortFunc(edits, edit.Compare)
	return edits
}

// merge returns rs sorted, without those that change nothing. Those that touch become one, without what that leaves
// unchanged at its ends. It reports false if two overlap.
func merge(src []byte, rs []replacement) ([]replacement, bool) {
	slices.SortStableFunc(rs, func(a, b replacement) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	var merged []replacement
	for len(rs) > 0 {
		r, n := rs[0], 1
		for ; n < len(rs) && rs[n].start <= r.end; n++ {
			if rs[n].start < r.end {
				return nil, false
			}
			r.end = rs[n].end
			r.text += rs[n].text
		}
		if n > 1 {
			r = r.trimmed(src)
		}
		if string(src[r.start:r.end]) != r.text {
			merged = append(merged, r)
		}
		rs = rs[n:]
	}
	return merged, true
}

// trimmed returns r without what the old and the new text have in common at their ends.
func (r replacement) trimmed(src []byte) replacement {
	old := string(src[r.start:r.end])
	n := 0
	for n < len(old) && n < len(r.text) && old[n] == r.text[n] {
		n++
	}
	n = runeStart(old, r.text, n)
	r.start, old, r.text = r.start+n, old[n:], r.text[n:]

	n = 0
	for n < len(old) && n < len(r.text) && old[len(old)-1-n] == r.text[len(r.text)-1-n] {
		n++
	}
	for n > 0 && !(utf8.RuneStart(old[len(old)-n]) && utf8.RuneStart(r.text[len(r.text)-n])) {
		n--
	}
	r.end, r.text = r.end-n, r.text[:len(r.text)-n]
	return r
}

// runeStart returns the greatest offset up to n at which no rune of a or b is cut.
func runeStart(a, b string, n int) int {
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	return n
}

// narrowed returns r without what the old and the new text have in common at their ends, but never as an insertion: two
// changes of one text that would both be made at the same place must overlap.
func (r replacement) narrowed(src []byte) replacement {
	n := r.trimmed(src)
	switch {
	case n.start < n.end:
	case r.start < n.start:
		_, size := utf8.DecodeLastRune(src[r.start:n.start])
		n.text = string(src[n.start-size:n.start]) + n.text
		n.start -= size
	case n.end < r.end:
		_, size := utf8.DecodeRune(src[n.end:r.end])
		n.text += string(src[n.end : n.end+size])
		n.end += size
	}
	return n
}
