package filetree

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An observation is what somebody was told, by paths relative to the directory above the root.
type observation struct {
	t    *testing.T
	base string

	mu   sync.Mutex
	told map[string]Access
}

func (o *observation) observe(a Access) {
	o.mu.Lock()
	defer o.mu.Unlock()
	rel, err := filepath.Rel(o.base, a.Path)
	if err != nil {
		o.t.Error(err)
	}
	key := [...]string{"content ", "stat ", "follow "}[a.Op] + filepath.ToSlash(rel)
	if before, ok := o.told[key]; ok && before != a {
		o.t.Errorf("%s: %v, and before %v", key, a, before)
	}
	o.told[key] = a
}

// observed returns the tree of base/ws, and what it tells.
func observed(t *testing.T) (*Tree, *observation) {
	t.Helper()
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, base, map[string]string{
		".git/HEAD": "", ".git/info/exclude": "y\n", ".gitignore": "z\n", ".gitmodules": "[submodule \"s\"]\n  path = ws/s\n",
		"ws/a/f": "x", "ws/a/b/g": "y", "ws/.gitignore": "no\n", "ws/s/x": "", "config": "",
	})
	symlink(t, "none", filepath.Join(base, "ws/a/dangling"))
	symlink(t, "a", filepath.Join(base, "ws/dir"))
	symlink(t, "../config", filepath.Join(base, "ws/out"))
	o := &observation{t: t, base: base, told: map[string]Access{}}
	tree, err := NewObserved(filepath.Join(base, "ws"), o.observe)
	if err != nil {
		t.Fatal(err)
	}
	return tree, o
}

// TestObserve holds that whoever observes a tree is told of all that it looks at, with answers that come again when the
// same is asked.
func TestObserve(t *testing.T) {
	skipWithoutStamps(t)
	tree, o := observed(t)
	walk(t, tree, "")
	for _, name := range []string{"a/f", "a/none", "a", "dir/f", "dir/none", "out", "a/f/x", "a/dangling"} {
		_, _ = tree.Read(name) // some are not there
		tree.Stat(name)
	}
	tree.Ignored("no")
	tree.Sparse("s")
	tree.Consult(filepath.Join(o.base, "ws/out"))
	tree.Consult(filepath.Join(o.base, "missing"))
	for _, key := range []string{
		"follow ws", "content ws", "content ws/a", "content ws/a/b", "stat ws/a/dangling", "stat ws/dir", "stat ws/out",
		"content ws/a/f", "stat ws/a/none", "stat ws/a", "follow ws/dir/f", "follow ws/out", "content config",
		"follow missing", "content ws/.gitignore", "stat .git", "stat .git/HEAD", "content .git/info/exclude",
		"stat .git/info/sparse-checkout", "stat .git/commondir", "stat .git/index", "content .gitignore",
		"content .gitmodules", "content ws/s", "stat ws/.git",
	} {
		if _, ok := o.told[key]; !ok {
			t.Errorf("nobody is told of %s", key)
		}
	}
	for key, a := range o.told {
		if a.Unclear {
			t.Errorf("%s is unclear", key)
		}
		if diff := cmp.Diff(a, Repeat(a.Op, a.Path)); diff != "" {
			t.Errorf("%s: first -, again +:\n%s", key, diff)
		}
	}
}

// TestObserveUnclear holds that what may give another content under the same answer is told to be unclear.
func TestObserveUnclear(t *testing.T) {
	skipWithoutStamps(t)
	tree, o := observed(t)
	if os.Geteuid() != 0 {
		if err := os.Chmod(filepath.Join(o.base, "ws/a"), 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(filepath.Join(o.base, "ws/a"), 0o700) })
		_, _ = tree.Dir("a")
		if !o.told["stat ws/a"].Unclear {
			t.Errorf("%v", o.told["stat ws/a"])
		}
	}
	tree.Consult(os.DevNull)
	if r, w, err := os.Pipe(); err == nil {
		defer func() { _, _ = r.Close(), w.Close() }()
		pipe := fmt.Sprintf("/proc/self/fd/%d", r.Fd())
		tree.Consult(pipe)
		if rel, _ := filepath.Rel(o.base, pipe); runtime.GOOS == "linux" && !o.told["stat "+rel].Unclear {
			t.Error("a pipe has a content")
		}
	}
	unclear := 0
	for _, a := range o.told {
		if a.Unclear {
			unclear++
		}
	}
	if unclear == 0 {
		t.Error("a device has a content")
	}
	if a := Repeat(255, o.base); !a.Unclear {
		t.Errorf("an unknown question has the answer %v", a)
	}
}

// TestNotObserved holds that a tree that nobody observes can be consulted, too.
func TestNotObserved(t *testing.T) {
	open(t, t.TempDir()).Consult("x")
	FromMap(nil).Consult("x")
}
