package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/baseline"
	"github.com/buildlint/buildlint/internal/config"
)

// clearScreen empties a terminal with what scrolled off it, and starts at its top.
const clearScreen = "\x1b[2J\x1b[3J\x1b[H"

// A watch is a workspace that is linted again whenever a file changes.
type watch struct {
	*linter
	request *request
	scope   *scope
	files   *fileWatcher
	subject *subject                       // nil while it cannot be opened
	dirs    []string                       // to be checked, sorted
	unread  []analysis.FileError           // directories that could not be listed
	found   map[string]*analysis.Directory // what was found in each of dirs, and what that depends on
}

// watch lints until somebody ends it, which is no error and nothing that the exit code tells of.
func (l *linter) watch(ctx context.Context, asked []*request) error {
	if len(asked) != 1 {
		return fmt.Errorf("--watch is of one workspace, the patterns are of %d", len(asked))
	}
	s, err := scopeOf(asked[0].root, asked[0].patterns)
	if err != nil {
		return err
	}
	ctx, restore, err := l.listenForQuit(ctx)
	if err != nil {
		return err
	}
	defer restore()
	files, err := newFileWatcher(asked[0].root)
	if err != nil {
		return err
	}
	defer files.close()
	w := &watch{linter: l, request: asked[0], scope: s, files: files}
	err = w.run(ctx)
	l.findings, l.failed = false, false
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// run lints, and again after each change.
func (w *watch) run(ctx context.Context) error {
	if err := w.round(ctx, w.open); err != nil {
		return err
	}
	for {
		changed, err := w.files.wait(ctx)
		if err != nil {
			return err
		}
		if w.subject != nil && !w.resets(changed) {
			err = w.roundIfStale(ctx, changed)
		} else {
			err = w.round(ctx, w.open)
		}
		if err != nil || w.stdout.gone() {
			return err
		}
	}
}

// round finds what there is to tell with look, and tells it. What is wrong with a workspace is told too: it may be
// mended.
func (w *watch) round(ctx context.Context, look func(context.Context) error) error {
	if _, ok := w.stdout.terminal(); ok {
		if _, err := w.stdout.Write([]byte(clearScreen)); err != nil {
			return err
		}
	}
	w.failed = false
	err := look(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var unwatched *watchError
	if errors.As(err, &unwatched) {
		return err
	}
	if err == nil {
		err = w.tellFound(ctx)
	}
	if failure := w.stdout.failure(); failure != nil {
		return failure
	}
	if err != nil {
		w.tell(err)
	}
	if !w.quiet {
		w.notef("watching for changes: %s ends", w.endKey())
	}
	return nil
}

// open reads the workspace and checks all that is asked for.
func (w *watch) open(ctx context.Context) error {
	w.subject = nil
	p, err := w.openWatched(ctx)
	if err != nil {
		return err
	}
	if w.dirs, w.unread, err = p.directories(ctx, w.scope); err != nil {
		return err
	}
	w.subject, w.found = p, map[string]*analysis.Directory{}
	w.noteUnmatched(p, w.request.patterns, w.dirs)
	defer w.showProgress(p, len(w.dirs))()
	return w.check(ctx, w.dirs)
}

// openWatched opens the workspace, and has all of its directories watched before anything in them is read: a change
// that comes later is told of.
func (w *watch) openWatched(ctx context.Context) (*subject, error) {
	p, err := openSubject(w.request.root, w.request.marker, &w.configFlags)
	if err != nil {
		return nil, err
	}
	isNew, err := w.files.follow(ctx, p)
	if err != nil || !isNew {
		return p, err
	}
	return openSubject(w.request.root, w.request.marker, &w.configFlags)
}

// check checks some directories and keeps what is found there.
func (w *watch) check(ctx context.Context, dirs []string) error {
	c := w.subject.checker()
	c.Record = true
	found, err := c.CheckEach(ctx, dirs)
	for _, d := range found {
		w.found[d.Dir] = d
	}
	return err
}

// tellFound writes what is found.
func (w *watch) tellFound(ctx context.Context) error {
	all := []*analysis.Directory{{Errors: w.unread}}
	for _, dir := range w.dirs {
		all = append(all, w.found[dir])
	}
	record, err := w.loadBaseline(w.subject)
	if err != nil {
		return err
	}
	o := &outcome{subject: w.subject, checker: w.subject.checker(), result: analysis.Collect(all)}
	w.tellFiles(o.result.Errors)
	if err := o.restrict(ctx, w.scope, w.dirs, record); err != nil {
		return err
	}
	return w.finish([]*outcome{o}, nil)
}

// roundIfStale checks again what changes of files may have changed, and tells all if there is such.
func (w *watch) roundIfStale(ctx context.Context, changed []string) error {
	next := w.subject.with(touchedChanges(changed))
	dirs, unread, err := next.directories(ctx, w.scope)
	if err != nil {
		return err
	}
	e := effectsOf(w.subject, next, changed)
	stale := slices.DeleteFunc(slices.Clone(dirs), func(dir string) bool {
		return w.found[dir] != nil && !e.concern(w.found[dir])
	})
	same := len(stale) == 0 && slices.Equal(dirs, w.dirs) && len(unread)+len(w.unread) == 0
	w.subject, w.dirs, w.unread = next, dirs, unread
	if same {
		return nil
	}
	return w.round(ctx, func(ctx context.Context) error { return w.check(ctx, stale) })
}

func touchedChanges(paths []string) []filetree.Change {
	var changes []filetree.Change
	for _, p := range paths {
		changes = append(changes, filetree.Change{Path: p, Op: filetree.Touched})
	}
	return changes
}

// resets reports whether the effects of a change cannot be told one by one.
func (w *watch) resets(changed []string) bool {
	tree := w.subject.Snapshot.Tree()
	next := tree.With(touchedChanges(changed))
	return slices.ContainsFunc(changed, func(name string) bool {
		switch path.Base(name) {
		case ".gitignore", config.FileName, baseline.FileName, w.request.marker:
			return true
		}
		return name == w.linter.baseline || tree.Stat(name) == filetree.Dir || next.Stat(name) == filetree.Dir
	})
}

// checkWatch says which flags --watch excludes.
func (f *lintFlags) checkWatch() error {
	for name, on := range map[string]bool{
		"--fix": f.fix, "--diff": f.diff, "--since": f.since != "", "--staged": f.staged,
		"--stdin-filename": f.stdinFilename != "",
	} {
		if f.watching && on {
			return errors.New(strings.Join([]string{"--watch", name}, " and ") + " exclude each other: leave out one")
		}
	}
	return nil
}
