package lsp

import (
	"context"
	"hash/maphash"
	"slices"
	"sync"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A result is what was found in a directory. It is immutable.
type result struct {
	dir         string
	diagnostics []analysis.Diagnostic // without their fixes

	version uint64 // of the project that was looked at
	keys    []key  // of what the findings depend on, sorted
	graph   bool   // the findings depend on the cycles of the whole workspace
	cycles  uint64 // if graph, the cycles that are told in the directory
}

// files returns the paths of the files with findings, sorted.
func (r *result) files() []string {
	var paths []string
	for i := range r.diagnostics {
		paths = append(paths, r.diagnostics[i].Path)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// A key stands for something that findings may depend on. Two things with the same key cost but a needless check.
type key uint32

type keyKind uint8

// The kinds of keys beyond those of [filetree.Lookup].
const (
	packageKey      keyKind = iota + 100 // the facts of a package
	usesKey                              // who uses a target
	ownKey                               // the files of the directory itself
	requirementsKey                      // the requirements of the whole workspace, and what it publishes
)

// results are what was found in the directories of a workspace. All states of the workspace share them. A result is
// good for another state if nothing that it depends on changed in between.
type results struct {
	seed maphash.Seed

	mu      sync.RWMutex
	byDir   map[string]*result
	changes map[key]uint64 // the version of the last change of what a key stands for
	all     uint64         // the version of the last change that may concern everything
	moved   uint64         // the version of the last change that made a file come or go
	dirs    []string       // the directories to check, as of dirsAt
	dirsAt  uint64
	told    map[string]bool // the errors that the user was told of
}

func newResults() *results {
	return &results{
		seed: maphash.MakeSeed(), byDir: map[string]*result{}, changes: map[key]uint64{}, told: map[string]bool{},
	}
}

func (r *results) key(kind keyKind, name string) key {
	var h maphash.Hash
	h.SetSeed(r.seed)
	_ = h.WriteByte(byte(kind)) // never fails
	_, _ = h.WriteString(name)  // never fails
	return key(h.Sum64())
}

// load returns what was found in a directory if it is good for p, else nil.
func (r *results) load(p *project, dir string) *result {
	r.mu.RLock()
	found := r.byDir[dir]
	good := found != nil && r.good(found, p)
	r.mu.RUnlock()
	if !good || found.graph && found.cycles != r.cycles(p, dir) {
		return nil
	}
	return found
}

// good reports whether nothing that found depends on changed between its state and that of p, the cycles aside.
func (r *results) good(found *result, p *project) bool {
	oldest := min(found.version, p.version)
	if r.all > oldest {
		return false
	}
	for _, k := range found.keys {
		if r.changes[k] > oldest {
			return false
		}
	}
	return true
}

// missing returns those of the directories whose results are not good for p.
func (r *results) missing(p *project, dirs []string) []string {
	return slices.DeleteFunc(slices.Clone(dirs), func(dir string) bool { return r.load(p, dir) != nil })
}

// directories returns the directories of p that there is something to check in, sorted. The caller must not change the
// slice.
func (r *results) directories(ctx context.Context, p *project) ([]string, error) {
	r.mu.RLock()
	dirs, good := r.dirs, r.dirs != nil && max(r.moved, r.all) <= min(r.dirsAt, p.version)
	r.mu.RUnlock()
	if good {
		return dirs, nil
	}
	dirs, err := analysis.Directories(ctx, p.snapshot, []string{""})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	p.problem(err)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dirs, r.dirsAt = dirs, p.version
	return dirs, nil
}

// tell reports whether the user has not yet been told of an error, and records that he will be.
func (r *results) tell(err error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	text := err.Error()
	again := r.told[text]
	r.told[text] = true
	return !again
}

// store keeps what was found in a directory of p.
func (r *results) store(p *project, d *analysis.Directory) *result {
	found := &result{dir: d.Dir, version: p.version, graph: d.Lookups.Graph}
	found.diagnostics = slices.Clone(d.Diagnostics)
	for i := range found.diagnostics {
		found.diagnostics[i].Fixes = nil
	}
	found.keys = r.keysOf(d)
	if found.graph {
		found.cycles = r.cycles(p, d.Dir)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.byDir[d.Dir]; old == nil || old.version <= p.version {
		r.byDir[d.Dir] = found
	}
	return found
}

// keysOf returns the keys of what findings depend on.
func (r *results) keysOf(d *analysis.Directory) []key {
	keys := []key{r.key(ownKey, d.Dir), r.key(packageKey, d.Dir)}
	for dir := range d.Lookups.Packages {
		keys = append(keys, r.key(packageKey, dir))
	}
	for a := range d.Lookups.Uses {
		keys = append(keys, r.key(usesKey, a.String()))
	}
	for f := range d.Lookups.Files {
		keys = append(keys, r.key(keyKind(f.Kind), f.Path))
	}
	if d.Lookups.Requirements {
		keys = append(keys, r.key(requirementsKey, ""))
	}
	slices.Sort(keys)
	return slices.Clip(slices.Compact(keys))
}

// cycles returns a sum of the cycles that are told in a directory.
func (r *results) cycles(p *project, dir string) uint64 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	for _, cycle := range p.snapshot.Cycles(dir) {
		for _, use := range cycle {
			maphash.WriteComparable(&h, use.Target.Address())
			maphash.WriteComparable(&h, use.Edge.Span)
			maphash.WriteComparable(&h, use.Package.Path(use.Target))
		}
	}
	return h.Sum64()
}

// changedAll records that everything may differ from a version on.
func (r *results) changedAll(version uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget(version)
}

// forget is changedAll for who holds the lock.
func (r *results) forget(version uint64) {
	r.all, r.dirs = version, nil
	clear(r.changes)
}

// mostChanges bounds what is kept of changes: whoever types for a week changes ever new things.
const mostChanges = 1 << 13

// changed records what changes made different between two states of a workspace. If that cannot be told for a panic in
// the model, everything may be; whoever checks the package tells of it.
func (r *results) changed(before, after *project, changes []filetree.Change) {
	defer func() {
		if recover() != nil {
			r.changedAll(after.version)
		}
	}()
	var keys []key
	moved := false
	for _, c := range changes {
		if touchesEverything(before, after, c) {
			r.changedAll(after.version)
			return
		}
		keys = append(keys, r.changedBy(before, after, c)...)
		moved = moved || before.snapshot.Tree().Stat(c.Path) != after.snapshot.Tree().Stat(c.Path)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if moved {
		r.moved = after.version
	}
	for _, k := range keys {
		r.changes[k] = after.version
	}
	if len(r.changes) > mostChanges {
		r.forget(after.version)
	}
}

// touchesEverything reports whether the consequences of a change cannot be told one by one.
func touchesEverything(before, after *project, c filetree.Change) bool {
	if baseOf(c.Path) == ".gitignore" {
		return true
	}
	return before.snapshot.Tree().Stat(c.Path) == filetree.Dir || after.snapshot.Tree().Stat(c.Path) == filetree.Dir
}

// changedBy returns the keys of what a change of a file makes different.
func (r *results) changedBy(before, after *project, c filetree.Change) []key {
	dir := dirOf(c.Path)
	keys := []key{r.key(ownKey, dir), r.key(keyKind(filetree.Read), c.Path)}
	keys = append(keys, r.cameOrWent(before, after, c.Path)...)
	// A requirements file may include one of any name.
	mayBeRequirements := workspace.ListsRequirements(c.Path)
	declares := mayBeRequirements || declaredElsewhere(before, after, dir)
	if after.snapshot.Dialect().IsBuildFile(baseOf(c.Path)) || len(keys) > 2 || declares {
		keys = append(keys, r.factsKeys(before, dir)...)
		keys = append(keys, r.factsKeys(after, dir)...)
		if mayBeRequirements || tellsRequirements(before, dir) || tellsRequirements(after, dir) {
			keys = append(keys, r.key(requirementsKey, ""))
		}
	}
	for _, user := range slices.Concat(before.snapshot.LoadedBy(c.Path), after.snapshot.LoadedBy(c.Path)) {
		keys = append(keys, r.factsKeys(before, user)...)
		keys = append(keys, r.factsKeys(after, user)...)
	}
	return keys
}

// declaredElsewhere reports whether targets of a package are declared by a file beside its BUILD file, such as one that
// lists requirements.
func declaredElsewhere(before, after *project, dir string) bool {
	for _, p := range []*project{before, after} {
		if p.snapshot.Facts(dir).HasTarget(workspace.TargetFacts.Implicit) {
			return true
		}
	}
	return false
}

// tellsRequirements reports whether a package is part of [workspace.Requirements].
func tellsRequirements(p *project, dir string) bool {
	facts := p.snapshot.Facts(dir)
	return facts != nil && (facts.IsOpen() || facts.HasTarget(workspace.TargetFacts.IsPython))
}

// cameOrWent returns the keys of a path and of the listings that it is in, as far up as one is new or gone.
func (r *results) cameOrWent(before, after *project, path string) []key {
	var keys []key
	for path != "" && before.snapshot.Tree().Stat(path) != after.snapshot.Tree().Stat(path) {
		keys = append(keys, r.key(keyKind(filetree.Stat), path), r.key(keyKind(filetree.Ignore), path),
			r.key(keyKind(filetree.List), dirOf(path)))
		path = dirOf(path)
	}
	return keys
}

// factsKeys returns the keys of a package and of the targets that it uses.
func (r *results) factsKeys(p *project, dir string) []key {
	keys := []key{r.key(packageKey, dir)}
	facts := p.snapshot.Facts(dir)
	if facts == nil {
		return keys
	}
	for t := range facts.Targets() {
		for e := range t.Edges() {
			keys = append(keys, r.key(usesKey, e.To.String()))
		}
	}
	return keys
}

// baseOf returns the last component of a path relative to the root.
func baseOf(rel string) string { return rel[len(dirPrefix(rel)):] }

// dirPrefix returns the directory of a path with the slash behind it.
func dirPrefix(rel string) string {
	for i := len(rel); i > 0; i-- {
		if rel[i-1] == '/' {
			return rel[:i]
		}
	}
	return ""
}
