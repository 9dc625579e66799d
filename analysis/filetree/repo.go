package filetree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A repo is the git repository that the workspace is in.
type repo struct {
	prefix   string // of the workspace's root in the repository: "" or with a slash at its end
	exclude  string // the path of info/exclude
	index    string // the path of the index
	sparse   bool   // a sparse checkout was set up
	observer observer

	once sync.Once
	read atomic.Pointer[indexFile] // nil until it was needed
}

// An indexFile is what came of reading an index. After an error its index is empty.
type indexFile struct {
	index
	stamp stamp
	err   error
}

// A stamp tells whether a file changed.
type stamp struct {
	size int64
	time time.Time
}

func stampOf(full string) stamp {
	info, err := os.Stat(full)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime()}
}

// load reads the index. Most runs never need it: it is asked of ignored and of absent files only.
func (r *repo) load() *indexFile {
	r.once.Do(func() {
		r.observer.expect(r.index)
		f := &indexFile{stamp: stampOf(r.index)}
		x, err := readIndex(r.index)
		switch {
		case err == nil:
			f.index = *x
		case !errors.Is(err, fs.ErrNotExist): // a new repository has none
			f.err = fmt.Errorf("%s: %w", r.index, err)
		}
		r.read.Store(f)
	})
	return r.read.Load()
}

// tracks reports whether git tracks a path, or something below it.
func (s *ignoreState) tracks(name string) bool {
	s.load()
	if s.repo == nil {
		return false
	}
	files := s.repo.load()
	full := s.full(name)
	return files.tracked.has(full) || files.tracked.hasBelow(full)
}

// left reports whether a sparse checkout left out a path, or something below it, or it is of a submodule that is not
// there.
func (s *ignoreState) left(name string) bool {
	s.load()
	if s.subs.left(strings.TrimSuffix(s.full(name), "/")) {
		return true
	}
	if s.repo == nil || !s.repo.sparse {
		return false
	}
	left := &s.repo.load().left
	full := s.full(name)
	if full == "" {
		return left.count > 0
	}
	full = strings.TrimSuffix(full, "/") // of the workspace's root
	if left.has(full) || left.hasBelow(full) {
		return true
	}
	for dir := parent(full); dir != ""; dir = parent(dir) {
		if left.has(dir + "/") {
			return true
		}
	}
	return false
}

// Sparse reports whether a sparse checkout left out something below a directory, or a submodule is not there: globs
// there may match more than Glob sees.
func (t *Tree) Sparse(dir string) bool {
	name, err := clean("list", dir)
	return err == nil && t.ignore.left(name)
}

// err is what went wrong with reading the index, if that was needed so far.
func (s *ignoreState) err() error {
	if f := s.indexFile(); f != nil {
		return f.err
	}
	return nil
}

// stale reports whether the index changed since it was read.
func (s *ignoreState) stale() bool {
	f := s.indexFile()
	return f != nil && f.stamp != stampOf(s.repo.index)
}

func (s *ignoreState) indexFile() *indexFile {
	s.load()
	if s.repo == nil {
		return nil
	}
	return s.repo.read.Load()
}

// above gives the rules that come from outside the workspace: the repository's own excludes, and the .gitignore files
// between its top and the workspace. If these name the workspace itself they say nothing: whoever lints it wants it.
func (s *ignoreState) above() *scope {
	s.load()
	return s.top
}

func (s *ignoreState) load() {
	s.once.Do(func() {
		s.top = &scope{state: s}
		if s.root == "" {
			return
		}
		top := s.root
		if s.repo = s.observer.findRepo(s.root); s.repo != nil {
			s.top = s.repo.scopes(s, s.root)
			top = s.root[:len(s.root)-len(strings.TrimSuffix(s.repo.prefix, "/"))]
		}
		s.subs = s.observer.readSubmodules(top)
	})
}

// full is the path in the repository of one in the workspace.
func (s *ignoreState) full(name string) string {
	s.load()
	if s.repo == nil || s.repo.prefix == "" {
		return name
	}
	return s.repo.prefix + name
}

func (r *repo) scopes(s *ignoreState, root string) *scope {
	sc := &scope{state: s, rules: r.observer.readRules(r.exclude)}
	if r.prefix == "" {
		return sc
	}
	top := root[:len(root)-len(r.prefix)+1]
	base := 0
	for part := range strings.SplitSeq(strings.TrimSuffix(r.prefix, "/"), "/") {
		if own := r.observer.readRules(filepath.Join(top, filepath.FromSlash(r.prefix[:base]), ".gitignore")); len(own) > 0 {
			sc = &scope{state: s, up: sc, rules: own, base: base}
		}
		base += len(part)
		if sc.verdict(r.prefix[:base], true) == ignored {
			return &scope{state: s}
		}
		base++
	}
	return sc
}

// readRules reads a file of rules; one that is not there has none.
func (o observer) readRules(full string) rules {
	data, err := o.read(full)
	if err != nil {
		return nil
	}
	return parseRules(data)
}

// findRepo looks for the repository that a directory is in, upward.
func (o observer) findRepo(root string) *repo {
	prefix := ""
	for dir := root; ; dir = filepath.Dir(dir) {
		if git := o.gitDir(dir); git != "" {
			return o.newRepo(git, prefix)
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
		prefix = filepath.Base(dir) + "/" + prefix
	}
}

func (o observer) newRepo(git, prefix string) *repo {
	common := git
	if data, err := o.read(filepath.Join(git, "commondir")); err == nil { // a linked worktree
		common = relativeTo(git, strings.TrimSpace(string(data)))
	}
	_, err := o.stat(filepath.Join(git, "info", "sparse-checkout"))
	return &repo{
		prefix:   prefix,
		exclude:  filepath.Join(common, "info", "exclude"),
		index:    filepath.Join(git, "index"),
		sparse:   err == nil,
		observer: o,
	}
}

// gitDir gives the path of a directory's repository: its .git, or what that file points to; "" if it has none.
func (o observer) gitDir(dir string) string {
	git := filepath.Join(dir, ".git")
	found, err := o.stat(git)
	if err != nil {
		return ""
	}
	if !found.Dir {
		data, err := o.read(git)
		to, ok := strings.CutPrefix(string(data), "gitdir:")
		if err != nil || !ok {
			return ""
		}
		git = relativeTo(dir, strings.TrimSpace(to))
	}
	if _, err := o.stat(filepath.Join(git, "HEAD")); err != nil {
		return ""
	}
	return git
}

func relativeTo(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}
