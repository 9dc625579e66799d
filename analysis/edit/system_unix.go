//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package edit

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives f the owner and group that info says. Only the superuser may give a file away, and others may do
// without: if it is refused, the group alone is tried.
func keepOwner(f *os.File, info fs.FileInfo) {
	want, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	if err := f.Chown(int(want.Uid), int(want.Gid)); err != nil {
		_ = f.Chown(-1, int(want.Gid))
	}
}

// tryLock locks the open directory f until it is closed; false if another process holds the lock.
func tryLock(f *os.File) bool {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return !errors.Is(err, syscall.EWOULDBLOCK) // any other error: this file system has no locks
}
