package filetree

import "testing"

// TestSubmodules shows that what is in a submodule is unknown until it is checked out.
func TestSubmodules(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{
		".gitmodules": "[submodule \"a\"]\n\tpath = a/sub\n\turl = u\n[submodule \"b\"]\n\tpath = b\n" +
			"[submodule \"out\"]\n\tpath = ../out\n",
		"a/BUILD": "", "b/x.py": "", "c/BUILD": "",
	})
	for _, repository := range []bool{false, true} {
		if repository {
			git(t, root, "", "init", "-q")
		}
		tree := open(t, root)
		for name, want := range map[string]State{
			"a/sub": Unknown, "a/sub/x.py": Unknown, "a/x.py": Absent, "a/subs": Absent, "b/x.py": File, "b/y.py": Absent,
			"c/x.py": Absent,
		} {
			if got := tree.Stat(name); got != want {
				t.Errorf("repository %v: Stat(%s) = %v, want %v", repository, name, got, want)
			}
		}
		for dir, want := range map[string]bool{"": true, "a": true, "a/sub": true, "b": false, "c": false} {
			if got := tree.Sparse(dir); got != want {
				t.Errorf("repository %v: Sparse(%s) = %v, want %v", repository, dir, got, want)
			}
		}
		below := open(t, root+"/a")
		if got := below.Stat("sub/x.py"); got != Unknown && repository {
			t.Errorf("Stat in a workspace below the top gives %v", got)
		}
	}
}
