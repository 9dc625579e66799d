package edit

import (
	"slices"
	"strings"

	"github.com/hexops/gotextdiff/myers"
)

// maxMyersLines is the most lines, of both sides together, that Myers' algorithm is asked to compare. The library keeps
// a trace of quadratic size: 16 MB at this limit.
const maxMyersLines = 1000

// A change says that the lines [a1, a2) of one text became the lines [b1, b2) of another.
type change struct{ a1, a2, b1, b2 int }

// A match is a pair of equal lines, by their indices.
type match struct{ a, b int }

// splitLines returns the lines of text with their line ends. Only "\n" ends a line, as in git.
func splitLines(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" })
}

// diffLines returns the changes, in order and not adjacent, that make b of a.
func diffLines(a, b []string) []change {
	var changes []change
	next := match{}
	for _, m := range append(matchLines(a, b), match{len(a), len(b)}) {
		if m != next {
			changes = append(changes, change{next.a, m.a, next.b, m.b})
		}
		next = match{m.a + 1, m.b + 1}
	}
	return changes
}

// matchLines pairs lines of a and b, rising on both sides. Lines that occur once in both are paired first, which reads
// better than a shortest difference and takes n log n; then what is between them.
func matchLines(a, b []string) []match {
	var matches []match
	next := match{}
	for _, m := range append(anchors(a, b), match{len(a), len(b)}) {
		matches = append(matches, matchGap(a[next.a:m.a], b[next.b:m.b], next)...)
		matches = append(matches, m)
		next = match{m.a + 1, m.b + 1}
	}
	return matches[:len(matches)-1]
}

// matchGap pairs lines of a and b, which start at the indices offset. It takes a longest common subsequence, unless
// there are too many lines to look for it.
func matchGap(a, b []string, offset match) []match {
	as, bs := shared(a, b), shared(b, a)
	var head, tail []match
	pair := func(i, j int) match { return match{offset.a + i, offset.b + j} }
	for len(as) > 0 && len(bs) > 0 && a[as[0]] == b[bs[0]] {
		head = append(head, pair(as[0], bs[0]))
		as, bs = as[1:], bs[1:]
	}
	for m, n := len(as)-1, len(bs)-1; m >= 0 && n >= 0 && a[as[m]] == b[bs[n]]; m, n = m-1, n-1 {
		tail = append(tail, pair(as[m], bs[n]))
		as, bs = as[:m], bs[:n]
	}
	if len(as)+len(bs) <= maxMyersLines {
		for _, m := range myersMatches(pick(a, as), pick(b, bs)) {
			head = append(head, pair(as[m.a], bs[m.b]))
		}
	}
	slices.Reverse(tail)
	return append(head, tail...)
}

// shared returns the indices of the lines that others has too. No other line can be paired, and without them the texts
// are short.
func shared(lines, others []string) []int {
	known := make(map[string]bool, len(others))
	for _, line := range others {
		known[line] = true
	}
	var indices []int
	for i, line := range lines {
		if known[line] {
			indices = append(indices, i)
		}
	}
	return indices
}

func pick(lines []string, indices []int) []string {
	picked := make([]string, len(indices))
	for i, index := range indices {
		picked[i] = lines[index]
	}
	return picked
}

// myersMatches returns a longest common subsequence of a and b.
func myersMatches(a, b []string) []match {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	var matches []match
	next := match{}
	for _, e := range myers.ComputeEdits("", strings.Join(a, ""), strings.Join(b, "")) {
		for start := e.Span.Start().Line() - 1; next.a < start; next = (match{next.a + 1, next.b + 1}) {
			matches = append(matches, next)
		}
		next.a = e.Span.End().Line() - 1
		next.b += len(splitLines(e.NewText))
	}
	for ; next.a < len(a); next = (match{next.a + 1, next.b + 1}) {
		matches = append(matches, next)
	}
	return matches
}

// anchors returns a longest sequence, rising on both sides, of pairs of lines that occur once in a and once in b.
func anchors(a, b []string) []match {
	inA, inB := occurrences(a), occurrences(b)
	var unique []match
	for i, line := range a {
		if j, ok := inB[line]; ok && j >= 0 && inA[line] >= 0 {
			unique = append(unique, match{i, j})
		}
	}
	return longestRising(unique)
}

// occurrences returns the index of each line, or -1 for one that occurs more than once.
func occurrences(lines []string) map[string]int {
	index := make(map[string]int, len(lines))
	for i, line := range lines {
		if _, ok := index[line]; ok {
			i = -1
		}
		index[line] = i
	}
	return index
}

// longestRising returns a longest subsequence of matches, which rise in a, that rises in b as well: by patience
// sorting.
func longestRising(matches []match) []match {
	var piles []int                     // the index of the match on top of each pile
	before := make([]int, len(matches)) // the index of the match before, -1 for none
	for i, m := range matches {
		p, _ := slices.BinarySearchFunc(piles, m.b, func(top, b int) int { return matches[top].b - b })
		before[i] = -1
		if p > 0 {
			before[i] = piles[p-1]
		}
		if p == len(piles) {
			piles = append(piles, i)
		}
		piles[p] = i
	}
	if len(piles) == 0 {
		return nil
	}
	rising := make([]match, len(piles))
	at := piles[len(piles)-1]
	for i := range slices.Backward(rising) {
		rising[i] = matches[at]
		at = before[at]
	}
	return rising
}
