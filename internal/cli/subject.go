package cli

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/config"
	"github.com/buildlint/buildlint/internal/project"
)

// A subject is a workspace that is looked at.
type subject struct {
	*project.Project
	jobs   int
	step   func()           // see [analysis.Checker]
	before *analysis.Before // nil unless a change is asked about
}

// openSubject opens the workspace at root, with changes to its files that are on no disk.
func openSubject(root, marker string, f *configFlags, changes ...filetree.Change) (*subject, error) {
	return openObserved(root, marker, f, nil, changes...)
}

// openObserved is openSubject with somebody who is told of each access to the disk.
func openObserved(
	root, marker string, f *configFlags, observe func(filetree.Access), changes ...filetree.Change,
) (*subject, error) {
	p, err := project.OpenObserved(root, marker, f.input(), observe, changes...)
	if err != nil {
		return nil, err
	}
	return &subject{Project: p, jobs: f.jobs}, nil
}

// input returns what the flags say of the configuration.
func (f *configFlags) input() config.Input {
	return config.Input{
		Path: f.config, Isolated: f.isolated,
		Select: f.selected, ExtendSelect: f.extended, Ignore: f.ignored,
	}
}

// directories returns the directories of a scope that there is something to check in, sorted, and those that could
// not be listed. It reads the configuration files that count for them.
func (p *subject) directories(ctx context.Context, s *scope) ([]string, []analysis.FileError, error) {
	dirs, errs, err := p.list(ctx, s)
	if err != nil {
		return nil, errs, err
	}
	if err := p.Nest(dirs); err != nil {
		return nil, errs, err
	}
	return slices.DeleteFunc(dirs, p.Config.Excluded), errs, nil
}

// list returns the directories of a scope that are not ignored.
func (p *subject) list(ctx context.Context, s *scope) ([]string, []analysis.FileError, error) {
	var dirs []string
	var walked, visited error
	if len(s.trees) > 0 {
		dirs, walked = analysis.Directories(ctx, p.Snapshot, s.trees)
	}
	for _, dir := range slices.Sorted(maps.Keys(s.single())) {
		err := p.Snapshot.Tree().Walk(ctx, []string{dir}, nil, func(dir string, _ []filetree.Entry) error {
			dirs = append(dirs, dir)
			return fs.SkipDir
		})
		visited = errors.Join(visited, err)
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	files, other := fileErrors(errors.Join(walked, visited))
	slices.Sort(dirs)
	return slices.Compact(dirs), files, other
}

// reopened returns the subject as it is on disk now.
func (p *subject) reopened() (*subject, error) {
	fresh, err := p.Reopened()
	return &subject{Project: fresh, jobs: p.jobs, step: p.step, before: p.before}, err
}

// with returns the subject after changes to files. No change is asked about there.
func (p *subject) with(changes []filetree.Change) *subject {
	return &subject{Project: p.With(changes), jobs: p.jobs}
}

// checker returns what checks directories of p.
func (p *subject) checker() *analysis.Checker {
	c := p.Checker(p.jobs)
	c.Step, c.Before = p.step, p.before
	return c
}
