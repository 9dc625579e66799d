package workspace

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// With returns the snapshot after changes to files. It costs what changed.
func (s *Snapshot) With(changes []filetree.Change) *Snapshot {
	if s.names.crowded(slackNames) {
		s = s.compacted()
	}
	next := newSnapshot(s.tree.With(changes), s.options, s.names, s.cache, s.modules, s.python)
	next.kept = s.kept
	roots := next.roots(changes)
	if len(roots) > 0 || slices.ContainsFunc(changes, s.mayBeLoaded) {
		// It is not known of all packages that depend on the changes: neither snapshot may know what the other reads
		// from now on. The copy is made before it is asked which are known, so that none is missed.
		next.cache = s.cache.clone()
	}
	dirs := next.stale(changes, roots)
	next.modules = s.modules.without(next, changes)
	dirs = append(dirs, s.modules.users.ofChanged(next, changes)...)
	next.cache = next.cache.without(s.numbers(dirs))
	next.base, next.changed = s.base, append(slices.Clip(s.changed), dirs...)
	if ix := s.indexed.Load(); ix != nil {
		next.base, next.changed = ix, dirs
	}
	next.changed = sorted(next.changed)
	next.cycleBase, next.cycleChanged = s.cycleBase, sorted(slices.Concat(s.cycleChanged, dirs))
	if set := s.cycled.Load(); set != nil {
		next.cycleBase, next.cycleChanged = set, sorted(dirs)
	}
	return next
}

func (s *Snapshot) numbers(dirs []string) []uint32 {
	numbers := make([]uint32, len(dirs))
	for i, dir := range dirs {
		numbers[i] = s.names.text(dir)
	}
	return numbers
}

// sorted returns what dirs holds, sorted and each once.
func sorted(dirs []string) []string {
	dirs = slices.Clone(dirs)
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// mayBeLoaded reports whether packages of other directories may depend on a file that changed, or on one below it: they
// take functions from it, or it lists their requirements.
func (s *Snapshot) mayBeLoaded(c filetree.Change) bool {
	d, name := s.options.Dialect, path.Base(c.Path)
	return d.Loads.Subincludes || !d.IsBuildFile(name) && path.Ext(name) != ".py"
}

// roots returns the directories that changed with all below them: those that changed themselves, came or went.
func (s *Snapshot) roots(changes []filetree.Change) map[string]bool {
	roots := map[string]bool{}
	for _, c := range changes {
		name := path.Clean(c.Path)
		switch {
		case name == "." || name == ".git" || strings.HasPrefix(name, ".git/"):
			roots[""] = true
		case path.Base(name) == ".gitignore":
			roots[dirOf(name)] = true
		case s.tree.Stat(name) != filetree.File: // a directory is there, or may have been
			roots[name] = true
		}
	}
	return roots
}

// stale returns the directories whose packages may be others than before changes: those of the files that changed, and
// all below roots. What is known of packages is still that of before.
func (s *Snapshot) stale(changes []filetree.Change, roots map[string]bool) []string {
	var dirs []string
	for _, c := range changes {
		dirs = append(dirs, dirOf(path.Clean(c.Path)))
	}
	if len(roots) == 0 {
		return dirs
	}
	// What cannot be listed holds none.
	now, _ := s.PackagesBelow(context.Background(), slices.Collect(maps.Keys(roots)))
	return slices.Concat(dirs, now, s.cache.below(s.names, roots))
}
