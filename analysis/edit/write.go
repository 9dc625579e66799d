package edit

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// Why a file is not written; the errors of [WriteFile] and [WriteAll] wrap one of these or the system's.
var (
	// ErrChanged says that a file no longer holds the bytes that the new content was made from.
	ErrChanged = errors.New("the file changed since it was read")
	// ErrOutside says that a path or a symbolic link leads out of the workspace.
	ErrOutside = errors.New("the path leads out of the workspace")
)

// A Change replaces the whole content of an existing file.
type Change struct {
	Path     string // relative to the root, with slashes
	Old, New []byte // what the file must hold, and what it will
}

// WriteFile replaces the content before of one file below the directory root by after; see [WriteAll].
func WriteFile(root, path string, before, after []byte) error {
	return WriteAll(context.Background(), root, []Change{{Path: path, Old: before, New: after}})
}

// WriteAll replaces the contents of files below the directory root, all or none.
//
// The new contents are first written to temporary files beside the old ones, named .NAME.buildlint-XXXX.tmp, and
// flushed to disk. Then all files are compared with their old contents, and the temporary ones are renamed over them
// one after another. If that fails midway, the files already replaced get back their former files, with all that
// belongs to them; the error says so. If ctx is cancelled before the first renaming, nothing is written; afterwards
// WriteAll finishes. Only the death of the process in between can leave some files replaced and others not, and
// temporary files behind; each file is whole even then. Two processes that write below the same root take turns where
// the system has advisory locks.
//
// A file keeps its permissions, and its owner and group where the system lets us; extended attributes are not copied.
// A symbolic link stays, and the file that it leads to is replaced if that lies below root. A hard link does not stay:
// the other names of the file, which may lie anywhere, keep the old content. A file without any permission to write,
// or that this process may not write, is refused.
//
// The error wraps an [*fs.PathError] with the path of the Change that failed, or with the root. If it is about a
// temporary file alone that cannot be removed, all files were replaced.
func WriteAll(ctx context.Context, root string, changes []Change) (err error) {
	tx, err := begin(root, len(changes))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tx.end()) }()

	if err := tx.prepare(ctx, changes); err != nil {
		return tx.nothingWritten(err)
	}
	return tx.commit()
}

// failed says that the file at path was not written because of err.
func failed(path string, err error) error {
	return &fs.PathError{Op: "write", Path: path, Err: err}
}

// cause strips the operation and the path off a system error: the path is absolute or a temporary file's.
func cause(err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &linkErr):
		return linkErr.Err
	}
	return err
}
