package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/internal/config"
	"github.com/buildlint/buildlint/rules"
)

// keptShare is the share of packages that may depart from a convention which the repository is said to keep.
const keptShare = 0.25

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIRECTORY]",
		Short: "Write a commented buildlint.toml with the conventions that the repository keeps",
		Long: "Write a commented buildlint.toml at the root of the workspace that the directory (by default the working\n" +
			"directory) is in. Conventions that most packages keep are on; the others are off, with how often each is broken.",
		Args: atMostOneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.init(cmd.Context(), directoryArg(args))
		},
	}
}

// init writes the first configuration of a workspace.
func (a *app) init(ctx context.Context, dir string) error {
	r, err := requestOf(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(r.root, config.FileName)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already: `buildlint config` shows what it says", path)
	}
	facts, err := a.survey(ctx, r)
	if err != nil {
		return err
	}
	if err := writeFile(path, func(w io.Writer) error { return config.WriteInit(w, facts) }); err != nil {
		return err
	}
	a.noteInit(path, facts)
	return nil
}

// survey finds out which rules a repository keeps. Rules that are not kept hide findings of others, so that it looks
// again without them until all are known.
func (a *app) survey(ctx context.Context, r *request) (config.InitFacts, error) {
	counts := map[string]int{} // findings of each rule when it was last on
	off := map[string]bool{}
	for {
		f := &configFlags{isolated: true, ignored: slices.Sorted(maps.Keys(off))}
		p, err := openSubject(r.root, r.marker, f)
		if err != nil {
			return config.InitFacts{}, err
		}
		result, err := p.checkAll(ctx)
		if err != nil {
			return config.InitFacts{}, err
		}
		dropped := len(off)
		p.drop(departures(result, counts), off)
		if len(off) == dropped {
			a.tellFiles(result.Errors)
			return initFacts(p, r.marker, counts, off), nil
		}
	}
}

// drop enters the conventions in off that too many packages depart from.
func (p *subject) drop(broken map[string]map[string]bool, off map[string]bool) {
	limit := keptShare * float64(p.conventional())
	for rule, dirs := range broken {
		if isConvention(rule) && float64(len(dirs)) > limit {
			off[rule] = true
		}
	}
}

// departures returns the directories with findings by rule, and enters the numbers of findings in counts.
func departures(result *analysis.Result, counts map[string]int) map[string]map[string]bool {
	broken := map[string]map[string]bool{}
	found := map[string]int{}
	for _, d := range result.Diagnostics {
		if broken[d.Rule] == nil {
			broken[d.Rule] = map[string]bool{}
		}
		broken[d.Rule][dirOf(d.Path)] = true
		found[d.Rule]++
	}
	maps.Copy(counts, found)
	return broken
}

// conventional returns the number of packages that the conventions are about: those below a Python source root.
func (p *subject) conventional() int {
	dirs, _ := p.Snapshot.AllPackages() // what cannot be read was told
	n := 0
	for _, dir := range dirs {
		root, ok := p.Snapshot.RootOf(dir)
		if ok && root.Category == dialect.SourceRoot && root.Language == dialect.Python {
			n++
		}
	}
	return n
}

func isConvention(rule string) bool { return slices.Contains(rules.Presets()[conventionsPreset], rule) }

// initFacts returns what is known of a repository: how often each rule was broken, and which are to be off.
func initFacts(p *subject, marker string, counts map[string]int, off map[string]bool) config.InitFacts {
	presets := rules.Defaults(p.Config.Dialect)
	facts := config.InitFacts{Dialect: p.Config.Dialect, Marker: buildMarker(marker), Extends: presets}
	for _, r := range rules.All() {
		if !slices.ContainsFunc(presets, func(name string) bool { return slices.Contains(rules.Presets()[name], r.Name) }) {
			continue
		}
		facts.Rules = append(facts.Rules, config.InitRule{
			Name: r.Name, Summary: r.Summary, Findings: counts[r.Name], Kept: !off[r.Name],
		})
	}
	return facts
}

// buildMarker returns the marker if it is that of a build tool.
func buildMarker(marker string) string {
	if marker == ".git" || marker == config.FileName {
		return ""
	}
	return marker
}

// noteInit says what was written.
func (a *app) noteInit(path string, facts config.InitFacts) {
	kept := 0
	for _, r := range facts.Rules {
		if r.Kept {
			kept++
		}
	}
	a.notef("wrote %s: %d of %d rules are on", path, kept, len(facts.Rules))
}
