package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCombinations compares with a model for each content that a file may have in HEAD, index and work tree.
func TestCombinations(t *testing.T) {
	s := newSandbox(t)
	const absent = ""
	head, index, work := []string{absent, "a"}, []string{absent, "a", "b"}, []string{absent, "a", "b", "c"}
	var since, staged, shown, hidden []string
	each := func(do func(name, h, i, w string)) {
		for _, h := range head {
			for _, i := range index {
				for _, w := range work {
					do(fmt.Sprintf("h%s-i%s-w%s", h, i, w), h, i, w)
				}
			}
		}
	}
	put := func(name, content string) {
		s.remove(name)
		if content != absent {
			s.write(name, content)
		}
	}
	each(func(name, h, _, _ string) { put(name, h) })
	s.commit()
	each(func(name, _, i, _ string) { put(name, i) })
	s.git("add", "-A")
	each(func(name, h, i, w string) {
		put(name, w)
		line := compare(name, h, w)
		if h == w && i == absent && w != absent {
			line = name + " modified" // it is not tracked any more
		}
		if line != "" {
			since = append(since, line)
		}
		if line := compare(name, h, i); line != "" {
			staged = append(staged, line)
		}
		if i != absent && i != w {
			shown = append(shown, name+"="+i)
		}
		if i == absent && w != absent {
			hidden = append(hidden, "-"+name)
		}
	})
	for _, all := range [][]string{since, staged, shown, hidden} {
		slices.Sort(all)
	}
	r, ctx := s.open(), context.Background()
	same(t, "since", since, changes(t)(r.ChangedSince(ctx, "HEAD")))
	same(t, "staged", staged, changes(t)(r.Staged(ctx)))
	same(t, "view", append(shown, hidden...), view(t, r))
}

// compare is the line of a change between two contents.
func compare(name, a, b string) string {
	switch {
	case a == b:
		return ""
	case a == "":
		return name + " added"
	case b == "":
		return name + " deleted"
	}
	return name + " modified"
}

func TestUnborn(t *testing.T) {
	s := newSandbox(t)
	ctx := context.Background()
	s.write("a", "1")
	s.write("b", "1")
	s.write("c", "1")
	s.git("add", "a", "b")
	s.write("b", "2")
	r := s.open()
	same(t, "since", []string{"a added", "b added", "c added"}, changes(t)(r.ChangedSince(ctx, "HEAD")))
	same(t, "staged", []string{"a added", "b added"}, changes(t)(r.Staged(ctx)))
	same(t, "view", []string{"b=1", "-c"}, view(t, r))
	_, err := r.ChangedSince(ctx, "main")
	wantError(t, err, `no revision "main"`)
}

func TestUnbornSHA256(t *testing.T) {
	s := newSandbox(t, "--object-format=sha256")
	s.write("a", "1")
	same(t, "since", []string{"a added"}, changes(t)(s.open().ChangedSince(context.Background(), "HEAD")))
}

// TestNames goes through names that are hard to print, and one that git takes for a pattern or an option.
func TestNames(t *testing.T) {
	s := newSandbox(t)
	names := []string{"new\nline", " led by blank", "\tled by tab", "ends in blank ", "quo\"te", "\xff\xfe", "é", "*", "-x",
		":(top)x", "[a]", "d/\n", "a -> b", "end-x missing"}
	if err := os.WriteFile(filepath.Join(s.dir, "\xff"), nil, 0o666); err != nil {
		t.Skip("the file system takes no such name")
	}
	s.remove("\xff")
	for _, name := range names {
		s.write(name, "1")
	}
	s.commit()
	var modified, shown []string
	for _, name := range names {
		s.write(name, "2\n")
	}
	s.git("add", "-A")
	for _, name := range names {
		s.write(name, "3\n")
		modified = append(modified, name+" modified")
		shown = append(shown, name+"=2\n")
	}
	s.write("un\ntracked", "")
	slices.Sort(modified)
	slices.Sort(shown)
	r, ctx := s.open(), context.Background()
	same(t, "staged", modified, changes(t)(r.Staged(ctx)))
	got := view(t, r)
	slices.Sort(got[:len(got)-1])
	same(t, "view", append(shown, "-un\ntracked"), got)
	for _, name := range names {
		if err := r.FixStaged(ctx, fixOf(name, "2\n", "0\n2\n")); !errors.Is(err, ErrUnstaged) {
			t.Errorf("%q: %v", name, err)
		}
		s.write(name, "2\n")
		if err := r.FixStaged(ctx, fixOf(name, "2\n", "4\n")); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if got := s.read(name) + s.git("cat-file", "blob", s.staged(name)); got != "4\n4\n" {
			t.Errorf("%q: work tree and index hold %q", name, got)
		}
	}
}

