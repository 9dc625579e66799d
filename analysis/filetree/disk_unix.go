//go:build unix

package filetree

import (
	"errors"
	"os"
	"syscall"
)

// openFile opens a file for reading; errLink where the last component is a link. It never waits for the other end of a
// pipe.
func openFile(full string) (*os.File, error) {
	f, err := os.OpenFile(full, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if errors.Is(err, syscall.ELOOP) || errors.Is(err, syscall.EMLINK) {
		return nil, errLink
	}
	return f, err
}

// openDir opens a directory, and nothing else.
func openDir(full string) (*os.File, error) {
	return os.OpenFile(full, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
}
