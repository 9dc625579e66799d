package filetree

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answers gives what a tree says of everything.
func answers(t *testing.T, tree *Tree) []string {
	t.Helper()
	var out []string
	for _, dir := range walk(t, tree, "") {
		out = append(out, dir+": "+list(t, tree, dir))
	}
	out = append(out, tree.Glob("", []string{"**"}, nil)...)
	for _, a := range []string{"a", "b", "c", "a/b", "b/a/c", "c/c/c"} {
		out = append(out, fmt.Sprint(a, tree.Stat(a), tree.Ignored(a), list(t, tree, a)))
	}
	return out
}

// change does something random to a path below root, and gives the path that a watcher would tell of.
func change(r *rand.Rand, root string) string {
	names := []string{"a", "b", "c"}
	name := names[r.IntN(3)]
	for range r.IntN(3) {
		name = join(name, names[r.IntN(3)])
	}
	full := filepath.Join(root, name)
	switch r.IntN(5) {
	case 0:
		_ = os.RemoveAll(full)
	case 1:
		_ = os.MkdirAll(full, 0o777) // fails if something above is a file, and so does what follows
		name = join(name, ".gitignore")
		_ = os.WriteFile(filepath.Join(root, name), []byte(names[r.IntN(3)]+"\n"), 0o666)
	case 2: // a directory that comes with all that is in it, and is told of as one
		_ = os.RemoveAll(full)
		_ = os.MkdirAll(filepath.Join(full, names[r.IntN(3)]), 0o777)
		_ = os.WriteFile(filepath.Join(full, "z"), nil, 0o666)
	default:
		_ = os.MkdirAll(filepath.Dir(full), 0o777)
		_ = os.WriteFile(full, nil, 0o666)
	}
	return name
}

// TestWithLikeFresh changes files on disk at random and compares with a tree that never saw what was before.
func TestWithLikeFresh(t *testing.T) {
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 4))
		root := t.TempDir()
		tree := open(t, root)
		for i := range 40 {
			var changes []Change
			for range 1 + r.IntN(3) {
				changes = append(changes, Change{Path: change(r, root), Op: Touched})
			}
			tree = tree.With(changes)
			if r.IntN(2) == 0 { // else some of it is cached and some not
				_ = list(t, tree, changes[0].Path)
				continue
			}
			if diff := cmp.Diff(answers(t, open(t, root)), answers(t, tree)); diff != "" {
				t.Fatalf("seed %d, step %d, %v: fresh -, ours +:\n%s", seed, i, changes, diff)
			}
		}
	}
}

// TestWithKeepsOld shows that a snapshot keeps the listings that it has.
func TestWithKeepsOld(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a/x": "", "b/x": ""})
	old := open(t, root)
	before := answers(t, old)
	write(t, root, map[string]string{"a/y": "", "c/z": ""})
	next := old.With([]Change{{Path: "a/y", Op: Touched}, {Path: "c/z", Op: Touched}})
	if got, want := list(t, next, "a")+list(t, next, "c"), "x yz"; got != want {
		t.Errorf("next lists %q, want %q", got, want)
	}
	if diff := cmp.Diff(before[:3], answers(t, old)[:3]); diff != "" {
		t.Error(diff)
	}
	if list(t, old.With([]Change{{Path: "", Op: Touched}}), "") != "a/ b/ c/" {
		t.Error("a touched root is not listed anew")
	}
}

func BenchmarkWith(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("d%d/e%d/BUILD", i%100, i)] = ""
		}
		tree := FromMap(files)
		tree.Glob("", []string{"**"}, nil)
		for name, op := range map[string]Op{"touch": Touched, "overlay": SetOverlay} {
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					tree.With([]Change{{Path: "d7/e7/BUILD", Op: op}})
				}
			})
		}
	}
}