// TestSubdirectory opens a workspace below the top of the work tree.
func TestSubdirectory(t *testing.T) {
	for _, sub := range []string{"ws", "w s/\n/x"} {
		s := newSandbox(t)
		ctx := context.Background()
		for _, name := range []string{"BUILD", sub + "/BUILD", sub + "/a/BUILD", sub + "-not/BUILD"} {
			s.write(name, "1")
		}
		s.commit()
		for _, name := range []string{"BUILD", sub + "/a/BUILD", sub + "-not/BUILD"} {
			s.write(name, "2")
		}
		s.git("add", "-A")
		s.write("BUILD", "3")
		s.write(sub+"/a/BUILD", "3")
		s.write(sub+"/new", "")
		s.write("new", "")
		r := s.openAt(sub)
		same(t, "since", []string{"a/BUILD modified", "new added"}, changes(t)(r.ChangedSince(ctx, "HEAD")))
		same(t, "staged", []string{"a/BUILD modified"}, changes(t)(r.Staged(ctx)))
		same(t, "view", []string{"a/BUILD=2", "-new"}, view(t, r))
		s.write(sub+"/a/BUILD", "2")
		if err := r.FixStaged(ctx, fixOf("a/BUILD", "2", "4")); err != nil {
			t.Error(err)
		}
		same(t, "fixed", []string{"4", "4"}, []string{s.read(sub + "/a/BUILD"), s.git("cat-file", "blob", s.staged(sub+"/a/BUILD"))})
	}
}

// TestMergeBase takes the revision for the place where the branch left it.
func TestMergeBase(t *testing.T) {
	s := newSandbox(t)
	ctx := context.Background()
	s.write("a", "1")
	s.write("b", "1")
	s.commit()
	s.git("checkout", "-q", "-b", "topic")
	s.write("a", "2")
	s.commit()
	s.git("checkout", "-q", "main")
	s.write("b", "2")
	s.commit()
	s.git("checkout", "-q", "topic")
	s.git("checkout", "-q", "--orphan", "alone")
	s.git("commit", "-q", "-m", "y")
	s.git("tag", "-a", "-m", "t", "v1", "main")
	for _, tt := range []struct {
		at, rev string
		want    []string
	}{
		{"topic", "main", []string{"a modified"}},
		{"topic", "v1", []string{"a modified"}},
		{"topic", "HEAD", nil},
		{"topic", "HEAD~1", []string{"a modified"}},
		{"topic", "HEAD~1^{tree}", []string{"a modified"}},
		{"alone", "main", []string{"a modified", "b modified"}},
	} {
		s.git("checkout", "-q", tt.at)
		same(t, tt.at+" since "+tt.rev, tt.want, changes(t)(s.open().ChangedSince(ctx, tt.rev)))
	}
}

func TestUnknownRevision(t *testing.T) {
	s := newSandbox(t)
	s.write("a", "1")
	s.commit()
	s.write("a", "2")
	s.commit()
	ctx := context.Background()
	for _, rev := range []string{"", "none", "--all", "HEAD..HEAD", "HEAD:a", "HEAD\n", "\x00", "@{upstream}", strings.Repeat("0", 40)} {
		_, err := s.open().ChangedSince(ctx, rev)
		wantError(t, err, fmt.Sprintf("no revision %q", rev), "git fetch")
	}
	shallow := newSandbox(t)
	shallow.git("pull", "-q", "--depth", "1", "file://"+s.dir, "main")
	_, err := shallow.open().ChangedSince(ctx, "HEAD~1")
	wantError(t, err, "shallow clone", "--unshallow")
}

