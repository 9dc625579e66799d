// Package filetree shows the files of a workspace: listed lazily, with the editor's overlays, and knowing what
// .gitignore names.
//
// A Tree is a snapshot. Directories are listed when somebody asks, once; contents are read anew each time. Tree.With
// gives the next snapshot, which shares every listing that a change did not touch.
//
// Paths are relative to the root, separated by slashes; "" is the root. They are bytes: a name that is not UTF-8, or
// that holds a line break, is a name like any other.
package filetree

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// A Tree is the files below a root. It is immutable and safe for concurrent use.
type Tree struct {
	root     string
	src      source
	cache    *dirCache
	overlays *overlays
	ignore   *ignoreState
	rec      func(Lookup) // nil where nothing is recorded
	observer observer
	opened   time.Time // before anything was read
}

// An Entry is a name in a directory. A link is what it leads to: Dir is true of a link to a directory. A link that
// leads nowhere has no Entry. Devices, pipes and sockets count as files, which Read refuses.
type Entry struct {
	Name string
	Dir  bool
	Link bool
}

// A State is what is known of a path.
type State uint8

// What a path can be.
const (
	Absent  State = iota // nothing is there
	File                 // a file, or a link to one
	Dir                  // a directory, or a link to one
	Unknown              // cannot be told: a sparse checkout left it out, a directory above it is unreadable or outside
)

func (s State) String() string {
	return [...]string{"absent", "file", "dir", "unknown"}[s]
}

// A source is where files come from: the disk, or a map. Its paths have no link in them but the last component may be
// one; resolve makes such a path from any.
type source interface {
	list(dir string) (listing, error)    // sorted by name
	stat(path string) (Entry, error)     // a link is followed; Name is not set
	read(path string) ([]byte, error)    // errLink where path is a link
	resolve(path string) (string, error) // follows all links; ErrOutside
	stamp(path string) (Stamp, bool)     // see Tree.Stamp
}

// A listing is what a directory holds.
type listing struct {
	entries  []Entry
	dangling bool // a link that leads nowhere is there, too, and may lead somewhere though the directory stays the same
}

// New gives the tree of an existing directory.
func New(root string) (*Tree, error) { return NewObserved(root, nil) }

// NewObserved is New with somebody who is told of each access to the disk that the tree makes, also of those that say
// what is ignored. It is called from several goroutines, and may be told of the same access more than once.
func NewObserved(root string, observe func(Access)) (*Tree, error) {
	abs, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("workspace root %s: %w", root, err)
	}
	dir, err := observer(observe).follow(abs)
	if err != nil {
		return nil, fmt.Errorf("workspace root: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("workspace root: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("workspace root %s: not a directory", root)
	}
	t := newTree(abs, disk{withSeparator(dir), observe})
	t.ignore = &ignoreState{root: dir, observer: observe}
	t.observer = observe
	return t, nil
}

// FromMap gives a tree that is on no disk, for tests: paths to contents. A path that ends in a slash is an empty
// directory. It panics on a path outside the root.
func FromMap(files map[string]string) *Tree {
	return newTree("", newMemory(files))
}

func newTree(root string, src source) *Tree {
	return &Tree{
		root: root, src: src, cache: newDirCache(), overlays: noOverlays(), ignore: &ignoreState{}, opened: time.Now(),
	}
}

// Seen gives the number of directories that were looked at so far.
func (t *Tree) Seen() int { return t.cache.size() }

// Root is the absolute path of the root, in the form of the operating system; "" for a tree from a map.
func (t *Tree) Root() string { return t.root }

// Dir lists a directory, sorted by name. Files that are ignored are listed too. The result is shared: it must not be
// changed. The error is an *fs.PathError with the path as given, which wraps fs.ErrNotExist where nothing is there.
func (t *Tree) Dir(dir string) ([]Entry, error) {
	name, err := clean("list", dir)
	if err != nil {
		return nil, err
	}
	return t.entries(name)
}

// entries is Dir for a clean path.
func (t *Tree) entries(dir string) ([]Entry, error) {
	t.record(List, dir)
	extra, ok := t.overlays.dirs[dir]
	if !ok && t.overlays.under(dir) {
		return nil, pathError("list", dir, errNotDir)
	}
	base, err := t.baseEntries(dir)
	switch {
	case err == nil:
		return merge(t.visible(dir, base), extra), nil
	case ok && absent(err):
		return extra, nil
	}
	return nil, pathError("list", dir, err)
}

// baseEntries gives the entries of a directory without the overlays that name it; it may be reached through links.
func (t *Tree) baseEntries(dir string) ([]Entry, error) {
	if t.overlays.hides(dir) {
		return nil, fs.ErrNotExist
	}
	if t.plain(dir) {
		return t.list(dir)
	}
	target, err := t.src.resolve(dir)
	if err != nil {
		return nil, err
	}
	if target == dir {
		return nil, errNotDir
	}
	return t.entries(target)
}

