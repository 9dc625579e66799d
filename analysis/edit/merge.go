package edit

import (
	"cmp"
	"slices"
)

// Merge chooses the fixes that can be applied together. Each element of fixes is one fix: edits, possibly of several
// files, that are applied all or none. It returns the indices of the chosen fixes in rising order; [Apply] takes all
// their edits of a file together. The rest are for the next round, when their edits have been computed anew.
//
// The fix whose first edit comes first by [Compare] wins, of several the one with the lowest index. Two fixes go
// together unless an edit of one conflicts with an edit of the other:
//
//   - Identical edits never conflict; they become one.
//   - Replacements conflict if they share a byte. Adjacent ones go together: deleting "a, " and deleting "b, " are
//     independent, whereas fixes that would both take the one comma between two elements share it.
//   - Insertions conflict if they are at the same offset, since nobody said which text comes first.
//   - An insertion conflicts with a replacement that contains or touches its offset: it was computed with a look at
//     its neighbour. A comma after a list's last element is wrong once that element is deleted.
//
// A fix that has no edits, or whose own edits [Validate] refuses, is never chosen.
func Merge(fixes [][]Edit) (accepted []int) {
	valid := make([][]Edit, len(fixes))
	var order []int
	for i, fix := range fixes {
		edits, err := normalize(fix)
		if err == nil && len(edits) > 0 {
			valid[i] = edits
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return Compare(valid[i][0], valid[j][0]) })

	chosen := make(editSet)
	for _, i := range order {
		if !slices.ContainsFunc(valid[i], chosen.conflicts) {
			chosen.add(valid[i])
			accepted = append(accepted, i)
		}
	}
	slices.Sort(accepted)
	return accepted
}

// An editSet holds, for each path, edits that do not overlap, in the order of Compare: their ends rise as well.
type editSet map[string][]*Edit

func (s editSet) conflicts(e Edit) bool {
	edits := s[e.Path]
	i, _ := slices.BinarySearchFunc(edits, e.Start, func(a *Edit, start int) int { return cmp.Compare(a.End, start) })
	for ; i < len(edits) && edits[i].Start <= e.End; i++ {
		if *edits[i] != e && conflict(*edits[i], e) {
			return true
		}
	}
	return false
}

// conflict says whether two different edits of one file exclude each other. They touch or overlap.
func conflict(a, b Edit) bool {
	if a.Start == a.End || b.Start == b.End {
		return true
	}
	return a.Start < b.End && b.Start < a.End
}

// add adds edits, none of which conflicts with one of s.
func (s editSet) add(edits []Edit) {
	for i := range edits {
		e := &edits[i]
		at, _ := slices.BinarySearchFunc(s[e.Path], e, func(a, b *Edit) int { return Compare(*a, *b) })
		if at < len(s[e.Path]) && *s[e.Path][at] == *e {
			continue // two fixes want the same edit
		}
		s[e.Path] = slices.Insert(s[e.Path], at, e)
	}
}
