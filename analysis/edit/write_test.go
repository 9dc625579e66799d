package edit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// workspace makes a directory with files, given by their paths and contents.
func workspace(t testing.TB, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "root")
	for path, content := range files {
		file := filepath.Join(root, filepath.FromSlash(path))
		must(t, os.MkdirAll(filepath.Dir(file), 0o777))
		must(t, os.WriteFile(file, []byte(content), 0o666))
	}
	return root
}

// wantFiles checks that the regular files below root are these, and no other: no temporary file is left.
func wantFiles(t testing.TB, root string, want map[string]string) {
	t.Helper()
	got := make(map[string]string)
	must(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		got[filepath.ToSlash(rel)] = string(content)
		return err
	}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantError checks that err is target, names the path, and says the words.
func wantError(t testing.TB, err, target error, path, words string) {
	t.Helper()
	var pathErr *fs.PathError
	if !errors.Is(err, target) || !errors.As(err, &pathErr) || pathErr.Path != path ||
		!strings.Contains(err.Error(), words) {
		t.Errorf("got error %v, want %v of %s with %q", err, target, path, words)
	}
}

func TestWriteFile(t *testing.T) {
	for _, path := range []string{
		"BUILD",
		"src/main/BUILD.tools",
		"a b/BUILD",
		"src/main/../BUILD",
		"line\nend/BUILD",
		strings.Repeat("x", 255),
	} {
		t.Run(path, func(t *testing.T) {
			clean := filepath.ToSlash(filepath.Clean(path))
			root := workspace(t, map[string]string{clean: "old", "src/main/x": "other"})
			must(t, WriteFile(root, path, []byte("old"), []byte("new")))
			wantFiles(t, root, map[string]string{clean: "new", "src/main/x": "other"})
		})
	}
}

func TestWriteFileToFromEmpty(t *testing.T) {
	root := workspace(t, map[string]string{"BUILD": ""})
	must(t, WriteFile(root, "BUILD", nil, []byte("new")))
	must(t, WriteFile(root, "BUILD", []byte("new"), nil))
	wantFiles(t, root, map[string]string{"BUILD": ""})
}

func TestWriteFileRelativeRoot(t *testing.T) {
	root := workspace(t, map[string]string{"a/BUILD": "old"})
	t.Chdir(root)
	must(t, WriteFile(".", "a/BUILD", []byte("old"), []byte("new")))
	wantFiles(t, root, map[string]string{"a/BUILD": "new"})
}

func TestWriteFileChanged(t *testing.T) {
	for name, content := range map[string]string{"other": "oLd", "longer": "old\n", "shorter": "ol", "empty": ""} {
		t.Run(name, func(t *testing.T) {
			root := workspace(t, map[string]string{"BUILD": content})
			err := WriteFile(root, "BUILD", []byte("old"), []byte("new"))
			wantError(t, err, ErrChanged, "BUILD", "write BUILD: the file changed since it was read")
			wantFiles(t, root, map[string]string{"BUILD": content})
		})
	}
}

func TestWriteFileGone(t *testing.T) {
	root := workspace(t, map[string]string{"a/x": ""})
	for _, path := range []string{"a/BUILD", "b/BUILD"} {
		err := WriteFile(root, path, nil, []byte("new"))
		wantError(t, err, ErrChanged, path, "does not exist")
		wantError(t, err, fs.ErrNotExist, path, "")
	}
	if err := WriteFile(filepath.Join(root, "none"), "BUILD", nil, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no root: got error %v", err)
	}
	wantFiles(t, root, map[string]string{"a/x": ""})
}

func TestWriteFileRefuses(t *testing.T) {
	root := workspace(t, map[string]string{"dir/x": "", "BUILD": "old", "../outside/BUILD": "old"})
	must(t, os.Chmod(filepath.Join(root, "BUILD"), 0o444))
	abs, err := filepath.Abs(filepath.Join(root, "dir/x"))
	must(t, err)
	for _, tt := range []struct {
		path   string
		target error
		words  string
	}{
		{"BUILD", fs.ErrPermission, "the file is read-only (mode 0444)"},
		{"../outside/BUILD", ErrOutside, "out of the workspace"},
		{"dir/../../outside/BUILD", ErrOutside, ""},
		{filepath.ToSlash(abs), ErrOutside, ""},
		{"", ErrOutside, ""},
	} {
		wantError(t, WriteFile(root, tt.path, []byte("old"), []byte("new")), tt.target, tt.path, tt.words)
	}
	for path, words := range map[string]string{"dir": "it is a directory", ".": "it is a directory"} {
		if err := WriteFile(root, path, []byte("old"), nil); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: got error %v, want %q", path, err, words)
		}
	}
	wantFiles(t, filepath.Dir(root), map[string]string{"root/dir/x": "", "root/BUILD": "old", "outside/BUILD": "old"})
}

func TestWriteFileKeepsMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such modes")
	}
	for _, mode := range []fs.FileMode{0o644, 0o755, 0o600, 0o666, 0o664, 0o200, 0o222} {
		if mode&0o400 == 0 && os.Getuid() != 0 {
			continue // cannot be compared with the old content
		}
		root := workspace(t, map[string]string{"BUILD": "old"})
		file := filepath.Join(root, "BUILD")
		must(t, os.Chmod(file, mode))
		must(t, WriteFile(root, "BUILD", []byte("old"), []byte("new")))
		info, err := os.Stat(file)
		must(t, err)
		if info.Mode() != mode {
			t.Errorf("mode %v became %v", mode, info.Mode())
		}
	}
}

func TestWriteFileThroughLinks(t *testing.T) {
	for _, tt := range []struct{ name, link, target, path string }{
		{"file", "a/BUILD", "../real/BUILD", "a/BUILD"},
		{"absolute", "a/BUILD", "ROOT/real/BUILD", "a/BUILD"},
		{"directory", "a/dir", "../real", "a/dir/BUILD"},
		{"out of the root and back", "a/BUILD", "../../root/real/BUILD", "a/BUILD"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := workspace(t, map[string]string{"real/BUILD": "old", "a/x": ""})
			target := strings.Replace(tt.target, "ROOT", root, 1)
			link(t, target, filepath.Join(root, tt.link))
			must(t, WriteFile(root, tt.path, []byte("old"), []byte("new")))
			wantFiles(t, root, map[string]string{"real/BUILD": "new", "a/x": ""})
			if got, err := os.Readlink(filepath.Join(root, tt.link)); got != target || err != nil {
				t.Errorf("the link leads to %q, error %v", got, err)
			}
		})
	}
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		needed(t, err.Error())
	}
}

func TestWriteFileThroughLinkOfRoot(t *testing.T) {
	root := workspace(t, map[string]string{"BUILD": "old"})
	link(t, root, root+"-link")
	must(t, WriteFile(root+"-link", "BUILD", []byte("old"), []byte("new")))
	wantFiles(t, root, map[string]string{"BUILD": "new"})
}

func TestWriteFileRefusesLinksOut(t *testing.T) {
	root := workspace(t, map[string]string{"a/x": "", "../outside/BUILD": "old"})
	outside := filepath.Join(filepath.Dir(root), "outside")
	for _, tt := range []struct{ name, target, path string }{
		{"BUILD", "../outside/BUILD", "BUILD"},
		{"a/BUILD", filepath.Join(outside, "BUILD"), "a/BUILD"},
		{"b", outside, "b/BUILD"},
		{"c", "BUILD", "c"}, // a link to a link
	} {
		link(t, tt.target, filepath.Join(root, tt.name))
		wantError(t, WriteFile(root, tt.path, []byte("old"), []byte("new")), ErrOutside, tt.path, "out of the workspace")
	}
	link(t, "loop", filepath.Join(root, "loop"))
	if err := WriteFile(root, "loop", nil, nil); err == nil {
		t.Error("a link to itself was written")
	}
	link(t, "nowhere", filepath.Join(root, "dangling"))
	wantError(t, WriteFile(root, "dangling", nil, nil), fs.ErrNotExist, "dangling", "")
	wantFiles(t, filepath.Dir(root), map[string]string{"root/a/x": "", "outside/BUILD": "old"})
}

func TestWriteFileHardLink(t *testing.T) {
	root := workspace(t, map[string]string{"a/BUILD": "old", "b/x": ""})
	must(t, os.Link(filepath.Join(root, "a/BUILD"), filepath.Join(root, "b/BUILD")))
	must(t, WriteFile(root, "a/BUILD", []byte("old"), []byte("new")))
	wantFiles(t, root, map[string]string{"a/BUILD": "new", "b/BUILD": "old", "b/x": ""})
	must(t, os.Remove(filepath.Join(root, "b/BUILD")))

	must(t, os.Link(filepath.Join(root, "a/BUILD"), filepath.Join(root, "b/BUILD")))
	must(t, WriteAll(t.Context(), root, []Change{
		{"a/BUILD", []byte("new"), []byte("A")},
		{"b/BUILD", []byte("new"), []byte("B")},
	}))
	wantFiles(t, root, map[string]string{"a/BUILD": "A", "b/BUILD": "B", "b/x": ""})
}

