package git

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestMain(m *testing.M) {
	if root, ok := os.LookupEnv(hookRoot); ok { // this is a hook
		os.Exit(hook(root))
	}
	for _, name := range located() { // the tests may run in a hook
		_ = os.Unsetenv(name)
	}
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
		"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
	} {
		_ = os.Setenv(name, value)
	}
	os.Exit(m.Run())
}

// A sandbox is a repository to play with.
type sandbox struct {
	t   *testing.T
	dir string
}

func newSandbox(t *testing.T, options ...string) *sandbox {
	t.Helper()
	s := &sandbox{t, t.TempDir()}
	s.git(append([]string{"init", "-q", "-b", "main"}, options...)...)
	return s
}

// git runs git, which must succeed.
func (s *sandbox) git(args ...string) string {
	s.t.Helper()
	return s.gitWith("", args...)
}

func (s *sandbox) gitWith(stdin string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stdin = s.dir, strings.NewReader(stdin)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("git %s: %v\n%s%s", strings.Join(args, " "), err, out, &stderr)
	}
	return string(out)
}

func (s *sandbox) write(name, content string) {
	s.t.Helper()
	full := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sandbox) remove(name string) {
	s.t.Helper()
	if err := os.RemoveAll(filepath.Join(s.dir, name)); err != nil {
		s.t.Fatal(err)
	}
}

// read gives a file's content, "absent" for none.
func (s *sandbox) read(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if os.IsNotExist(err) {
		return "absent"
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

// touch makes a file look as if it had changed.
func (s *sandbox) touch(name string) {
	s.t.Helper()
	old := time.Unix(1e9, 0)
	if err := os.Chtimes(filepath.Join(s.dir, name), old, old); err != nil {
		s.t.Fatal(err)
	}
}

// commit adds and commits all.
func (s *sandbox) commit() {
	s.t.Helper()
	s.git("add", "-A")
	s.git("commit", "-q", "--allow-empty", "-m", "x")
}

func (s *sandbox) open() *Repo {
	s.t.Helper()
	return s.openAt("")
}

func (s *sandbox) openAt(dir string) *Repo {
	s.t.Helper()
	r, err := Open(context.Background(), filepath.Join(s.dir, dir))
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// changes gives changes as "path status" lines.
func changes(t *testing.T) func([]Change, error) []string {
	return func(all []Change, err error) []string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, c := range all {
			out = append(out, c.Path+" "+c.Status.String())
		}
		return out
	}
}

// view gives the view of a whole workspace as "path=content", "-path" and "~path" lines.
func view(t *testing.T, r *Repo) []string {
	t.Helper()
	v, err := r.StagedView(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return viewLines(v)
}

func viewLines(v *View) []string {
	var out []string
	for _, c := range v.Overlays {
		out = append(out, c.Path+"="+string(c.Overlay))
	}
	for _, name := range v.Hidden {
		out = append(out, "-"+name)
	}
	for _, name := range v.Links {
		out = append(out, "~"+name)
	}
	return out
}

func same(t *testing.T, what string, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s: want - got +\n%s", what, diff)
	}
}

// wantError checks that an error says something.
func wantError(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %q", want)
	}
	for _, part := range want {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
}

// try runs git, which may fail.
func (s *sandbox) try(args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = s.dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}
