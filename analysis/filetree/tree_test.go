package filetree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func list(t *testing.T, tree *Tree, dir string) string {
	t.Helper()
	entries, err := tree.Dir(dir)
	if err != nil {
		return err.Error()
	}
	var names []string
	for _, e := range entries {
		name := e.Name
		if e.Dir {
			name += "/"
		}
		if e.Link {
			name += "@"
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func read(tree *Tree, name string) string {
	data, err := tree.Read(name)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// both runs a test on the same files on disk and from a map.
func both(t *testing.T, files map[string]string, f func(*testing.T, *Tree)) {
	t.Run("map", func(t *testing.T) { f(t, FromMap(files)) })
	t.Run("disk", func(t *testing.T) {
		root := t.TempDir()
		write(t, root, files)
		f(t, open(t, root))
	})
}

func TestLookups(t *testing.T) {
	both(t, map[string]string{"BUILD": "x", "a/BUILD": "y", "a/b/c.py": "z", "e/": ""}, func(t *testing.T, tree *Tree) {
		for _, tt := range []struct{ dir, want string }{
			{"", "BUILD a/ e/"},
			{".", "BUILD a/ e/"},
			{"a/", "BUILD b/"},
			{"a/../a/b", "c.py"},
			{"e", ""},
			{"x", "list x: file does not exist"},
			{"../x", "list ../x: leads out of the workspace root"},
			{"/a", "list /a: leads out of the workspace root"},
			{"BUILD", "list BUILD: not a directory"},
		} {
			got := list(t, tree, tt.dir)
			got = strings.Replace(got, "no such file or directory", "file does not exist", 1)
			if got != tt.want {
				t.Errorf("Dir(%q) = %q, want %q", tt.dir, got, tt.want)
			}
		}
		for _, tt := range []struct {
			path string
			want State
		}{
			{"", Dir}, {"a", Dir}, {"e", Dir}, {"a/BUILD", File}, {"a/x", Absent}, {"x/y/z", Absent}, {"BUILD/x", Absent},
			{"../x", Unknown}, {"a/" + strings.Repeat("x", 10000), Absent}, {"a\x00b", Unknown},
		} {
			for range 2 { // from the disk, then from a listing
				if got := tree.Stat(tt.path); got != tt.want {
					t.Errorf("Stat(%.20q) = %v, want %v", tt.path, got, tt.want)
				}
				_, _ = tree.Dir(parent(tt.path))
			}
		}
		if got := read(tree, "a/b/c.py"); got != "z" {
			t.Errorf("Read gives %q", got)
		}
		if got := read(tree, "a"); got != "read a: is a directory" {
			t.Errorf("Read of a directory gives %q", got)
		}
		if _, err := tree.Read("a/none"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Read of nothing gives %v", err)
		}
	})
}

func TestNewErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"f": ""})
	for _, root := range []string{filepath.Join(dir, "none"), filepath.Join(dir, "f")} {
		if _, err := New(root); err == nil {
			t.Errorf("New(%s) succeeds", root)
		}
	}
}

func TestOddNames(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a\nb/\xff\xfe.py": "x", "a\nb/BUILD": "", "[x]*/{y}.py": ""})
	tree := open(t, root)
	if got := tree.Glob("", []string{"**/*.py"}, nil); !slices.Equal(got, []string{"[x]*/{y}.py", "a\nb/\xff\xfe.py"}) {
		t.Errorf("Glob gives %q", got)
	}
	if got := read(tree, "a\nb/\xff\xfe.py"); got != "x" {
		t.Errorf("Read gives %q", got)
	}
	if got := tree.Glob("[x]*", []string{"\\{y\\}.py"}, nil); !slices.Equal(got, []string{"[x]*/{y}.py"}) {
		t.Errorf("Glob gives %q", got)
	}
}

func symlink(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		t.Skip(err)
	}
}

