package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/buildlint/buildlint/lsp"
)

// The exit codes. LSP asks for 0 and 1.
const (
	exitDone       = 0 // the client shut the server down
	exitNoShutdown = 1 // it did not
	exitUsage      = 2
)

// version is set by the linker in a release.
var version = ""

// flags are what the command line says.
type flags struct {
	stdio    bool
	listen   string
	pipe     string
	logFile  string
	logLevel string
}

// run runs the server and returns the exit code of the process.
func run(args []string, stdin io.ReadCloser, stdout io.WriteCloser, stderr io.Writer) int {
	collectOften()
	cmd := newCommand(stdin, stdout, stderr)
	cmd.SetArgs(args)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := cmd.ExecuteContext(ctx); {
	case err == nil:
		return exitDone
	case errors.Is(err, lsp.ErrNoShutdown), errors.Is(err, context.Canceled):
		return exitNoShutdown
	default:
		_, _ = fmt.Fprintf(stderr, "buildls: %v\n", err) // nothing is left to tell it to
		return exitUsage
	}
}

// collectOften has the garbage collector leave less for garbage than is live, where it would leave as much: an editor
// runs for weeks beside other programs. With half of that a collection would hold up one keystroke in a hundred. What
// the environment says goes before.
func collectOften() {
	const percent = 80
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

func newCommand(stdin io.ReadCloser, stdout io.WriteCloser, stderr io.Writer) *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "buildls",
		Short: "Language server for BUILD files",
		Long: "Buildls is a language server for BUILD files. It speaks LSP on standard input and output,\n" +
			"unless it is told to listen on an address or to connect to a pipe.",
		Args:              cobra.NoArgs,
		Version:           versionOf(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.serve(cmd.Context(), &stdio{stdin, stdout}, stderr)
		},
	}
	cmd.SetIn(stdin)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	cmd.SetVersionTemplate("buildls {{.Version}}\n")
	cmd.Flags().BoolVar(&f.stdio, "stdio", false, "speak on standard input and output (the default)")
	cmd.Flags().StringVar(&f.listen, "listen", "",
		"listen on `ADDR` instead, such as :4389; without a host on the loopback interface only")
	cmd.Flags().StringVar(&f.pipe, "pipe", "",
		"connect to the Unix domain socket at `PATH`, which the client listens on")
	cmd.Flags().StringVar(&f.logFile, "log-file", "", "write the log to `PATH` instead of standard error")
	cmd.Flags().StringVar(&f.logLevel, "log-level", "info", "log what is at least of `LEVEL`: debug, info, warn, error")
	cmd.MarkFlagsMutuallyExclusive("stdio", "listen", "pipe")
	return cmd
}

// serve speaks on the transport that is asked for.
func (f *flags) serve(ctx context.Context, std io.ReadWriteCloser, stderr io.Writer) error {
	log, closeLog, err := newLogger(f.logFile, f.logLevel, stderr)
	if err != nil {
		return err
	}
	defer closeLog()
	opts := lsp.Options{Log: log, Version: versionOf(), WatchParent: true}
	switch {
	case f.listen != "":
		opts.WatchParent = false
		return listen(ctx, f.listen, opts)
	case f.pipe != "":
		conn, err := dialPipe(ctx, f.pipe)
		if err != nil {
			return err
		}
		return lsp.Serve(ctx, conn, opts)
	}
	return lsp.Serve(ctx, std, opts)
}

// versionOf returns the version of the program.
func versionOf() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
