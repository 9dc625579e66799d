package filetree

import "syscall"

// timesOf gives when a file was modified and when it was changed, in nanoseconds since 1970.
func timesOf(st *syscall.Stat_t) (modified, changed int64) {
	return st.Mtimespec.Nano(), st.Ctimespec.Nano()
}
