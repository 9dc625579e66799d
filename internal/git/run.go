package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A command is one run of git.
type command struct {
	dir   string
	env   []string
	stdin io.Reader
	args  []string
}

// A commandError is a run of git that failed.
type commandError struct {
	name   string // the subcommand
	stderr string
	err    error
}

func (e *commandError) Error() string {
	if e.stderr == "" {
		return fmt.Sprintf("git %s: %v", e.name, e.err)
	}
	return fmt.Sprintf("git %s: %s", e.name, e.stderr)
}

func (e *commandError) Unwrap() error { return e.err }

// git runs git in the workspace's root and gives what it wrote.
func (r *Repo) git(ctx context.Context, args ...string) ([]byte, error) {
	return run(ctx, &command{dir: r.root, env: r.env, args: args})
}

// gitTop runs git in the top of the work tree, with an input.
func (r *Repo) gitTop(ctx context.Context, stdin io.Reader, args ...string) ([]byte, error) {
	return run(ctx, &command{dir: r.top, env: r.env, stdin: stdin, args: args})
}

// run runs git without what a user may have set up for other ends than ours.
func run(ctx context.Context, c *command) ([]byte, error) {
	global := []string{"--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
		"-c", "diff.orderFile=" + os.DevNull, "-c", "diff.relative=false", "-c", "diff.autoRefreshIndex=false"}
	cmd := exec.CommandContext(ctx, "git", append(global, c.args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin = c.dir, c.env, c.stdin
	cmd.WaitDelay = time.Second // a filter that outlives git must not keep us
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	switch {
	case err == nil:
		return stdout.Bytes(), nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("git is needed to tell what changed, and is not installed or not on PATH")
	}
	return nil, &commandError{name: c.args[0], stderr: strings.TrimSpace(stderr.String()), err: err}
}

// status gives the exit status of a run that failed, -1 if it did not come to one.
func status(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return -1
}

// split gives the parts of an output that ends each with a NUL.
func split(out []byte) []string {
	if len(out) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}
