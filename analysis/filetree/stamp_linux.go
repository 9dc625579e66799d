package filetree

import "syscall"

func (d disk) stamp(name string) (Stamp, bool) {
	var st syscall.Stat_t
	if err := syscall.Lstat(d.path(name), &st); err != nil {
		return Stamp{}, false
	}
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFREG, syscall.S_IFDIR:
		return Stamp{Size: st.Size, Modified: st.Mtim.Nano(), Changed: st.Ctim.Nano(), Inode: st.Ino}, true
	}
	return Stamp{}, false
}