// list gives a directory as the source has it, from the cache if it was listed before. There is no link in its path.
// Errors are not cached.
func (t *Tree) list(dir string) ([]Entry, error) {
	c := t.cache.cell(dir)
	if c.listed.Load() {
		return c.entries(), nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.listed.Load() {
		return c.entries(), nil
	}
	var l listing
	ok := false
	if l.entries, ok = t.recall(dir); !ok {
		var err error
		if l, err = t.src.list(dir); err != nil {
			t.cache.forget(dir, c)
			return nil, err
		}
	}
	c.dangling = l.dangling
	c.keep(packed(t.cache.arenas.names.Clone(string(pack(l.entries)))))
	c.listed.Store(true)
	return l.entries, nil
}

// plain reports whether dir is a directory that is reached without links. Most are, and need no resolving.
func (t *Tree) plain(dir string) bool { return t.isPlain(dir) || t.notPlain(dir) == "" }

func (t *Tree) isPlain(dir string) bool {
	c := t.cache.peek(dir)
	return dir == "" || c != nil && c.plain.Load()
}

// notPlain returns the first on the way to dir, itself included, that is not plain; "" if all are. It goes down from
// the root: a path may have thousands of components, of which few are there.
func (t *Tree) notPlain(dir string) string {
	for way := range prefixes(dir) {
		if t.isPlain(way) {
			continue
		}
		if e, err := t.lookup(way); err != nil || !e.Dir || e.Link {
			return way
		}
		t.cache.cell(way).plain.Store(true)
	}
	return ""
}

// prefixes yields the directories on the way to a clean path, the topmost first, and the path.
func prefixes(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range len(name) {
			if name[i] == '/' && !yield(name[:i]) {
				return
			}
		}
		if name != "" {
			yield(name)
		}
	}
}

// gone reports whether dir, which is not plain, or a directory above it is not there, so that there is no link to
// follow.
func (t *Tree) gone(dir string) bool { return t.isGone(t.notPlain(dir)) }

// isGone is gone for what notPlain gave.
func (t *Tree) isGone(way string) bool {
	e, err := t.lookup(way)
	return err != nil && absent(err) || err == nil && !e.Dir && !e.Link
}

// lookup finds what is at a path whose directory is plain, without overlays.
func (t *Tree) lookup(name string) (Entry, error) {
	t.listRemembered(parent(name))
	if c := t.cache.peek(parent(name)); c != nil && c.listed.Load() {
		if e, ok := c.listing.find(path.Base(name)); ok {
			return e, nil
		}
		return Entry{}, fs.ErrNotExist
	}
	return t.src.stat(name)
}

// Stat tells what is at a path. It lists no directory.
func (t *Tree) Stat(name string) State {
	name, err := clean("stat", name)
	if err != nil {
		return Unknown
	}
	return t.state(name)
}

// state is Stat for a clean path.
func (t *Tree) state(name string) State {
	t.record(Stat, name)
	e, err := t.entry(name)
	switch {
	case err == nil && e.Dir:
		return Dir
	case err == nil:
		return File
	case t.overlays.hides(name):
		return Absent
	case !absent(err) || t.ignore.left(name):
		return Unknown
	}
	return Absent
}

// entry is what is at a path, with overlays.
func (t *Tree) entry(name string) (Entry, error) {
	if name == "" {
		return Entry{Dir: true}, nil
	}
	if _, ok := t.overlays.dirs[name]; ok {
		return Entry{Dir: true}, nil
	}
	if _, ok := t.overlays.files[name]; ok {
		return Entry{}, nil
	}
	if t.overlays.under(name) || t.overlays.hides(name) {
		return Entry{}, fs.ErrNotExist
	}
	if t.plain(parent(name)) {
		e, err := t.lookup(name)
		if err == nil && t.hidesEntry(name, e) {
			return Entry{}, fs.ErrNotExist
		}
		return e, err
	}
	if t.gone(parent(name)) {
		return Entry{}, fs.ErrNotExist
	}
	target, err := t.src.resolve(name)
	if err != nil {
		return Entry{}, err
	}
	t.record(Stat, target)
	if target == name { // a directory on the way cannot be looked at
		return t.src.stat(target)
	}
	return t.entry(target)
}

// Read gives the bytes of a file: the overlay's, else the disk's. The error is an *fs.PathError with the path as given;
// it wraps fs.ErrNotExist where nothing is there and ErrOutside where a link leads out of the root.
func (t *Tree) Read(name string) ([]byte, error) {
	name, err := clean("read", name)
	if err != nil {
		return nil, err
	}
	t.record(Read, name)
	if data, ok := t.overlays.files[name]; ok {
		return data, nil
	}
	data, err := t.readFile(name)
	if err != nil {
		return nil, pathError("read", name, err)
	}
	return data, nil
}

func (t *Tree) readFile(name string) ([]byte, error) {
	if t.overlays.under(name) || t.overlays.hides(name) {
		return nil, fs.ErrNotExist
	}
	if t.plain(parent(name)) {
		data, err := t.src.read(name)
		if !errors.Is(err, errLink) {
			return data, err
		}
	}
	target, err := t.src.resolve(name)
	if err != nil {
		return nil, err
	}
	t.record(Read, target)
	if data, ok := t.overlays.files[target]; ok {
		return data, nil
	}
	if t.overlays.hides(target) {
		return nil, fs.ErrNotExist
	}
	return t.src.read(target)
}

// clean gives the one spelling of a path, or an error where it leaves the root.
func clean(op, name string) (string, error) {
	if isClean(name) {
		return name, nil
	}
	c := path.Clean(name)
	switch {
	case c == ".":
		return "", nil
	case c == "..", strings.HasPrefix(c, "../"), c[0] == '/', strings.IndexByte(c, 0) >= 0:
		return "", &fs.PathError{Op: op, Path: name, Err: ErrOutside}
	}
	return c, nil
}

// isClean reports whether a path is in its one spelling, as most are. Of some it does not know.
func isClean(name string) bool {
	last := byte('/')
	for i := range len(name) {
		c := name[i]
		if c == 0 || last == '/' && (c == '/' || c == '.') {
			return false
		}
		last = c
	}
	return name == "" || last != '/'
}

// parent is the directory of a clean path; that of a name in the root is "".
func parent(name string) string {
	return name[:max(0, strings.LastIndexByte(name, '/'))]
}

// join is path.Join of clean paths, either of which may be "".
func join(dir, name string) string {
	switch {
	case dir == "":
		return name
	case name == "":
		return dir
	}
	return dir + "/" + name
}
