package filetree

import (
	"errors"
	"io/fs"
	"syscall"
)

var (
	// ErrOutside says that a path, or a link on its way, leads out of the root.
	ErrOutside = errors.New("leads out of the workspace root")

	errLink       = errors.New("is a link") // the last component, which a source does not follow
	errIsDir      = errors.New("is a directory")
	errNotDir     = errors.New("not a directory")
	errNotRegular = errors.New("neither a file nor a directory (a pipe, socket or device)")
	errTooLarge   = errors.New("larger than 256 megabytes")
)

// absent reports whether an error says that nothing is there, rather than that it cannot be told.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNotDir) || errors.Is(err, syscall.ENOTDIR) ||
		errors.Is(err, syscall.ELOOP) || errors.Is(err, syscall.ENAMETOOLONG) || errors.Is(err, syscall.EINVAL)
}

// pathError names the path by which the caller knows the file, not where that is on this machine.
func pathError(op, name string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	if name == "" {
		name = "."
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}
