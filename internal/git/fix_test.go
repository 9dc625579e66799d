package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis/edit"
)

func fixOf(path, before, after string) []edit.Change {
	return []edit.Change{{Path: path, Old: []byte(before), New: []byte(after)}}
}

// staged gives the object of a path in the index.
func (s *sandbox) staged(name string) string {
	s.t.Helper()
	f := strings.Fields(s.git("--literal-pathspecs", "ls-files", "-s", "-z", "--", name))
	if len(f) < 2 {
		return "absent"
	}
	return f[1]
}

// both gives what the index and the work tree hold.
func (s *sandbox) both(name string) []string {
	s.t.Helper()
	return []string{s.git("cat-file", "blob", s.staged(name)), s.read(name)}
}

// TestFixStaged has one state of a file a row: what is staged, what is in the work tree, and what comes of it.
func TestFixStaged(t *testing.T) {
	const text = "1\n2\n3\n4\n5\n"
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	for _, tt := range []struct {
		name                string
		attributes          string
		index, work         string
		old, fixed          string
		wantIndex, wantWork string // "" for what it was
		err                 string
	}{
		{name: "clean", index: text, work: text, old: text, fixed: "1\nX\n3\n4\n5\n",
			wantIndex: "1\nX\n3\n4\n5\n", wantWork: "1\nX\n3\n4\n5\n"},
		{name: "no end of line", index: "1\n2", work: "1\n2", old: "1\n2", fixed: "1\nX", wantIndex: "1\nX", wantWork: "1\nX"},
		{name: "changes elsewhere", index: text, work: "0\n1\n2\n3\n4\nfive\n", old: text, fixed: "1\n2\nX\n4\n5\n",
			wantIndex: "1\n2\nX\n4\n5\n", wantWork: "0\n1\n2\nX\n4\nfive\n"},
		{name: "adjacent change", index: text, work: "1\n2\n3\nfour\n5\n", old: text, fixed: "1\n2\nX\n4\n5\n",
			wantIndex: "1\n2\nX\n4\n5\n", wantWork: "1\n2\nX\nfour\n5\n"},
		{name: "same line", index: text, work: "1\n2\nthree\n4\n5\n", old: text, fixed: "1\n2\nX\n4\n5\n",
			err: "f: line 3 of the work tree's file: unstaged changes are where the fix is: stage or discard"},
		{name: "same lines", index: text, work: "0\n1\ntwo\nthree\n4\nfive\n", old: text, fixed: "1\n2\nX\n4\nY\n",
			err: "line 3-4, 6 of"},
		{name: "line deleted there", index: text, work: "1\n2\n4\n5\n", old: text, fixed: "1\n2\nX\n4\n5\n", err: "line 3 of"},
		{name: "fixed there already", index: text, work: "0\n1\n2\nX\n4\n5\n", old: text, fixed: "1\n2\nX\n4\n5\n",
			wantIndex: "1\n2\nX\n4\n5\n"},
		{name: "line added there where the fix adds", index: text, work: "1\n2\n2a\n3\n4\n5\n", old: text,
			fixed: "1\n2\nX\n3\n4\n5\n", err: "line 3 of"},
		{name: "line added there at its end", index: text, work: "1\n2\n3\n3a\n4\n5\n", old: text, fixed: "1\n2\nX\n4\n5\n",
			err: "line 4 of"},
		{name: "deletes lines", index: text, work: "1\n2\n3\n4\n5\n6\n", old: text, fixed: "3\n4\n5\n",
			wantIndex: "3\n4\n5\n", wantWork: "3\n4\n5\n6\n"},
		{name: "empties", index: text, work: text, old: text, fixed: "", wantIndex: "-", wantWork: "-"},
		{name: "fills", index: "", work: "", old: "", fixed: text, wantIndex: text, wantWork: text},
		{name: "emptied there", index: text, work: "", old: text, fixed: "1\n2\nX\n4\n5\n", err: "line 1 of"},
		{name: "not in the work tree", index: text, work: "absent", old: text, fixed: "X\n", wantIndex: "X\n"},
		{name: "CRLF kept by both", index: crlf(text), work: crlf(text), old: crlf(text), fixed: crlf("X\n2\n3\n4\n5\n"),
			wantIndex: crlf("X\n2\n3\n4\n5\n"), wantWork: crlf("X\n2\n3\n4\n5\n")},
		{name: "CRLF in the work tree", attributes: "* text eol=crlf", index: crlf(text), work: crlf(text),
			old: crlf(text), fixed: crlf("X\n2\n3\n4\n5\n"), wantIndex: "X\n2\n3\n4\n5\n", wantWork: crlf("X\n2\n3\n4\n5\n")},
		{name: "CRLF in the work tree, other changes", attributes: "* text eol=crlf", index: crlf(text),
			work: crlf("1\n2\n3\n4\nfive\n"), old: crlf(text), fixed: crlf("X\n2\n3\n4\n5\n"),
			wantIndex: "X\n2\n3\n4\n5\n", wantWork: crlf("X\n2\n3\n4\nfive\n")},
		{name: "CRLF in the work tree alone", attributes: "* text eol=crlf", index: crlf(text), work: crlf(text),
			old: text, fixed: "X\n2\n3\n4\n5\n", wantIndex: "X\n2\n3\n4\n5\n", wantWork: crlf("X\n2\n3\n4\n5\n")},
		{name: "LF in a work tree that wants CRLF", attributes: "* text eol=crlf", index: text, work: text,
			old: crlf(text), fixed: crlf("X\n2\n3\n4\n5\n"), wantIndex: "X\n2\n3\n4\n5\n", wantWork: "X\n2\n3\n4\n5\n"},
		{name: "line ends mixed there", index: text, work: "1\r\n2\n3\n4\n5\n", old: text, fixed: "1\n2\n3\nX\n5\n",
			wantIndex: "1\n2\n3\nX\n5\n", wantWork: "1\r\n2\n3\nX\n5\n"},
		{name: "filter", attributes: "* filter=shout", index: "A\nB\nC\n", work: "A\nB\nX\n", old: "A\nB\nC\n", fixed: "D\nB\nC\n",
			wantIndex: "d\nb\nc\n", wantWork: "D\nB\nX\n"},
		{name: "other content staged", index: text, work: text, old: "other\n", fixed: "X\n", err: "f: what is staged is not"},
		{name: "nothing to fix", index: text, work: "0\n", old: text, fixed: text},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSandbox(t)
			s.git("config", "filter.shout.clean", "tr A-Z a-z")
			s.git("config", "filter.shout.smudge", "tr a-z A-Z")
			s.write("f", "HEAD\n")
			s.commit()
			s.write(".gitattributes", tt.attributes+"\n")
			s.write("f", tt.index)
			s.git("add", "-A")
			index := s.both("f")[0]
			s.remove("f")
			if tt.work != "absent" {
				s.write("f", tt.work)
			}
			err := s.open().FixStaged(context.Background(), fixOf("f", tt.old, tt.fixed))
			if tt.err != "" {
				wantError(t, err, tt.err)
			} else if err != nil {
				t.Fatal(err)
			}
			want := func(text, otherwise string) string {
				if text == "" {
					return otherwise
				}
				return strings.TrimPrefix(text, "-")
			}
			same(t, "index, work tree", []string{want(tt.wantIndex, index), want(tt.wantWork, tt.work)}, s.both("f"))
			left, _ := filepath.Glob(filepath.Join(s.dir, ".git", "index?*"))
			same(t, "left behind", nil, left)
		})
	}
}

