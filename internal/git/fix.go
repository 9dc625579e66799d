package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
)

// Why a staged file is not fixed; the errors of FixStaged wrap one of these, one of analysis/edit or another's.
var (
	// ErrUnstaged says that the lines that a fix changes have unstaged changes.
	ErrUnstaged = errors.New("unstaged changes are where the fix is: stage or discard them first")
	// ErrPartialCommit says that git commits from an index of its own making, as for git commit PATH.
	ErrPartialCommit = errors.New("git commit with paths commits from a temporary index, " +
		"and the real one would not be fixed: git add the files, then git commit without paths")
)

// FixStaged replaces the staged contents of files, and makes the same change in the work tree; all files or none. Old
// is the staged content as a view shows it, New the fixed one. Where the work tree has other changes the lines of the
// fix are changed in it and nothing else; if these have unstaged changes themselves nothing is written, and the error
// names all such files and their lines. Each file that cannot be fixed has an [fs.PathError] in the error. A file that
// is not in the work tree is fixed in the index alone. Modes and line ends stay.
//
// Meanwhile the index is locked as git locks it. If something fails before the index is replaced, which comes last, the
// work tree is as before; if ctx is cancelled the same, unless all is written already. New objects stay in the
// repository's database until git collects what nothing refers to.
func (r *Repo) FixStaged(ctx context.Context, fixes []edit.Change) error {
	fixes = slices.DeleteFunc(slices.Clone(fixes), func(c edit.Change) bool { return bytes.Equal(c.Old, c.New) })
	if len(fixes) == 0 {
		return nil
	}
	index, err := r.lockIndex(ctx)
	if err != nil {
		return err
	}
	defer index.unlock()

	plans, err := r.plan(ctx, fixes)
	if err != nil {
		return err
	}
	if err := r.store(ctx, plans); err != nil {
		return err
	}
	if err := r.update(ctx, index, plans); err != nil {
		return err
	}
	return r.commit(ctx, index, worktreeChanges(plans))
}

// A plan is what a fix does to one file.
type plan struct {
	edit.Change        // of the staged content
	full        string // the path in the work tree
	entry       entry
	codec       codec
	id          string      // of the fixed content
	worktree    edit.Change // Old is nil if there is nothing to write
}

// plan finds out what to write. It writes nothing.
func (r *Repo) plan(ctx context.Context, fixes []edit.Change) ([]*plan, error) {
	paths := make([]string, len(fixes))
	for i, f := range fixes {
		paths[i] = r.prefix + f.Path
	}
	entries, err := r.entries(ctx, paths)
	if err != nil {
		return nil, err
	}
	var plans []*plan
	var errs []error
	for i, f := range fixes {
		p := &plan{Change: f, full: paths[i], entry: entries[paths[i]]}
		if err := r.planFile(ctx, p); err != nil {
			errs = append(errs, &fs.PathError{Op: "fix", Path: f.Path, Err: err})
		}
		plans = append(plans, p)
	}
	return plans, errors.Join(errs...)
}

func (r *Repo) planFile(ctx context.Context, p *plan) error {
	switch p.entry.mode {
	case "":
		return errors.New("it is not in the index: git add it")
	case modeLink, modeSubmodule:
		return errors.New("it is staged as a symbolic link or a submodule, which has no lines to fix")
	}
	if p.entry.left {
		return errors.New("a sparse checkout leaves it out: git sparse-checkout add its directory")
	}
	var err error
	if p.codec, err = r.codecOf(ctx, p); err != nil {
		return err
	}
	content, err := r.read(p.Path)
	if err != nil || content == nil {
		return err
	}
	before, after := likeLines(p.Old, content), likeLines(p.New, content)
	merged, conflicts := merge(before, content, after)
	if len(conflicts) > 0 {
		return fmt.Errorf("line %s of the work tree's file: %w", strings.Join(conflicts, ", "), ErrUnstaged)
	}
	if !bytes.Equal(merged, content) {
		p.worktree = edit.Change{Path: p.Path, Old: content, New: merged}
	}
	return nil
}

// read gives a file of the work tree, nil if it is not there. Git does not look through links.
func (r *Repo) read(name string) ([]byte, error) {
	full := r.onDisk(name)
	dir, err := filepath.EvalSymlinks(filepath.Dir(full))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && dir != filepath.Dir(full):
		return nil, nil
	case err != nil:
		return nil, cause(err)
	}
	info, err := os.Lstat(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, cause(err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("it is no regular file in the work tree: %w", ErrUnstaged)
	}
	content, err := os.ReadFile(full)
	if err != nil {
		return nil, cause(err)
	}
	return append([]byte{}, content...), nil
}

// cause strips the operation and the path off a system error, which names the path in another form.
func cause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

func worktreeChanges(plans []*plan) []edit.Change {
	var out []edit.Change
	for _, p := range plans {
		if p.worktree.Old != nil {
			out = append(out, p.worktree)
		}
	}
	return out
}

// commit writes the work tree, then the index. If the index cannot be replaced the work tree gets back what it had.
func (r *Repo) commit(ctx context.Context, index *indexLock, changes []edit.Change) error {
	if err := edit.WriteAll(ctx, r.root, changes); err != nil {
		return err
	}
	err := index.commit()
	if err == nil {
		return nil
	}
	for i, c := range changes {
		changes[i].Old, changes[i].New = c.New, c.Old
	}
	if undo := edit.WriteAll(context.WithoutCancel(ctx), r.root, changes); undo != nil {
		return fmt.Errorf("%w; the work tree keeps the fixes: %w", err, undo)
	}
	return fmt.Errorf("%w (no file was written)", err)
}
