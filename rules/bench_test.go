package rules_test

import (
	"maps"
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/bench/repository"
	"github.com/buildlint/buildlint/rules"
)

// BenchmarkRules runs each rule alone over 200 packages whose facts are known. What is left of its time above that of
// "none", which reads the packages, is the rule's own.
func BenchmarkRules(b *testing.B) {
	tree := filetree.FromMap(maps.Collect(repository.Files(200)))
	s := workspace.New(tree, &workspace.Options{Dialect: dialect.Pants1()})
	dirs, err := analysis.Directories(b.Context(), s, []string{""})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.AllPackages(); err != nil {
		b.Fatal(err)
	}
	b.Run("none", func(b *testing.B) { benchmarkRule(b, s, dirs, nil) })
	for _, r := range rules.All() {
		settings := []analysis.Setting{{Rule: r, Severity: r.Severity, Options: r.Options}}
		b.Run(r.Name, func(b *testing.B) { benchmarkRule(b, s, dirs, settings) })
	}
}

func benchmarkRule(b *testing.B, s *workspace.Snapshot, dirs []string, settings []analysis.Setting) {
	c := &analysis.Checker{
		Snapshot: s, Jobs: 1,
		Settings: func(string) []analysis.Setting { return settings },
		Known:    func(string) bool { return true },
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Check(b.Context(), dirs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(dirs)), "µs/directory")
}
