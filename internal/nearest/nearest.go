// Package nearest finds the name that somebody probably meant.
package nearest

import (
	"iter"
	"math"
)

// Of returns the candidate nearest to name, and false if none is near enough to be worth a suggestion: about one edit
// for each three letters. An edit is a letter added, left out, replaced, or two neighbours swapped; case does not
// count. Of several equally near ones the first in byte order wins, whatever the order of the candidates.
func Of(name string, candidates iter.Seq[string]) (string, bool) {
	return (&Search{left: math.MaxInt}).Of(name, candidates)
}

// The steps of a search: each candidate, what it has in common with the name, and the product of what is left of both.
// They do not depend on the order of the candidates.
const (
	minSteps     = 1 << 21
	stepsForEach = 1 << 12
	maxSteps     = 1 << 26
)

// A Search finds the nearest of many names among many candidates, and does not compare each with each where there are
// thousands: then it gives up and finds nothing any more.
type Search struct {
	matrix
	left int // steps
}

// NewSearch returns a search that is good for dozens of names where size is the number of candidates or of names.
func NewSearch(size int) *Search { return &Search{left: min(minSteps+size*stepsForEach, maxSteps)} }

// Of is like the function [Of] until the steps of s are used up.
func (s *Search) Of(name string, candidates iter.Seq[string]) (string, bool) {
	if s.left <= 0 {
		return "", false
	}
	most := max(len(name), 3) / 3
	limit, best, found := most, "", false
	for candidate := range candidates {
		steps, a, b := 1, "", ""
		if abs(len(name)-len(candidate)) <= most {
			a, b = trim(name, candidate)
			steps = 1 + len(name) + len(a)*len(b)
		}
		if s.left -= steps; s.left <= 0 {
			return "", false
		}
		if abs(len(name)-len(candidate)) > limit {
			continue
		}
		d, ok := s.distance(a, b, limit)
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
