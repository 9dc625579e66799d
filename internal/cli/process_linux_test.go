package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// program returns the built program; it runs in dir.
func program(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Args[0] = "buildlint" // see TestMain
	cmd.Dir = dir
	return cmd
}

// exitCode runs a command and returns its exit code and what it writes to standard error.
func exitCode(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return wait(t, cmd), stderr.String()
}

// wait returns the exit code of a process that nothing but itself has ended.
func wait(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	_ = cmd.Wait() // the state says it
	code := cmd.ProcessState.ExitCode()
	if code < 0 {
		t.Fatalf("ended by %v", cmd.ProcessState)
	}
	return code
}

// brokenPackages makes a workspace of n packages with one finding each, which has a safe fix.
func brokenPackages(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	writeTestFile(t, filepath.Join(dir, "pants.ini"), "")
	writeTestFile(t, filepath.Join(dir, "util/BUILD"), "target()\n")
	for i := range n {
		writeTestFile(t, filepath.Join(dir, fmt.Sprintf("p%d/BUILD", i)), "target(dependencies = ['util:util'])\n")
	}
	return dir
}

// TestClosedPipe holds that a reader who has enough changes nothing about the exit code, and is told nothing.
func TestClosedPipe(t *testing.T) {
	dir := brokenPackages(t, 2)
	for _, args := range [][]string{
		{}, {"--output-format", "json"}, {"--output-format", "full"}, {"--diff"}, {"--statistics"}, {"rules"}, {"config"},
		{"explain", "syntax-error"}, {"--help"}, {"completion", "bash"},
	} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		closeFile(t, r)
		cmd := program(t, dir, args...)
		cmd.Stdout = w
		code, stderr := exitCode(t, cmd)
		closeFile(t, w)
		want := exitFindings
		if len(args) > 0 && !strings.HasPrefix(args[0], "--") || len(args) > 0 && args[0] == "--help" {
			want = exitClean
		}
		if code != want || strings.Contains(stderr, "pipe") {
			t.Errorf("buildlint %q: exit code %d, want %d; standard error: %s", args, code, want, stderr)
		}
	}
}

// TestFullDisk holds that what cannot be written is an error that is told once.
func TestFullDisk(t *testing.T) {
	dir := brokenPackages(t, 2)
	for _, args := range [][]string{
		{}, {"--output-format", "json"}, {"--output-format", "sarif"}, {"--diff", "--quiet"}, {"--statistics"}, {"rules"},
		{"config"}, {"explain", "syntax-error"}, {"version"}, {"--help"}, {"completion", "bash"},
	} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Skip(err)
		}
		cmd := program(t, dir, args...)
		cmd.Stdout = full
		code, stderr := exitCode(t, cmd)
		closeFile(t, full)
		if code != exitError || stderr != "buildlint: writing to standard output: no space left on device\n" {
			t.Errorf("buildlint %q: exit code %d, standard error: %s", args, code, stderr)
		}
	}
}

// TestFullDiskReport holds that a report that cannot be written leaves the old one as it is.
func TestFullDiskReport(t *testing.T) {
	dir := brokenPackages(t, 1)
	code, stderr := exitCode(t, program(t, dir, "--output-file", "/dev/full"))
	if want := "buildlint: writing /dev/full: no space left on device\n"; code != exitError || stderr != want {
		t.Errorf("exit code %d, standard error: %s", code, stderr)
	}
}

// TestInterruptStdin holds that an interrupt ends a run that waits for standard input.
func TestInterruptStdin(t *testing.T) {
	dir := brokenPackages(t, 1)
	r, w := io.Pipe()
	defer func() { _ = w.Close() }()
	cmd := program(t, dir, "--stdin-filename", "BUILD", "-")
	cmd.Stdin = r
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(300*time.Millisecond, func() {
		_ = cmd.Process.Signal(os.Interrupt)
		time.Sleep(100 * time.Millisecond)
		_ = r.Close() // or the copying goroutine never ends
	})
	if code := wait(t, cmd); code != exitInterrupted || stderr.String() != "buildlint: interrupted\n" {
		t.Errorf("exit code %d, standard error: %s", code, &stderr)
	}
}

// TestInterruptFix holds that an interrupt during --fix leaves every file as it was or as it is to be.
func TestInterruptFix(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 400
	for _, delay := range []time.Duration{5, 20, 40, 60, 80, 120, 200} {
		dir := brokenPackages(t, n)
		cmd := program(t, dir, "--fix", "--quiet")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(delay * time.Millisecond)
		_ = cmd.Process.Signal(syscall.SIGINT) // it may have ended
		_ = cmd.Wait()
		fixed := 0
		for name, text := range contents(t, dir) {
			switch {
			case strings.HasSuffix(name, ".tmp"):
				t.Errorf("after %d ms: %s is left", delay, name)
			case text == "target(dependencies = ['util'])\n":
				fixed++
			case strings.HasPrefix(name, "p") && name != "pants.ini" && text != "target(dependencies = ['util:util'])\n":
				t.Errorf("after %d ms: %s is half written: %q", delay, name, text)
			}
		}
		if fixed != 0 && fixed != n {
			t.Errorf("after %d ms: %d of %d files are fixed", delay, fixed, n)
		}
	}
}

