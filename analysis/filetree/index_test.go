package filetree

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func names(l *nameList) []string {
	var out []string
	for name, ok := l.seek(""); ok; name, ok = l.seek(name + "\x00") {
		out = append(out, name)
	}
	return out
}

func TestNameList(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	set := map[string]bool{}
	for range 2000 {
		set[strings.Repeat("ab/", r.IntN(4))+fmt.Sprint(r.IntN(1000))] = true
	}
	want := slices.Sorted(maps.Keys(set))
	var l nameList
	for _, name := range want {
		for range 2 {
			if !l.add([]byte(name)) {
				t.Fatalf("%s is refused", name)
			}
		}
	}
	if l.add([]byte("!")) {
		t.Error("a name out of order is taken")
	}
	if diff := cmp.Diff(want, names(&l)); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct {
		name       string
		has, below bool
	}{
		{want[0], true, false},
		{want[len(want)-1], true, false},
		{"ab", false, true},
		{"a", false, false},
		{"ab/ab/ab", false, true},
		{"b", false, false},
	} {
		if l.has(tt.name) != tt.has || l.hasBelow(tt.name) != tt.below {
			t.Errorf("%s: has %v, below %v", tt.name, l.has(tt.name), l.hasBelow(tt.name))
		}
	}
	var empty nameList
	if empty.has("") || empty.hasBelow("a") {
		t.Error("an empty list has names")
	}
}