// abc are three files and changes of all of them.
func abc(t testing.TB) (root string, before map[string]string, changes []Change) {
	before = map[string]string{"a/BUILD": "a", "b/BUILD": "b", "c/BUILD": "c"}
	for _, name := range []string{"a", "b", "c"} {
		changes = append(changes, Change{name + "/BUILD", []byte(name), []byte(name + name)})
	}
	return workspace(t, before), before, changes
}

func TestWriteAll(t *testing.T) {
	root, _, changes := abc(t)
	must(t, WriteAll(t.Context(), root, changes))
	wantFiles(t, root, map[string]string{"a/BUILD": "aa", "b/BUILD": "bb", "c/BUILD": "cc"})
	must(t, WriteAll(t.Context(), root, nil))
}

func TestWriteAllOrNone(t *testing.T) {
	for name, spoil := range map[string]func(root string, changes []Change) []Change{
		"changed": func(_ string, changes []Change) []Change {
			changes[2].Old = []byte("other")
			return changes
		},
		"outside": func(_ string, changes []Change) []Change {
			return append(changes, Change{Path: "../BUILD"})
		},
		"read-only": func(root string, changes []Change) []Change {
			_ = os.Chmod(filepath.Join(root, "c/BUILD"), 0o444)
			return changes
		},
		"one file twice": func(_ string, changes []Change) []Change {
			return append(changes, Change{"a/../a/BUILD", []byte("a"), []byte("other")})
		},
	} {
		t.Run(name, func(t *testing.T) {
			root, before, changes := abc(t)
			err := WriteAll(t.Context(), root, spoil(root, changes))
			if err == nil || !strings.Contains(err.Error(), "(no file was written)") {
				t.Errorf("got error %v", err)
			}
			wantFiles(t, root, before)
		})
	}
}

func TestWriteAllSameFileAlike(t *testing.T) {
	root, _, changes := abc(t)
	must(t, WriteAll(t.Context(), root, append(changes, Change{"./a/BUILD", []byte("a"), []byte("aa")})))
	wantFiles(t, root, map[string]string{"a/BUILD": "aa", "b/BUILD": "bb", "c/BUILD": "cc"})
}

// prepared is a transaction right before its first renaming.
func prepared(t *testing.T, root string, changes []Change) *transaction {
	t.Helper()
	tx, err := begin(root, len(changes))
	must(t, err)
	must(t, tx.prepare(t.Context(), changes))
	return tx
}

func TestWriteAllRollsBack(t *testing.T) {
	root, before, changes := abc(t)
	tx := prepared(t, root, changes)
	former, err := os.Stat(filepath.Join(root, "a/BUILD"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(root, "c/BUILD"), []byte("saved by an editor"), 0o666))

	err = tx.commit()
	wantError(t, err, ErrChanged, "c/BUILD", "(no file was written: 2 written before were rolled back)")
	must(t, tx.end())
	before["c/BUILD"] = "saved by an editor"
	wantFiles(t, root, before)
	if now, err := os.Stat(filepath.Join(root, "a/BUILD")); err != nil || !os.SameFile(former, now) {
		t.Errorf("a/BUILD is not the former file: %v", err)
	}
}

func TestWriteAllRollsBackCopies(t *testing.T) {
	root, before, changes := abc(t)
	tx := prepared(t, root, changes)
	for _, f := range tx.files { // as on a file system without hard links
		backup, err := tx.create(f.target, f.Old, f.info)
		must(t, err)
		f.backup = backup
		must(t, tx.root.Rename(f.temp, f.target))
		f.temp = ""
	}
	err := tx.rollBack(tx.files, failed("d/BUILD", ErrChanged))
	wantError(t, err, ErrChanged, "d/BUILD", "3 written before were rolled back")
	must(t, tx.end())
	wantFiles(t, root, before)
}

func TestWriteAllRollsBackWhenAFileIsGone(t *testing.T) {
	root, before, changes := abc(t)
	tx := prepared(t, root, changes)
	must(t, os.RemoveAll(filepath.Join(root, "b")))
	wantError(t, tx.commit(), fs.ErrNotExist, "b/BUILD", "1 written before were rolled back")
	must(t, tx.end())
	delete(before, "b/BUILD")
	wantFiles(t, root, before)
}

