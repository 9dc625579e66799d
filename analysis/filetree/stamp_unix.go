//go:build linux || darwin

package filetree

import (
	"io/fs"
	"syscall"
)

// lstatStamp gives the stamp of a file or directory.
func lstatStamp(full string) (Stamp, bool) {
	var st syscall.Stat_t
	if err := syscall.Lstat(full, &st); err != nil {
		return Stamp{}, false
	}
	return stampOfStat(&st)
}

// infoStamp is lstatStamp for what was opened.
func infoStamp(info fs.FileInfo) (Stamp, bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return Stamp{}, false
	}
	return stampOfStat(st)
}

func stampOfStat(st *syscall.Stat_t) (Stamp, bool) {
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFREG, syscall.S_IFDIR:
		modified, changed := timesOf(st)
		return Stamp{Size: st.Size, Modified: modified, Changed: changed, Inode: st.Ino}, true
	}
	return Stamp{}, false
}
