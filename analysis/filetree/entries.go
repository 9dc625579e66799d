package filetree

import (
	"cmp"
	"iter"
	"slices"

	"github.com/buildlint/buildlint/internal/arena"
)

// An entryArena holds what directories list: a repository has names by the million.
type entryArena struct {
	names   arena.Strings
	entries arena.Slices[Entry]
}

// keep returns a copy of a listing.
func (a *entryArena) keep(listed []Entry) []Entry {
	kept := a.entries.Make(len(listed))
	for _, e := range listed {
		kept = append(kept, Entry{Name: a.names.Clone(e.Name), Dir: e.Dir, Link: e.Link})
	}
	return kept
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
