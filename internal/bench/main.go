// Bench measures buildlint and buildls against the goals of docs/benchmarks.md and prints the table.
//
//	go run ./internal/bench [-packages 1000,10000,100000] [-pairs 5] [-budget 3m] [-dir DIR] [-only REGEXP] [-soak EDITS]
//
// Every figure is of a whole process, from what the operating system says of it when it has ended. Figures are compared
// in pairs: A and B take turns, each pair gives a ratio, and the median of these is printed, so that a machine whose
// speed drifts does not decide.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	sizes  []int
	pairs  int
	budget time.Duration
	dir    string
	only   *regexp.Regexp
	soak   int // how many edits buildls has to bear; 0 for none
}

func parseFlags(args []string) (*options, error) {
	o := &options{}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := f.String("packages", "1000,10000,100000", "sizes of the repositories")
	f.IntVar(&o.pairs, "pairs", 5, "pairs of runs for each figure")
	f.DurationVar(&o.budget, "budget", 3*time.Minute, "time for the pairs of one figure; at least one is run")
	f.StringVar(&o.dir, "dir", filepath.Join(os.TempDir(), "buildlint-bench"), "where the repositories are kept")
	f.IntVar(&o.soak, "soak", 0, "edits after which the memory of buildls has to be what it was; not measured by default")
	only := f.String("only", "", "measure the goals that match alone")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 100 {
			return nil, fmt.Errorf("-packages: %q is no number of at least 100", s)
		}
		o.sizes = append(o.sizes, n)
	}
	var err error
	if o.only, err = regexp.Compile(*only); err != nil {
		return nil, fmt.Errorf("-only: %w", err)
	}
	return o, nil
}

func run(ctx context.Context, args []string) error {
	o, err := parseFlags(args)
	if err != nil {
		return err
	}
	b, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	printHeader(os.Stdout)
	for _, g := range goals(o) {
		if !o.only.MatchString(g.what) {
			continue
		}
		fmt.Fprintln(os.Stderr, g.what)
		figures, err := g.measure(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w", g.what, err)
		}
		printRow(os.Stdout, g, figures)
	}
	b.runs.print(os.Stdout)
	return nil
}
