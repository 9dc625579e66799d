package filetree

import (
	"maps"
)

// overlays are what a tree shows in place of what the source has: the texts that editors hold, and paths where nothing
// is to be. They are never changed.
type overlays struct {
	files  map[string][]byte
	dirs   map[string][]Entry  // each directory on the way to a file, with the entries that files give it
	hidden map[string]struct{} // they and all below them are absent, but for files and dirs
}

func noOverlays() *overlays { return &overlays{} }

// Overlay gives the overlay of a path, which must not be changed.
func (t *Tree) Overlay(name string) ([]byte, bool) {
	name, err := clean("read", name)
	if err != nil {
		return nil, false
	}
	data, ok := t.overlays.files[name]
	return data, ok
}

// Hidden reports whether a path, or one that it lies below, is hidden, and no overlay is in its place.
func (t *Tree) Hidden(name string) bool {
	name, err := clean("stat", name)
	return err == nil && t.overlays.gone(name)
}

// under reports whether something above a path is an overlay, and so no directory.
func (o *overlays) under(name string) bool {
	if len(o.files) == 0 {
		return false
	}
	for name != "" {
		if _, ok := o.dirs[name]; ok {
			return false
		}
		if _, ok := o.files[name]; ok {
			return true
		}
		name = parent(name)
	}
	return false
}

// hides reports whether a path, or something above it, is hidden.
func (o *overlays) hides(name string) bool {
	if len(o.hidden) == 0 {
		return false
	}
	for {
		if _, ok := o.hidden[name]; ok {
			return true
		}
		if name == "" {
			return false
		}
		name = parent(name)
	}
}

// with gives the overlays after some changes; it is o itself where none concerns it.
func (o *overlays) with(changes []Change) *overlays {
	var next *overlays
	moved := false // whether an overlay came or went
	for _, c := range changes {
		if c.Op == Touched {
			continue
		}
		if next == nil {
			next = o.clone()
		}
		_, had := next.files[c.Path]
		moved = moved || had != (c.Op == SetOverlay)
		next.apply(c)
	}
	if next == nil {
		return o
	}
	if moved {
		next.index()
	}
	return next
}

func (o *overlays) clone() *overlays {
	next := &overlays{files: maps.Clone(o.files), dirs: o.dirs, hidden: maps.Clone(o.hidden)}
	if next.files == nil {
		next.files = map[string][]byte{}
	}
	if next.hidden == nil {
		next.hidden = map[string]struct{}{}
	}
	return next
}

// apply makes a change to overlays that nobody else has yet.
func (o *overlays) apply(c Change) {
	delete(o.files, c.Path)
	delete(o.hidden, c.Path)
	switch c.Op {
	case SetOverlay:
		o.files[c.Path] = c.Overlay
	case Hide:
		o.hidden[c.Path] = struct{}{}
	}
}

func (o *overlays) index() {
	tree := dirTree{}
	for name := range o.files {
		tree.addFile(name)
	}
	o.dirs = tree.listings()
}

// visible gives the entries of a directory of the source that are not hidden. Nor is a link shown that leads to what
// is: it leads nowhere.
func (t *Tree) visible(dir string, entries []Entry) []Entry {
	if len(t.overlays.hidden) == 0 {
		return entries
	}
	for i, e := range entries {
		if !t.hidesEntry(join(dir, e.Name), e) {
			continue
		}
		out := append([]Entry(nil), entries[:i]...)
		for _, e := range entries[i+1:] {
			if !t.hidesEntry(join(dir, e.Name), e) {
				out = append(out, e)
			}
		}
		return out
	}
	return entries
}

// hidesEntry reports whether what the source has at a path, in a directory that is not hidden, is not to be seen.
func (t *Tree) hidesEntry(name string, e Entry) bool {
	if _, ok := t.overlays.hidden[name]; ok {
		return true
	}
	if !e.Link || len(t.overlays.hidden) == 0 {
		return false
	}
	target, err := t.src.resolve(name)
	return err == nil && target != name && t.overlays.gone(target)
}

// gone reports whether a path without links is hidden, and no overlay is in its place.
func (o *overlays) gone(name string) bool {
	if _, ok := o.files[name]; ok {
		return false
	}
	if _, ok := o.dirs[name]; ok {
		return false
	}
	return o.hides(name)
}
