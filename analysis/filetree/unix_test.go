//go:build unix

package filetree

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipe shows that a pipe that nobody writes to makes nothing wait.
func TestPipe(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a/f": ""})
	if err := syscall.Mkfifo(filepath.Join(root, "a/BUILD"), 0o666); err != nil {
		t.Skip(err)
	}
	if err := syscall.Mkfifo(filepath.Join(root, ".gitignore"), 0o666); err != nil {
		t.Skip(err)
	}
	symlink(t, "BUILD", filepath.Join(root, "a/link"))
	tree := open(t, root)
	for _, name := range []string{"a/BUILD", "a/link"} {
		want := "read " + name + ": neither a file nor a directory (a pipe, socket or device)"
		if got := read(tree, name); got != want {
			t.Errorf("Read gives %q", got)
		}
		if got, want := list(t, tree, name), "list "+name+": not a directory"; got != want {
			t.Errorf("Dir gives %q", got)
		}
		if tree.Stat(name) != File || tree.Ignored(name) {
			t.Errorf("%s is %v", name, tree.Stat(name))
		}
	}
	if got := list(t, tree, "a"); got != "BUILD f link@" {
		t.Errorf("Dir gives %q", got)
	}
}
