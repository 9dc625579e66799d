package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// An editedRepo is a repository that is edited at random.
type editedRepo struct {
	t      *testing.T
	rand   *rand.Rand
	root   string
	dialog []string // what was done, for whoever looks for a mistake
}

const editedPackages = 60

// editedDirs are the directories of packages. Some of them need not be there.
func editedDirs() []string {
	var dirs []string
	for i := range editedPackages {
		dirs = append(dirs, fmt.Sprintf("src/d%d/p%d", i%7, i))
	}
	return dirs
}

func (r *editedRepo) dir() string { return editedDirs()[r.rand.IntN(editedPackages)] }

func (r *editedRepo) path(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

func (r *editedRepo) write(name, text string) {
	r.dialog = append(r.dialog, "write "+name)
	_ = os.MkdirAll(filepath.Dir(r.path(name)), 0o755) // a file may be in the way, and then nothing is written
	_ = os.WriteFile(r.path(name), []byte(text), 0o644)
}

// build returns a random BUILD file: with dependencies that are there or not, and circles among them.
func (r *editedRepo) build(bazel bool) string {
	var b strings.Builder
	if bazel && r.rand.IntN(2) == 0 {
		b.WriteString("load('//defs:lib.bzl', 'lib')\nlib(name = 'made')\n")
	}
	kind := map[bool]string{false: "python_library", true: "py_library"}[bazel]
	field := map[bool]string{false: "dependencies", true: "deps"}[bazel]
	for i, name := range []string{"a", "_b", "c"} {
		if r.rand.IntN(3) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s(\n  name = '%s',\n  %s = [\n", kind, name, field)
		for range r.rand.IntN(4) {
			fmt.Fprintf(&b, "    '//%s:%s',\n", r.dir(), []string{"a", "_b", "c", "made", "r"}[r.rand.IntN(5)])
		}
		fmt.Fprintf(&b, "  ],\n)\n%s", strings.Repeat("\n", i))
	}
	if !bazel && r.rand.IntN(8) == 0 {
		b.WriteString("python_requirements()\n")
	}
	return b.String()
}

// edit makes one random change.
func (r *editedRepo) edit(bazel bool) {
	dir := r.dir()
	switch r.rand.IntN(14) {
	case 0, 1, 2:
		r.write(dir+"/BUILD", r.build(bazel))
	case 3:
		r.do("remove "+dir+"/BUILD", os.Remove(r.path(dir+"/BUILD")))
	case 4, 5:
		r.sameSize(dir + "/BUILD")
	case 6:
		r.write(dir+"/BUILD.bazel", r.build(bazel))
	case 7:
		r.write(dir+"/m.py", "import os\n")
	case 8:
		r.write(dir+"/requirements.txt", []string{"six\n", "six==1\nr\n", ""}[r.rand.IntN(3)])
	case 9:
		to := r.dir()
		r.do("rename "+dir+" "+to, os.Rename(r.path(dir), r.path(to)))
	case 10:
		r.do("remove all "+dir, os.RemoveAll(r.path(dir)))
		r.do("link "+dir, os.Symlink(filepath.Base(r.dir()), r.path(dir)))
	case 11:
		r.write(".gitignore", []string{"", "p3\n", "BUILD.bazel\n", "src/d2/\n"}[r.rand.IntN(4)])
	case 12:
		r.write("buildlint.toml", []string{
			"", "exclude = ['src/d1/**']\n", "[kinds]\nlib = 'python_library'\n", "[kinds]\nlib = 'py_library'\n",
		}[r.rand.IntN(4)])
	default:
		r.write("defs/lib.bzl", []string{
			"def lib(name):\n  native.py_library(name = name)\n",
			"def lib(name):\n  native.py_library(name = name, deps = ['//src/d0/p0:a'])\n  native.py_library(name = 'r')\n", "x\n",
		}[r.rand.IntN(3)])
	}
}

func (r *editedRepo) do(what string, err error) {
	if err == nil {
		r.dialog = append(r.dialog, what)
	}
}

// sameSize makes a file another of the same size and the same time of modification.
func (r *editedRepo) sameSize(name string) {
	info, err := os.Stat(r.path(name))
	if err != nil {
		return
	}
	text, err := os.ReadFile(r.path(name))
	if err != nil {
		return
	}
	swap := strings.NewReplacer("'a'", "'c'", "'c'", "'a'", ":a'", ":c'", ":c'", ":a'")
	r.write(name, swap.Replace(string(text)))
	_ = os.Chtimes(r.path(name), info.ModTime(), info.ModTime())
}

// run runs buildlint in the repository.
func (r *editedRepo) run(args ...string) string {
	var stdout, stderr bytes.Buffer
	code := Main(args, strings.NewReader(""), &stdout, &stderr)
	return fmt.Sprintf("exit %d\n%s\n%s", code, &stdout, &stderr)
}

// check holds that a run that remembers tells what one tells that does not.
func (r *editedRepo) check(args ...string) {
	r.t.Helper()
	got, want := r.run(args...), r.run(append(args, "--no-cache")...)
	if got != want {
		r.t.Fatalf("%q remembers:\n%s\nand reads anew:\n%s\nafter:\n%s", args, got, want, strings.Join(r.dialog, "\n"))
	}
}

func (r *editedRepo) checkAll() {
	r.t.Helper()
	var some []string
	for range 4 {
		dir := r.dir()
		if _, err := os.Stat(r.path(dir)); err == nil {
			some = append(some, dir)
		}
	}
	if len(some) > 0 {
		r.check(some...)
	}
	switch r.rand.IntN(4) {
	case 0:
		r.check()
	case 1:
		r.check("--since", "HEAD")
	case 2:
		r.check("src/d3/...", "--select", "ALL")
	}
}

func (r *editedRepo) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	cmd.Dir = r.root
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Skipf("git %q: %v\n%s", args, err, out)
	}
}

// settle waits until what is there now can be told from all that comes.
func settle() { time.Sleep(3200 * time.Millisecond) }

// TestCacheSameFindings holds that a run that remembers finds what one finds that does not, whatever was edited since.
func TestCacheSameFindings(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	edits := 30
	if testing.Short() {
		edits = 15
	}
	for _, marker := range []string{"pants.ini", "MODULE.bazel"} {
		t.Run(marker, func(t *testing.T) {
			r := &editedRepo{t: t, rand: rand.New(rand.NewPCG(1, 1)), root: t.TempDir()}
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			t.Chdir(r.root)
			r.testEdits(marker, edits)
		})
	}
}

func (r *editedRepo) testEdits(marker string, edits int) {
	r.t.Helper()
	bazel := marker != "pants.ini"
	r.write(marker, "")
	r.write("defs/BUILD", "")
	r.write("defs/lib.bzl", "def lib(name):\n  native.py_library(name = name)\n")
	for _, dir := range editedDirs() {
		r.write(dir+"/BUILD", r.build(bazel))
		r.write(dir+"/x.py", "")
	}
	r.git("init", "-q")
	r.git("add", "-A")
	r.git("commit", "-qm", "x")
	settle()
	r.check()
	if out := r.run(append(editedDirs()[:9], "-v")...); !strings.Contains(out, "as an earlier run has kept them") {
		r.t.Errorf("nothing is remembered:\n%s", out)
	}
	for i := range edits {
		for range 1 + r.rand.IntN(3) {
			r.edit(bazel)
		}
		r.checkAll()
		if i == edits/2 {
			settle()
			r.check()
		}
	}
}

// TestCacheNowhere holds that nothing is kept where nobody wants it or where that cannot be, and nobody is told.
func TestCacheNowhere(t *testing.T) {
	r := &editedRepo{t: t, rand: rand.New(rand.NewPCG(1, 1)), root: t.TempDir()}
	t.Chdir(r.root)
	r.write("pants.ini", "")
	for _, dir := range editedDirs() {
		r.write(dir+"/BUILD", r.build(false))
	}
	settle()
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", dir)
	r.run("--no-cache")
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("--no-cache keeps %v", entries)
	}
	t.Setenv("XDG_CACHE_HOME", r.path("pants.ini"))
	r.check()
	t.Setenv("XDG_CACHE_HOME", dir)
	r.check()
	damage(t, dir)
	r.check(editedDirs()...)
}