// TestReadIndex reads what git writes, in each version and with both kinds of object names.
func TestReadIndex(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		for version := 2; version <= 4; version++ {
			t.Run(fmt.Sprint(format, version), func(t *testing.T) {
				root := t.TempDir()
				files := map[string]string{"a\nb/\xff": "", strings.Repeat("long/", 50) + "name": "", "z": ""}
				for i := range 200 {
					files[fmt.Sprintf("d%d/%s/BUILD", i%7, strings.Repeat("x", i%9)+fmt.Sprint(i))] = ""
				}
				write(t, root, files)
				git(t, root, "", "init", "-q", "--object-format="+format)
				git(t, root, "", "add", ".")
				git(t, root, "", "update-index", "--skip-worktree", "z", "d1/x1/BUILD")
				git(t, root, "", "update-index", "--index-version", fmt.Sprint(version))
				x, err := readIndex(filepath.Join(root, ".git/index"))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(slices.Sorted(maps.Keys(files)), names(&x.tracked)); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff([]string{"d1/x1/BUILD", "z"}, names(&x.left)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// TestSparse shows that what a sparse checkout left out is unknown.
func TestSparse(t *testing.T) {
	for _, sparseIndex := range []string{"--no-sparse-index", "--sparse-index"} {
		root := t.TempDir()
		write(t, root, map[string]string{"a/b/BUILD": "", "a/f": "", "c/d/BUILD": "", "e": ""})
		git(t, root, "", "init", "-q")
		git(t, root, "", "add", ".")
		git(t, root, "", "commit", "-qm", "x")
		git(t, root, "", "sparse-checkout", "init", "--cone", sparseIndex)
		git(t, root, "", "sparse-checkout", "set", "a/b")
		tree := open(t, root)
		for name, want := range map[string]State{
			"a/b/BUILD": File, "a/f": File, "e": File, "a/none": Absent, "g": Absent,
			"c": Unknown, "c/d": Unknown, "c/d/BUILD": Unknown,
		} {
			if got := tree.Stat(name); got != want {
				t.Errorf("%s: Stat(%s) = %v, want %v", sparseIndex, name, got, want)
			}
		}
		for dir, want := range map[string]bool{"": true, "a": false, "c": true, "a/b": false} {
			if got := tree.Sparse(dir); got != want {
				t.Errorf("%s: Sparse(%s) = %v, want %v", sparseIndex, dir, got, want)
			}
		}
		git(t, root, "", "sparse-checkout", "disable")
		if got := tree.With([]Change{{Path: "c/d", Op: Touched}}).Stat("c/d/BUILD"); got != File {
			t.Errorf("Stat gives %v for what was checked out since", got)
		}
	}
}

// TestWorkspaceInRepository has a workspace below the repository's top, and in a linked worktree.
func TestWorkspaceInRepository(t *testing.T) {
	root := filepath.Join(t.TempDir(), "top")
	write(t, root, map[string]string{
		".gitignore": "/ws/a\n*.log\nws/sub/no\nskip\n", "ws/.gitignore": "!b.log\n",
		"ws/a/x": "", "ws/b.log": "", "ws/c.log": "", "ws/sub/no/y": "", "ws/sub/a/x": "", "ws/kept.log": "",
		"skip/ws/x": "", "skip/ws/.gitignore": "x",
	})
	git(t, root, "", "init", "-q")
	git(t, root, "", "add", "-f", "ws/kept.log", ".gitignore", "ws/.gitignore")
	git(t, root, "", "commit", "-qm", "x")
	linked := filepath.Join(t.TempDir(), "linked")
	git(t, root, "", "worktree", "add", "-q", linked)
	write(t, root, map[string]string{".git/info/exclude": "*.tmp\n"})
	for _, ws := range []string{filepath.Join(root, "ws"), filepath.Join(linked, "ws")} {
		tree := open(t, ws)
		for name, want := range map[string]bool{
			"a": true, "a/x": true, "b.log": false, "c.log": true, "sub/no/y": true, "sub/a/x": false, "kept.log": false,
			"d.tmp": true,
		} {
			if got := tree.Ignored(name); got != want {
				t.Errorf("%s: Ignored(%s) = %v", ws, name, got)
			}
		}
	}
	tree := open(t, filepath.Join(root, "skip/ws"))
	if tree.Ignored("y.log") || !tree.Ignored("x") {
		t.Error("a workspace that is itself ignored is not judged by its own rules alone")
	}
}

func TestBrokenIndex(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{".gitignore": "out", "out/x": "", "a/x": ""})
	git(t, root, "", "init", "-q")
	write(t, root, map[string]string{".git/index": "DIRC????"})
	visited := 0
	err := open(t, root).Walk(context.Background(), []string{""}, nil, func(string, []Entry) error {
		visited++
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "malformed git index") || visited != 2 {
		t.Errorf("Walk visits %d and gives %v", visited, err)
	}
}

func FuzzIndex(f *testing.F) {
	head := "DIRC\x00\x00\x00%c\x00\x00\x00\x02"
	entry := strings.Repeat("\x00", 60) + "\x00\x01"
	tail := strings.Repeat("\x00", 20)
	pad := strings.Repeat("\x00", 9)
	f.Add([]byte(fmt.Sprintf(head, 2) + entry + "a" + pad + entry + "b" + pad + tail))
	f.Add([]byte(fmt.Sprintf(head, 4) + entry + "\x00ab\x00" + entry + "\x01c\x00" + tail))
	f.Add([]byte(fmt.Sprintf(head, 3) + strings.Repeat("\x00", 60) + "\x40\x01\x40\x00" + "a\x00" + entry + "b" + tail))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := parseIndex(bytes.NewReader(data), 20)
		if err != nil {
			return
		}
		all := names(&x.tracked)
		if !slices.IsSorted(all) {
			t.Errorf("not sorted: %q", all)
		}
		for _, name := range names(&x.left) {
			if !slices.Contains(all, name) {
				t.Errorf("%q is left out but not tracked", name)
			}
		}
	})
}

// FuzzRules matches with whatever rules; none may panic or take long.
func FuzzRules(f *testing.F) {
	f.Add("a*/**/[[:alpha:]-z]\n!\\", "a/b/c")
	f.Add("**/*a*a*a*/**/*b*b/**/[z-a]?\\/", "aaaaa/aaa/bbb/bb")
	f.Fuzz(func(_ *testing.T, lines, name string) {
		parseRules([]byte(lines)).match(name, true)
	})
}

func TestUnreadableIndexIsNoHang(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{".gitignore": "out", "out/x": "", ".git/HEAD": ""})
	if err := os.Mkdir(filepath.Join(root, ".git/index"), 0o777); err != nil {
		t.Fatal(err)
	}
	if !open(t, root).Ignored("out/x") {
		t.Error("not ignored")
	}
}
