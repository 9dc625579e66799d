//go:build !unix

package filetree

import (
	"io/fs"
	"os"
)

// openFile opens a file for reading; errLink where the last component is a link.
func openFile(full string) (*os.File, error) {
	info, err := os.Lstat(full)
	switch {
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, errLink
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, errNotRegular
	}
	return os.Open(full)
}

// openDir opens a directory.
func openDir(full string) (*os.File, error) { return os.Open(full) }
