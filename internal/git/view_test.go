package git

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/filetree"
)

func (s *sandbox) link(target, name string) {
	s.t.Helper()
	s.remove(name)
	if err := os.Symlink(target, filepath.Join(s.dir, name)); err != nil {
		s.t.Skip(err)
	}
}

// TestView has one state of a repository a row.
func TestView(t *testing.T) {
	for _, tt := range []struct {
		name         string
		do           func(*sandbox)
		staged, view []string
	}{
		{"clean", func(*sandbox) {}, nil, nil},
		{"touched", func(s *sandbox) { s.touch("a") }, nil, nil},
		{"intent to add", func(s *sandbox) {
			s.write("new", "1")
			s.git("add", "-N", "new")
		}, nil, []string{"-new"}},
		{"deleted after intent to add", func(s *sandbox) {
			s.write("new", "1")
			s.git("add", "-N", "new")
			s.remove("new")
		}, nil, []string{"new="}}, // git says what an entry without content is: nothing
		{"touched link", func(s *sandbox) {
			s.link("d", "l")
			s.git("add", "l")
			s.link("d", "l2")
			s.git("add", "l2")
			s.link("d", "l")
			s.link("e", "l2")
		}, []string{"l added", "l2 added"}, []string{"~l2"}},
		{"touched, with filters", func(s *sandbox) {
			s.write(".gitattributes", "* working-tree-encoding=UTF-16LE\n")
			for _, name := range []string{"u", "new\nline", "\"quoted\"", "v"} {
				s.write(name, "1\x00\n\x00")
				s.git("add", name)
				s.touch(name)
			}
			s.write("v", "2\x00\n\x00")
			s.touch("v")
		}, []string{"\"quoted\" added", "new\nline added", "u added", "v added"}, []string{"v=1\x00\n\x00", "-.gitattributes"}},
		{"renamed", func(s *sandbox) { s.git("mv", "a", "b") }, []string{"a deleted", "b added"}, nil},
		{"renamed, unstaged", func(s *sandbox) {
			s.remove("a")
			s.write("b", "1\n")
		}, nil, []string{"a=1\n", "-b"}},
		{"renamed case", func(s *sandbox) {
			s.git("mv", "a", "A")
			s.write("A", "2\n")
		}, []string{"A added", "a deleted"}, []string{"A=1\n"}},
		{"ignored", func(s *sandbox) {
			s.write(".gitignore", "*.o\n/gen/\n")
			s.write("x.o", "")
			s.write("gen/x", "")
			s.write("gen/tracked", "1")
			s.git("add", "-f", "gen/tracked", ".gitignore")
			s.write("gen/tracked", "2")
		}, []string{".gitignore added", "gen/tracked added"}, []string{"gen/tracked=1"}},
		{"directory for a file", func(s *sandbox) {
			s.remove("a")
			s.write("a/x", "")
		}, nil, []string{"a=1\n", "-a/x"}},
		{"file for a directory", func(s *sandbox) {
			s.remove("d")
			s.write("d", "")
		}, nil, []string{"d/e/f=1\n"}},
		{"executable", func(s *sandbox) {
			s.git("update-index", "--chmod=+x", "a")
		}, []string{"a modified"}, []string{"a=1\n"}},
		{"link for a file", func(s *sandbox) { s.link("d/e/f", "a") }, nil, []string{"a=1\n"}},
		{"file for a link", func(s *sandbox) {
			s.link("../../a", "d/e/l")
			s.link("l", "d/e/ll")
			s.git("add", "-A")
			s.remove("d/e/ll")
			s.write("d/e/ll", "2\n")
		}, []string{"d/e/l added", "d/e/ll added"}, []string{"d/e/ll=1\n"}},
		{"links out of the index", func(s *sandbox) {
			for name, target := range map[string]string{"dir": "d", "abs": "/etc/passwd", "up": "../x", "loop": "loop", "gone": "none"} {
				s.link(target, name)
			}
			s.git("add", "-A")
			for _, name := range []string{"dir", "abs", "up", "loop", "gone"} {
				s.remove(name)
			}
		}, []string{"abs added", "dir added", "gone added", "loop added", "up added"},
			[]string{"~abs", "~dir", "~gone", "~loop", "~up"}},
		{"directory behind a link", func(s *sandbox) {
			s.write("other/f", "2\n")
			s.git("add", "-A")
			s.remove("d/e")
			s.link("../other", "d/e")
		}, []string{"other/f added"}, []string{"d/e/f=1\n"}},
		{"submodule", func(s *sandbox) {
			sub := newSandbox(s.t)
			sub.write("BUILD", "1")
			sub.commit()
			s.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", sub.dir, "sub")
			s.write("sub/BUILD", "2")
			s.write("sub/new", "2")
		}, []string{".gitmodules added"}, nil},
		{"file for a submodule", func(s *sandbox) {
			sub := newSandbox(s.t)
			sub.commit()
			s.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", sub.dir, "sub")
			s.git("commit", "-q", "-m", "sub")
			s.remove("sub")
			s.write("sub", "1")
		}, nil, nil},
		{"submodule for a file", func(s *sandbox) {
			s.git("rm", "-q", "--cached", "a")
			s.remove("a")
			s.git("init", "-q", "a")
			s.git("-C", "a", "commit", "-q", "--allow-empty", "-m", "x")
			s.git("add", "a")
		}, []string{"a deleted"}, nil},
		{"repository in it", func(s *sandbox) {
			s.git("init", "-q", "inner")
			s.write("inner/x", "")
			s.git("-C", "inner", "add", "x")
			s.git("-C", "inner", "commit", "-q", "-m", "x")
		}, nil, nil},
		{"sparse", func(s *sandbox) {
			s.git("sparse-checkout", "set", "--cone", "other")
			s.write("new", "")
		}, nil, []string{"-new"}},
		{"sparse index", func(s *sandbox) {
			s.write("d/g/h", "1")
			s.commit()
			s.git("sparse-checkout", "set", "--cone", "--sparse-index", "d/e")
			s.write("d/e/f", "2\n")
		}, nil, []string{"d/e/f=1\n"}},
		{"split index", func(s *sandbox) {
			s.git("update-index", "--split-index")
			s.write("b", "1")
			s.git("add", "b")
			s.write("b", "2")
		}, []string{"b added"}, []string{"b=1"}},
		{"assumed unchanged", func(s *sandbox) {
			s.git("update-index", "--assume-unchanged", "a")
			s.write("a", "2\n")
		}, nil, nil},
		{"CRLF, unchanged", func(s *sandbox) {
			s.write(".gitattributes", "* text eol=crlf\n")
			s.write("c", "1\r\n")
			s.git("add", "-A")
		}, []string{".gitattributes added", "c added"}, nil},
		{"CRLF, changed", func(s *sandbox) {
			s.write(".gitattributes", "* text eol=crlf\n")
			s.git("add", ".gitattributes")
			s.write("a", "2\r\n")
		}, []string{".gitattributes added"}, []string{"a=1\r\n"}},
		{"autocrlf", func(s *sandbox) {
			s.git("config", "core.autocrlf", "true")
			s.write("a", "2\r\n")
			s.remove("d")
		}, nil, []string{"a=1\r\n", "d/e/f=1\r\n"}},
		{"filters", func(s *sandbox) {
			s.git("config", "filter.shout.clean", "tr A-Z a-z")
			s.git("config", "filter.shout.smudge", "tr a-z A-Z")
			s.write(".gitattributes", "*.f filter=shout\n\" x.g\" filter=shout\n")
			s.write(" x.g", "A\n")
			s.write("x.f", "A\n")
			s.write("y.f", "A\n")
			s.write("z z.f", "A\n")
			s.git("add", "-A")
			s.write("x.f", "B\n")
			s.write(" x.g", "B\n")
			s.write("z z.f", "B\n")
		}, []string{" x.g added", ".gitattributes added", "x.f added", "y.f added", "z z.f added"}, []string{" x.g=A\n", "x.f=A\n", "z z.f=A\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSandbox(t)
			s.write("a", "1\n")
			s.write("d/e/f", "1\n")
			s.commit()
			tt.do(s)
			r := s.open()
			same(t, "staged", tt.staged, changes(t)(r.Staged(context.Background())))
			same(t, "view", tt.view, view(t, r))
		})
	}
}