// TestTerminal holds that a terminal shows findings in full and in colour, unless it is asked not to.
func TestTerminal(t *testing.T) {
	dir := brokenPackages(t, 1)
	got := onTerminal(t, program(t, dir))
	if !strings.Contains(got, "\x1b[1;35mwarning[redundant-target-name]") || !strings.Contains(got, "^^^") {
		t.Errorf("a terminal shows:\n%s", got)
	}
	plain := program(t, dir)
	plain.Env = append(os.Environ(), "NO_COLOR=1")
	if got := onTerminal(t, plain); strings.Contains(got, "\x1b") || !strings.Contains(got, "^^^") {
		t.Errorf("with NO_COLOR a terminal shows:\n%s", got)
	}
	dumb := program(t, dir)
	dumb.Env = append(os.Environ(), "TERM=dumb")
	if got := onTerminal(t, dumb); strings.Contains(got, "\x1b") {
		t.Errorf("a dumb terminal shows:\n%s", got)
	}
	if got := onTerminal(t, program(t, dir, "--output-format", "concise", "--color", "never")); strings.Contains(got, "^^^") {
		t.Errorf("concise on a terminal shows:\n%s", got)
	}
}

// TestTerminalObeysNothing holds that nothing of a repository reaches a terminal that this would obey.
func TestTerminalObeysNothing(t *testing.T) {
	const evil = "\x1b]0;title\a\x1b[31m\u009b2J\u202e\x9b"
	dir := brokenPackages(t, 1)
	text := "target(name = 'a" + evil + "', dependencies = ['//q" + evil + ":x', 'util:util'])  # buildlint: disable=r" + evil + "\n"
	text += "target(name = 'a" + evil + "')\n\nmacro" + evil + "(\n"
	writeTestFile(t, filepath.Join(dir, "d"+strings.ReplaceAll(evil, "\x9b", ""), "BUILD"), text)
	writeTestFile(t, filepath.Join(dir, "p0/BUILD"), text)
	for _, args := range [][]string{
		{}, {"--output-format", "concise"}, {"--output-format", "json"}, {"--output-format", "sarif"},
		{"--output-format", "junit"}, {"--output-format", "github"}, {"--diff"}, {"--statistics"}, {"--verbose"}, {"nosuch" + evil},
		{"--config", "nosuch" + evil}, {"--select", evil}, {"explain", evil}, {"--fix", "--show-fixes"},
	} {
		cmd := program(t, dir, args...)
		cmd.Env = append(os.Environ(), "NO_COLOR=1", "TERM=xterm")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		got := onTerminal(t, cmd) + stderr.String()
		if i := strings.IndexAny(got, "\x1b\a\u009b\u202e"); i >= 0 || !utf8.ValidString(got) {
			t.Errorf("buildlint %q: the terminal gets %q", args, got[max(i-40, 0):])
		}
	}
}

// onTerminal returns what a command shows on a terminal of 80 columns.
func onTerminal(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	control, terminal := openTerminal(t)
	cmd.Stdout = terminal
	if cmd.Env == nil {
		cmd.Env = append(os.Environ(), "NO_COLOR=", "TERM=xterm")
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	closeFile(t, terminal)
	var shown bytes.Buffer
	_, _ = io.Copy(&shown, control) // it ends with an error once nobody has the terminal any more
	wait(t, cmd)
	return strings.ReplaceAll(shown.String(), "\r\n", "\n")
}

func closeFile(t *testing.T, f *os.File) {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

// openTerminal returns both ends of a pseudo terminal.
func openTerminal(t *testing.T) (control, terminal *os.File) {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { closeFile(t, control) })
	if err := unix.IoctlSetPointerInt(int(control.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(control.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	size := &unix.Winsize{Row: 24, Col: 80}
	if err := unix.IoctlSetWinsize(int(control.Fd()), unix.TIOCSWINSZ, size); err != nil {
		t.Fatal(err)
	}
	return control, terminal
}

// TestWatchTerminal holds that a terminal is cleared for each round, that q ends the watch, and that the terminal is
// then as it was.
func TestWatchTerminal(t *testing.T) {
	dir := brokenPackages(t, 1)
	control, terminal := openTerminal(t)
	before, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	cmd := program(t, dir, "--watch")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, terminal, terminal
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "TERM=xterm")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var shown transcript
	go func() { _, _ = io.Copy(&shown, control) }()
	const ready = "watching for changes: q ends\r\n"
	first := shown.take(t, ready)
	if !strings.HasPrefix(first, clearScreen) || !strings.Contains(first, "redundant-target-name") {
		t.Errorf("the terminal shows %q", first)
	}
	if strings.Contains(strings.ReplaceAll(first, "\r\n", ""), "\n") {
		t.Errorf("lines do not start at the left: %q", first)
	}
	writeTestFile(t, filepath.Join(dir, "p0/BUILD"), "target(dependencies = ['util'])\n")
	if second := shown.take(t, ready); !strings.HasPrefix(second, clearScreen) || strings.Contains(second, "redundant") {
		t.Errorf("then the terminal shows %q", second)
	}
	if _, err := control.WriteString("xq"); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, cmd); code != exitClean {
		t.Errorf("exit code %d", code)
	}
	after, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil || *after != *before {
		t.Errorf("the terminal is left otherwise than it was: %v, %v", after, err)
	}
	closeFile(t, terminal)
}

// TestTwoFixesAtOnce holds that two runs of --fix at once leave every file fixed once or as it was, and say so.
func TestTwoFixesAtOnce(t *testing.T) {
	const n = 100
	dir := brokenPackages(t, n)
	var runs [2]*exec.Cmd
	var stderr [2]bytes.Buffer
	for i := range runs {
		runs[i] = program(t, dir, "--fix", "--quiet")
		runs[i].Stderr = &stderr[i]
		if err := runs[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i, run := range runs {
		code := wait(t, run)
		if (code == exitError) != (stderr[i].Len() > 0) || code == exitFindings {
			t.Errorf("exit code %d, standard error: %s", code, &stderr[i])
		}
	}
	for name, text := range contents(t, dir) {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s is left", name)
		}
		if strings.HasPrefix(name, "p") && name != "pants.ini" && text != "target(dependencies = ['util'])\n" {
			t.Errorf("%s: %q", name, text)
		}
	}
}
