package cli

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/buildlint/buildlint/internal/factcache"
)

// settledPackages is a workspace that the built program keeps runs of, with a cache of its own.
func settledPackages(t *testing.T, n int) (dir string, undisturbed string) {
	t.Helper()
	dir = brokenPackages(t, n)
	settle()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	return dir, written(t, program(t, dir, "--no-cache"))
}

// written runs a command that finds something, and returns what it writes.
func written(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	if code, stderr := exitCode(t, cmd); code != exitFindings || stderr != "" {
		t.Errorf("exit code %d, standard error: %s", code, stderr)
	}
	return stdout.String()
}

// TestReplayTogether holds that many runs at once, and those after them, write the same.
func TestReplayTogether(t *testing.T) {
	dir, want := settledPackages(t, 100)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			for range 3 {
				if got := written(t, program(t, dir)); got != want {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
			}
		})
	}
	all.Wait()
	if runs := keptRuns(t); len(runs) != 1 {
		t.Errorf("kept: %v", runs)
	}
	cmd := program(t, dir)
	other := filepath.Join(t.TempDir(), "buildlint")
	if err := os.Link(cmd.Path, other); err != nil {
		t.Skip(err)
	}
	cmd.Path = other
	written(t, cmd)
	if runs := keptRuns(t); len(runs) != 2 {
		t.Errorf("of two programs is kept: %v", runs)
	}
}

// TestReplayKilled kills runs at random moments. Those after them write what an undisturbed one does.
func TestReplayKilled(t *testing.T) {
	dir, want := settledPackages(t, 100)
	start := time.Now()
	written(t, program(t, dir))
	whole := time.Since(start)
	for range 8 {
		cache := t.TempDir()
		t.Setenv("XDG_CACHE_HOME", cache)
		killed := program(t, dir)
		if err := killed.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		_ = killed.Process.Kill() // it may have ended
		_ = killed.Wait()
		for range 2 {
			if got := written(t, program(t, dir)); got != want {
				t.Fatalf("got:\n%s\nwant:\n%s", got, want)
			}
		}
	}
}

// TestReplayDiskFull holds that a full disk is no error, and that nothing is left of what could not be written.
func TestReplayDiskFull(t *testing.T) {
	dir, want := settledPackages(t, 400)
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip(err)
	}
	for range 2 {
		cmd := program(t, dir)
		cmd.Args = []string{"bash", "-c", `trap '' XFSZ; ulimit -f 4; exec -a buildlint "$0"`, cmd.Path}
		cmd.Path = shell
		r, w, err := os.Pipe() // which has no limit
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stdout = w
		var got bytes.Buffer
		read := make(chan struct{})
		go func() {
			defer close(read)
			_, _ = got.ReadFrom(r)
		}()
		code, stderr := exitCode(t, cmd)
		closeFile(t, w)
		<-read
		if code != exitFindings || stderr != "" || got.String() != want {
			t.Errorf("exit code %d, standard error: %s", code, stderr)
		}
		if left, _ := os.ReadDir(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "buildlint")); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	}
}

// TestReplayTerminal holds that what was written to a file is not written to a terminal, nor in colour where there is
// to be none.
func TestReplayTerminal(t *testing.T) {
	dir, _ := settledPackages(t, 1)
	for range 2 {
		for _, variable := range []string{"", "NO_COLOR=1", "TERM=dumb"} {
			cmd, fresh := program(t, dir), program(t, dir, "--no-cache")
			if variable != "" {
				env := append(os.Environ(), variable)
				cmd.Env, fresh.Env = env, env
			}
			if got, want := onTerminal(t, cmd), onTerminal(t, fresh); got != want {
				t.Errorf("with %q a terminal shows\n%s\nwant\n%s", variable, got, want)
			}
		}
		if got, want := written(t, program(t, dir)), written(t, program(t, dir, "--no-cache")); got != want {
			t.Errorf("written:\n%s\nwant:\n%s", got, want)
		}
	}
	if runs := keptRuns(t); len(runs) != 3 { // without colour, a dumb terminal is like others
		t.Errorf("kept: %v", runs)
	}
}

// TestReplayGone holds that nothing is kept of a run whose reader went away.
func TestReplayGone(t *testing.T) {
	dir, _ := settledPackages(t, 1)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	closeFile(t, r)
	cmd := program(t, dir)
	cmd.Stdout = w
	exitCode(t, cmd)
	closeFile(t, w)
	if runs := keptRuns(t); len(runs) != 0 {
		t.Errorf("kept: %v", runs)
	}
	if factcache.Open(factcache.Runs()) == nil {
		t.Error("there is no cache at all")
	}
}
