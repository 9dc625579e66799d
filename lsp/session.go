package lsp

import (
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// A session is what a client has open: folders, documents, settings. It has one writer at a time and any number of
// readers, each of which keeps the state that it began with.
type session struct {
	client *client
	log    *zap.Logger

	writer sync.Mutex
	state  atomic.Pointer[state]

	// changed is told of every new state and of the changes that led to it, nil if they are not of files. It is called
	// in order and must not block.
	changed func(next *state, changes []fileChange)
}

// A state is a session at one moment. It is immutable.
type state struct {
	client   *client
	log      *zap.Logger
	settings settings
	folders  []string            // absolute, as the client opened them
	overlays map[string]*overlay // by absolute path
	projects []*project          // those below others first
}

func newSession(c *client, log *zap.Logger) *session {
	s := &session{client: c, log: log, changed: func(*state, []fileChange) {}}
	s.state.Store(&state{client: c, log: log})
	return s
}

func (s *session) current() *state { return s.state.Load() }

// update makes the next state.
func (s *session) update(changes []fileChange, change func(next *state)) {
	s.writer.Lock()
	defer s.writer.Unlock()
	next := *s.state.Load()
	change(&next)
	s.state.Store(&next)
	s.changed(&next, changes)
}

// A fileChange is what an editor or a watcher tells of a file.
type fileChange struct {
	path   string // absolute
	action fileAction
	open   *overlay // the document from now on, if action is opened or edited
}

type fileAction uint8

const (
	opened fileAction = iota
	edited
	closed
	created // on disk, as those below
	written
	deleted
)

// didModifyFiles is the one way in for changes of files: it makes the next state. What was written to a file that is
// open is no change: the editor's text counts; but not of .gitignore, of which only what is on disk does.
func (s *session) didModifyFiles(changes []fileChange) {
	before := s.current().overlays
	changes = slices.DeleteFunc(changes, func(c fileChange) bool {
		return c.action == written && before[c.path] != nil && filepath.Base(c.path) != ".gitignore"
	})
	if len(changes) == 0 {
		return
	}
	s.update(changes, func(next *state) {
		next.overlays = overlaysAfter(next.overlays, changes)
		next.projects = next.projectsAfter(changes)
	})
}

// overlaysAfter returns the open documents after changes.
func overlaysAfter(before map[string]*overlay, changes []fileChange) map[string]*overlay {
	after, cloned := before, false
	for _, c := range changes {
		if c.action > closed {
			continue
		}
		if !cloned {
			after, cloned = maps.Clone(before), true
			if after == nil {
				after = map[string]*overlay{}
			}
		}
		if c.action == closed {
			delete(after, c.path)
		} else {
			after[c.path] = c.open
		}
	}
	return after
}

// setFolders opens and closes folders of the workspace.
func (s *session) setFolders(add, remove []protocol.WorkspaceFolder) {
	s.update(nil, func(next *state) {
		folders := slices.Clone(next.folders)
		for _, f := range remove {
			folders = slices.DeleteFunc(folders, func(dir string) bool { return dir == pathOf(f.URI) })
		}
		for _, f := range add {
			if dir := pathOf(f.URI); dir != "" && !slices.Contains(folders, dir) {
				folders = append(folders, dir)
			}
		}
		next.folders = folders
		next.projects = next.wantedProjects()
	})
}

// configure makes settings those of the session.
func (s *session) configure(settings settings) {
	s.update(nil, func(next *state) {
		next.settings = settings
		next.projects = slices.Clone(next.projects)
		for i, p := range next.projects {
			next.projects[i] = next.reconfigured(p)
		}
	})
}

// restart reads all workspaces anew.
func (s *session) restart() {
	s.update(nil, func(next *state) {
		next.projects = nil
		next.projects = next.wantedProjects()
	})
}

// install makes the project p, whose workspace was read as a whole, one that is indexed, if it is still open and read
// as it was.
func (s *session) install(p *project) {
	s.update(nil, func(next *state) {
		next.projects = slices.Clone(next.projects)
		for i, now := range next.projects {
			if now.root == p.root && now.born == p.born && !now.indexed {
				next.projects[i] = now.withIndex()
			}
		}
	})
}
