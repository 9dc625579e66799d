// Command compare tells what a build tool sees differently in the BUILD files of two states of a repository, such as
// before and after `buildlint --fix`. It exits 1 if there is a difference.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/buildlint/buildlint/internal/meaning"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 2 {
		fmt.Fprintln(stderr, "usage: compare BEFORE AFTER")
		return 2
	}
	report, err := meaning.Compare(os.DirFS(args[0]), os.DirFS(args[1]))
	if err != nil {
		fmt.Fprintln(stderr, "compare:", err)
		return 2
	}
	for _, f := range report.Failed {
		fmt.Fprintf(stdout, "%s: cannot be evaluated (changed: %v): %v\n", f.Path, f.Changed, f.Err)
	}
	for _, d := range report.Differences {
		fmt.Fprintln(stdout, d)
	}
	fmt.Fprintf(stdout, "%d files, %d of them changed; %d targets compared, %d of them in changed files; "+
		"%d files cannot be evaluated; %d differences\n", report.Files, report.Changed, report.Targets, report.InChanged,
		len(report.Failed), len(report.Differences))
	if len(report.Differences) > 0 {
		return 1
	}
	return 0
}
