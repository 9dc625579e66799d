package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/buildlint/buildlint/analysis"
)

// linked are two files that one fix connects, and one that has a fix of its own.
const linked = `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
  provides = setup_py(name = 'org.app.web', version = open('.version').read()),
)

resources(
  name = 'assets',
)
-- src/test/python/org/app/web/BUILD --
resources(
  name = 'web',
  dependencies = ['src/main/python/org/app/web:assets'],
)
-- util/BUILD --
target()
-- alone/BUILD --
target(dependencies = ['util:util'])
`

// A scene is a run that is stopped between reading and writing.
type scene struct {
	linter *linter
	stderr bytes.Buffer
	dir    string
	p      *subject
	dirs   []string
}

func newScene(t *testing.T, f *lintFlags) *scene {
	t.Helper()
	s := &scene{dir: unpack(t, txtar.Parse([]byte(linked)))}
	s.linter = &linter{app: &app{stdout: newOutput(&bytes.Buffer{}), stderr: &s.stderr}, lintFlags: f}
	p, err := openSubject(s.dir, "pants.ini", &f.configFlags)
	if err != nil {
		t.Fatal(err)
	}
	s.p = p
	if s.dirs, _, err = p.directories(t.Context(), whole()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *scene) path(file string) string { return filepath.Join(s.dir, filepath.FromSlash(file)) }

// TestDeletedMeanwhile holds that a file that is deleted after it was listed is told of, and the rest is linted.
func TestDeletedMeanwhile(t *testing.T) {
	s := newScene(t, &lintFlags{})
	if err := os.Remove(s.path("src/test/python/org/app/web/BUILD")); err != nil {
		t.Fatal(err)
	}
	o, err := s.linter.check(t.Context(), s.p, whole(), s.dirs)
	if err != nil {
		t.Fatal(err)
	}
	s.linter.addErrors(o, nil)
	want := "buildlint: src/test/python/org/app/web/BUILD: no such file or directory\n"
	if s.stderr.String() != want || !s.linter.failed {
		t.Errorf("standard error: %swant %s", &s.stderr, want)
	}
	if len(o.result.Diagnostics) == 0 {
		t.Error("nothing else was linted")
	}
}

// TestChangedMeanwhile holds that a file that was changed by somebody else since it was read is left as it is, with
// all whose fixes have to do with it, and that the other files are written.
func TestChangedMeanwhile(t *testing.T) {
	for _, changed := range []string{"src/main/python/org/app/web/BUILD", "src/test/python/org/app/web/BUILD"} {
		t.Run(changed, func(t *testing.T) {
			s := newScene(t, &lintFlags{
				fix: true, unsafeFixes: true,
				configFlags: configFlags{selected: []string{"private-target-name", "redundant-target-name"}},
			})
			r := &repair{
				subject: s.p, scope: whole(), dirs: s.dirs, barred: map[string]bool{},
				onRecord: func(analysis.Diagnostic) bool { return false },
			}
			o, err := s.linter.fixOnce(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			if len(o.fixing.Files) != 3 {
				t.Fatalf("fixed files: %v", o.fixing.Files)
			}
			writeTestFile(t, s.path(changed), contents(t, s.dir)[changed]+"# changed\n")
			before := contents(t, s.dir)
			again, err := s.linter.write(t.Context(), r, o)
			if err != nil || !again {
				t.Fatalf("again: %v, error: %v", again, err)
			}
			if diff := cmp.Diff(before, contents(t, s.dir)); diff != "" {
				t.Fatalf("something was written:\n%s", diff)
			}
			if _, err := s.linter.fixAndWrite(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			after := contents(t, s.dir)
			if after[changed] != before[changed] || after["alone/BUILD"] == before["alone/BUILD"] {
				t.Errorf("what was written (-before +after):\n%s", cmp.Diff(before, after))
			}
			want := "buildlint: " + changed + ": it is left as it is: the file changed since it was read\n"
			if !strings.HasPrefix(s.stderr.String(), want) || !s.linter.failed {
				t.Errorf("standard error: %swant %s", &s.stderr, want)
			}
		})
	}
}

func writeTestFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
