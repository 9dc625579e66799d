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
	s.kept.part(changes, s.Dialect())
	dirs := s.stale(next, changes)
	modules, users := s.modules.with(next, changes)
	next.modules, dirs = modules, append(dirs, users...)
	next.cache = s.cache.without(s.numbers(dirs))
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

// stale returns the directories whose packages may differ between s and next: those of the files that changed, and all
// below a directory that changed, came or went.
func (s *Snapshot) stale(next *Snapshot, changes []filetree.Change) []string {
	var dirs []string
	roots := map[string]bool{}
	for _, c := range changes {
		name := path.Clean(c.Path)
		dirs = append(dirs, dirOf(name))
		switch {
		case name == "." || name == ".git" || strings.HasPrefix(name, ".git/"):
			roots[""] = true
		case path.Base(name) == ".gitignore":
			roots[dirOf(name)] = true
		case next.tree.Stat(name) != filetree.File: // a directory is there, or may have been
			roots[name] = true
		}
	}
	if len(roots) == 0 {
		return dirs
	}
	// What cannot be listed holds none.
	now, _ := next.PackagesBelow(context.Background(), slices.Collect(maps.Keys(roots)))
	return slices.Concat(dirs, now, s.cache.below(s.names, roots))
}