// damage writes something else over the start of each file below a directory.
func damage(t *testing.T, dir string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		n++
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		copy(data[100:], "damaged")
		return os.WriteFile(name, data, 0o600)
	})
	if err != nil || n == 0 && runtime.GOOS == "linux" {
		t.Errorf("%d files were damaged: %v", n, err)
	}
}

// TestCacheFollows holds that what facts follow from beside their own BUILD file counts when it changes.
func TestCacheFollows(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	r := &editedRepo{t: t, rand: rand.New(rand.NewPCG(1, 1)), root: t.TempDir()}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(r.root)
	const load = "load('//defs:lib.bzl', 'lib')\n"
	r.write("MODULE.bazel", "module(name = 'us')\n")
	r.write("defs/BUILD", "")
	r.write("defs/lib.bzl", "def lib(name):\n  native.py_library(name = 'its_' + name)\n")
	for i, dir := range editedDirs() {
		r.write(dir+"/BUILD", load+"lib(name = 'lib')\n")
		r.write(fmt.Sprintf("a/p%d/BUILD", i), fmt.Sprintf("py_library(name = 'a', deps = ['//%s:lib'])\n", dir))
	}
	r.write(editedDirs()[5]+"/BUILD", "py_library(name = 'lib', deps = ['@us//a/p5:a'])\n")
	settle()
	r.check()
	look := []string{"a/..."}
	before := r.run(look...)
	if out := r.run(append(look, "-v")...); !strings.Contains(out, "as an earlier run has kept them") {
		t.Errorf("nothing is remembered:\n%s", out)
	}
	for _, edit := range []struct{ name, text string }{
		{"buildlint.toml", "[kinds]\nlib = 'py_library'\n"},
		{"buildlint.toml", ""},
		{"MODULE.bazel", "module(name = 'we')\n"},
		{"defs/lib.bzl", "load(':more.bzl', _lib = 'lib')\nlib = _lib\n"}, // which is not there: nothing is known
		{"defs/more.bzl", "def lib(name):\n  native.py_library(name = 'more')\n"},
		{"defs/more.bzl", "def lib(name):\n  native.py_library(name = name)\n"},
		{editedDirs()[3] + "/BUILD.bazel", ""},
		{".gitignore", "BUILD.bazel\n"},
		{editedDirs()[4] + "/BUILD", load + "lib(name = 'bil')\n"},
	} {
		r.write(edit.name, edit.text)
		r.check(look...)
		after := r.run(look...)
		if after == before {
			t.Errorf("%s: %q changes nothing", edit.name, edit.text)
		}
		before = after
	}
}

