package git

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
)

// A hunk says that the lines [a1, a2) of one text became the lines [b1, b2) of another. Lines count from 0.
type hunk struct{ a1, a2, b1, b2 int }

// merge applies what changed from base to fixed to ours, which is another version of base. Where both changed the same
// lines in different ways it gives those of ours, counted from 1, instead: "3" or "3-5".
func merge(base, ours, fixed []byte) (merged []byte, conflicts []string) {
	own := hunks(base, ours)
	from, to := lines(ours), lines(fixed)
	last := 0
	for _, f := range hunks(base, fixed) {
		start, end, clash := place(f, own)
		switch {
		case clash == nil:
			merged = append(merged, bytes.Join(from[last:start], nil)...)
			merged = append(merged, bytes.Join(to[f.b1:f.b2], nil)...)
			last = end
		case !clash.same(f, from, to):
			conflicts = append(conflicts, clash.lines())
		}
	}
	return append(merged, bytes.Join(from[last:], nil)...), conflicts
}

// place finds the lines of our text that a hunk of the fix replaces, or the hunk of ours that it clashes with.
func place(f hunk, own []hunk) (start, end int, clash *hunk) {
	shift := 0
	for i, u := range own {
		if u.clashes(f) {
			return 0, 0, &own[i]
		}
		if u.a2 <= f.a1 {
			shift = u.b2 - u.a2
		}
	}
	return f.a1 + shift, f.a2 + shift, nil
}

// clashes reports whether two hunks change the same lines. Adjacent ones do not; but one that adds lines clashes with
// what it touches, since nobody said which comes first.
func (h hunk) clashes(f hunk) bool {
	if h.a1 == h.a2 || f.a1 == f.a2 {
		return f.a1 <= h.a2 && h.a1 <= f.a2
	}
	return f.a1 < h.a2 && h.a1 < f.a2
}

// same reports whether two hunks make the same change.
func (h hunk) same(f hunk, from, to [][]byte) bool {
	return h.a1 == f.a1 && h.a2 == f.a2 &&
		bytes.Equal(bytes.Join(from[h.b1:h.b2], nil), bytes.Join(to[f.b1:f.b2], nil))
}

func (h hunk) lines() string {
	if h.b2-h.b1 < 2 {
		return fmt.Sprint(h.b1 + 1) // where lines were deleted: the one that follows
	}
	return fmt.Sprintf("%d-%d", h.b1+1, h.b2)
}

func lines(text []byte) [][]byte { return bytes.SplitAfter(text, []byte("\n")) }

// hunks gives the changes from a to b in order, none adjacent to the next.
func hunks(a, b []byte) []hunk {
	var out []hunk
	for line := range strings.SplitSeq(edit.Unified("-", a, b, 0), "\n") {
		var h hunk
		head, ok := strings.CutPrefix(line, "@@ -")
		if !ok { // only a head starts with @
			continue
		}
		before, after, _ := strings.Cut(strings.TrimSuffix(head, " @@"), " +")
		h.a1, h.a2 = hunkLines(before)
		h.b1, h.b2 = hunkLines(after)
		out = append(out, h)
	}
	return out
}

// hunkLines reads the lines in a hunk's head: "first,count" from 1, or "before,0", or "first" for one line.
func hunkLines(text string) (start, end int) {
	count := 1
	if n, _ := fmt.Sscanf(text, "%d,%d", &start, &count); n == 2 && count == 0 {
		return start, start
	}
	return start - 1, start - 1 + count
}
