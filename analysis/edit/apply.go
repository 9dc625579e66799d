package edit

import (
	"fmt"
	"slices"
)

// String returns e as path:[start,end) and the beginning of its text, for messages.
func (e Edit) String() string {
	return fmt.Sprintf("%s:[%d,%d) %.40q", e.Path, e.Start, e.End, e.New)
}

// Apply returns src with edits applied, which are edits of one file in any order. Identical edits count once, different
// insertions at the same offset keep their order, and an insertion at the border of a replaced range goes before or
// after what replaces it. It is an error, and nothing is applied, if two edits overlap, if one is out of range, or if
// they are of different files. Neither src nor edits is changed; the result is always a new slice.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	edits, err := normalize(edits)
	if err != nil {
		return nil, err
	}
	size := len(src)
	for _, e := range edits {
		if e.Path != edits[0].Path {
			return nil, fmt.Errorf("edits %v and %v are of different files", edits[0], e)
		}
		if e.End > len(src) {
			return nil, fmt.Errorf("edit %v is out of range: the file has %d bytes", e, len(src))
		}
		size += len(e.New) - (e.End - e.Start)
	}
	out := make([]byte, 0, size)
	last := 0
	for _, e := range edits {
		out = append(out, src[last:e.Start]...)
		out = append(out, e.New...)
		last = e.End
	}
	return append(out, src[last:]...), nil
}

// Validate says whether edits, possibly of several files, can be applied together: no two of them overlap and none has
// a negative or reversed range. The error names the edits. Only [Apply] knows whether an edit ends inside its file.
func Validate(edits []Edit) error {
	_, err := normalize(edits)
	return err
}

// normalize returns the edits in the order of Compare without repetitions, or the error of Validate.
func normalize(edits []Edit) ([]Edit, error) {
	seen := make(map[Edit]bool, len(edits))
	sorted := make([]Edit, 0, len(edits))
	for _, e := range edits {
		if e.Start < 0 || e.End < e.Start {
			return nil, fmt.Errorf("edit %v is out of range", e)
		}
		if !seen[e] {
			seen[e] = true
			sorted = append(sorted, e)
		}
	}
	slices.SortStableFunc(sorted, Compare)
	for i := 1; i < len(sorted); i++ {
		if a, b := sorted[i-1], sorted[i]; a.Path == b.Path && b.Start < a.End {
			return nil, fmt.Errorf("edits %v and %v overlap", a, b)
		}
	}
	return sorted, nil
}
