// Package nearest finds the name that somebody probably meant.
package nearest

import "iter"

// Of returns the candidate nearest to name, and false if none is near enough to be worth a suggestion: about one edit
// for each three letters. An edit is a letter added, left out, replaced, or two neighbours swapped; case does not
// count. Of several equally near ones the first in byte order wins, whatever the order of the candidates.
func Of(name string, candidates iter.Seq[string]) (string, bool) {
	var m matrix
	limit := max(len(name), 3) / 3
	best, found := "", false
	for candidate := range candidates {
		d, ok := m.distance(name, candidate, limit)
		if !ok || d >= max(len(name), len(candidate)) && d > 0 {
			continue
		}
		if !found || d < limit || candidate < best {
			best, found, limit = candidate, true, d
		}
	}
	return best, found
}

// A matrix holds the last three rows of the table of distances between prefixes; it is reused from one candidate to
// the next, since there may be as many of them as a workspace has targets.
type matrix struct {
	before, previous, row []int
}

// distance returns the number of edits between a and b (optimal string alignment), and false if it is over the limit.
func (m *matrix) distance(a, b string, limit int) (int, bool) {
	if abs(len(a)-len(b)) > limit {
		return 0, false
	}
	a, b = trim(a, b)
	m.reset(len(b))
	for i := range len(a) {
		m.before, m.previous, m.row = m.previous, m.row, m.before
		if m.fill(i, a, b) > limit {
			return 0, false
		}
	}
	d := m.row[len(b)]
	return d, d <= limit
}

// trim cuts off what a and b have in common at both ends: addresses often differ in a few letters of many.
func trim(a, b string) (string, string) {
	for a != "" && b != "" && lower(a[0]) == lower(b[0]) {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && lower(a[len(a)-1]) == lower(b[len(b)-1]) {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// reset makes the current row that of the empty prefix of a, for a b of n bytes.
func (m *matrix) reset(n int) {
	if len(m.row) <= n {
		m.before, m.previous, m.row = make([]int, 2*n+1), make([]int, 2*n+1), make([]int, 2*n+1)
	}
	for j := range n + 1 {
		m.row[j] = j
	}
}

// fill computes the row of the byte i of a and returns the least of it.
func (m *matrix) fill(i int, a, b string) int {
	m.row[0] = i + 1
	least := m.row[0]
	for j := range len(b) {
		cost := 1
		if lower(a[i]) == lower(b[j]) {
			cost = 0
		}
		d := min(m.previous[j]+cost, m.previous[j+1]+1, m.row[j]+1)
		if i > 0 && j > 0 && lower(a[i]) == lower(b[j-1]) && lower(a[i-1]) == lower(b[j]) {
			d = min(d, m.before[j-1]+1)
		}
		m.row[j+1] = d
		least = min(least, d)
	}
	return least
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func abs(n int) int { return max(n, -n) }
