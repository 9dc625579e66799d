package analysis_test

import (
	"context"
	"maps"
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/bench/repository"
	"github.com/buildlint/buildlint/rules"
)

// benchChecker returns a checker of all rules for a new snapshot.
func benchChecker(tree *filetree.Tree) *analysis.Checker {
	var settings []analysis.Setting
	for _, r := range rules.All() {
		settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity, Options: r.Options})
	}
	return &analysis.Checker{
		Snapshot: workspace.New(tree, &workspace.Options{Dialect: dialect.Pants1()}),
		Settings: func(string) []analysis.Setting { return settings },
		Known:    func(string) bool { return true },
	}
}

func benchTree(n int) *filetree.Tree { return filetree.FromMap(maps.Collect(repository.Files(n))) }

// BenchmarkCheck runs all rules over 1,000 packages, from bytes to findings.
func BenchmarkCheck(b *testing.B) {
	tree := benchTree(1000)
	b.ReportAllocs()
	for b.Loop() {
		c := benchChecker(tree)
		dirs, err := analysis.Directories(b.Context(), c.Snapshot, []string{""})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.Check(b.Context(), dirs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkKeystroke checks one package after a change of it, in a workspace of 1,000 that was read.
func BenchmarkKeystroke(b *testing.B) {
	c := benchChecker(benchTree(1000))
	c.Record = true
	if _, err := c.Snapshot.AllPackages(); err != nil {
		b.Fatal(err)
	}
	name := repository.BuildFile(8)
	src, err := c.Snapshot.Tree().Read(name)
	if err != nil {
		b.Fatal(err)
	}
	change := []filetree.Change{{Path: name, Op: filetree.SetOverlay, Overlay: append(src, '\n')}}
	b.ReportAllocs()
	for b.Loop() {
		c.Snapshot = c.Snapshot.With(change)
		if _, err := c.CheckEach(b.Context(), []string{repository.Dir(8)}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFix mends what can be mended in 100 packages.
func BenchmarkFix(b *testing.B) {
	tree := benchTree(100)
	c := benchChecker(tree)
	dirs, err := analysis.Directories(b.Context(), c.Snapshot, []string{""})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		f := &analysis.Fixer{Checker: benchChecker(tree), Dirs: dirs, Least: analysis.Unsafe}
		if _, err := f.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
