package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// write writes the fixed files. It reports whether fixing is to start anew without those that could not be written.
func (l *linter) write(ctx context.Context, r *repair, o *outcome) (again bool, err error) {
	files := o.fixing.Files
	if len(files) == 0 {
		return false, nil
	}
	changes := make([]edit.Change, len(files))
	for i, f := range files {
		changes[i] = edit.Change{Path: f.Path, Old: f.Old, New: f.New}
	}
	err = r.apply(ctx, changes)
	switch {
	case err == nil:
		l.noteFixed("fixed", o.fixing)
		return false, nil
	case ctx.Err() != nil:
		return false, ctx.Err()
	}
	if l.barUnfixable(r, files, err) {
		return true, nil
	}
	l.tell(err)
	rest, err := l.unfixed(ctx, r)
	if err == nil {
		*o = *rest
	}
	return false, err
}

// apply writes the fixed files: to the index too, if what is staged was linted.
func (r *repair) apply(ctx context.Context, changes []edit.Change) error {
	if c := r.scope.change; c != nil && c.staged {
		return c.repo.FixStaged(ctx, changes)
	}
	return edit.WriteAll(ctx, r.subject.Root, changes)
}

// barUnfixable bars the files that keep the others from being written, and reports whether that is all that is wrong.
func (l *linter) barUnfixable(r *repair, files []analysis.FixedFile, err error) bool {
	if c := r.scope.change; c != nil && c.staged {
		return l.barRefused(r, files, err)
	}
	path, ok := unwritable(err)
	if ok {
		l.bar(r, files, path, err)
	}
	return ok
}

// barRefused bars the files that cannot be fixed in the index. The error names all of them.
func (l *linter) barRefused(r *repair, files []analysis.FixedFile, err error) bool {
	refused, other := fileErrors(err)
	if other != nil || slices.ContainsFunc(refused, func(e analysis.FileError) bool {
		return !slices.ContainsFunc(files, func(f analysis.FixedFile) bool { return f.Path == e.Path })
	}) {
		return false
	}
	for _, e := range refused {
		r.barred[e.Path] = true
		l.tellFile(analysis.FileError{Path: e.Path, Err: fmt.Errorf("it is left as it is: %w", e.Err)})
	}
	return len(refused) > 0
}

// unwritable returns the file that keeps the others from being written, if that is all that is wrong.
func unwritable(err error) (path string, ok bool) {
	for _, reason := range []error{edit.ErrChanged, edit.ErrOutside, fs.ErrPermission} {
		var pathError *fs.PathError
		if errors.Is(err, reason) && errors.As(err, &pathError) {
			return pathError.Path, true
		}
	}
	return "", false
}

// bar tells of a file that could not be written, and of those that could not either, and bars them.
func (l *linter) bar(r *repair, files []analysis.FixedFile, path string, err error) {
	for _, f := range files {
		reason := cause(err)
		if f.Path != path {
			reason = writable(filepath.Join(r.subject.Root, filepath.FromSlash(f.Path)), f.Old)
		}
		if reason != nil {
			r.barred[f.Path] = true
			l.tellFile(analysis.FileError{Path: f.Path, Err: fmt.Errorf("it is left as it is: %w", reason)})
		}
	}
}

// writable says why a file cannot be written that is to have the content old.
func writable(name string, old []byte) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return cause(err)
	}
	defer func() { _ = f.Close() }() // nothing was written to it
	info, err := f.Stat()
	if err != nil {
		return cause(err)
	}
	if info.Mode().Perm()&0o222 == 0 {
		return fs.ErrPermission
	}
	content, err := io.ReadAll(f)
	if err != nil {
		return cause(err)
	}
	if !bytes.Equal(content, old) {
		return edit.ErrChanged
	}
	return nil
}
