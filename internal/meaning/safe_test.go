package meaning_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/meaning"
	"github.com/buildlint/buildlint/internal/truth"
	"github.com/buildlint/buildlint/rules"
)

// Safe fixes change nothing of what the build tool sees: all of them together, and those of each rule alone.

func TestMonorepo(t *testing.T) {
	files := map[string]string{}
	root := os.DirFS("../../testdata/monorepo")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	report := checkAll(t, files, nil)
	if report.Changed == 0 || len(report.Failed) > 1 { // one of them has a syntax error
		t.Errorf("%d files changed, %v cannot be evaluated", report.Changed, report.Failed)
	}
	for _, r := range rules.All() {
		if r.Fix == analysis.Safe {
			checkSafe(t, files, nil, r.Name)
		}
	}
}

func TestExamples(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.Name, func(t *testing.T) {
			for _, archive := range []string{r.Bad, r.Good} {
				files := map[string]string{}
				for _, f := range txtar.Parse([]byte(archive)).Files {
					files[f.Name] = string(f.Data)
				}
				checkAll(t, files, nil)
				if r.Fix == analysis.Safe {
					checkSafe(t, files, nil, r.Name)
				}
			}
		})
	}
}

func TestTruth(t *testing.T) {
	var total meaning.Report
	for seed := range uint64(40) {
		repo := truth.Generate(seed, truth.Random(seed, 12))
		report := checkAll(t, repo.Broken, repo.Kinds)
		total.Changed += report.Changed
		total.InChanged += report.InChanged
		total.Files += report.Files
		total.Failed = append(total.Failed, report.Failed...)
	}
	t.Logf("%d files, %d of them changed with %d targets; %d cannot be evaluated", total.Files, total.Changed,
		total.InChanged, len(total.Failed))
	if total.Changed == 0 || len(total.Failed)*20 > total.Files {
		t.Errorf("of %d files %d changed and %d cannot be evaluated", total.Files, total.Changed, len(total.Failed))
	}
}

// Each safe fix of each mutation alone.
func TestMutations(t *testing.T) {
	for _, m := range truth.Mutations() {
		if r := rules.Named(m.Rule); r != nil && r.Fix == analysis.Safe && !m.Silent {
			repo := truth.Generate(1, []*truth.Mutation{m})
			checkSafe(t, repo.Broken, repo.Kinds, m.Rule)
		}
	}
}

// checkAll applies the safe fixes of all rules.
func checkAll(t *testing.T, files, kinds map[string]string) *meaning.Report {
	t.Helper()
	return checkSafe(t, files, kinds, "")
}

// checkSafe applies the safe fixes of a rule, or of all if it is "", and compares the states.
func checkSafe(t *testing.T, files, kinds map[string]string, rule string) *meaning.Report {
	t.Helper()
	snapshot := workspace.New(filetree.FromMap(files), &workspace.Options{Dialect: dialect.Pants1().WithKinds(kinds)})
	dirs, err := analysis.Directories(context.Background(), snapshot, []string{""})
	if err != nil {
		t.Fatal(err)
	}
	settings := settingsOf(rule)
	fixing, err := (&analysis.Fixer{Dirs: dirs, Least: analysis.Safe, Checker: &analysis.Checker{
		Snapshot: snapshot, Jobs: 1, Settings: func(string) []analysis.Setting { return settings },
		Known: func(name string) bool { return rules.Named(name) != nil },
	}}).Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	after := maps.Clone(files)
	for _, f := range fixing.Files {
		after[f.Path] = string(f.New)
	}
	report, err := meaning.Compare(fsOf(files), fsOf(after))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range report.Differences {
		t.Errorf("safe fixes of %q: %v", rule, d)
	}
	return report
}

func settingsOf(rule string) []analysis.Setting {
	var settings []analysis.Setting
	for _, r := range rules.All() {
		if rule == "" || r.Name == rule {
			settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity, Options: r.Options})
		}
	}
	return settings
}