// TestCacheBefore holds that what is remembered of packages counts for the state before a change only as far as the
// change is none of a file that they take functions from.
func TestCacheBefore(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	r := &editedRepo{t: t, rand: rand.New(rand.NewPCG(1, 1)), root: t.TempDir()}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(r.root)
	r.write("MODULE.bazel", "")
	r.write("defs/BUILD", "")
	r.write("defs/lib.bzl", "def lib(name):\n  native.py_library(name = 'was')\n")
	for _, dir := range editedDirs() {
		r.write(dir+"/BUILD", "load('//defs:lib.bzl', 'lib')\nlib(name = 'x')\n")
	}
	r.write("a/BUILD", fmt.Sprintf("filegroup(name = 'a', srcs = ['//%s:was'])\n", editedDirs()[0]))
	r.git("init", "-q")
	r.git("add", "-A")
	r.git("commit", "-qm", "x")
	r.write("defs/lib.bzl", "def lib(name):\n  native.py_library(name = 'now')\n")
	settle()
	r.run()
	out := r.run("--since", "HEAD", "-v", "a")
	if !strings.Contains(out, "as an earlier run has kept them") || !strings.Contains(out, "there is no target `was`") {
		t.Errorf("the change caused one finding, and what is told is:\n%s", out)
	}
}
