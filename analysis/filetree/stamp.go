package filetree

import (
	"iter"
	"sync/atomic"
	"time"
)

// A Stamp tells whether a file, or what a directory lists, changed: the metadata by which git's index knows it. Times
// are in nanoseconds since 1970.
type Stamp struct {
	Size, Modified, Changed int64
	Inode                   uint64
}

// Settling is how old a file must be for its stamp to stand for its content. A file that changes twice within the
// resolution of the file system's clock, two seconds at worst, may have the same stamp with two contents.
const Settling = 3 * time.Second

// Stamp returns that by which a later run knows that a path is still what this tree has seen there. It reports false
// where there is no such thing: of overlays, links and what is reached through one, and of all files where the system
// has no such metadata.
func (t *Tree) Stamp(name string) (Stamp, bool) {
	name, err := clean("stat", name)
	if err != nil || t.overlaid(name) || name != "" && !t.plain(parent(name)) {
		return Stamp{}, false
	}
	return t.src.stamp(name)
}

// overlaid reports whether an overlay says what is at a path.
func (t *Tree) overlaid(name string) bool {
	o := t.overlays
	_, isFile := o.files[name]
	_, isDir := o.dirs[name]
	return isFile || isDir || o.under(name) || o.hides(name)
}

// Settled reports whether a stamp is older than all that this tree has read: then it stands for what was read.
func (t *Tree) Settled(s Stamp) bool {
	return max(s.Modified, s.Changed) < t.opened.Add(-Settling).UnixNano()
}

// A Listing is what a directory held when it had a stamp. There was no link in it, also none that leads nowhere.
type Listing struct {
	Dir     string
	Stamp   Stamp
	Entries []Entry // sorted by name
}

// remembered are listings of an earlier run, by directory. Nil is of none.
type remembered struct {
	byDir atomic.Pointer[map[string]Listing]
}

// Remember has directories that still have their stamp not be listed again. It costs nothing to be wrong: each is
// looked at before it is believed.
func (t *Tree) Remember(listings map[string]Listing) { t.cache.remembered.byDir.Store(&listings) }

// listRemembered lists a plain directory if that was done by an earlier run: then it takes one look at it, where those
// who ask for what is in it would take one each.
func (t *Tree) listRemembered(dir string) {
	if all := t.cache.remembered.byDir.Load(); all != nil {
		if _, ok := (*all)[dir]; ok {
			_, _ = t.list(dir) // where it cannot be listed, each is looked at
		}
	}
}

// recall gives the entries of a directory that is as it was when they were listed.
func (t *Tree) recall(dir string) ([]Entry, bool) {
	all := t.cache.remembered.byDir.Load()
	if all == nil {
		return nil, false
	}
	l, ok := (*all)[dir]
	if !ok {
		return nil, false
	}
	now, ok := t.src.stamp(dir)
	return l.Entries, ok && now == l.Stamp
}

// Listings yields the directories that were listed so far and that a later run may remember.
func (t *Tree) Listings() iter.Seq[Listing] {
	return func(yield func(Listing) bool) {
		for i := range t.cache.shards {
			for dir, c := range t.cache.shard(uint64(i)).all() {
				l, ok := t.listing(dir, c)
				if ok && !yield(l) {
					return
				}
			}
		}
	}
}

func (t *Tree) listing(dir string, c *cell) (Listing, bool) {
	if !c.listed.Load() || c.dangling || c.listing.hasLink() {
		return Listing{}, false
	}
	s, ok := t.src.stamp(dir)
	return Listing{dir, s, c.listing.entries()}, ok && t.Settled(s)
}