func TestLinks(t *testing.T) {
	outside := t.TempDir()
	write(t, outside, map[string]string{"secret": "s", "d/x": ""})
	root := t.TempDir()
	write(t, root, map[string]string{"a/f": "f", "a/sub/g": "g"})
	for at, to := range map[string]string{
		"a/file": "f", "a/dir": "sub", "a/loop": ".", "a/self": "self", "a/broken": "none", "abs": filepath.Join(root, "a"),
		"out": filepath.Join(outside, "secret"), "outdir": outside,
	} {
		symlink(t, to, filepath.Join(root, at))
	}
	tree := open(t, root)
	for dir, want := range map[string]string{
		"":             "a/ abs/@ out@ outdir/@",
		"a":            "dir/@ f file@ loop/@ sub/",
		"a/dir":        "g",
		"a/loop/loop":  "dir/@ f file@ loop/@ sub/",
		"abs/sub":      "g",
		"outdir":       "list outdir: leads out of the workspace root",
		"outdir/d":     "list outdir/d: leads out of the workspace root",
		"a/file":       "list a/file: not a directory",
		"a/self/a/b/c": "list a/self/a/b/c: too many levels of symbolic links",
	} {
		if got := list(t, tree, dir); got != want {
			t.Errorf("Dir(%q) = %q, want %q", dir, got, want)
		}
	}
	for name, want := range map[string]string{
		"a/file": "f", "a/dir/g": "g", "abs/loop/loop/sub/g": "g",
		"out":           "read out: leads out of the workspace root",
		"outdir/secret": "read outdir/secret: leads out of the workspace root",
		"a/dir":         "read a/dir: is a directory",
	} {
		if got := read(tree, name); got != want {
			t.Errorf("Read(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]State{
		"out": File, "outdir": Dir, "outdir/secret": Unknown, "a/self": Absent, "a/broken": Absent, "a/dir/g": File,
		"a/loop/dir/none": Absent,
	} {
		if got := tree.Stat(name); got != want {
			t.Errorf("Stat(%q) = %v, want %v", name, got, want)
		}
	}
	want := []string{"a/f", "a/file", "a/sub/g", "out"}
	if got := tree.Glob("", []string{"**"}, nil); !slices.Equal(got, want) {
		t.Errorf("Glob gives %q, want %q", got, want)
	}
	if got, want := walk(t, tree, "", "a/dir"), []string{"", "a", "a/sub"}; !slices.Equal(got, want) {
		t.Errorf("Walk visits %q, want %q", got, want)
	}
	if got, want := walk(t, tree, "a/dir", "abs"), []string{"a/dir", "abs", "abs/sub"}; !slices.Equal(got, want) {
		t.Errorf("Walk visits %q, want %q", got, want)
	}
}

func walk(t *testing.T, tree *Tree, dirs ...string) []string {
	t.Helper()
	var got []string
	err := tree.Walk(context.Background(), dirs, nil, func(dir string, _ []Entry) error {
		got = append(got, dir)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return got
}

func TestWalk(t *testing.T) {
	files := map[string]string{
		".gitignore": "out/\n*.log\n", "a/BUILD": "", "a-b/BUILD": "", "a/c/BUILD": "", "a/c/d/x": "", "out/x/y": "",
		".git/x/y": "", "a/.pants.d/x": "", "b/.gitignore": "!out\n/c\n", "b/out/x": "", "b/c/x": "", "b/d/c/x": "",
		"third/party/x": "",
	}
	both(t, files, func(t *testing.T, tree *Tree) {
		for _, tt := range []struct{ dirs, exclude, want string }{
			{".", "", " a a/c a/c/d a-b b b/d b/d/c b/out third third/party"},
			{".", "third/**", " a a/c a/c/d a-b b b/d b/d/c b/out"},
			{".", "{a,b}/*", " a a-b b third third/party"},
			{"b,a,a/c,a", "", "a a/c a/c/d b b/d b/d/c b/out"},
			{"out,out/x,b/c,.git", "", ""},
			{"third/party", "third", ""},
		} {
			var got []string
			err := tree.Walk(context.Background(), strings.Split(tt.dirs, ","), strings.Fields(tt.exclude),
				func(dir string, _ []Entry) error {
					got = append(got, dir)
					return nil
				})
			if err != nil {
				t.Errorf("%s: %v", tt.dirs, err)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("Walk(%s; %s) visits %q, want %q", tt.dirs, tt.exclude, got, tt.want)
			}
		}
	})
}

func TestWalkErrors(t *testing.T) {
	tree := FromMap(map[string]string{"a/b/c/x": "", "d/x": ""})
	stop := errors.New("stop")
	if err := tree.Walk(context.Background(), []string{""}, nil, func(dir string, _ []Entry) error {
		if dir == "a/b" {
			return stop
		}
		return nil
	}); !errors.Is(err, stop) {
		t.Errorf("Walk gives %v", err)
	}
	var got []string
	if err := tree.Walk(context.Background(), []string{"none", "a", "d"}, nil, func(dir string, _ []Entry) error {
		got = append(got, dir)
		if dir == "a/b" {
			return fs.SkipDir
		}
		return nil
	}); !errors.Is(err, fs.ErrNotExist) || !slices.Equal(got, []string{"a", "a/b", "d"}) {
		t.Errorf("Walk gives %v, visits %q", err, got)
	}
	if err := tree.Walk(context.Background(), []string{""}, []string{"[a"}, nil); err == nil {
		t.Error("a malformed pattern is taken")
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := tree.Walk(ctx, []string{""}, nil, func(string, []Entry) error {
		cancel()
		return nil
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("Walk gives %v", err)
	}
}

func TestUnreadableDir(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	root := t.TempDir()
	write(t, root, map[string]string{"a/x": "", "b/x": ""})
	if err := os.Chmod(filepath.Join(root, "a"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "a"), 0o777) })
	tree := open(t, root)
	var got []string
	err := tree.Walk(context.Background(), []string{""}, nil, func(dir string, _ []Entry) error {
		got = append(got, dir)
		return nil
	})
	var pe *fs.PathError
	if !errors.As(err, &pe) || pe.Path != "a" || !slices.Equal(got, []string{"", "b"}) {
		t.Errorf("Walk gives %v, visits %q", err, got)
	}
	if got := tree.Stat("a/x"); got != Unknown {
		t.Errorf("Stat gives %v", got)
	}
}

func TestOverlays(t *testing.T) {
	both(t, map[string]string{"a/BUILD": "disk", "f": "file"}, func(t *testing.T, tree *Tree) {
		set := func(tree *Tree, name, text string) *Tree {
			return tree.With([]Change{{Path: name, Overlay: []byte(text), Op: SetOverlay}})
		}
		over := set(set(set(tree, "a/BUILD", "editor"), "new/dir/x.py", "n"), "f/below", "b")
		for _, tt := range []struct {
			what, before, after string
			f                   func(*Tree) string
		}{
			{"root", "a/ f", "a/ f/ new/", func(tree *Tree) string { return list(t, tree, "") }},
			{"a", "BUILD", "BUILD", func(tree *Tree) string { return list(t, tree, "a") }},
			{"read", "disk", "editor", func(tree *Tree) string { return read(tree, "a/BUILD") }},
			{"new", "[]", "[new/dir/x.py]", func(tree *Tree) string {
				return fmt.Sprint(tree.Glob("new", []string{"**/*.py"}, nil))
			}},
			{"stat", "absent", "dir", func(tree *Tree) string { return tree.Stat("new/dir").String() }},
			{"f", "file", "dir", func(tree *Tree) string { return tree.Stat("f").String() }},
			{"walk", "[ a]", "[ a f new new/dir]", func(tree *Tree) string { return fmt.Sprint(walk(t, tree, "")) }},
		} {
			removed := over.With([]Change{
				{Path: "a/BUILD", Op: RemoveOverlay},
				{Path: "new/dir/x.py", Op: RemoveOverlay},
				{Path: "f/below", Op: RemoveOverlay},
			})
			got := []string{tt.f(tree), tt.f(over), tt.f(removed), tt.f(tree)}
			if diff := cmp.Diff([]string{tt.before, tt.after, tt.before, tt.before}, got); diff != "" {
				t.Errorf("%s: want -, got +:\n%s", tt.what, diff)
			}
		}
		if data, ok := over.Overlay("a/BUILD"); !ok || string(data) != "editor" {
			t.Errorf("Overlay gives %q, %v", data, ok)
		}
		if _, ok := tree.Overlay("a/BUILD"); ok {
			t.Error("the tree from before has the overlay")
		}
	})
}

func TestRecording(t *testing.T) {
	both(t, map[string]string{"a/b/x.py": "", "a/y.py": "", "c/z": ""}, func(t *testing.T, tree *Tree) {
		for _, tt := range []struct {
			want string
			ask  func(*Tree)
		}{
			{"[{list a} {list a/b}]", func(tree *Tree) { tree.Glob("a", []string{"**/*.py", "*/x.py"}, nil) }},
			{"[{stat a/y.py}]", func(tree *Tree) { tree.Match1("a", "y.py") }},
			{"[{stat a/b} {stat a/b/x.py}]", func(tree *Tree) { tree.Match1("a", "b/x.py") }},
			{"[{read c/z}]", func(tree *Tree) { _, _ = tree.Read("c/z") }},
			{"[{stat c/none}]", func(tree *Tree) { tree.Stat("c/none") }},
			{"[{ignore c/z}]", func(tree *Tree) { tree.Ignored("c/z") }},
			{"[{list none}]", func(tree *Tree) { _, _ = tree.Dir("none") }},
		} {
			for range 2 { // what is cached is recorded as well
				var got []Lookup
				tt.ask(tree.Recording(func(l Lookup) { got = append(got, l) }))
				if fmt.Sprint(got) != tt.want {
					t.Errorf("got %v, want %v", got, tt.want)
				}
			}
		}
	})
}

func TestConcurrent(t *testing.T) {
	root := t.TempDir()
	files := map[string]string{".gitignore": "d3\n"}
	for i := range 200 {
		files[fmt.Sprintf("d%d/e%d/BUILD", i%10, i)] = ""
	}
	write(t, root, files)
	git(t, root, "", "init", "-q")
	tree := open(t, root)
	want := len(FromMap(files).Glob("", []string{"**"}, nil))
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				next := tree.With([]Change{{Path: fmt.Sprintf("d%d/e%d", i, j), Op: Touched}})
				if n := len(next.Glob("", []string{"**"}, []string{".git/**"})); n != want {
					t.Errorf("Glob finds %d", n)
				}
				if n := len(walk(t, tree, "")); n != 1+9+180 {
					t.Errorf("Walk visits %d", n)
				}
				tree.Ignored("d3/x")
			}
		})
	}
	wg.Wait()
}

