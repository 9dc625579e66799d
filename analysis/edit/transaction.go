package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// lockTimeout is how long a transaction waits for another process to finish its own, which takes milliseconds.
const lockTimeout = time.Minute

// A transaction replaces files below a root, all or none.
type transaction struct {
	dir      string   // the root without symbolic links
	root     *os.Root // the same, which no path escapes even if links change meanwhile
	files    []*stagedFile
	byTarget map[string]*stagedFile
	held     *os.File // the root, locked; nil if it is not
	single   bool     // there is but one file
}

// A stagedFile is a file whose new content lies ready beside it.
type stagedFile struct {
	Change
	info   fs.FileInfo // the file before the change
	target string      // the file itself, behind all links, relative to the root
	temp   string      // holds the new content; "" once it is renamed
	backup string      // another name of the former file, "" if there is none
}

func begin(root string, files int) (*transaction, error) {
	dir, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &transaction{dir: dir, root: r, byTarget: make(map[string]*stagedFile), single: files == 1}, nil
}

// end removes what the transaction leaves beside the files, and lets the next one begin.
func (tx *transaction) end() error {
	var errs []error
	for _, f := range tx.files {
		errs = append(errs, tx.remove(f.temp), tx.remove(f.backup))
	}
	if tx.held != nil {
		errs = append(errs, tx.held.Close())
	}
	return errors.Join(append(errs, tx.root.Close())...)
}

func (tx *transaction) remove(temp string) error {
	if temp == "" {
		return nil
	}
	if err := tx.root.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the temporary file %s is left: %w", temp, cause(err))
	}
	return nil
}

// prepare does all that can be done before the first file is replaced.
func (tx *transaction) prepare(ctx context.Context, changes []Change) error {
	for _, c := range changes {
		if err := ctx.Err(); err != nil {
			return failed(c.Path, err)
		}
		if err := tx.stage(c); err != nil {
			return failed(c.Path, err)
		}
	}
	if err := tx.lock(ctx); err != nil {
		return err
	}
	for _, f := range tx.files {
		if _, err := tx.check(f.target, f.Old); err != nil {
			return failed(f.Path, err)
		}
	}
	return nil
}

// stage writes the new content of c beside its file.
func (tx *transaction) stage(c Change) error {
	target, err := tx.resolve(c.Path)
	if err != nil {
		return err
	}
	if f, ok := tx.byTarget[target]; ok {
		if !bytes.Equal(f.Old, c.Old) || !bytes.Equal(f.New, c.New) {
			return fmt.Errorf("the same file is to be written differently as %s", f.Path)
		}
		return nil
	}
	info, err := tx.check(target, c.Old)
	if err != nil {
		return err
	}
	temp, err := tx.create(target, c.New, info)
	if err != nil {
		return err
	}
	f := &stagedFile{Change: c, info: info, target: target, temp: temp}
	tx.files = append(tx.files, f)
	tx.byTarget[target] = f
	return nil
}

// resolve returns the file behind path and all links, relative to the root.
func (tx *transaction) resolve(path string) (string, error) {
	local := filepath.FromSlash(path)
	if !filepath.IsLocal(local) {
		return "", ErrOutside
	}
	target, err := filepath.EvalSymlinks(filepath.Join(tx.dir, local))
	if err != nil {
		return "", missing(err)
	}
	target, err = filepath.Rel(tx.dir, target)
	if err != nil || !filepath.IsLocal(target) {
		return "", ErrOutside
	}
	return target, nil
}

// check says whether the file may be written and holds the content old.
func (tx *transaction) check(name string, old []byte) (fs.FileInfo, error) {
	info, err := tx.root.Lstat(name)
	if err != nil {
		return nil, missing(err)
	}
	switch {
	case info.IsDir():
		return nil, errors.New("it is a directory")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file")
	case info.Mode().Perm()&0o222 == 0:
		return nil, fmt.Errorf("the file is read-only (mode %04o): %w", info.Mode().Perm(), fs.ErrPermission)
	}
	f, err := tx.root.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, missing(err)
	}
	defer func() { _ = f.Close() }() // nothing was written to it
	content, err := io.ReadAll(io.LimitReader(f, int64(len(old))+1))
	if err != nil {
		return nil, cause(err)
	}
	if !bytes.Equal(content, old) {
		return nil, ErrChanged
	}
	return info, nil
}

// missing is cause, but that a missing file is one that changed.
func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrChanged, fs.ErrNotExist)
	}
	return cause(err)
}

// commit replaces the files.
func (tx *transaction) commit() error {
	for i, f := range tx.files {
		if err := tx.replace(f); err != nil {
			return tx.rollBack(tx.files[:i], failed(f.Path, err))
		}
	}
	return nil
}

// replace renames the new content over the file.
func (tx *transaction) replace(f *stagedFile) error {
	if _, err := tx.check(f.target, f.Old); err != nil {
		return err
	}
	if !tx.single {
		if err := tx.backUp(f); err != nil {
			return err
		}
	}
	if err := tx.root.Rename(f.temp, f.target); err != nil {
		return cause(err)
	}
	f.temp = ""
	return nil
}

// lock waits until no other process replaces files below the same root. Where there are no locks it does nothing: the
// comparison with the old content right before each renaming is then all the protection there is.
func (tx *transaction) lock(ctx context.Context) error {
	dir, err := tx.root.Open(".")
	if err != nil {
		return err
	}
	tx.held = dir
	ctx, cancel := context.WithTimeoutCause(ctx, lockTimeout, errors.New("another process is writing there"))
	defer cancel()
	for !tryLock(dir) {
		select {
		case <-ctx.Done():
			return &fs.PathError{Op: "lock", Path: tx.dir, Err: context.Cause(ctx)}
		case <-time.After(5 * time.Millisecond):
		}
	}
	if err := ctx.Err(); err != nil {
		return &fs.PathError{Op: "lock", Path: tx.dir, Err: err}
	}
	return nil
}
