package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// settleTime is how long files must be quiet before they are looked at: a checkout changes many.
const settleTime = 100 * time.Millisecond

// A fileWatcher tells which files of a workspace change.
type fileWatcher struct {
	root    string
	notify  *fsnotify.Watcher
	watched map[string]bool // directories
}

func newFileWatcher(root string) (*fileWatcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("--watch: %w", err)
	}
	w := &fileWatcher{root: root, notify: notify, watched: map[string]bool{}}
	if _, err := w.add(""); err != nil { // where a wrong configuration is mended, before anything else can be read
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *fileWatcher) close() { _ = w.notify.Close() } // nothing is lost if it fails

// follow watches all directories of a workspace that are not ignored. It reports whether some were not watched before.
// It is a [watchError] if the system has too few watches.
func (w *fileWatcher) follow(ctx context.Context, p *subject) (isNew bool, err error) {
	there := map[string]bool{}
	err = p.Snapshot.Tree().Walk(ctx, []string{""}, nil, func(dir string, _ []filetree.Entry) error {
		there[dir] = true
		if w.watched[dir] {
			return nil
		}
		added, err := w.add(dir)
		isNew = isNew || added
		return err
	})
	for dir := range w.watched {
		if !there[dir] {
			delete(w.watched, dir) // the system has dropped it
		}
	}
	var failed *watchError
	if errors.As(err, &failed) {
		return false, failed
	}
	return isNew, ctx.Err() // what cannot be listed is told by whoever checks it
}

// add watches a directory. It reports whether it does: one that is gone, or may not be read, is no error.
func (w *fileWatcher) add(dir string) (added bool, err error) {
	switch err = w.notify.Add(filepath.Join(w.root, filepath.FromSlash(dir))); {
	case err == nil, errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		w.watched[dir] = err == nil
		return err == nil, nil
	}
	return false, &watchError{len(w.watched), err}
}

// A watchError says that the system watches no more directories.
type watchError struct {
	watched int
	err     error
}

func (e *watchError) Error() string {
	return fmt.Sprintf("--watch: after %d directories: %v", e.watched, e.err)
}

func (e *watchError) Unwrap() error { return e.err }

// wait returns the paths that have changed, relative to the root, once there are some and no more come.
func (w *fileWatcher) wait(ctx context.Context) ([]string, error) {
	changed := map[string]bool{}
	var quiet <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case err := <-w.notify.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return nil, fmt.Errorf("--watch: %w", err)
			}
			changed[""] = true // whatever it was
			quiet = time.After(settleTime)
		case e := <-w.notify.Events:
			if name, ok := w.path(e); ok {
				changed[name] = true
				quiet = time.After(settleTime)
			}
		case <-quiet:
			return sortedKeys(changed), nil
		}
	}
}

// path returns the path of an event that matters.
func (w *fileWatcher) path(e fsnotify.Event) (string, bool) {
	rel, err := relative(w.root, e.Name)
	if err != nil || e.Op == fsnotify.Chmod || rel == ".git" || strings.HasPrefix(rel, ".git/") {
		return "", false
	}
	return rel, true
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