// TestViewInTree lays views of random states over the files, and compares with what git checks out of the index.
func TestViewInTree(t *testing.T) {
	for seed := range 12 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			s := newSandbox(t)
			s.scatter(r)
			s.commit()
			s.scatter(r)
			s.git("add", "-A")
			s.scatter(r)
			v, err := s.open().StagedView(context.Background(), nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			tree, err := filetree.New(s.dir)
			if err != nil {
				t.Fatal(err)
			}
			out := t.TempDir() + "/"
			s.git("checkout-index", "-a", "--prefix="+out)
			want, err := filetree.New(out)
			if err != nil {
				t.Fatal(err)
			}
			got := contentsOf(t, tree.With(v.Overlays))
			for _, name := range v.Hidden {
				delete(got, name)
			}
			if diff := cmp.Diff(contentsOf(t, want), got); diff != "" {
				t.Errorf("git's - ours +\n%s", diff)
			}
		})
	}
}

// scatter writes some files anew, puts directories in the place of others, and removes some.
func (s *sandbox) scatter(r *rand.Rand) {
	for _, name := range []string{"a", "b", "c", "d/e", "d/f", "d/g/h"} {
		switch r.IntN(5) {
		case 0:
			s.remove(name)
		case 1:
			s.remove(name)
			s.write(name+"/x", fmt.Sprint(r.IntN(3)))
		case 2, 3:
			s.remove(name)
			s.write(name, fmt.Sprint(r.IntN(3)))
		}
	}
}

