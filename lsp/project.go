package lsp

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"sync"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/config"
	shared "github.com/buildlint/buildlint/internal/project"
)

// A project is a workspace at one moment: its files, how it is configured, and what was found in it. It is immutable;
// the projects of one workspace share what does not change.
type project struct {
	root      string // absolute
	snapshot  *workspace.Snapshot
	settings  *projectSettings
	results   *results
	version   uint64            // counts the changes since the workspace was opened
	born      uint64            // the version from which on it is read as it is
	indexed   bool              // the whole workspace was read
	indexing  *indexing         // what reads it, nil once it was
	unindexed []filetree.Change // what changed since born, until it is
}

// openProject opens the workspace at root. If its configuration is wrong, that is told, and the defaults count.
func openProject(root string, s settings, overlays []filetree.Change, wrong func(error)) (*project, error) {
	tree, err := filetree.New(root)
	if err != nil {
		return nil, err
	}
	tree = tree.With(overlays)
	loaded := loadSettings(root, s, tree, wrong)
	p := &project{root: root, settings: loaded, results: newResults(), version: 1, born: 1}
	p.snapshot = workspace.New(tree, loaded.options)
	p.indexing = newIndexing(p.snapshot)
	return p, nil
}

// path returns the path of an absolute one relative to the root. It reports whether it lies in the workspace.
func (p *project) path(abs string) (string, bool) {
	rel, ok := within(p.root, abs)
	return rel, ok && rel != "."
}

// abs is the inverse of path.
func (p *project) abs(rel string) string { return filepath.Join(p.root, filepath.FromSlash(rel)) }

// with returns the project after changes of files.
func (p *project) with(changes []filetree.Change) *project {
	next := *p
	next.version++
	next.snapshot = p.snapshot.With(changes)
	if !p.indexed {
		next.unindexed = latest(p.unindexed, changes)
	}
	p.results.changed(p, &next, changes)
	return &next
}

// latest returns changes followed by more, without those of files that are changed again.
func latest(changes, more []filetree.Change) []filetree.Change {
	again := func(c filetree.Change) bool {
		return slices.ContainsFunc(more, func(m filetree.Change) bool { return m.Path == c.Path && m.Op == c.Op })
	}
	return append(slices.DeleteFunc(slices.Clone(changes), again), more...)
}

// reconfigured returns p with other settings. It is read again only if they say so.
func (p *project) reconfigured(s *projectSettings) *project {
	next := *p
	next.version++
	next.settings = s
	if !s.readsAs(p.settings) {
		next.snapshot = p.snapshot.WithOptions(s.options)
		next.indexed, next.unindexed, next.born = false, nil, next.version
		next.indexing = newIndexing(next.snapshot)
	}
	p.results.changedAll(next.version)
	return &next
}

// withIndex returns the project p with the index of its workspace, which was read.
func (p *project) withIndex() *project {
	next := *p
	next.version++
	next.index()
	p.results.changedAll(next.version)
	return &next
}

// index makes p, which nobody else has, one whose workspace was read as a whole: that is as it was when it was opened,
// with what changed since.
func (p *project) index() {
	p.snapshot = p.indexing.from.With(p.unindexed)
	p.indexed, p.indexing, p.unindexed = true, nil, nil
}

// checker returns what checks directories of p. Before the whole workspace was read, the rules that ask for other
// packages do not run: some of them would have it read first.
func (p *project) checker() *analysis.Checker {
	rules := p.settings.rules
	if !p.indexed {
		rules = func(path string) []analysis.Setting {
			return slices.DeleteFunc(slices.Clone(p.settings.rules(path)), func(s analysis.Setting) bool {
				return s.Rule.Stage == analysis.Graph
			})
		}
	}
	return &analysis.Checker{Snapshot: p.snapshot, Settings: rules, Known: p.settings.known, Jobs: 1, Record: true}
}

// check returns what is found in a directory.
func (p *project) check(ctx context.Context, dir string) (*result, error) {
	if r := p.results.load(p, dir); r != nil {
		return r, nil
	}
	found, err := p.checker().CheckEach(ctx, []string{dir})
	if err != nil {
		return nil, err
	}
	return p.keep(found[0]), nil
}

// keep keeps what was found in a directory, but for what is on record.
func (p *project) keep(d *analysis.Directory) *result {
	for _, e := range d.Errors {
		var inner *fs.PathError // names the path again
		if errors.As(e.Err, &inner) {
			e.Err = inner.Err
		}
		p.problem(e)
	}
	d.Diagnostics = p.settings.record.filter(d.Dir, d.Diagnostics)
	return p.results.store(p, d)
}

// problem tells the user, once, of what could not be read. The rest is checked all the same.
func (p *project) problem(err error) {
	if err != nil && p.results.tell(err) {
		p.settings.wrong(err)
	}
}

