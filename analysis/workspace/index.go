package workspace

import (
	"context"
	"iter"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// An index knows all packages of a workspace and who uses which target. It is immutable.
type index struct {
	dirs  []string                     // of all packages, sorted
	from  *cache                       // the facts that it was made from
	users [shards]map[Address][]string // the directories of the packages that use a target, by the shard of its own
}

// A Use is an edge to a target, with who uses it.
type Use struct {
	Package *Facts
	Target  *TargetFacts
	Edge    *Edge
}

// makeIndex returns the index of s: from that of an earlier snapshot where there is one, else by reading everything.
func (s *Snapshot) makeIndex() (*index, error) {
	if s.base != nil {
		return s.deriveIndex(), nil
	}
	dirs, err := s.Packages(context.Background())
	s.load(dirs)
	ix := &index{dirs: dirs, from: s.cache}
	for i := range ix.users {
		ix.users[i] = map[Address][]string{}
	}
	for _, dir := range dirs {
		ix.add(s.Facts(dir))
	}
	s.indexed.Store(ix)
	return ix, err
}

// load reads the packages of many directories at once.
func (s *Snapshot) load(dirs []string) {
	var g errgroup.Group
	n := runtime.GOMAXPROCS(0)
	for i := range n {
		g.Go(func() error {
			for j := i; j < len(dirs); j += n {
				s.loadOne(dirs[j])
			}
			return nil
		})
	}
	_ = g.Wait() // none returns an error
}

// loadOne reads a package. One that the model cannot take is incomplete: whoever checks it tells of the panic.
func (s *Snapshot) loadOne(dir string) {
	defer func() {
		if recover() != nil {
			s.cache.store(dir, &Facts{Dir: dir})
		}
	}()
	s.Facts(dir)
}

// add adds a package that is not in ix.
func (ix *index) add(f *Facts) {
	for a := range used(f) {
		m := ix.users[shardOf(a.Dir)]
		if dirs := m[a]; len(dirs) == 0 || dirs[len(dirs)-1] != f.Dir {
			m[a] = append(dirs, f.Dir)
		}
	}
}

// used yields the targets that a package uses, some of them again.
func used(f *Facts) iter.Seq[Address] {
	return func(yield func(Address) bool) {
		if f == nil {
			return
		}
		for i := range f.Targets {
			for j := range f.Targets[i].Edges {
				if e := &f.Targets[i].Edges[j]; !e.Bad && !yield(e.To) {
					return
				}
			}
		}
	}
}

// deriveIndex returns the base's index with the packages that changed since.
func (s *Snapshot) deriveIndex() *index {
	next := &derivation{index: &index{dirs: s.base.dirs, from: s.cache, users: s.base.users}, owned: map[int]bool{}}
	for _, dir := range s.changed {
		old, _ := s.base.from.load(dir)
		now := s.Facts(dir)
		next.change(dir, old, now)
		next.setDir(dir, now != nil)
	}
	s.indexed.Store(next.index)
	return next.index
}

// A derivation is an index in the making that shares what does not change with the one that it is made from.
type derivation struct {
	*index
	owned map[int]bool // the shards that are its own
}

// change makes the users of targets those after a change of a package. Most changes are of something else.
func (d *derivation) change(dir string, old, now *Facts) {
	before, after := map[Address]bool{}, map[Address]bool{}
	for a := range used(old) {
		before[a] = true
	}
	for a := range used(now) {
		after[a] = true
		if !before[a] {
			before[a] = true
			m := d.own(a)
			m[a] = append(slices.Clip(m[a]), dir)
		}
	}
	for a := range before {
		if !after[a] {
			m := d.own(a)
			m[a] = slices.DeleteFunc(slices.Clone(m[a]), func(user string) bool { return user == dir })
		}
	}
}

// own returns the shard of the users of a target, to be changed.
func (d *derivation) own(a Address) map[Address][]string {
	n := shardOf(a.Dir)
	if !d.owned[n] {
		d.owned[n] = true
		d.users[n] = maps.Clone(d.users[n])
	}
	return d.users[n]
}

// setDir records whether a directory is a package.
func (ix *index) setDir(dir string, isPackage bool) {
	i, found := slices.BinarySearch(ix.dirs, dir)
	switch {
	case isPackage && !found:
		ix.dirs = slices.Insert(slices.Clone(ix.dirs), i, dir)
	case !isPackage && found:
		ix.dirs = slices.Delete(slices.Clone(ix.dirs), i, i+1)
	}
}

// AllPackages returns the directories of all packages, sorted; it reads the whole workspace once. The caller must not
// change the slice.
func (s *Snapshot) AllPackages() ([]string, error) {
	ix, err := s.index()
	return ix.dirs, err
}

// Uses returns the edges to a target by package and position; it reads the whole workspace once.
func (s *Snapshot) Uses(a Address) []Use {
	ix, _ := s.index() // what cannot be read is told by whoever checks it
	var uses []Use
	for _, dir := range ix.users[shardOf(a.Dir)][a] {
		if f, _ := ix.from.load(dir); f != nil {
			uses = f.appendUses(uses, a)
		}
	}
	slices.SortStableFunc(uses, compareUses)
	return uses
}

// appendUses appends the edges of f to a target.
func (f *Facts) appendUses(uses []Use, a Address) []Use {
	for i := range f.Targets {
		t := &f.Targets[i]
		for j := range t.Edges {
			if e := &t.Edges[j]; !e.Bad && e.To == a {
				uses = append(uses, Use{Package: f, Target: t, Edge: e})
			}
		}
	}
	return uses
}