// TestConfiguration sets what would change the output of git's commands for people.
func TestConfiguration(t *testing.T) {
	s := newSandbox(t)
	ctx := context.Background()
	s.write("sub/a", "1\n")
	s.write("sub/b", "1\n")
	s.commit()
	hook := filepath.Join(s.dir, ".git", "trap")
	for key, value := range map[string]string{
		"diff.renames": "copies", "diff.noprefix": "true", "diff.relative": "true", "diff.external": "false", "color.ui": "always",
		"core.pager": "false", "core.quotePath": "true", "diff.autoRefreshIndex": "true", "diff.orderFile": "/none",
		"core.fsmonitor": hook, "core.hooksPath": filepath.Join(s.dir, ".git"), "status.showUntrackedFiles": "no",
		"diff.mnemonicPrefix": "true", "diff.ignoreSubmodules": "none", "core.excludesFile": "/none",
	} {
		s.git("config", key, value)
	}
	for _, name := range []string{"trap", "post-index-change"} {
		s.write(".git/"+name, "#!/bin/sh\ntouch '"+hook+"ped'\n")
		if err := os.Chmod(filepath.Join(s.dir, ".git", name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for _, variable := range []string{"GIT_GLOB_PATHSPECS=1", "GIT_EXTERNAL_DIFF=false", "GIT_PAGER=false", "LC_ALL=de_DE.UTF-8"} {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	s.git("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "mv", "sub/a", "sub/c")
	s.touch("sub/b")
	s.write("sub/c", "2\n")
	s.write("sub/d", "")
	s.remove(".git/trapped")
	before := s.read(".git/index")
	r := s.openAt("sub")
	same(t, "since", []string{"a deleted", "c added", "d added"}, changes(t)(r.ChangedSince(ctx, "HEAD")))
	same(t, "staged", []string{"a deleted", "c added"}, changes(t)(r.Staged(ctx)))
	same(t, "view", []string{"c=1\n", "-d"}, view(t, r))
	if s.read(".git/index") != before {
		t.Error("looking changed the index")
	}
	if err := r.FixStaged(ctx, fixOf("b", "1\n", "2\n")); err != nil {
		t.Error(err)
	}
	if s.read(".git/trapped") != "absent" {
		t.Error("a hook was run")
	}
}

func TestOpenErrors(t *testing.T) {
	ctx := context.Background()
	_, err := Open(ctx, t.TempDir())
	wantError(t, err, "in no git repository")
	bare := newSandbox(t, "--bare")
	_, err = Open(ctx, bare.dir)
	wantError(t, err, "bare")
	s := newSandbox(t)
	_, err = Open(ctx, filepath.Join(s.dir, ".git"))
	wantError(t, err, "in no work tree")
	_, err = Open(ctx, filepath.Join(s.dir, "none"))
	wantError(t, err, "workspace root", "no such file")
	t.Setenv("PATH", t.TempDir())
	_, err = Open(ctx, s.dir)
	wantError(t, err, "git is needed", "PATH")
}

func TestCancelled(t *testing.T) {
	s := newSandbox(t)
	s.write("a", "1")
	s.commit()
	r := s.open()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, errSince := r.ChangedSince(ctx, "HEAD")
	_, errStaged := r.Staged(ctx)
	_, errView := r.StagedView(ctx, nil, nil)
	errFix := r.FixStaged(ctx, fixOf("a", "1", "2"))
	for _, err := range []error{errSince, errStaged, errView, errFix} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	same(t, "files", []string{"1", "absent"}, []string{s.read("a"), s.read(".git/index.lock")})
}
