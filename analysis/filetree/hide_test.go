package filetree

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func hide(paths ...string) []Change {
	var changes []Change
	for _, p := range paths {
		changes = append(changes, Change{Path: p, Op: Hide})
	}
	return changes
}

func TestHide(t *testing.T) {
	both(t, map[string]string{"a/BUILD": "x", "a/b/c.py": "y", "f": ""}, func(t *testing.T, tree *Tree) {
		_ = walk(t, tree, "") // half of what follows comes from listings
		hidden := tree.With(hide("a/BUILD", "a/b"))
		for _, tt := range []struct {
			what, before, after string
			f                   func(*Tree) string
		}{
			{"a", "BUILD b/", "", func(tree *Tree) string { return list(t, tree, "a") }},
			{"walk", "[ a a/b]", "[ a]", func(tree *Tree) string { return fmt.Sprint(walk(t, tree, "")) }},
			{"glob", "[a/BUILD a/b/c.py f]", "[f]", func(tree *Tree) string {
				return fmt.Sprint(tree.Glob("", []string{"**"}, nil))
			}},
			{"named", "true", "false", func(tree *Tree) string { return fmt.Sprint(tree.Match1("a", "b/c.py")) }},
			{"stat", "file dir file dir", "absent absent absent dir", func(tree *Tree) string {
				return fmt.Sprint(tree.Stat("a/BUILD"), " ", tree.Stat("a/b"), " ", tree.Stat("a/b/c.py"), " ", tree.Stat("a"))
			}},
		} {
			shown := hidden.With([]Change{{Path: "a/BUILD", Op: RemoveOverlay}, {Path: "a/b", Op: RemoveOverlay}})
			got := []string{tt.f(tree), tt.f(hidden), tt.f(shown), tt.f(tree)}
			if diff := cmp.Diff([]string{tt.before, tt.after, tt.before, tt.before}, got); diff != "" {
				t.Errorf("%s: want -, got +:\n%s", tt.what, diff)
			}
		}
		for _, name := range []string{"a/BUILD", "a/b", "a/b/c.py"} {
			if _, err := hidden.Read(name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("Read(%q) gives %v", name, err)
			}
		}
		if _, err := hidden.Dir("a/b"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Dir gives %v", err)
		}
	})
}

// TestHideAndOverlay holds that overlays stand out of what is hidden.
func TestHideAndOverlay(t *testing.T) {
	tree := FromMap(map[string]string{"a/x": "disk", "a/y": "", "b": ""})
	tree = tree.With(append(hide("a", "b"), Change{Path: "a/x", Overlay: []byte("over")}))
	if got := list(t, tree, "") + "; " + list(t, tree, "a") + "; " + read(tree, "a/x"); got != "a/; x; over" {
		t.Errorf("the tree is %s", got)
	}
	tree = tree.With([]Change{{Path: "b", Overlay: []byte("b")}, {Path: "a/x", Op: Hide}})
	if got := list(t, tree, "") + "; " + read(tree, "b"); got != "b; b" {
		t.Errorf("the tree is %s", got)
	}
}

// TestHideLinks holds that a link to what is hidden leads nowhere.
func TestHideLinks(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"real/x": "x", "real/d/y": "y"})
	symlink(t, "real", filepath.Join(root, "dir"))
	symlink(t, "real/x", filepath.Join(root, "file"))
	tree := open(t, root).With(hide("real/x", "real/d"))
	if got := list(t, tree, "") + "; " + list(t, tree, "dir"); got != "dir/@ real/; " {
		t.Errorf("the tree is %s", got)
	}
	for _, name := range []string{"file", "dir/x", "dir/d", "dir/d/y"} {
		if got := tree.Stat(name); got != Absent {
			t.Errorf("%s is %v", name, got)
		}
		if _, err := tree.Read(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Read(%q) gives %v", name, err)
		}
	}
}

// TestHideLikeRemoved hides and overlays paths at random and compares with a tree that has them so on disk.
func TestHideLikeRemoved(t *testing.T) {
	for seed := range 60 {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		root := t.TempDir()
		plant(t, r, root)
		tree := open(t, root)
		_ = answers(t, tree)
		hidden, over := map[string]bool{}, map[string]string{}
		for range 20 {
			var changes []Change
			for range 1 + r.IntN(3) {
				c := randomOverlay(r)
				changes = append(changes, c)
				delete(hidden, c.Path)
				delete(over, c.Path)
				switch c.Op {
				case Hide:
					hidden[c.Path] = true
				case SetOverlay:
					over[c.Path] = string(c.Overlay)
				}
			}
			tree = tree.With(changes)
			want := t.TempDir()
			plant(t, rand.New(rand.NewPCG(uint64(seed), 5)), want)
			for name := range hidden {
				_ = os.RemoveAll(filepath.Join(want, name))
			}
			write(t, want, over)
			if diff := cmp.Diff(answers(t, open(t, want)), plainErrors(answers(t, tree))); diff != "" {
				t.Fatalf("seed %d, hidden %v, overlays %v: on disk -, ours +:\n%s", seed, hidden, over, diff)
			}
		}
	}
}

// plainErrors words errors as the system does.
func plainErrors(answers []string) []string {
	for i, a := range answers {
		answers[i] = strings.Replace(a, fs.ErrNotExist.Error(), "no such file or directory", 1)
	}
	return answers
}

// plant makes files: directories are called a, b and c; files x, y and z.
func plant(t *testing.T, r *rand.Rand, root string) {
	t.Helper()
	files := map[string]string{}
	for range 12 {
		files[randomFile(r)] = "disk"
	}
	write(t, root, files)
}

func randomFile(r *rand.Rand) string { return join(randomDir(r), string("xyz"[r.IntN(3)])) }

func randomDir(r *rand.Rand) string {
	dir := ""
	for range r.IntN(4) {
		dir = join(dir, string("abc"[r.IntN(3)]))
	}
	return dir
}

func randomOverlay(r *rand.Rand) Change {
	dir := randomDir(r)
	switch n := r.IntN(6); {
	case n == 0 && dir != "":
		return Change{Path: dir, Op: Hide}
	case n == 1 && dir != "":
		return Change{Path: dir, Op: RemoveOverlay}
	case n == 2:
		return Change{Path: randomFile(r), Op: RemoveOverlay}
	case n == 3:
		return Change{Path: randomFile(r), Overlay: []byte("over"), Op: SetOverlay}
	}
	return Change{Path: randomFile(r), Op: Hide}
}
