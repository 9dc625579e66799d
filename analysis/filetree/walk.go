package filetree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Walk visits dirs and all directories below them, each once: a directory before those in it, these sorted by name.
// visit gets the path and the entries, which it must not change; it is called from the calling goroutine alone, while
// others list what comes next. Its error ends the walk and is returned; fs.SkipDir skips what is below.
//
// Not visited are directories that git would leave out (see Ignored), those that a doublestar pattern of exclude
// matches as a path from the root, .git, .hg and .pants.d, and all below them, even if dirs names them: ask Ignored. A
// directory below another one of dirs comes with that. Links to directories are followed only if dirs names them.
//
// The other directories are visited even if one cannot be listed: the error joins an *fs.PathError for each that could
// not.
func (t *Tree) Walk(ctx context.Context, dirs, exclude []string, visit func(dir string, entries []Entry) error) error {
	w := &walker{tree: t, ctx: ctx, visit: visit}
	w.wake.L = &w.mu
	for _, glob := range exclude {
		patterns := compile(glob)
		if len(patterns) == 0 {
			return fmt.Errorf("exclude pattern %q: malformed, or its braces stand for too much", glob)
		}
		w.exclude = append(w.exclude, patterns...)
	}
	roots, err := w.roots(dirs)
	if err != nil {
		return err
	}
	return w.run(roots)
}

type walker struct {
	tree    *Tree
	ctx     context.Context
	exclude []pattern
	visit   func(string, []Entry) error
	errs    []error // of the visiting goroutine

	mu    sync.Mutex
	wake  sync.Cond  // work came, or all is done
	stack []*walkDir // to be listed; the top is next
	open  int        // those in stack, and those being listed
	ended bool       // nobody waits for more
}

// A walkDir is a directory of a walk.
type walkDir struct {
	dir     string
	up      *scope         // the rules in force above it; nil for one that the caller named
	listed  sync.WaitGroup // guards what follows
	entries []Entry
	below   []*walkDir
	err     error
}

func newWalkDir(dir string, up *scope) *walkDir {
	d := &walkDir{dir: dir, up: up}
	d.listed.Add(1)
	return d
}

// roots gives where the walk starts, in the order of the walk.
func (w *walker) roots(dirs []string) ([]*walkDir, error) {
	names := make([]string, 0, len(dirs))
	for _, dir := range dirs {
		name, err := clean("list", dir)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	slices.SortFunc(names, compareWalk)
	var out []*walkDir
	last := -1
	for i, name := range names {
		if last >= 0 && within(name, names[last]) {
			continue
		}
		last = i
		if !w.skips(name) {
			out = append(out, newWalkDir(name, nil))
		}
	}
	return out, nil
}

// compareWalk orders paths as a walk meets them: by names, from the top.
func compareWalk(a, b string) int {
	return strings.Compare(strings.ReplaceAll(a, "/", "\x00"), strings.ReplaceAll(b, "/", "\x00"))
}

func within(name, dir string) bool {
	return dir == "" || name == dir || strings.HasPrefix(name, dir) && name[len(dir)] == '/'
}

// skips reports whether a directory that a caller named, or one above it, is not to be visited.
func (w *walker) skips(name string) bool {
	for dir := name; dir != ""; dir = parent(dir) {
		if neverEntered(path.Base(dir)) || w.excludes(dir) {
			return true
		}
	}
	return w.tree.Ignored(name)
}

func (w *walker) excludes(dir string) bool {
	return slices.ContainsFunc(w.exclude, func(p pattern) bool { return p.match(dir) })
}

func (w *walker) run(roots []*walkDir) error {
	w.push(roots)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(w.work)
	}
	defer workers.Wait()
	defer w.stop()
	for _, d := range roots {
		if err := w.visitAll(d); err != nil {
			return err
		}
	}
	if err := w.tree.ignore.err(); err != nil {
		w.errs = append(w.errs, err)
	}
	return errors.Join(w.errs...)
}

// visitAll visits a directory and those below it.
func (w *walker) visitAll(d *walkDir) error {
	d.listed.Wait()
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if d.err != nil {
		if d.up == nil || !errors.Is(d.err, fs.ErrNotExist) { // one that was deleted meanwhile is no error
			w.errs = append(w.errs, d.err)
		}
		return nil
	}
	switch err := w.visit(d.dir, d.entries); {
	case errors.Is(err, fs.SkipDir):
		return nil
	case err != nil:
		return err
	}
	for i, b := range d.below {
		d.below[i] = nil // it is not needed any more
		if err := w.visitAll(b); err != nil {
			return err
		}
	}
	return nil
}

// work lists directories until there are no more.
func (w *walker) work() {
	for d := w.pop(); d != nil; d = w.pop() {
		if d.err = w.ctx.Err(); d.err == nil {
			w.list(d)
		}
		w.push(d.below)
		d.listed.Done() // from here on d is the visitor's
		w.done()
	}
}

// push adds directories, the first of which is to be listed first.
func (w *walker) push(dirs []*walkDir) {
	if len(dirs) == 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	for _, d := range slices.Backward(dirs) {
		w.stack = append(w.stack, d)
	}
	w.open += len(dirs)
	w.wake.Broadcast()
}

// pop takes the directory to list next; nil when there are no more.
func (w *walker) pop() *walkDir {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.stack) == 0 && w.open > 0 {
		w.wake.Wait()
	}
	if len(w.stack) == 0 {
		return nil
	}
	d := w.stack[len(w.stack)-1]
	w.stack = w.stack[:len(w.stack)-1]
	return d
}

func (w *walker) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open--; w.open <= 0 {
		w.wake.Broadcast()
	}
}

// stop makes the workers end; nobody waits for what they have not listed.
func (w *walker) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	w.open -= len(w.stack)
	w.stack = nil
	w.wake.Broadcast()
}

// list reads a directory and finds those in it that are to be visited.
func (w *walker) list(d *walkDir) {
	d.entries, d.err = w.tree.entries(d.dir)
	if d.err != nil {
		return
	}
	sc := d.up
	if sc == nil {
		sc = w.tree.scope(d.dir)
	} else {
		sc = w.tree.keepScope(d.dir, w.tree.enter(sc, d.dir))
	}
	for _, e := range d.entries {
		if !e.Dir || e.Link || neverEntered(e.Name) {
			continue
		}
		name := w.tree.cache.arenas.names.Clone(join(d.dir, e.Name)) // for its cell
		if b := w.below(name, sc); b != nil {
			d.below = append(d.below, b)
		}
	}
}

// below gives a directory to visit, or nil. One that rules name is visited for the files in it that git tracks.
func (w *walker) below(dir string, up *scope) *walkDir {
	if w.excludes(dir) {
		return nil
	}
	if up.excluded || up.verdict(w.tree.ignore.full(dir), true) == ignored {
		if !w.tree.ignore.tracks(dir) {
			return nil
		}
		up = up.exclude()
	}
	return newWalkDir(dir, up)
}
