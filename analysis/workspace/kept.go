package workspace

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// A kept is what an earlier run knew: facts of packages with the stamps of the files that they were made from, and
// listings of directories. It is read when the whole workspace is asked for, and not before. Snapshots share it.
type kept struct {
	load   func() []byte
	once   sync.Once
	memory atomic.Pointer[memory] // nil until it was read
	asked  atomic.Bool            // somebody looked at the whole workspace
	taken  atomic.Int64           // packages whose facts were taken over
}

// Remembering returns the snapshot with what an earlier run kept, as [Snapshot.Keep] gave it to whom load has it from.
// That must be of the same workspace, read by the same program with the same [Options] but for Excluded and the roots.
// Load returns nil if there is nothing; what it returns may be damaged.
func (s *Snapshot) Remembering(load func() []byte) *Snapshot {
	next := newSnapshot(s.tree, s.options, s.names, s.cache, s.modules, s.python)
	next.kept = &kept{load: load}
	return next
}

// Remember reads what an earlier run kept, for those who are going to look at the whole workspace.
func (s *Snapshot) Remember() {
	if s.kept != nil {
		s.kept.asked.Store(true)
		s.kept.once.Do(func() { s.kept.read(s) })
	}
}

// Remembered returns how many packages are known from an earlier run.
func (s *Snapshot) Remembered() int {
	if s.kept == nil {
		return 0
	}
	return int(s.kept.taken.Load())
}

func (k *kept) read(s *Snapshot) {
	m := readMemory(k.load(), s.names, s.Dialect())
	if m == nil {
		return
	}
	s.tree.Remember(m.listings)
	k.memory.Store(m)
}

// recall returns the facts of a package that is as it was in an earlier run, nil if that is not known.
func (s *Snapshot) recall(dir string, number uint32) *Facts {
	if s.kept == nil {
		return nil
	}
	m := s.kept.memory.Load()
	if m == nil || m.names != s.names {
		return nil
	}
	p, ok := m.read(number)
	if !ok || !s.isAsKept(dir, p) {
		return nil
	}
	p.facts.root = s.names.root(s.options, dir)
	s.modules.users.use(p.modules(), dir)
	s.kept.taken.Add(1)
	return p.facts
}

// isAsKept reports whether a package is made of the same files with the same stamps.
func (s *Snapshot) isAsKept(dir string, p keptPackage) bool {
	names, err := s.buildFiles(dir)
	if err != nil || len(names) != len(p.facts.files) {
		return false
	}
	for i, name := range names {
		if p.files[i].path != joinPath(dir, name) {
			return false
		}
	}
	return !slices.ContainsFunc(p.files, func(f stampedFile) bool {
		now, ok := s.tree.Stamp(f.path)
		return !ok || now != f.stamp
	})
}

// A stampedFile is a file that facts were made from.
type stampedFile struct {
	path  string
	stamp filetree.Stamp
}

// A keptPackage is a package with its BUILD files, and after them the modules that it depends on.
type keptPackage struct {
	facts *Facts
	files []stampedFile
}

// modules returns the paths of the modules.
func (p keptPackage) modules() []string {
	var paths []string
	for _, f := range p.files[len(p.facts.files):] {
		paths = append(paths, f.path)
	}
	return paths
}
