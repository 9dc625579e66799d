package cli

import (
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// Effects are what changes of files made different, in terms of what the findings of a directory depend on.
type effects struct {
	before, after *subject
	dirs          map[string]bool            // of the files: their packages too
	uses          map[workspace.Address]bool // targets whose users may be others
	files         map[filetree.Lookup]bool
}

// effectsOf returns the effects of changes of files between two states of a workspace.
func effectsOf(before, after *subject, paths []string) *effects {
	e := &effects{
		before: before, after: after,
		dirs: map[string]bool{}, uses: map[workspace.Address]bool{}, files: map[filetree.Lookup]bool{},
	}
	for _, name := range paths {
		dir := dirOf(name)
		e.files[filetree.Lookup{Kind: filetree.Read, Path: name}] = true
		e.addMoved(name)
		if !e.dirs[dir] {
			e.dirs[dir] = true
			e.addUses(before.Snapshot.Facts(dir))
			e.addUses(after.Snapshot.Facts(dir))
		}
	}
	return e
}

// addMoved adds the listings that a path is in, as far up as it, or the directory above it, came or went.
func (e *effects) addMoved(name string) {
	for name != "" && e.before.Snapshot.Tree().Stat(name) != e.after.Snapshot.Tree().Stat(name) {
		e.files[filetree.Lookup{Kind: filetree.Stat, Path: name}] = true
		e.files[filetree.Lookup{Kind: filetree.Ignore, Path: name}] = true
		name = dirOf(name)
		e.files[filetree.Lookup{Kind: filetree.List, Path: name}] = true
	}
}

func (e *effects) addUses(f *workspace.Facts) {
	if f == nil {
		return
	}
	for t := range f.Targets() {
		for edge := range t.Edges() {
			e.uses[edge.To] = true
		}
	}
}

// concern reports whether what was found in a directory may be different now.
func (e *effects) concern(d *analysis.Directory) bool {
	return e.dirs[d.Dir] || meet(e.dirs, d.Lookups.Packages) || meet(e.uses, d.Lookups.Uses) ||
		meet(e.files, d.Lookups.Files) || d.Lookups.Graph && !e.sameCycles(d.Dir)
}

// meet reports whether two sets have something in common.
func meet[K comparable](a, b map[K]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// sameCycles reports whether the cycles that are told of in a directory are as they were.
func (e *effects) sameCycles(dir string) bool {
	return slices.EqualFunc(e.before.Snapshot.Cycles(dir), e.after.Snapshot.Cycles(dir), sameCycle)
}

func sameCycle(a, b workspace.Cycle) bool {
	return slices.EqualFunc(a, b, func(a, b workspace.Use) bool {
		return a.Target.Address() == b.Target.Address() && a.Edge.Span == b.Edge.Span &&
			a.Package.Path(a.Target) == b.Package.Path(b.Target)
	})
}
