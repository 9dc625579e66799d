package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/buildlint/buildlint/internal/nearest"
	"github.com/buildlint/buildlint/internal/report"
)

// configFlags say how a workspace is configured.
type configFlags struct {
	config                      string
	isolated                    bool
	selected, extended, ignored []string
	jobs                        int
}

func (f *configFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.selected, "select", nil, "run these `RULES` or presets only, comma separated")
	flags.StringSliceVar(&f.extended, "extend-select", nil, "run these `RULES` or presets too")
	flags.StringSliceVar(&f.ignored, "ignore", nil, "do not run these `RULES` or presets")
	flags.StringVar(&f.config, "config", "", "read this configuration `PATH`, and no other")
	flags.BoolVar(&f.isolated, "isolated", false, "read no configuration file")
	flags.IntVar(&f.jobs, "jobs", 0, "check `N` directories at once (default: one for each processor)")
	for _, name := range []string{"select", "extend-select", "ignore"} {
		complete(cmd, name, completeSelectors)
	}
}

// lintFlags are the flags of the root command.
type lintFlags struct {
	configFlags
	fix, unsafeFixes, diff bool
	format                 choice
	outputFile             string
	color                  choice
	stdinFilename          string
	since                  string
	staged                 bool
	watching               bool
	baseline               string
	noBaseline             bool
	maxWarnings            int
	exitZero               bool
	noCache                bool
	statistics, showFixes  bool
	quiet, verbose         bool
}

func (f *lintFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&f.fix, "fix", false, "apply safe fixes, and tell what is left")
	flags.BoolVar(&f.unsafeFixes, "unsafe-fixes", false, "with --fix or --diff: apply unsafe fixes too")
	flags.BoolVar(&f.diff, "diff", false, "print what --fix would change, write nothing; exit 1 if there is something")
	f.configFlags.add(cmd)
	f.format = choice{allowed: report.Formats()}
	flags.Var(&f.format, "output-format",
		"write findings as `FORMAT`: "+strings.Join(report.Formats(), ", ")+" (default: full on a terminal, else concise)")
	flags.StringVar(&f.outputFile, "output-file", "", "write findings to `PATH` instead of standard output")
	flags.StringVar(&f.stdinFilename, "stdin-filename", "", "the `PATH` of what the pattern - reads from standard input")
	flags.StringVar(&f.since, "since", "",
		"tell what is found in files that changed since the branch left `REV`, and what that caused elsewhere")
	flags.BoolVar(&f.staged, "staged", false,
		"tell what is found in staged files, as they are staged, and what that caused elsewhere")
	flags.BoolVar(&f.watching, "watch", false, "lint again whenever a file changes")
	flags.StringVar(&f.baseline, "baseline", "",
		"leave out the findings on record in `PATH` (default: .buildlint-baseline.json at the root, if there is one)")
	flags.BoolVar(&f.noBaseline, "no-baseline", false, "leave out nothing")
	flags.IntVar(&f.maxWarnings, "max-warnings", 0, "exit 0 with up to `N` warnings, if there is no error")
	flags.BoolVar(&f.exitZero, "exit-zero", false, "exit 0 whatever is found")
	flags.BoolVar(&f.statistics, "statistics", false, "print how often each rule was broken instead of the findings")
	flags.BoolVar(&f.showFixes, "show-fixes", false, "show every fix in full, and with --fix those that were applied")
	flags.BoolVar(&f.noCache, "no-cache", false, "read the whole workspace anew, and keep nothing for the next run")
	f.addOutput(cmd)
	complete(cmd, "since", cobra.NoFileCompletions)
	complete(cmd, "output-format", completeChoice(&f.format))
}

// addOutput adds the flags about what is printed.
func (f *lintFlags) addOutput(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print findings and errors, and nothing else")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "tell on standard error what is done")
	addColor(cmd, &f.color)
}

// addColor adds --color.
func addColor(cmd *cobra.Command, c *choice) {
	*c = choice{value: "auto", allowed: []string{"auto", "always", "never"}}
	cmd.Flags().Var(c, "color", "colour the output `WHEN`: auto, always, never")
	complete(cmd, "color", completeChoice(c))
}

// check says which flags exclude each other.
func (f *lintFlags) check(flags *pflag.FlagSet) error {
	switch {
	case f.jobs < 0:
		return fmt.Errorf("--jobs: %d is less than 0", f.jobs)
	case f.maxWarnings < 0:
		return fmt.Errorf("--max-warnings: %d is less than 0", f.maxWarnings)
	case f.noBaseline && flags.Changed("baseline"):
		return fmt.Errorf("--baseline and --no-baseline exclude each other: leave out one")
	case f.staged && flags.Changed("since"):
		return fmt.Errorf("--since and --staged exclude each other: leave out one")
	case f.since == "" && flags.Changed("since"):
		return fmt.Errorf("--since: the revision is empty: name a branch, a tag or a commit")
	case f.quiet && f.verbose:
		return fmt.Errorf("--quiet and --verbose exclude each other: leave out one")
	case f.diff && f.statistics:
		return fmt.Errorf("--diff and --statistics exclude each other: leave out one")
	case f.statistics && !slices.Contains([]string{"", "full", "concise", "json", "json-lines"}, f.format.value):
		return fmt.Errorf("--statistics has no output format %s: use json, or none", f.format.value)
	}
	return f.checkWatch()
}

// A choice is a flag's value that is one of a few.
type choice struct {
	value   string
	allowed []string
}

// String returns the value.
func (c *choice) String() string { return c.value }

// Type returns what help calls the value.
func (c *choice) Type() string { return "string" }

// Set sets the value.
func (c *choice) Set(s string) error {
	if slices.Contains(c.allowed, s) {
		c.value = s
		return nil
	}
	if near, ok := nearest.Of(s, slices.Values(c.allowed)); ok {
		return fmt.Errorf("did you mean %s?", near)
	}
	return fmt.Errorf("it is one of %s", strings.Join(c.allowed, ", "))
}