func contentsOf(t *testing.T, tree *filetree.Tree) map[string]string {
	files := map[string]string{}
	for _, name := range tree.Glob("", []string{"**"}, nil) {
		data, err := tree.Read(name)
		if err != nil {
			t.Error(err)
		}
		files[name] = string(data)
	}
	return files
}

// TestViewOfDirectories asks for less.
func TestViewOfDirectories(t *testing.T) {
	s := newSandbox(t)
	for _, name := range []string{"ws/a/BUILD", "ws/a/b/BUILD", "ws/a/x.py", "ws/ab/BUILD", "ws/c/BUILD", "ws/a/gone", "ws/a/link"} {
		s.write(name, "1")
	}
	s.link("b", "ws/a/todir")
	s.commit()
	s.remove("ws/a/todir")
	for _, name := range []string{"ws/a/BUILD", "ws/a/b/BUILD", "ws/a/x.py", "ws/ab/BUILD", "ws/c/BUILD"} {
		s.write(name, "2")
	}
	s.remove("ws/a/gone")
	s.link("BUILD", "ws/a/link")
	for _, name := range []string{"ws/a/new", "ws/ab/new", "ws/c/new", "ws/d/new"} {
		s.write(name, "")
	}
	r := s.openAt("ws")
	builds := func(name string) bool { return strings.HasSuffix(name, "BUILD") }
	for _, tt := range []struct {
		dirs  []string
		reads func(string) bool
		want  []string
	}{
		{[]string{}, nil, nil},
		{[]string{"a"}, nil, []string{"a/BUILD=1", "a/b/BUILD=1", "a/gone=1", "a/link=1", "a/x.py=1", "-a/new", "~a/todir"}},
		{[]string{"a/b", "c", "d", "none"}, nil, []string{"a/b/BUILD=1", "c/BUILD=1", "-c/new", "-d/new"}},
		{[]string{"a"}, builds, []string{"a/BUILD=1", "a/b/BUILD=1", "a/gone=", "a/link=", "-a/new", "~a/todir"}},
		{[]string{"a", ""}, builds, []string{"a/BUILD=1", "a/b/BUILD=1", "a/gone=", "a/link=", "ab/BUILD=1", "c/BUILD=1",
			"-a/new", "-ab/new", "-c/new", "-d/new", "~a/todir"}},
	} {
		v, err := r.StagedView(context.Background(), tt.dirs, tt.reads)
		if err != nil {
			t.Fatal(err)
		}
		same(t, strings.Join(tt.dirs, ","), tt.want, viewLines(v))
	}
}

// conflicted gives a repository in the middle of a merge.
func conflicted(t *testing.T) *sandbox {
	s := newSandbox(t)
	s.write("a", "1\n")
	s.write("b", "1\n")
	s.commit()
	s.git("checkout", "-q", "-b", "topic")
	s.write("a", "2\n")
	s.git("rm", "-q", "b")
	s.commit()
	s.git("checkout", "-q", "main")
	s.write("a", "3\n")
	s.write("b", "3\n")
	s.commit()
	out, _ := s.try("merge", "topic")
	if !strings.Contains(out, "CONFLICT") {
		t.Fatal(out)
	}
	return s
}

func TestConflict(t *testing.T) {
	s := conflicted(t)
	r, ctx := s.open(), context.Background()
	_, errStaged := r.Staged(ctx)
	_, errView := r.StagedView(ctx, nil, nil)
	errFix := r.FixStaged(ctx, fixOf("a", "1\n", "2\n"))
	for _, err := range []error{errStaged, errView, errFix} {
		wantError(t, err, "a: unresolved merge conflict", "git add")
		if !errors.Is(err, ErrConflict) {
			t.Errorf("%v is no conflict", err)
		}
	}
	wantError(t, errView, "b: unresolved")
	same(t, "since", []string{"a modified"}, changes(t)(r.ChangedSince(ctx, "HEAD")))
}

func TestFilterFails(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no sh")
	}
	s := newSandbox(t)
	s.write(".gitattributes", "*.f filter=bad\n")
	s.write("x.f", "1")
	s.commit()
	s.git("config", "filter.bad.clean", "cat")
	s.git("config", "filter.bad.smudge", "false")
	s.git("config", "filter.bad.required", "true")
	s.write("x.f", "2")
	_, err := s.open().StagedView(context.Background(), nil, nil)
	wantError(t, err, "x.f", "smudge")
}
