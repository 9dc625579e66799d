package cli

import (
	"context"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/baseline"
	"github.com/buildlint/buildlint/internal/git"
)

// A change is what --since or --staged asks about: files that changed, and what the workspace was without that.
//
// What is found in those files is told, and what is found in others but was not before. The state before needs no
// second look at the whole workspace: it is the snapshot that is linted with a few overlays, which shares all that it
// knows of other packages, and only directories with findings that may be new are checked there.
type change struct {
	repo   *git.Repo
	staged bool
	files  []git.Change
	paths  map[string]bool     // of files
	view   []filetree.Change   // shows what is linted: nothing where that is the work tree
	before []filetree.Change   // on top of view: shows what was before
	caused map[occurrence]bool // what was not found before; nil as long as that is not known
}

// An occurrence is what tells the findings of one run apart.
type occurrence struct {
	rule, path, message string
	span                syntax.Span
}

func occurrenceOf(d analysis.Diagnostic) occurrence {
	return occurrence{d.Rule, d.Path, d.Message, d.Span}
}

// changeOf returns the change that the flags ask about in the workspace at root, nil if they ask about none.
func (l *linter) changeOf(ctx context.Context, root string) (*change, error) {
	if !l.staged && l.since == "" {
		return nil, nil
	}
	repo, err := git.Open(ctx, root)
	if err != nil {
		return nil, err
	}
	c := &change{repo: repo, staged: l.staged, paths: map[string]bool{}}
	if l.staged {
		c.files, err = repo.Staged(ctx)
	} else {
		c.files, err = repo.ChangedSince(ctx, l.since)
	}
	if err != nil || len(c.files) == 0 {
		return c, err
	}
	for _, f := range c.files {
		c.paths[f.Path] = true
	}
	return c, c.look(ctx)
}

// look finds out what is to be linted, and what was before.
func (c *change) look(ctx context.Context) error {
	if c.staged {
		view, err := c.repo.StagedView(ctx, nil, nil) // of all: what is not staged elsewhere must not count
		if err != nil {
			return err
		}
		c.view = view.Changes()
	}
	before, err := c.repo.Before(ctx, c.files)
	if err != nil {
		return err
	}
	c.before = before.Changes()
	return nil
}

// state returns what rules may know of the change, nil if there is none.
func (c *change) state(p *subject) *analysis.Before {
	if c == nil {
		return nil
	}
	b := &analysis.Before{Snapshot: sync.OnceValue(func() *workspace.Snapshot { return p.with(c.before).Snapshot })}
	for _, f := range c.files {
		b.Files = append(b.Files, analysis.FileChange{Path: f.Path, Kind: changeKinds[f.Status]})
	}
	return b
}

// changeKinds are what rules call what git does.
//
//nolint:gochecknoglobals // a table that nobody writes
var changeKinds = map[git.Status]analysis.ChangeKind{
	git.Added: analysis.AddedFile, git.Modified: analysis.ModifiedFile, git.Deleted: analysis.DeletedFile,
}

// empty reports whether it is known that nothing changed.
func (c *change) empty() bool { return c != nil && len(c.files) == 0 }

// overlays are the changes of files on disk that show what is linted.
func (c *change) overlays() []filetree.Change {
	if c == nil {
		return nil
	}
	return c.view
}

// has reports whether a finding is in a file that changed, or was caused by the change.
func (c *change) has(d analysis.Diagnostic) bool {
	return c == nil || c.paths[d.Path] || c.caused[occurrenceOf(d)]
}

// hasFile reports whether a file changed; of no change all have.
func (c *change) hasFile(path string) bool { return c == nil || c.paths[path] }

// compare finds out which of the findings in files that did not change the change has caused. They are counted as in a
// baseline, by what a person would call the same. The configuration of today counts for the state before too.
func (c *change) compare(ctx context.Context, p *subject, s *scope, found []analysis.Diagnostic, dirs []string) error {
	suspects := c.suspects(s, found, dirs)
	if len(suspects) == 0 {
		return nil
	}
	before, err := p.with(c.before).checker().Check(ctx, suspects)
	if err != nil {
		return err
	}
	fresh, _, _ := baseline.Create(before.Diagnostics).Filter(found)
	c.caused = map[occurrence]bool{}
	for _, d := range fresh {
		c.caused[occurrenceOf(d)] = true
	}
	return nil
}

// suspects returns the directories whose findings the change may have caused: those with a finding in a file that did
// not change. A finding may be of a directory above its file.
func (c *change) suspects(s *scope, found []analysis.Diagnostic, dirs []string) []string {
	suspects := map[string]bool{}
	for _, d := range found {
		if c.paths[d.Path] || !s.has(d.Path) {
			continue
		}
		for dir := dirOf(d.Path); !suspects[dir]; dir = dirOf(dir) {
			suspects[dir] = true
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(suspects)), func(dir string) bool {
		_, checked := slices.BinarySearch(dirs, dir)
		return !checked
	})
}

// narrow returns those of dirs, which are sorted, that are to be checked. Where BUILD files changed but not what others
// may know of them, that is their own directories; else it is all.
func (c *change) narrow(p *subject, dirs []string) []string {
	before := p.with(c.before)
	own := map[string]bool{}
	for _, f := range c.files {
		dir := dirOf(f.Path)
		if f.Status != git.Modified || !p.Snapshot.Dialect().IsBuildFile(path.Base(f.Path)) {
			return dirs
		}
		if !own[dir] && !before.Snapshot.Facts(dir).SameToOthers(p.Snapshot.Facts(dir)) {
			return dirs
		}
		own[dir] = true
	}
	return slices.DeleteFunc(slices.Clone(dirs), func(dir string) bool { return !own[dir] })
}