// TestFixStagedModes keeps modes, and takes nothing but regular files.
func TestFixStagedModes(t *testing.T) {
	s := newSandbox(t)
	ctx := context.Background()
	s.write("x", "1\n")
	s.write("typed", "1\n")
	s.write("dir/below", "1\n")
	s.link("x", "link")
	if err := os.Chmod(filepath.Join(s.dir, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	s.commit()
	r := s.open()
	if err := r.FixStaged(ctx, fixOf("x", "1\n", "2\n")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(s.dir, "x"))
	if mode := s.git("ls-files", "-s", "x")[:6]; err != nil || mode != "100755" || info.Mode().Perm() != 0o755 {
		t.Errorf("modes %s, %v", mode, info.Mode())
	}
	if out := s.git("status", "--porcelain"); out != "M  x\n" {
		t.Errorf("status %q", out)
	}
	wantError(t, r.FixStaged(ctx, fixOf("link", "x", "y")), "link: ", "symbolic link")
	wantError(t, r.FixStaged(ctx, fixOf("none", "1\n", "2\n")), "none: it is not in the index")
	s.link("x", "typed")
	wantError(t, r.FixStaged(ctx, fixOf("typed", "1\n", "2\n")), "typed: it is no regular file", "unstaged changes")

	// A directory became a link: what is behind it is not the file.
	s.remove("dir")
	s.write("elsewhere/below", "1\n")
	s.link("elsewhere", "dir")
	if err := r.FixStaged(ctx, fixOf("dir/below", "1\n", "2\n")); err != nil {
		t.Fatal(err)
	}
	same(t, "behind a link", []string{"2\n", "1\n"}, s.both("dir/below"))
}

// TestFixStagedAllOrNone has a file that can be fixed, and one that cannot for some reason.
func TestFixStagedAllOrNone(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(*sandbox)
		err   []string
	}{
		{"two refused", func(s *sandbox) {
			s.write("b", "two\n")
			s.write("c", "two\n")
		}, []string{"b: line 1 of", "c: line 1 of"}},
		{"staged meanwhile", func(s *sandbox) {
			s.write("b", "two\n")
			s.git("add", "b")
		}, []string{"b: what is staged"}},
		{"read-only", func(s *sandbox) {
			if err := os.Chmod(filepath.Join(s.dir, "b"), 0o444); err != nil {
				s.t.Fatal(err)
			}
		}, []string{"b: ", "read-only"}},
		{"locked", func(s *sandbox) { s.write(".git/index.lock", "") }, []string{"index.lock is there", "another git process"}},
		{"no room for objects", func(s *sandbox) {
			s.remove(".git/objects")
			s.write(".git/objects", "")
		}, []string{"git"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSandbox(t)
			var fixes []edit.Change
			for _, name := range []string{"a", "b", "c"} {
				s.write(name, "1\n")
				fixes = append(fixes, fixOf(name, "1\n", "2\n")...)
			}
			s.git("add", "-A")
			r := s.open()
			tt.spoil(s)
			index, b := s.read(".git/index"), s.read("b")
			wantError(t, r.FixStaged(context.Background(), fixes), tt.err...)
			same(t, "files", []string{"1\n", b}, []string{s.read("a"), s.read("b")})
			if s.read(".git/index") != index {
				t.Error("the index changed")
			}
			left, _ := filepath.Glob(filepath.Join(s.dir, ".git", "index.buildlint*"))
			same(t, "left behind", nil, left)
		})
	}
}

// TestFixStagedUndone makes the last step fail: the work tree gets back what it had.
func TestFixStagedUndone(t *testing.T) {
	s := newSandbox(t)
	s.write("a", "1\n")
	s.write("b", "1\n2\n")
	s.git("add", "-A")
	s.write("b", "1\n2\n3\n")
	r, ctx := s.open(), context.Background()
	lock, err := r.lockIndex(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.unlock()
	plans, err := r.plan(ctx, append(fixOf("a", "1\n", "X\n"), fixOf("b", "1\n2\n", "X\n2\n")...))
	if err != nil {
		t.Fatal(err)
	}
	s.remove(".git/index.buildlint")
	wantError(t, r.commit(ctx, lock, worktreeChanges(plans)), "cannot replace the index", "no file was written")
	same(t, "files", []string{"1\n", "1\n2\n3\n"}, []string{s.read("a"), s.read("b")})
}

// TestFixStagedIndexes goes through the forms that an index can have.
func TestFixStagedIndexes(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(*sandbox)
	}{
		{"version 4", func(s *sandbox) { s.git("update-index", "--index-version", "4") }},
		{"split", func(s *sandbox) { s.git("update-index", "--split-index") }},
		{"untracked cache", func(s *sandbox) { s.git("update-index", "--force-untracked-cache") }},
		{"sparse", func(s *sandbox) { s.git("sparse-checkout", "set", "--cone", "--sparse-index", "d") }},
		{"intent to add", func(s *sandbox) {
			s.write("new", "1")
			s.git("add", "-N", "new")
		}},
		{"submodule", func(s *sandbox) {
			s.git("init", "-q", "sub")
			s.git("-C", "sub", "commit", "-q", "--allow-empty", "-m", "x")
			s.git("add", "sub")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSandbox(t)
			s.write("d/a", "1\n")
			s.write("e/f/g", "1\n")
			s.commit()
			tt.do(s)
			before := s.git("ls-files", "-t", "-s")
			if err := s.open().FixStaged(context.Background(), fixOf("d/a", "1\n", "2\n")); err != nil {
				t.Fatal(err)
			}
			same(t, "files", []string{"2\n", "2\n"}, s.both("d/a"))
			want := strings.Replace(before, objectID(s.staged("d/a"), []byte("1\n")), s.staged("d/a"), 1)
			same(t, "index", strings.Split(want, "\n"), strings.Split(s.git("ls-files", "-t", "-s"), "\n"))
			s.git("fsck", "--no-dangling")
		})
	}
}

func TestFixStagedLeftOut(t *testing.T) {
	s := newSandbox(t)
	s.write("a", "1\n")
	s.write("e/f", "1\n")
	s.commit()
	s.git("sparse-checkout", "set", "--cone", "d")
	err := s.open().FixStaged(context.Background(), fixOf("e/f", "1\n", "2\n"))
	wantError(t, err, "e/f: a sparse checkout leaves it out")
}

func TestFixStagedMany(t *testing.T) {
	s := newSandbox(t, "--object-format=sha256")
	var fixes []edit.Change
	for i := range 10 * maxSpecs {
		name := fmt.Sprintf("d%d/BUILD", i)
		s.write(name, "1\n")
		fixes = append(fixes, fixOf(name, "1\n", fmt.Sprintf("%d\n", i+2))...)
	}
	s.git("add", "-A")
	if err := s.open().FixStaged(context.Background(), fixes); err != nil {
		t.Fatal(err)
	}
	if out := s.git("diff", "--name-only"); out != "" {
		t.Errorf("index and work tree differ in %q", out)
	}
	same(t, "one", []string{"302\n", "302\n"}, s.both("d300/BUILD"))
}

// FuzzMerge checks that a merge has both changes or says where they clash.
func FuzzMerge(f *testing.F) {
	f.Add("1\n2\n3\n", "1\n2\n3\n4", "0\n2\n3\n")
	f.Add("", "1", "2\r\n")
	f.Add("a\nb\na\nb\n", "b\na\nb\n", "a\nb\na\n")
	f.Add("@@ -1 +1 @@\n", "@@ -9 +9 @@\n", "")
	f.Fuzz(func(t *testing.T, base, ours, fixed string) {
		same := func(what, want string, a, b, c string) {
			got, conflicts := merge([]byte(a), []byte(b), []byte(c))
			if len(conflicts) > 0 || string(got) != want {
				t.Errorf("%s: got %q, %q, want %q", what, got, conflicts, want)
			}
		}
		same("nothing of ours", fixed, base, base, fixed)
		same("nothing fixed", ours, base, ours, base)
		same("both alike", fixed, base, fixed, fixed)
		got, conflicts := merge([]byte(base), []byte(ours), []byte(fixed))
		back, _ := merge([]byte(base), []byte(fixed), []byte(ours))
		if len(conflicts) == 0 && string(got) != string(back) {
			t.Errorf("one way gives %q, the other %q", got, back)
		}
	})
}

// TestMergeLikeGit merges as git merge-file does where that sees no conflict.
func TestMergeLikeGit(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("line ends")
	}
	s := newSandbox(t)
	base := "1\n2\n3\n4\n5\n6\n7\n8\n"
	versions := []string{base, "1\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\n5\n6\n7\n8\n9", "0\n1\n2\n3\nx\ny\n6\n7\n8\n", "x\n", "",
		"1\n2\n3\n4\n5\n6\nseven\n8\n", "1\n2\n2\n3\n4\n5\n6\n7\n8", "8\n7\n6\n5\n4\n3\n2\n1\n"}
	for _, ours := range versions {
		for _, theirs := range versions {
			s.write("base", base)
			s.write("ours", ours)
			s.write("theirs", theirs)
			want, err := s.try("merge-file", "-p", "ours", "base", "theirs")
			got, conflicts := merge([]byte(base), []byte(ours), []byte(theirs))
			if err == nil && (len(conflicts) > 0 || string(got) != want) {
				t.Errorf("%q and %q: git has %q, we %q %v", ours, theirs, want, got, conflicts)
			}
		}
	}
}

// TestErrorsAre checks what callers tell errors apart by.
func TestErrorsAre(t *testing.T) {
	s := newSandbox(t)
	s.write("a", "1\n")
	s.git("add", "-A")
	r, ctx := s.open(), context.Background()
	if err := r.FixStaged(ctx, fixOf("a", "0\n", "2\n")); !errors.Is(err, edit.ErrChanged) {
		t.Error(err)
	}
	s.write("a", "2\n")
	if err := r.FixStaged(ctx, fixOf("a", "1\n", "3\n")); !errors.Is(err, ErrUnstaged) {
		t.Error(err)
	}
}
