package cli

import (
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// A scope is the part of a workspace that was asked for. Its paths are relative to the root.
type scope struct {
	trees []string        // directories with all below them
	dirs  map[string]bool // directories
	files map[string]bool

	change *change // nil unless only what it has to do with is asked for
}

// scopeOf returns the scope that patterns of the workspace at root name.
func scopeOf(root string, patterns []pattern) (*scope, error) {
	s := &scope{dirs: map[string]bool{}, files: map[string]bool{}}
	for _, p := range patterns {
		rel, err := relative(root, p.path)
		if err != nil {
			return nil, err
		}
		switch p.kind {
		case treePattern:
			s.trees = append(s.trees, rel)
		case dirPattern:
			s.dirs[rel] = true
		case filePattern:
			s.files[rel] = true
		}
	}
	return s, nil
}

// whole returns the scope of a whole workspace.
func whole() *scope { return &scope{trees: []string{""}} }

// has reports whether a file is asked for.
func (s *scope) has(file string) bool {
	dir := dirOf(file)
	if s.files[file] || s.dirs[dir] {
		return true
	}
	for _, tree := range s.trees {
		if below(dir, tree) {
			return true
		}
	}
	return false
}

// wants reports whether a finding is asked for.
func (s *scope) wants(d analysis.Diagnostic) bool { return s.has(d.Path) && s.change.has(d) }

// filter returns what was found in the scope.
func (s *scope) filter(found []analysis.Diagnostic) []analysis.Diagnostic {
	var kept []analysis.Diagnostic
	for _, d := range found {
		if s.wants(d) {
			kept = append(kept, d)
		}
	}
	return kept
}

// single returns the directories that are to be checked without those below them.
func (s *scope) single() map[string]bool {
	dirs := map[string]bool{}
	for dir := range s.dirs {
		dirs[dir] = true
	}
	for file := range s.files {
		dirs[dirOf(file)] = true
	}
	return dirs
}

// below reports whether dir is tree or lies below it.
func below(dir, tree string) bool {
	return tree == "" || dir == tree || strings.HasPrefix(dir, tree) && dir[len(tree)] == '/'
}

// dirOf returns the directory of a file, "" for the root.
func dirOf(file string) string {
	if dir := path.Dir(file); dir != "." {
		return dir
	}
	return ""
}