// TestWriteAllRollsBackWhatIsItsOwn leaves a file alone that somebody wrote after it was replaced.
func TestWriteAllRollsBackWhatIsItsOwn(t *testing.T) {
	root, _, changes := abc(t)
	tx := prepared(t, root, changes)
	must(t, tx.replace(tx.files[0]))
	must(t, tx.replace(tx.files[1]))
	must(t, os.WriteFile(filepath.Join(root, "a/BUILD"), []byte("saved by an editor"), 0o666))

	err := tx.rollBack(tx.files[:2], failed("c/BUILD", ErrChanged))
	wantError(t, err, ErrChanged, "c/BUILD",
		"not every file written before could be rolled back: a/BUILD is left as it is")
	must(t, tx.end())
	wantFiles(t, root, map[string]string{"a/BUILD": "saved by an editor", "b/BUILD": "b", "c/BUILD": "c"})
}

// A countedContext is cancelled after its error was asked for left times.
type countedContext struct {
	context.Context
	left int
}

func (c *countedContext) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestWriteAllCancelled(t *testing.T) {
	for left := range 10 {
		root, before, changes := abc(t)
		err := WriteAll(&countedContext{t.Context(), left}, root, changes)
		if err == nil {
			if left == 0 {
				t.Error("a cancelled context was not looked at")
			}
			wantFiles(t, root, map[string]string{"a/BUILD": "aa", "b/BUILD": "bb", "c/BUILD": "cc"})
			continue
		}
		if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "(no file was written)") {
			t.Errorf("after %d looks: error %v", left, err)
		}
		wantFiles(t, root, before)
	}
}

func TestWriteAllWaitsForAnother(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no lock")
	}
	root, before, changes := abc(t)
	other := prepared(t, root, changes)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("enough"))
	tx, err := begin(root, len(changes))
	must(t, err)
	if err := tx.lock(ctx); err == nil || !strings.Contains(err.Error(), "enough") {
		t.Errorf("got error %v while another transaction holds the lock", err)
	}
	must(t, tx.end())
	must(t, other.end())
	wantFiles(t, root, before)
}

// TestWriteAllAtOnce lets several writers count in three files. None may lose another's step or see half of it.
func TestWriteAllAtOnce(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no lock")
	}
	paths := []string{"a/BUILD", "b/BUILD", "c/BUILD"}
	root := workspace(t, map[string]string{paths[0]: "0", paths[1]: "0", paths[2]: "0"})
	var steps atomic.Int64
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 50 {
				if err := countUp(root, paths); err == nil {
					steps.Add(1)
				} else if !errors.Is(err, ErrChanged) {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if steps.Load() == 0 {
		t.Error("no writer ever succeeded")
	}
	n := fmt.Sprint(steps.Load())
	wantFiles(t, root, map[string]string{paths[0]: n, paths[1]: n, paths[2]: n})
}

// countUp writes the number in the first file plus one into all of them.
func countUp(root string, paths []string) error {
	var changes []Change
	for _, path := range paths {
		old, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(string(old))
		if err != nil {
			return err
		}
		changes = append(changes, Change{path, old, fmt.Append(nil, n+1)})
	}
	return WriteAll(context.Background(), root, changes)
}

func TestTempName(t *testing.T) {
	buildFile := regexp.MustCompile(`^BUILD(\.[a-zA-Z0-9_-]+)?$`)
	recognisable := regexp.MustCompile(`^\.(BUILD(\.tools)?|x{200})\.buildlint-[A-Z2-7]+\.tmp$`)
	for _, name := range []string{"BUILD", "src/BUILD.tools", "a/" + strings.Repeat("x", 255)} {
		temp := filepath.ToSlash(tempName(filepath.FromSlash(name)))
		base := temp[strings.LastIndex(temp, "/")+1:]
		if buildFile.MatchString(base) || !recognisable.MatchString(base) || len(base) > 255 {
			t.Errorf("%s: temporary file %s", name, temp)
		}
		if strings.TrimSuffix(temp, base) != name[:strings.LastIndex(name, "/")+1] {
			t.Errorf("%s: temporary file %s is not beside it", name, temp)
		}
	}
}

func BenchmarkWriteAll(b *testing.B) {
	for _, n := range []int{1, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			files := make(map[string]string)
			var forth, back []Change
			for i := range n {
				path := fmt.Sprintf("src/p%d/BUILD", i)
				files[path] = strings.Repeat("old\n", 400)
				other := strings.Repeat("new\n", 400)
				forth = append(forth, Change{path, []byte(files[path]), []byte(other)})
				back = append(back, Change{path, []byte(other), []byte(files[path])})
			}
			root := workspace(b, files)
			for b.Loop() {
				must(b, WriteAll(b.Context(), root, forth))
				forth, back = back, forth
			}
		})
	}
}
