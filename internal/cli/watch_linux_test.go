package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A transcript is what a process has written so far.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (tr *transcript) Write(p []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.text.Write(p)
}

// take waits until mark is written, and returns what is before it, once.
func (tr *transcript) take(t *testing.T, mark string) string {
	t.Helper()
	for range 6000 {
		tr.mu.Lock()
		before, after, ok := strings.Cut(tr.text.String(), mark)
		if ok {
			tr.text.Reset()
			tr.text.WriteString(after)
		}
		tr.mu.Unlock()
		if ok {
			return before
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%q is not written, but %q", mark, tr.text.String())
	return ""
}

const watching = "buildlint: watching for changes: an interrupt ends\n"

// TestWatch holds that each change is answered with what a new run would tell, and that an interrupt ends the watch.
func TestWatch(t *testing.T) {
	dir := brokenPackages(t, 2)
	file := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	cmd := program(t, dir, "--watch", "--select", "recommended")
	var out transcript
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		name   string
		change func()
	}{
		{"nothing", func() {}},
		{"a file changed", func() { writeTestFile(t, file("p0/BUILD"), "target(dependencies = ['util', ':gone'])\n") }},
		{"a target went", func() { writeTestFile(t, file("util/BUILD"), "target(name = 'other')\n") }},
		{"a package came", func() { writeTestFile(t, file("p2/deep/BUILD"), "target(dependencies = ['p0', 'p0'])\n") }},
		{"and changed", func() { writeTestFile(t, file("p2/deep/BUILD"), "target(dependencies = ['p0', 'p1:away'])\n") }},
		{"a circle", func() { writeTestFile(t, file("p1/BUILD"), "target(dependencies = ['p2/deep', 'p1'])\n") }},
		{"a wrong configuration", func() { writeTestFile(t, file("buildlint.toml"), "nonsense = 1\n") }},
		{"a right one", func() { writeTestFile(t, file("buildlint.toml"), "exclude = ['p1']\n") }},
		{"a package went", func() {
			if err := os.RemoveAll(file("p2")); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, step := range steps {
		step.change()
		got := out.take(t, watching)
		var want transcript
		fresh := program(t, dir, "--select", "recommended")
		fresh.Stdout, fresh.Stderr = &want, &want
		_ = fresh.Run() // the exit code is another test's
		if diff := cmp.Diff(want.text.String(), got); diff != "" {
			t.Errorf("%s: a new run -, the watch +:\n%s", step.name, diff)
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, cmd); code != exitClean {
		t.Errorf("exit code %d", code)
	}
}

// TestWatchMended holds that a configuration that is wrong from the start may be mended.
func TestWatchMended(t *testing.T) {
	dir := brokenPackages(t, 1)
	config := filepath.Join(dir, "buildlint.toml")
	writeTestFile(t, config, "nonsense = 1\n")
	cmd := program(t, dir, "--watch")
	var out transcript
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if got := out.take(t, watching); !strings.Contains(got, "nonsense") {
		t.Errorf("of a wrong configuration it tells %q", got)
	}
	writeTestFile(t, config, "")
	if got := out.take(t, watching); !strings.Contains(got, "redundant-target-name") {
		t.Errorf("then it tells %q", got)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, cmd); code != exitClean {
		t.Errorf("exit code %d", code)
	}
}

// TestWatchFlags holds that flags that make no sense with --watch are refused.
func TestWatchFlags(t *testing.T) {
	dir := brokenPackages(t, 1)
	for _, flag := range []string{"--fix", "--diff", "--staged", "--since=HEAD"} {
		cmd := program(t, dir, "--watch", flag)
		var out bytes.Buffer
		cmd.Stderr = &out
		_ = cmd.Run()
		if !strings.HasPrefix(out.String(), "buildlint: --watch and --") || cmd.ProcessState.ExitCode() != exitError {
			t.Errorf("%s: %s", flag, &out)
		}
	}
}
