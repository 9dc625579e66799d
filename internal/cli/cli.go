// Package cli is the command line of buildlint: flags and subcommands, patterns, exit codes.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// The exit codes.
const (
	exitClean       = 0
	exitFindings    = 1
	exitError       = 2
	exitInterrupted = 130 // as shells say of a process that an interrupt ended
)

// An app is one run of the program.
type app struct {
	args     []string
	began    time.Time
	settling time.Duration // see [filetree.Settling]

	stdin  io.Reader
	stdout *output
	stderr io.Writer

	drawn    atomic.Bool // the progress is on the last line of standard error
	findings bool        // something of severity error or warning is left
	replayed bool        // what an earlier run wrote was written
	failed   bool        // an error was told

	collector collector
	capture   *capture
}

// Main runs buildlint with the given arguments, without the program's name, and returns its exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// Whoever closes the pipe has read enough: that is no reason to die of a signal before the exit code is known.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once

	a := &app{
		args: args, began: time.Now(), settling: filetree.Settling,
		stdin: stdin, stdout: newOutput(stdout), stderr: stderr,
	}
	return a.run(ctx)
}

func (a *app) run(ctx context.Context) int {
	cmd := a.command()
	cmd.SetArgs(a.args)
	return a.exitCode(cmd.ExecuteContext(ctx))
}

// exitCode tells of the error that ended the run, if there is one, and returns the exit code.
func (a *app) exitCode(err error) int {
	if failure := a.stdout.failure(); failure != nil && (err == nil || errors.Is(err, failure)) {
		err = fmt.Errorf("writing to standard output: %w", cause(failure))
	}
	switch {
	case errors.Is(err, context.Canceled):
		a.note("interrupted")
		return exitInterrupted
	case err != nil:
		a.tell(err)
		return exitError
	case a.failed:
		return exitError
	case a.findings:
		return exitFindings
	}
	return exitClean
}
