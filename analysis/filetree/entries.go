package filetree

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// A packed is a listing as one text, for a repository has names by the million and the garbage collector would follow
// each: names in order, each with the marks of what it is after it. No name is empty or holds a mark.
type packed string

// The marks. That of a link comes twice.
const (
	fileMark = '\x00'
	dirMark  = '/'
)

func isMark(c byte) bool { return c == fileMark || c == dirMark }

// pack packs a sorted listing.
func pack(listed []Entry) packed {
	var b strings.Builder
	size := 0
	for _, e := range listed {
		size += len(e.Name) + 2
	}
	b.Grow(size)
	for _, e := range listed {
		mark := byte(fileMark)
		if e.Dir {
			mark = dirMark
		}
		b.WriteString(e.Name)
		b.WriteByte(mark)
		if e.Link {
			b.WriteByte(mark)
		}
	}
	return packed(b.String())
}

// next gives the first entry of a listing that is not empty, and the rest. The name is a part of the text.
func (p packed) next() (Entry, packed) {
	n := 0
	for !isMark(p[n]) {
		n++
	}
	e := Entry{Name: string(p[:n]), Dir: p[n] == dirMark}
	if n++; n < len(p) && isMark(p[n]) {
		e.Link = true
		n++
	}
	return e, p[n:]
}

// all yields the entries.
func (p packed) all() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for p != "" {
			var e Entry
			if e, p = p.next(); !yield(e) {
				return
			}
		}
	}
}

// entries gives all at once.
func (p packed) entries() []Entry {
	n := 0
	for range p.all() {
		n++
	}
	return slices.AppendSeq(make([]Entry, 0, n), p.all())
}

func (p packed) hasLink() bool {
	for e := range p.all() {
		if e.Link {
			return true
		}
	}
	return false
}

// find looks a name up: by halves, for a directory may have a hundred thousand.
func (p packed) find(name string) (Entry, bool) {
	low, high := 0, len(p) // where entries begin, but for the end
	for low < high {
		start := p.start(low, (low+high)/2)
		e, rest := p[start:].next()
		switch order := strings.Compare(e.Name, name); {
		case order == 0:
			return e, true
		case order < 0:
			low = len(p) - len(rest)
		default:
			high = start
		}
	}
	return Entry{}, false
}

// start gives where the entry begins that at is in, which is not before low.
func (p packed) start(low, at int) int {
	for at > low && isMark(p[at]) {
		at--
	}
	for at > low && !isMark(p[at-1]) {
		at--
	}
	return at
}

func compareEntries(a, b Entry) int { return cmp.Compare(a.Name, b.Name) }

func sorted(entries iter.Seq[Entry]) []Entry { return slices.SortedFunc(entries, compareEntries) }

// find looks a name up in a sorted listing.
func find(entries []Entry, name string) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(entries, name, func(e Entry, name string) int { return cmp.Compare(e.Name, name) })
	if !ok {
		return Entry{}, false
	}
	return entries[i], true
}

// merge lays the entries of overlays over those of the source. It gives base itself where they add nothing.
func merge(base, over []Entry) []Entry {
	var added []Entry
	for _, o := range over {
		if b, ok := find(base, o.Name); !ok || b.Dir != o.Dir {
			added = append(added, o)
		}
	}
	if added == nil {
		return base
	}
	out := slices.Clone(added)
	for _, b := range base {
		if _, ok := find(added, b.Name); !ok {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, compareEntries)
	return out
}
