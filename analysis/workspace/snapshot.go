package workspace

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// Options are what a workspace is read as.
type Options struct {
	Dialect *dialect.Dialect
	// SourceRoots and TestRoots replace the dialect's patterns where they are given.
	SourceRoots, TestRoots []string
	// Excluded reports whether a file, or a directory with all below it, is no part of the workspace; nil means none is.
	Excluded func(path string) bool
}

// A Snapshot is an immutable view of a workspace that loads what it is asked for. It is safe for concurrent use.
type Snapshot struct {
	tree    *filetree.Tree
	options *Options
	names   *names
	cache   *cache
	modules *modules     // that BUILD files load
	python  *moduleCache // of the sources
	kept    *kept        // what an earlier run knew, nil if nobody asked

	latest atomic.Pointer[Package] // that was read last: what is being edited is asked for again and again

	index   func() (*index, error) // of the whole workspace, made once
	indexed atomic.Pointer[index]  // what index made
	base    *index                 // the index of an earlier snapshot, nil if there is none
	changed []string               // the directories that changed since

	requirementsFiles func() map[string]*RequirementsFile // of the whole workspace, read once
	allRequirements   func() *Requirements                // of the whole workspace, collected once

	cycles       func() *cycleSet // of the whole workspace, found once
	cycled       atomic.Pointer[cycleSet]
	cycleBase    *cycleSet // the cycles of an earlier snapshot, nil if there are none
	cycleChanged []string  // the directories that changed since
}

// New returns a snapshot of the files of tree.
func New(tree *filetree.Tree, options *Options) *Snapshot {
	return newSnapshot(tree, options, &names{}, newCache(), newModules(), &moduleCache{})
}

func newSnapshot(
	tree *filetree.Tree, options *Options, n *names, c *cache, m *modules, python *moduleCache,
) *Snapshot {
	s := &Snapshot{tree: tree, options: options, names: n, cache: c, modules: m, python: python}
	s.index = sync.OnceValues(s.makeIndex)
	s.cycles = sync.OnceValue(s.makeCycles)
	s.requirementsFiles = sync.OnceValue(s.readRequirementsFiles)
	s.allRequirements = sync.OnceValue(s.collectRequirements)
	return s
}

// Tree returns the files that s is a view of.
func (s *Snapshot) Tree() *filetree.Tree { return s.tree }

// Dialect returns the dialect of the workspace.
func (s *Snapshot) Dialect() *dialect.Dialect { return s.options.Dialect }

// Options returns what the workspace is read as.
func (s *Snapshot) Options() *Options { return s.options }

// WithOptions returns the snapshot of the same files, read otherwise.
func (s *Snapshot) WithOptions(options *Options) *Snapshot {
	return New(s.tree, options)
}

func dirOf(p string) string {
	if d := path.Dir(p); d != "." {
		return d
	}
	return ""
}

// Package reads the package of a directory with all its fields. It returns nil if there is no BUILD file. A BUILD file
// that cannot be read is an error; the package is made of the others, and has a gap. It may be shared: it must not be
// changed.
func (s *Snapshot) Package(dir string) (*Package, error) {
	if p := s.latest.Load(); p != nil && p.Dir == dir {
		return p, nil
	}
	p, err := s.readPackage(dir)
	if p != nil && err == nil {
		s.latest.Store(p)
	}
	return p, err
}

func (s *Snapshot) readPackage(dir string) (*Package, error) {
	names, err := s.buildFiles(dir)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	p := &Package{Dir: dir}
	r := &resolver{snapshot: s, used: map[string]bool{}}
	var errs []error
	for _, name := range names {
		full := joinPath(dir, name)
		src, err := s.tree.Read(full)
		if err != nil {
			errs = append(errs, &ReadError{Path: full, Err: err})
			p.Gaps = append(p.Gaps, Gap{Reason: "a BUILD file that cannot be read"})
			continue
		}
		s.addFile(p, r, full, src)
	}
	p.indexNames()
	p.Loads = slices.Sorted(maps.Keys(r.used))
	s.modules.users.use(p.Loads, dir)
	f := s.facts(p)
	f.elsewhere = r.elsewhere || len(errs) > 0 || f.HasSpecifiers()
	s.cache.store(s.names.text(dir), f)
	return p, errors.Join(errs...)
}

// A ReadError is a file that cannot be read.
type ReadError struct {
	Path string
	Err  error
}

func (e *ReadError) Error() string { return e.Path + ": " + e.Err.Error() }

func (e *ReadError) Unwrap() error { return e.Err }

func (s *Snapshot) addFile(p *Package, r *resolver, full string, src []byte) {
	file := &BuildFile{Path: full, Syntax: syntax.Parse(src)}
	p.Files = append(p.Files, file)
	m := &modeler{
		dialect: s.options.Dialect, pkg: p, file: file, eval: newEvaluator(file.Syntax), requirements: r.requirements,
		resolver: r, steps: minBudget + perByte*len(src), deps: minDeps + len(src),
	}
	m.module = &Module{Path: full, Syntax: file.Syntax, names: bindings(file.Syntax), eval: m.eval}
	m.model()
}

// buildFiles returns the names of the BUILD files of a directory, sorted.
func (s *Snapshot) buildFiles(dir string) ([]string, error) {
	if s.Excluded(dir) {
		return nil, nil
	}
	entries, err := s.tree.Dir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &ReadError{Path: dir, Err: err}
	}
	return s.BuildFiles(dir, entries), nil
}

