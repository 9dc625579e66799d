package lsp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

const (
	// maxWatched bounds the directories that the server watches itself: the system has few watches, and editors want
	// some too.
	maxWatched = 4096
	// settle is how long files must be quiet before their changes are told: a checkout changes many.
	settle = 50 * time.Millisecond
)

// A watcher tells a session of changes on disk where the client cannot.
type watcher struct {
	notify  *fsnotify.Watcher
	session *session
	client  *client
	log     *zap.Logger
	since   time.Time // what is younger the session may have read too early

	poke    chan struct{} // when the session may look at other directories
	watched map[string]bool
	full    bool
}

// startWatcher watches files for a client that does not.
func (s *server) startWatcher() {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		s.client.tell(protocol.MessageTypeWarning, fmt.Sprintf(
			"changes made outside of the editor are not seen: %v", err))
		return
	}
	s.run((&watcher{
		notify: notify, session: s.session, client: s.client, log: s.log, since: s.began, poke: s.moved,
		watched: map[string]bool{},
	}).run)
}

// run watches until ctx ends.
func (w *watcher) run(ctx context.Context) {
	defer func() {
		if err := w.notify.Close(); err != nil {
			w.log.Debug("closing the watcher", zap.Error(err))
		}
	}()
	pending := w.follow()
	quiet := time.After(settle)
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.poke:
			pending = append(pending, w.follow()...)
			quiet = time.After(settle)
		case err := <-w.notify.Errors:
			w.log.Warn("watching files", zap.Error(err))
		case e := <-w.notify.Events:
			if changes := w.seen(e); len(changes) > 0 {
				pending = append(pending, changes...)
				quiet = time.After(settle)
			}
		case <-quiet:
			w.session.didModifyFiles(pending)
			pending, quiet = nil, nil
		}
	}
}

// changeOf reports whether an event is of a change that matters.
func changeOf(e fsnotify.Event) (fileChange, bool) {
	if inGitDir(e.Name) {
		return fileChange{}, false
	}
	switch {
	case e.Has(fsnotify.Create):
		return fileChange{path: e.Name, action: created}, true
	case e.Has(fsnotify.Remove), e.Has(fsnotify.Rename):
		return fileChange{path: e.Name, action: deleted}, true
	case e.Has(fsnotify.Write):
		return fileChange{path: e.Name, action: written}, true
	}
	return fileChange{}, false
}

// seen returns the changes that an event tells of. It follows directories as they come and go.
func (w *watcher) seen(e fsnotify.Event) []fileChange {
	change, ok := changeOf(e)
	if !ok {
		return nil
	}
	changes := []fileChange{change}
	switch change.action {
	case created:
		changes = append(changes, w.enter(change.path)...)
	case deleted:
		w.leave(change.path)
	}
	return changes
}

// enter watches a directory that is new, with all in it, and returns what is there: it may be older than the watch.
func (w *watcher) enter(dir string) []fileChange {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || !w.session.current().looksAt(dir) || !w.watch(dir) {
		return nil
	}
	entries, _ := os.ReadDir(dir) // it may be gone again
	var changes []fileChange
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		changes = append(changes, fileChange{path: path, action: created})
		changes = append(changes, w.enter(path)...)
	}
	return changes
}

// leave forgets a directory that is gone, and those that were in it.
func (w *watcher) leave(path string) {
	for dir := range w.watched {
		if _, ok := within(path, dir); ok {
			delete(w.watched, dir)
			_ = w.notify.Remove(dir) // it may be gone by itself
		}
	}
}

// follow watches the directories that the session looks at now. It returns what changed in new ones before.
func (w *watcher) follow() []fileChange {
	st := w.session.current()
	var changes []fileChange
	for dir := range st.directories() {
		before := len(w.watched)
		if !w.watch(dir) {
			break
		}
		if len(w.watched) > before {
			changes = append(changes, w.missed(st, dir)...)
		}
	}
	return changes
}

// missed returns what is not in a directory as the session read it, which may have been before it was watched.
func (w *watcher) missed(st *state, dir string) []fileChange {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // it is gone again, which the watch tells
	}
	var changes []fileChange
	known := st.entries(dir)
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if info, err := e.Info(); !known[e.Name()] {
			changes = append(changes, fileChange{path: path, action: created})
		} else if err == nil && !info.IsDir() && info.ModTime().After(w.since) {
			changes = append(changes, fileChange{path: path, action: written})
		}
		delete(known, e.Name())
	}
	for name := range known {
		changes = append(changes, fileChange{path: filepath.Join(dir, name), action: deleted})
	}
	return slices.DeleteFunc(changes, func(c fileChange) bool { return filepath.Base(c.path) == ".git" })
}

// entries returns the names in a directory as the session knows them.
func (st *state) entries(dir string) map[string]bool {
	names := map[string]bool{}
	for _, p := range st.projects {
		if rel, ok := within(p.root, dir); ok {
			entries, _ := p.snapshot.Tree().Dir(dirOf(rel + "/x")) // none if it cannot be listed
			for _, e := range entries {
				names[e.Name] = true
			}
			break
		}
	}
	return names
}

// watch watches a directory, and reports whether more of them can be.
func (w *watcher) watch(dir string) bool {
	switch {
	case w.full:
		return false
	case w.watched[dir]:
		return true
	case len(w.watched) >= maxWatched:
		w.stop(fmt.Sprintf("there are more than %d directories", maxWatched))
		return false
	}
	err := w.notify.Add(dir)
	if err == nil {
		w.watched[dir] = true
		return true
	}
	if !errors.Is(err, fs.ErrNotExist) {
		w.stop(err.Error())
	}
	return !w.full
}

// stop gives up watching more directories.
func (w *watcher) stop(reason string) {
	w.full = true
	w.client.tell(protocol.MessageTypeWarning, "changes made outside of the editor are not seen everywhere: "+reason)
}

// looksAt reports whether files in a directory may matter to the session.
func (st *state) looksAt(dir string) bool {
	p, rel, ok := st.projectOf(dir)
	return ok && filepath.Base(dir) != ".git" && !p.snapshot.Excluded(rel) && !p.snapshot.Tree().Ignored(rel)
}

// directories yields the directories whose files matter to the session.
func (st *state) directories() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for path := range st.overlays {
			if !yield(filepath.Dir(path)) {
				return
			}
		}
		for _, p := range st.projects {
			if !p.watchedDirs(yield) {
				return
			}
		}
	}
}
