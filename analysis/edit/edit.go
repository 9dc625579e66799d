// Package edit changes files by byte edits: it merges edits that several fixes want, applies them, shows them as a
// diff, and writes files so that nothing is lost.
package edit

import "cmp"

// An Edit replaces the bytes [Start, End) of a file by New.
type Edit struct {
	Path       string // relative to the root, with slashes
	Start, End int
	New        string
	// Guard says that New is what stands there: the edit changes nothing, and keeps others from doing so. A fix guards
	// what it relies on, such as the name of a target that it refers to.
	Guard bool
}

// Compare orders edits by path and position; an insertion comes before a replacement at the same place.
func Compare(a, b Edit) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}
