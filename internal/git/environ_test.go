package git

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis/edit"
)

// hookRoot names the variable that makes the test's binary a hook, and holds the workspace's root.
const hookRoot = "BUILDLINT_TEST_HOOK_ROOT"

// hook tells what is staged, and makes good of bad in it.
func hook(root string) int {
	ctx := context.Background()
	r, err := Open(ctx, root)
	if err == nil {
		err = fixBad(ctx, r)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func fixBad(ctx context.Context, r *Repo) error {
	staged, err := r.Staged(ctx)
	if err != nil {
		return err
	}
	var fixes []edit.Change
	for _, c := range staged {
		fmt.Println(c.Path, c.Status)
		entries, err := r.entries(ctx, []string{r.prefix + c.Path})
		if err != nil {
			return err
		}
		contents, err := r.contents(ctx, []blob{{id: entries[r.prefix+c.Path].id, path: r.prefix + c.Path}})
		if err != nil {
			return err
		}
		good := bytes.ReplaceAll(contents[0], []byte("bad"), []byte("good"))
		fixes = append(fixes, edit.Change{Path: c.Path, Old: contents[0], New: good})
	}
	return r.FixStaged(ctx, fixes)
}

// TestHook commits in each way that git knows, with a hook that fixes what is staged.
func TestHook(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no sh")
	}
	for _, tt := range []struct {
		name     string
		at       string // where git is run
		args     []string
		worktree bool
		said     string
		head     string // what is committed of ws/BUILD; "" if nothing is
		status   string
	}{
		{"commit", "", nil, false, "BUILD modified", "good\n2\n", " M ws/BUILD\n M ws/other\n"},
		{"below", "ws", nil, false, "BUILD modified", "good\n2\n", " M ws/BUILD\n M ws/other\n"},
		{"all", "", []string{"-a"}, false, "BUILD modified\nother modified", "good\n2\n3\n", ""},
		{"include", "", []string{"-i", "ws/other"}, false, "BUILD modified\nother modified", "good\n2\n", " M ws/BUILD\n"},
		{"only", "", []string{"ws/BUILD"}, false, "temporary index", "", "MM ws/BUILD\n M ws/other\n"},
		{"worktree", "", nil, true, "BUILD modified", "good\n2\n", " M ws/BUILD\n M ws/other\n"},
		{"worktree, below, all", "ws", []string{"-a"}, true, "BUILD modified\nother modified", "good\n2\n3\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			main := newSandbox(t)
			main.write("ws/BUILD", "1\n")
			main.write("ws/other", "1\n")
			main.commit()
			main.write(".git/hooks/pre-commit", fmt.Sprintf("#!/bin/sh\nexec '%s'\n", os.Args[0]))
			if err := os.Chmod(filepath.Join(main.dir, ".git/hooks/pre-commit"), 0o777); err != nil {
				t.Fatal(err)
			}
			s := main
			if tt.worktree {
				s = &sandbox{t, filepath.Join(t.TempDir(), "w")}
				main.git("worktree", "add", "-q", s.dir)
			}
			s.write("ws/BUILD", "bad\n2\n")
			s.git("add", "ws/BUILD")
			s.write("ws/BUILD", "bad\n2\n3\n")
			s.write("ws/other", "2\n")
			t.Setenv(hookRoot, filepath.Join(s.dir, "ws"))
			out, err := (&sandbox{t, filepath.Join(s.dir, tt.at)}).try(append([]string{"commit", "-m", "x"}, tt.args...)...)
			if !strings.Contains(out, tt.said) || (err == nil) != (tt.head != "") {
				t.Errorf("commit: %v\n%s", err, out)
			}
			if tt.head != "" {
				same(t, "HEAD", []string{tt.head}, []string{s.git("show", "HEAD:ws/BUILD")})
			}
			if got := s.git("status", "--porcelain"); got != tt.status {
				t.Errorf("status %q, want %q", got, tt.status)
			}
		})
	}
}

// TestOtherRepository has a hook of one repository look at another one.
func TestOtherRepository(t *testing.T) {
	outer, other := newSandbox(t), newSandbox(t)
	inner := &sandbox{t, filepath.Join(outer.dir, "inner")}
	outer.git("init", "-q", "inner")
	for _, s := range []*sandbox{outer, other, inner} {
		s.write("a", "1")
		s.git("add", "a")
		s.write("b", "1")
	}
	outer.write("c", "1")
	outer.git("add", "c")
	t.Setenv("GIT_INDEX_FILE", ".git/index")
	for _, dir := range []string{"", ".git"} {
		t.Run("GIT_DIR="+dir, func(t *testing.T) {
			if dir != "" {
				t.Setenv("GIT_DIR", dir)
			}
			t.Chdir(outer.dir)
			ctx := context.Background()
			same(t, "its own", []string{"a added", "c added"}, changes(t)(outer.open().Staged(ctx)))
			same(t, "another", []string{"a added"}, changes(t)(other.open().Staged(ctx)))
			same(t, "inner", []string{"a added"}, changes(t)(inner.open().Staged(ctx)))
		})
	}
}

// TestSeparate has the repository elsewhere than the work tree, where only the environment says so.
func TestSeparate(t *testing.T) {
	s := newSandbox(t)
	ctx := context.Background()
	s.write("ws/a", "1\n")
	s.git("add", "-A")
	dir := filepath.Join(t.TempDir(), "repo.git")
	if err := os.Rename(filepath.Join(s.dir, ".git"), dir); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_DIR", dir)
	t.Setenv("GIT_WORK_TREE", s.dir)
	for _, cwd := range []string{s.dir, filepath.Join(s.dir, "ws"), t.TempDir()} {
		t.Chdir(cwd)
		r := s.openAt("ws")
		same(t, "staged in "+cwd, []string{"a added"}, changes(t)(r.Staged(ctx)))
	}
	if err := s.openAt("ws").FixStaged(ctx, fixOf("a", "1\n", "2\n")); err != nil {
		t.Error(err)
	}
	same(t, "fixed", []string{"2\n", "2\n"}, s.both("ws/a"))
	t.Setenv("GIT_DIR", filepath.Join(s.dir, "none"))
	_, err := Open(ctx, s.dir)
	wantError(t, err, "no git repository")
}

// TestOtherIndex has another index than the repository's.
func TestOtherIndex(t *testing.T) {
	s := newSandbox(t)
	ctx := context.Background()
	s.write("ws/a", "1\n")
	s.commit()
	t.Chdir(s.dir)
	before := s.read(".git/index")
	t.Setenv("GIT_INDEX_FILE", "alt")
	s.write("ws/b", "1\n")
	s.git("add", "ws/b")
	r := s.openAt("ws")
	same(t, "staged", []string{"a deleted", "b added"}, changes(t)(r.Staged(ctx)))
	if err := r.FixStaged(ctx, fixOf("b", "1\n", "2\n")); err != nil {
		t.Error(err)
	}
	same(t, "fixed", []string{"2\n", "2\n"}, s.both("ws/b"))
	if s.read(".git/index") != before {
		t.Error("the repository's own index changed")
	}
}

// TestLinkedRoot opens the workspace through a link.
func TestLinkedRoot(t *testing.T) {
	s := newSandbox(t)
	s.write("ws/a", "1")
	s.git("add", "-A")
	to := filepath.Join(t.TempDir(), "to")
	if err := os.Symlink(filepath.Join(s.dir, "ws"), to); err != nil {
		t.Skip(err)
	}
	r, err := Open(context.Background(), to)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "staged", []string{"a added"}, changes(t)(r.Staged(context.Background())))
}