// BuildFiles returns the names of the BUILD files among the entries of a directory.
func (s *Snapshot) BuildFiles(dir string, entries []filetree.Entry) []string {
	var names []string
	for _, e := range entries {
		if e.Dir || !s.options.Dialect.IsBuildFile(e.Name) {
			continue
		}
		if full := joinPath(dir, e.Name); !s.Excluded(full) && !s.tree.Ignored(full) {
			names = append(names, e.Name)
		}
	}
	return s.options.Dialect.Choose(names)
}

// Facts returns what is known of the package of a directory, nil if there is none. A file that cannot be read makes it
// incomplete.
func (s *Snapshot) Facts(dir string) *Facts {
	number := s.names.text(dir)
	if f, ok := s.cache.load(number); ok {
		return f
	}
	if f := s.recall(dir, number); f != nil {
		s.cache.store(number, f)
		return s.stored(number)
	}
	p, err := s.Package(dir)
	if p == nil && err == nil {
		s.cache.store(number, nil)
		return nil
	}
	if p == nil {
		return s.noFacts(dir)
	}
	return s.stored(number)
}

// stored returns the facts of a directory that somebody has stored.
func (s *Snapshot) stored(number uint32) *Facts {
	f, _ := s.cache.load(number)
	return f
}

// Unchanged reports whether a file still has the content that the facts of its package were made from. Files that the
// package does not hold have none.
func (s *Snapshot) Unchanged(path string, src []byte) bool {
	f, ok := s.cache.load(s.names.text(dirOf(path)))
	if !ok || f == nil {
		return true
	}
	for _, file := range f.Files() {
		if file.Path == path {
			return file.Hash == hash(src)
		}
	}
	return true
}

// A Resolution is what an address names.
type Resolution struct {
	Package *Facts      // nil if there is no such package
	Target  TargetFacts // zero if the package has no such target
	// Unknown says that there may be a target that cannot be seen.
	Unknown bool
}

// Resolve tells what an address names.
func (s *Snapshot) Resolve(a Address) Resolution {
	f := s.Facts(a.Dir)
	if f == nil {
		return Resolution{Unknown: s.notCheckedOut(a.Dir)}
	}
	t := f.Named(a.Name)
	return Resolution{Package: f, Target: t, Unknown: t.IsZero() && !f.Complete}
}

// ResolveEdge tells what an edge leads to. It is [Snapshot.Resolve] of e.To, and faster for edges of s.
func (s *Snapshot) ResolveEdge(e Edge) Resolution {
	if e.names == s.names {
		if t := s.resolveNumber(e.number); !t.IsZero() {
			return Resolution{Package: t.pkg, Target: t}
		}
	}
	return s.Resolve(e.To)
}

// notCheckedOut reports whether a directory, or a BUILD file in it, is unknown or excluded.
func (s *Snapshot) notCheckedOut(dir string) bool {
	if s.Excluded(dir) {
		return true
	}
	for _, name := range s.options.Dialect.BuildFiles {
		full := joinPath(dir, name)
		if s.tree.Stat(full) == filetree.Unknown || s.tree.Ignored(full) && s.tree.Stat(full) == filetree.File {
			return true
		}
	}
	return false
}

// requirements reads the targets that a requirements file stands for.
func (s *Snapshot) requirements(full string) ([]Requirement, error) {
	src, err := s.tree.Read(full)
	if err != nil {
		return nil, err
	}
	var requirements []Requirement
	lines := python.ParseRequirements(src)
	for _, r := range python.PantsV1Targets(lines) {
		i := slices.IndexFunc(lines, func(l python.Line) bool {
			return l.Requirement != nil && l.Requirement.NameSpan == r.Span
		})
		requirements = append(requirements, Requirement{Name: r.Name, Path: full, Span: r.Span, Line: &lines[i]})
	}
	return requirements, nil
}

// Packages returns the directories of all packages, sorted.
func (s *Snapshot) Packages(ctx context.Context) ([]string, error) {
	return s.PackagesBelow(ctx, []string{""})
}

// PackagesBelow returns the directories of all packages in the given directories and below, sorted.
func (s *Snapshot) PackagesBelow(ctx context.Context, dirs []string) ([]string, error) {
	var found []string
	err := s.Walk(ctx, dirs, func(dir string, entries []filetree.Entry) {
		if len(s.BuildFiles(dir, entries)) > 0 {
			found = append(found, dir)
		}
	})
	slices.Sort(found)
	return slices.Compact(found), err
}

// Walk calls visit for the given directories and all below them that are part of the workspace: not what is excluded,
// and not what a build tool's marker makes a workspace of its own. What cannot be listed is returned as errors.
func (s *Snapshot) Walk(ctx context.Context, dirs []string, visit func(dir string, entries []filetree.Entry)) error {
	return s.tree.Walk(ctx, dirs, nil, func(dir string, entries []filetree.Entry) error {
		if s.Excluded(dir) || dir != "" && s.isRoot(entries) {
			return fs.SkipDir
		}
		visit(dir, entries)
		return nil
	})
}

// isRoot reports whether a directory of the given entries is the root of a workspace.
func (s *Snapshot) isRoot(entries []filetree.Entry) bool {
	return slices.ContainsFunc(entries, func(e filetree.Entry) bool {
		return !e.Dir && slices.Contains(s.options.Dialect.Markers, e.Name)
	})
}

// Excluded reports whether a path is no part of the workspace by configuration.
func (s *Snapshot) Excluded(path string) bool {
	return s.options.Excluded != nil && path != "" && s.options.Excluded(path)
}
