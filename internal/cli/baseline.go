package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/baseline"
)

// baselineFlags say what to put on record, and where.
type baselineFlags struct {
	configFlags
	path string
}

// A recorder makes the new record of the old one, which is nil if there is none, and of what is found. covered reports
// whether the run looked for what an entry is about.
type recorder func(
	old *baseline.Baseline, found []analysis.Diagnostic, covered func(baseline.Entry) bool,
) *baseline.Baseline

func (a *app) baselineCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "Put what is found today on record, so that only what is new is told",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("`buildlint baseline` needs a command: create, update or prune")
			}
			return unknownCommand(cmd, args[0])
		},
		Args: cobra.ArbitraryArgs,
	}
	cmd.AddCommand(
		a.recordCommand("create", "Put all that is found on record, and forget the old record", create),
		a.recordCommand("update", "Put on record what is new, and forget what is found no more", (*baseline.Baseline).Update),
		a.recordCommand("prune", "Forget what is found no more", (*baseline.Baseline).Prune),
	)
	return cmd
}

func create(_ *baseline.Baseline, found []analysis.Diagnostic, _ func(baseline.Entry) bool) *baseline.Baseline {
	return baseline.Create(found)
}

// recordCommand returns a command that writes the baseline of a workspace.
func (a *app) recordCommand(name, short string, record recorder) *cobra.Command {
	f := &baselineFlags{}
	cmd := &cobra.Command{
		Use:   name + " [DIRECTORY]",
		Short: short,
		Long:  short + ", in the workspace that the directory (by default the working directory) is in.",
		Args:  atMostOneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.record(cmd.Context(), f, directoryArg(args), name != "create", record)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&f.path, "baseline", "", "the `PATH` of the record (default: at the root)")
	return cmd
}

// directoryArg returns the directory that a command is about.
func directoryArg(args []string) string {
	if len(args) > 0 {
		return args[0]
	}
	return "."
}

// baselinePath returns where the findings on record are; named says whether the user named the file.
func baselinePath(root, flag string) (path string, named bool) {
	if flag != "" {
		return flag, true
	}
	return filepath.Join(root, baseline.FileName), false
}

// leadsOut reports whether a file below the root is a link that leads out of it.
func leadsOut(root, path string) bool {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false // nothing is there that could be read or written
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return true
	}
	rel, err := filepath.Rel(root, target)
	return err != nil || !filepath.IsLocal(rel)
}

// record lints a whole workspace and writes what is found to its baseline; needsOld says that there must be one.
func (a *app) record(ctx context.Context, f *baselineFlags, dir string, needsOld bool, record recorder) error {
	r, err := requestOf(dir)
	if err != nil {
		return err
	}
	path, named := baselinePath(r.root, f.path)
	if !named && leadsOut(r.root, path) {
		return fmt.Errorf("%s: %w: name the file that is meant with --baseline", path, filetree.ErrOutside)
	}
	var old *baseline.Baseline
	if needsOld {
		old, err = baseline.Load(path)
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is not there yet: `buildlint baseline create` makes it", path)
		}
		if err != nil {
			return err
		}
	}
	p, err := openSubject(r.root, r.marker, &f.configFlags)
	if err != nil {
		return err
	}
	result, err := p.checkAll(ctx)
	if err != nil {
		return err
	}
	a.tellFiles(result.Errors)
	next := record(old, result.Diagnostics, p.covers(result))
	if err := writeFile(path, next.Write); err != nil {
		return err
	}
	a.notef("%s: %s on record", path, count(total(next), "finding"))
	return nil
}

// requestOf returns what asks for a directory.
func requestOf(dir string) (*request, error) {
	asked, unknown := requests([]string{dir})
	if len(unknown) > 0 {
		return nil, unknown[0]
	}
	return asked[0], nil
}

// checkAll returns all that is found in a workspace.
func (p *subject) checkAll(ctx context.Context) (*analysis.Result, error) {
	dirs, errs, err := p.directories(ctx, whole())
	if err != nil {
		return nil, err
	}
	result, err := p.checker().Check(ctx, dirs)
	if err != nil {
		return nil, err
	}
	result.Errors = analysis.Collect([]*analysis.Directory{{Errors: errs}, {Errors: result.Errors}}).Errors
	return result, nil
}

// covers returns whether a run over the whole workspace looked for what an entry is about: the rule ran there, and
// everything could be read.
func (p *subject) covers(result *analysis.Result) func(baseline.Entry) bool {
	unread := map[string]bool{}
	for _, e := range result.Errors {
		unread[e.Path] = true
		unread[dirOf(e.Path)] = true
	}
	return func(e baseline.Entry) bool {
		if unread[e.Path] || unread[dirOf(e.Path)] {
			return false
		}
		if !p.Knows(e.Rule) {
			return true // a rule that is there no more
		}
		for _, s := range p.Settings(e.Path) {
			if s.Rule.Name == e.Rule {
				return true
			}
		}
		return false
	}
}

func total(b *baseline.Baseline) int {
	n := 0
	for _, e := range b.Entries() {
		n += e.Count
	}
	return n
}
