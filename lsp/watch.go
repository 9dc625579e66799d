package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// answerTime is how long a client may take to answer the server.
const answerTime = 30 * time.Second

// register asks the client to tell of changes of files and settings, where it can be asked.
func (s *server) register(ctx context.Context) {
	var registrations []protocol.Registration
	if s.client.registersConfiguration {
		registrations = append(registrations, registration(protocol.MethodWorkspaceDidChangeConfiguration,
			map[string]any{"section": section}))
	}
	if s.client.registersWatchers {
		registrations = append(registrations, registration(protocol.MethodWorkspaceDidChangeWatchedFiles,
			map[string]any{"watchers": watchers()}))
	}
	if len(registrations) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	if err := s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: registrations}); err != nil {
		s.client.tell(protocol.MessageTypeWarning, fmt.Sprintf("registering for changes of files: %v", err))
		if s.client.registersWatchers {
			s.startWatcher()
		}
	}
}

func registration(method string, options any) protocol.Registration {
	raw, err := json.Marshal(options)
	if err != nil {
		panic(err) // options are made of strings and numbers
	}
	return protocol.Registration{ID: method, Method: method, RegisterOptions: raw}
}

// watchers are what the rules look at: whether any file exists, and what stands in some. There are no braces in the
// patterns, for not every client knows them.
func watchers() []map[string]any {
	const changes, comesOrGoes = protocol.WatchKindChange, protocol.WatchKindCreate | protocol.WatchKindDelete
	all := []map[string]any{{"globPattern": "**/*", "kind": comesOrGoes}}
	for _, name := range []string{
		"BUILD", "BUILD.*", "TARGETS", "BUCK", "*.bzl", "*.build_defs", "*.py", "*.txt", "*.in", "*requirements*", "*.toml",
		"*.ini", "*.json", "Pipfile.lock", ".plzconfig", ".buckconfig", ".gitignore",
	} {
		all = append(all, map[string]any{"globPattern": "**/" + name, "kind": changes})
	}
	return all
}

func (s *server) didChangeWatchedFiles(p *protocol.DidChangeWatchedFilesParams) error {
	changes := make([]fileChange, 0, len(p.Changes))
	for _, c := range p.Changes {
		if change, ok := watchedChange(c.URI, c.Type); ok {
			changes = append(changes, change)
		}
	}
	if len(changes) > 0 {
		s.session.didModifyFiles(changes)
	}
	return nil
}

// watchedChange reports whether a change on disk is one that matters.
func watchedChange(u uri.URI, kind protocol.FileChangeType) (fileChange, bool) {
	path := pathOf(u)
	if path == "" || inGitDir(path) {
		return fileChange{}, false
	}
	switch kind {
	case protocol.FileChangeTypeCreated:
		return fileChange{path: path, action: created}, true
	case protocol.FileChangeTypeDeleted:
		return fileChange{path: path, action: deleted}, true
	}
	return fileChange{path: path, action: written}, true
}

// inGitDir reports whether path lies in a .git directory, which changes all the time.
func inGitDir(path string) bool {
	return strings.Contains(filepath.ToSlash(path), "/.git/")
}

func (s *server) didChangeWorkspaceFolders(p *protocol.DidChangeWorkspaceFoldersParams) error {
	s.session.setFolders(p.Event.Added, p.Event.Removed)
	return nil
}