// checkAll calls found with what is found in each directory, one after the other.
func (p *project) checkAll(ctx context.Context, found func(*result)) error {
	dirs, err := p.results.directories(ctx, p)
	if err != nil {
		return err
	}
	const chunk = 256 // directories whose findings are held at once with all that they hold
	for part := range slices.Chunk(dirs, chunk) {
		if err := p.checkMissing(ctx, part); err != nil {
			return err
		}
		for _, dir := range part {
			r, err := p.check(ctx, dir)
			if err != nil {
				return err
			}
			found(r)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// checkMissing checks those of the directories whose results are not good, several at once.
func (p *project) checkMissing(ctx context.Context, dirs []string) error {
	missing := p.results.missing(p, dirs)
	if len(missing) == 0 {
		return nil
	}
	c := p.checker()
	c.Jobs = 0
	found, err := c.CheckEach(ctx, missing)
	for _, d := range found {
		p.keep(d)
	}
	return err
}

// recheck returns what is found in a directory with its fixes, which hold a whole package and so are not kept.
func (p *project) recheck(ctx context.Context, dir string) ([]analysis.Diagnostic, error) {
	r, err := p.checker().Check(ctx, []string{dir})
	if err != nil {
		return nil, err
	}
	return p.settings.record.filter(dir, r.Diagnostics), nil
}

// watchedDirs yields the absolute directories whose files matter until yield returns false: the root, the packages with
// all above them, then the others of the workspace. It reports whether it yielded all.
func (p *project) watchedDirs(yield func(string) bool) bool {
	seen := map[string]bool{}
	visit := func(dir string) bool {
		for ; !seen[dir]; dir = dirOf(dir) {
			seen[dir] = true
			if !yield(p.abs(dir)) {
				return false
			}
		}
		return true
	}
	if !visit("") {
		return false
	}
	if !p.indexed {
		return true
	}
	dirs, _ := p.snapshot.AllPackages() // what cannot be read was told when it was indexed
	for _, dir := range dirs {
		if !visit(dir) {
			return false
		}
	}
	return p.walk(visit)
}

// walk calls visit for the directories of the workspace until it returns false, and reports whether it never did.
func (p *project) walk(visit func(dir string) bool) bool {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	all := true
	// What cannot be listed cannot be watched.
	_ = p.snapshot.Walk(ctx, []string{""}, func(dir string, _ []filetree.Entry) {
		if all = all && visit(dir); !all {
			cancel()
		}
	})
	return all
}

// dirOf returns the directory of a path relative to the root, "" for the root.
func dirOf(rel string) string {
	if dir := path.Dir(rel); dir != "." {
		return dir
	}
	return ""
}

// projectSettings are how a workspace is configured. They are safe for concurrent use.
type projectSettings struct {
	tree   *filetree.Tree
	names  map[string]bool
	record record      // the findings that are known of
	wrong  func(error) // is told what is wrong with a nested file

	base    *config.Config     // of the root alone
	options *workspace.Options // how the workspace is read, as base and the build tool's own configuration say
	inputs  shared.Inputs      // the files that say so

	mu     sync.Mutex
	config *config.Config
	nested map[string]bool // directories whose own files are in config, if there are any
}

// loadSettings reads the configuration of the workspace at root. If it is wrong, the defaults count.
func loadSettings(root string, s settings, tree *filetree.Tree, wrong func(error)) *projectSettings {
	_, marker := findRoot(root)
	in := config.Input{
		Root: root, Catalogue: shared.Catalogue(), Read: shared.ReadThrough(tree, s.configPath(root)),
		Dialect: shared.Detect(root, marker),
		Path:    s.configPath(root), Select: s.Select, ExtendSelect: s.ExtendSelect, Ignore: s.Ignore,
	}
	c, err := config.Load(in)
	if err != nil {
		wrong(err)
		in.Path, in.Isolated, in.Select, in.ExtendSelect, in.Ignore = "", true, nil, nil, nil
		if c, err = config.Load(in); err != nil {
			panic(err) // nothing is left that can be wrong
		}
	}
	c.Ignored = shared.Ignored(c.Dialect, tree)
	if err := shared.CheckBuildTool(c.Dialect, tree); err != nil {
		wrong(err)
	}
	options, inputs := shared.Options(c, tree)
	p := &projectSettings{
		tree: tree, base: c, options: options, inputs: inputs, config: c, names: map[string]bool{}, wrong: wrong,
		nested: map[string]bool{"": true},
	}
	for _, r := range in.Catalogue.Rules {
		p.names[r.Name] = true
	}
	p.record = loadRecord(root, in.Read, wrong)
	return p
}

// readsAs reports whether a workspace is read in the same way with p as with o.
func (p *projectSettings) readsAs(o *projectSettings) bool {
	a, b := p.options, o.options
	return slices.Equal(a.SourceRoots, b.SourceRoots) && slices.Equal(a.TestRoots, b.TestRoots) &&
		slices.Equal(excludes(p.base), excludes(o.base)) && reflect.DeepEqual(a.Dialect, b.Dialect)
}

// excludes returns the patterns of a configuration that leave files out.
func excludes(c *config.Config) []string {
	for _, e := range c.Explain("") {
		if e.Key == "exclude" {
			patterns, _ := e.Value.([]string)
			return patterns
		}
	}
	return nil
}

// rules returns the rules that run for a path, by name.
func (p *projectSettings) rules(path string) []analysis.Setting {
	c := p.configOf(dirOf(path))
	if c.Excluded(path) {
		return nil
	}
	return c.For(path).Rules
}

// configOf returns a configuration with the nested files that count for a directory.
func (p *projectSettings) configOf(dir string) *config.Config {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []string
	for ; !p.nested[dir]; dir = dirOf(dir) {
		p.nested[dir] = true
		if file := path.Join(dir, config.FileName); p.tree.Stat(file) == filetree.File {
			found = append(found, file)
		}
	}
	if len(found) == 0 {
		return p.config
	}
	c, err := p.config.Nest(found)
	if err != nil {
		p.wrong(err)
		return p.config
	}
	p.config = c
	return c
}

func (p *projectSettings) known(rule string) bool { return p.names[rule] }
