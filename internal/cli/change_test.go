package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/baseline"
)

// TestChangeLikeTwoRuns changes small repositories at random, and compares what --since and --staged tell with what a
// run over everything finds now and a run over everything found then.
func TestChangeLikeTwoRuns(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	for seed := range 25 {
		r := rand.New(rand.NewPCG(uint64(seed), 6))
		dir := t.TempDir()
		writeTestFile(t, filepath.Join(dir, "pants.ini"), "")
		for range 8 {
			randomEdit(t, r, dir)
		}
		gitRun(t, dir, "init", "-q")
		gitRun(t, dir, "add", "-A")
		gitRun(t, dir, "commit", "-q", "-m", "one")
		old := findAll(t, dir)
		for range 1 + r.IntN(3) {
			randomEdit(t, r, dir)
		}
		now := findAll(t, dir)
		fresh, _, _ := baseline.Create(old).Filter(now)
		isFresh := map[occurrence]bool{}
		for _, d := range fresh {
			isFresh[occurrenceOf(d)] = true
		}
		tracked := strings.Fields(gitRun(t, dir, "diff", "--name-only", "HEAD"))
		changed := map[string]bool{}
		for _, name := range append(tracked, strings.Fields(gitRun(t, dir, "ls-files", "-o"))...) {
			changed[name] = true
		}
		var want []string
		for _, d := range now {
			if changed[d.Path] || isFresh[occurrenceOf(d)] {
				want = append(want, fmt.Sprint(d.Path, d.Span, d.Rule, d.Message))
			}
		}
		since := findChange(t, dir, &lintFlags{since: "HEAD"})
		if diff := cmp.Diff(want, since, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d, --since, changed %v: two runs -, one run +:\n%s", seed, changed, diff)
		}
		gitRun(t, dir, "add", "-A")
		for range 2 { // what is not staged must not count
			randomEdit(t, r, dir)
		}
		if diff := cmp.Diff(want, findChange(t, dir, &lintFlags{staged: true}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d, --staged, changed %v: two runs -, one run +:\n%s", seed, changed, diff)
		}
	}
}

// randomEdit writes or removes a file at random.
func randomEdit(t *testing.T, r *rand.Rand, dir string) {
	t.Helper()
	base := "src/main/python/org/app/"
	pkg := func() string { return base + string("abcd"[r.IntN(4)]) }
	name := pkg() + "/" + []string{"BUILD", "BUILD", "BUILD", "BUILD.x", "m.py", "sub/m.py", "sub/BUILD"}[r.IntN(7)]
	full := filepath.Join(dir, filepath.FromSlash(name))
	if r.IntN(5) == 0 {
		_ = os.Remove(full) // it may not be there
		return
	}
	if text, err := os.ReadFile(full); err == nil && r.IntN(3) == 0 {
		writeTestFile(t, full, "# A comment.\n"+string(text))
		return
	}
	if strings.HasSuffix(name, ".py") {
		writeTestFile(t, full, []string{"", "def main():\n  pass\n"}[r.IntN(2)])
		return
	}
	var b strings.Builder
	for _, n := range []string{dirName(name), "_private", "tool"}[:1+r.IntN(3)] {
		fmt.Fprintf(&b, "%s(\n  name = '%s',\n", []string{"python_library", "python_binary", "resources"}[r.IntN(3)], n)
		fmt.Fprintf(&b, "  sources = %s,\n", []string{"rglobs('*.py')", "['m.py']", "globs('*')"}[r.IntN(3)])
		fmt.Fprintf(&b, "  dependencies = ['%s', '%s:_private'],\n)\n", pkg(), pkg())
	}
	writeTestFile(t, full, b.String())
}

// dirName returns the name of the directory of a file.
func dirName(name string) string { return filepath.Base(filepath.Dir(name)) }

func gitRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func findAll(t *testing.T, dir string) []analysis.Diagnostic {
	t.Helper()
	p, err := openSubject(dir, "pants.ini", &configFlags{})
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.checkAll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return result.Diagnostics
}

// findChange returns what a run with flags finds.
func findChange(t *testing.T, dir string, f *lintFlags) []string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	l := &linter{app: &app{stdout: newOutput(&stdout), stderr: &stderr}, lintFlags: f}
	asked, _ := requests([]string{dir + "/..."})
	outcomes, err := l.lintAll(t.Context(), asked)
	if err != nil || stderr.Len() > 0 {
		t.Fatal(err, stderr.String())
	}
	var found []string
	for _, d := range outcomes[0].result.Diagnostics {
		found = append(found, fmt.Sprint(d.Path, d.Span, d.Rule, d.Message))
	}
	return found
}
