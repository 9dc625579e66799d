package workspace

import (
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// An index knows all packages of a workspace and who uses which target. It is immutable.
type index struct {
	dirs  []string // of all packages, sorted
	from  *cache   // the facts that it was made from
	users *users
}

// A Use is an edge to a target, with who uses it.
type Use struct {
	Package *Facts
	Target  TargetFacts
	Edge    Edge
}

// makeIndex returns the index of s: from that of an earlier snapshot where there is one, else by reading everything.
func (s *Snapshot) makeIndex() (*index, error) {
	if s.base != nil {
		return s.deriveIndex(), nil
	}
	s.Remember()
	dirs, err := s.Packages(context.Background())
	s.load(dirs)
	ix := &index{dirs: dirs, from: s.cache, users: newUsers(s, dirs)}
	s.names.settle()
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
			s.cache.store(s.names.text(dir), s.noFacts(dir))
		}
	}()
	s.Facts(dir)
}

// deriveIndex returns the base's index with the packages that changed since.
func (s *Snapshot) deriveIndex() *index {
	ix := &index{dirs: s.base.dirs, from: s.cache}
	changed := newUsersChange(s.base.users)
	for _, dir := range s.changed {
		number := s.names.text(dir)
		old, _ := s.base.from.load(number)
		now := s.Facts(dir)
		changed.change(number, old, now)
		ix.setDir(dir, now != nil)
	}
	ix.users = changed.users
	s.indexed.Store(ix)
	return ix
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
	number, ok := s.names.findAddress(a)
	if !ok {
		return nil
	}
	var uses []Use
	for _, f := range ix.usersOf(number) {
		uses = f.appendUses(uses, number)
	}
	slices.SortStableFunc(uses, compareUses)
	return uses
}

// usersOf returns the packages that use a target.
func (ix *index) usersOf(number uint32) []*Facts {
	var found []*Facts
	for _, dir := range ix.users.of(number) {
		if f, _ := ix.from.load(dir); f != nil {
			found = append(found, f)
		}
	}
	return found
}

// appendUses appends the edges of f to a target.
func (f *Facts) appendUses(uses []Use, number uint32) []Use {
	for i := range f.targets {
		for _, e := range f.edgesOf(i) {
			if !e.bad() && e.to() == number {
				uses = append(uses, Use{Package: f, Target: TargetFacts{f, i}, Edge: e.edge(f.names)})
			}
		}
	}
	return uses
}