func TestFindRoot(t *testing.T) {
	for _, tt := range []struct{ files, start, root, marker string }{
		{"pants.ini a/WORKSPACE a/b/c/x", "a/b/c", "a", "WORKSPACE"},
		{"pants.ini a/WORKSPACE a/b/c/x", "a/b/c/x", "a", "WORKSPACE"},
		{"pants.ini a/WORKSPACE/x a/b/x", "a/b", "", "pants.ini"},
		{"buildlint.toml a/buildlint.toml a/.git/HEAD a/b/x", "a/b", "", "buildlint.toml"},
		{"buildlint.toml a/pants.toml a/pants.ini a/b/x", "a/b", "a", "pants.ini"},
		{"a/.git a/b/.git/HEAD a/b/c/x", "a/b/c", "a/b", ".git"},
		{"a/.git a/b/c/x", "a/b/c", "a", ".git"},
		{"a/b/REPO.bazel", "a/b", "a/b", ""},
		{"a/WORKSPACE.bazel a/b/REPO.bazel", "a/b", "a", "WORKSPACE.bazel"},
	} {
		dir := t.TempDir()
		for _, f := range strings.Fields(tt.files) {
			write(t, dir, map[string]string{f: ""})
		}
		root, marker, err := FindRoot(filepath.Join(dir, tt.start))
		if err != nil || root != filepath.Join(dir, tt.root) || marker != tt.marker {
			t.Errorf("%s: FindRoot(%s) = %s, %q, %v", tt.files, tt.start, root, marker, err)
		}
	}
	if _, _, err := FindRoot(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("FindRoot of nothing gives %v", err)
	}
}
