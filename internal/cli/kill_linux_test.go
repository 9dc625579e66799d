package cli

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/internal/bench/repository"
)

// TestKillFix kills --fix at random moments. No file is ever torn: each is as it was, or as an undisturbed run leaves
// it. A second run completes, and gives what the undisturbed one gives.
func TestKillFix(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 4
	}
	const packages = 300
	before := filesOf(packages)
	undisturbed := t.TempDir()
	writeTree(t, undisturbed, before)
	start := time.Now()
	if code, stderr := exitCode(t, program(t, undisturbed, "--fix", "--unsafe-fixes", "--exit-zero")); code != exitClean {
		t.Fatalf("exit code %d, standard error: %s", code, stderr)
	}
	whole := time.Since(start)
	want := contents(t, undisturbed)
	if cmp.Equal(before, want) {
		t.Fatal("there is nothing to fix")
	}
	mixed := 0
	for round := range rounds {
		dir := t.TempDir()
		writeTree(t, dir, before)
		killed := program(t, dir, "--fix", "--unsafe-fixes", "--exit-zero")
		if err := killed.Start(); err != nil {
			t.Fatal(err)
		}
		if round%2 == 0 {
			time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		} else {
			awaitFirst(filepath.Join(dir, "lib0/BUILD"), want["lib0/BUILD"], 10*whole)
		}
		_ = killed.Process.Kill() // it may have ended
		_ = killed.Wait()
		if checkWhole(t, before, want, contents(t, dir)) {
			mixed++
		}
		if code, stderr := exitCode(t, program(t, dir, "--fix", "--unsafe-fixes", "--exit-zero")); code != exitClean {
			t.Fatalf("the second run: exit code %d, standard error: %s", code, stderr)
		}
		if diff := cmp.Diff(want, withoutTemporary(contents(t, dir))); diff != "" {
			t.Fatalf("the second run (-undisturbed +killed before):\n%s", diff)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d kills came between two files", mixed, rounds)
}

// awaitFirst waits until the first file is replaced, so that the others are about to be.
func awaitFirst(name, want string, patience time.Duration) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if text, err := os.ReadFile(name); err == nil && string(text) == want {
			return
		}
	}
}

// filesOf returns a repository of n packages.
func filesOf(n int) map[string]string {
	files := map[string]string{}
	for name, text := range repository.Files(n) {
		files[name] = text
	}
	for i := range n / 10 { // and some that have a safe fix
		files[fmt.Sprintf("lib%d/BUILD", i)] = "target(dependencies = ['util:util'])\n"
	}
	files["util/BUILD"] = "target()\n"
	return files
}

func writeTree(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		writeTestFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
}

// checkWhole checks that each file is one of its two versions, and reports whether there are files of both.
func checkWhole(t *testing.T, before, after, now map[string]string) (mixed bool) {
	t.Helper()
	done, left := 0, 0
	for name, text := range withoutTemporary(now) {
		switch {
		case before[name] == after[name] && text == before[name]:
		case text == after[name]:
			done++
		case text == before[name]:
			left++
		default:
			t.Fatalf("%s is torn: %q", name, text)
		}
	}
	return done > 0 && left > 0
}

// withoutTemporary leaves out what a killed process could not remove.
func withoutTemporary(files map[string]string) map[string]string {
	left := map[string]string{}
	for name, text := range files {
		if !strings.HasSuffix(name, ".tmp") {
			left[name] = text
		}
	}
	return left
}

// TestFixDiskFull holds that --fix writes nothing where there is no room for one of the files, and says so.
func TestFixDiskFull(t *testing.T) {
	dir := brokenPackages(t, 3)
	writeTestFile(t, filepath.Join(dir, "q/BUILD"), "target(dependencies = ['util:util'])\n"+strings.Repeat("# long\n", 1000))
	before := contents(t, dir)
	cmd := program(t, dir, "--fix", "--quiet")
	cmd.Args = append([]string{"sh", "-c", `trap '' XFSZ; ulimit -f 4; exec -a buildlint "$0" "$@"`, cmd.Path}, cmd.Args[1:]...)
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip(err)
	}
	cmd.Path = shell
	code, stderr := exitCode(t, cmd)
	now := contents(t, dir)
	if code != exitError || !strings.Contains(stderr, "q/BUILD") || !strings.Contains(stderr, "file too large") {
		t.Errorf("exit code %d, standard error: %s", code, stderr)
	}
	if now["q/BUILD"] != before["q/BUILD"] || len(now) != len(before) {
		t.Errorf("something is torn or left:\n%s", cmp.Diff(before, now))
	}
}

// TestFixNames holds that names which are no text, or differ in case alone, are fixed like others.
func TestFixNames(t *testing.T) {
	dir := brokenPackages(t, 1)
	names := []string{
		"new\nline/BUILD", "\xff\xfe/BUILD", "-rf/BUILD", "a'\"$(x)/BUILD", "case/BUILD", "CASE/BUILD", "é/BUILD", "e\u0301/BUILD",
	}
	for _, name := range names {
		writeTestFile(t, filepath.Join(dir, name), "target(dependencies = ['util:util'])\n")
	}
	if code, stderr := exitCode(t, program(t, dir, "--fix")); code != exitClean {
		t.Errorf("exit code %d, standard error: %s", code, stderr)
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(text) != "target(dependencies = ['util'])\n" {
			t.Errorf("%q: %q, %v", name, text, err)
		}
	}
}

// TestFixInTurmoil holds that --fix neither panics nor tears a file while directories become files and back.
func TestFixInTurmoil(t *testing.T) {
	dir := brokenPackages(t, 60)
	victim := filepath.Join(dir, "p7")
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
			}
			_ = os.RemoveAll(victim) // --fix may be writing into it
			_ = os.WriteFile(victim, nil, 0o600)
			_ = os.Remove(victim)
			_ = os.Mkdir(victim, 0o700)
			_ = os.WriteFile(filepath.Join(victim, "BUILD"), []byte("target(dependencies = ['util:util'])\n"), 0o600)
		}
	}()
	for range 5 {
		code, stderr := exitCode(t, program(t, dir, "--fix", "--quiet"))
		if strings.Contains(stderr, "panic") || strings.Contains(stderr, "goroutine") {
			t.Fatalf("exit code %d, standard error: %s", code, stderr)
		}
	}
	close(stop)
	<-done
	for name, text := range contents(t, dir) {
		if strings.HasSuffix(name, "/BUILD") && !strings.HasPrefix(name, "util") && !strings.HasPrefix(name, "p7") &&
			text != "target(dependencies = ['util'])\n" && text != "target(dependencies = ['util:util'])\n" {
			t.Errorf("%s: %q", name, text)
		}
	}
}
