package filetree

import (
	"path"
	"strings"
)

// An Op is what happened to a path.
type Op uint8

// What can happen.
const (
	SetOverlay    Op = iota // an editor holds Change.Overlay as the path's content
	RemoveOverlay           // it no longer does, or the path is no longer hidden
	Touched                 // on disk, the path or something below it was created, changed or deleted
	Hide                    // nothing is to be at the path, nor below it but overlays, whatever is on disk
)

// A Change is something that happened to a path. Overlay must not be changed any more.
type Change struct {
	Path    string
	Overlay []byte
	Op      Op
}

// With gives the tree after changes. It costs what changed: a few looks at the disk for each path that was touched.
// Changes of paths outside the root have no effect, but for the repository's own files (.git/index, .git/info/exclude).
// A view that records gives one that does not. The directory of a path that is hidden stays, though it may have become
// empty; the rules of a .gitignore that is hidden count all the same.
func (t *Tree) With(changes []Change) *Tree {
	changes = cleanChanges(changes)
	next := *t
	next.rec = nil
	next.overlays = t.overlays.with(changes)
	next.touch(changes)
	return &next
}

func cleanChanges(changes []Change) []Change {
	out := make([]Change, 0, len(changes))
	for _, c := range changes {
		name, err := clean("change", c.Path)
		if err != nil {
			continue
		}
		c.Path = name
		out = append(out, c)
	}
	return out
}

// touch makes t, which nobody else has yet, forget what changes on disk made stale.
func (t *Tree) touch(changes []Change) {
	var e *cacheEdit
	stale := false
	for _, c := range changes {
		if c.Op != Touched {
			continue
		}
		if e == nil {
			e = t.cache.edit()
			stale = t.ignore.stale()
		}
		stale = stale || aboutIgnoring(c.Path)
		e.touch(t.src, c.Path)
	}
	if e != nil {
		t.cache = e.dirCache
	}
	if stale {
		t.ignore = &ignoreState{root: t.ignore.root, observer: t.observer}
	}
}

func aboutIgnoring(name string) bool {
	return path.Base(name) == ".gitignore" || name == "" || name == ".git" || strings.HasPrefix(name, ".git/")
}

// touch forgets what a change of a path on disk made stale: what is below it, and the listings above that do not have
// it right. The directories of a new file may be new too.
func (e *cacheEdit) touch(src source, name string) {
	if name == "" {
		e.reset()
		return
	}
	now, err := src.stat(name)
	if err != nil || now.Dir || e.peek(name) != nil {
		e.drop(name)
	}
	for name != "" {
		up := parent(name)
		if c := e.peek(up); c != nil && c.listed.Load() {
			was, ok := c.seen().find(path.Base(name))
			if ok == (err == nil) && was.Dir == now.Dir && was.Link == now.Link {
				return
			}
			e.relist(up)
		}
		name = up
		now, err = src.stat(name)
	}
}
