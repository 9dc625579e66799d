package filetree

import (
	"path"
	"path/filepath"
	"strings"
)

// submodules are the repositories within a repository, as its .gitmodules names them.
type submodules struct {
	top      string   // the path of the repository, or of the workspace if it is in none
	paths    []string // of the submodules in it
	observer observer
}

// readSubmodules reads the .gitmodules of a repository. The result is nil where there is none.
func (o observer) readSubmodules(top string) *submodules {
	data, err := o.read(filepath.Join(top, ".gitmodules"))
	if err != nil {
		return nil
	}
	s := &submodules{top: top, observer: o}
	for line := range strings.Lines(string(data)) {
		key, value, ok := strings.Cut(line, "=")
		if !ok || strings.TrimSpace(key) != "path" {
			continue
		}
		if name := strings.Trim(strings.TrimSpace(value), `"`); filepath.IsLocal(name) {
			s.paths = append(s.paths, path.Clean(name))
		}
	}
	return s
}

// left reports whether a path in the repository, "" for all of it, is or holds a submodule that is not checked out, or
// lies in one.
func (s *submodules) left(full string) bool {
	if s == nil {
		return false
	}
	for _, sub := range s.paths {
		if (full == "" || isBelow(sub, full) || isBelow(full, sub)) && s.isEmpty(sub) {
			return true
		}
	}
	return false
}

// isBelow reports whether a path is dir or lies in it.
func isBelow(name, dir string) bool {
	rest, ok := strings.CutPrefix(name, dir)
	return ok && (rest == "" || rest[0] == '/')
}

// isEmpty reports whether there is nothing in a directory: git makes it and leaves the content to `git submodule`.
func (s *submodules) isEmpty(sub string) bool {
	dir, err := s.observer.follow(filepath.Join(s.top, filepath.FromSlash(sub)))
	if err != nil {
		return true
	}
	entries, err := s.observer.list(dir)
	return err != nil || len(entries) == 0
}
