package workspace_test

import (
	"maps"
	"testing"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/bench/repository"
)

// benchPackages is the size of the workspaces.
const benchPackages = 1000

func benchTree() *filetree.Tree {
	return filetree.FromMap(maps.Collect(repository.Files(benchPackages)))
}

func benchOptions() *workspace.Options { return &workspace.Options{Dialect: dialect.Pants1()} }

// BenchmarkPackage reads one package with all its fields.
func BenchmarkPackage(b *testing.B) {
	s := workspace.New(benchTree(), benchOptions())
	dir := repository.Dir(8) // with a binary
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Package(dir); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkIndex reads all packages and finds out who uses which.
func BenchmarkIndex(b *testing.B) {
	tree := benchTree()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := workspace.New(tree, benchOptions()).AllPackages(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCycles looks for circles in what was read.
func BenchmarkCycles(b *testing.B) {
	s := workspace.New(benchTree(), benchOptions())
	dirs, err := s.AllPackages()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s.CyclesOf(dirs)
	}
}

// BenchmarkSnapshot makes the snapshot after a keystroke, with the index of it.
func BenchmarkSnapshot(b *testing.B) {
	s := workspace.New(benchTree(), benchOptions())
	if _, err := s.AllPackages(); err != nil {
		b.Fatal(err)
	}
	name := repository.BuildFile(8)
	src, err := s.Tree().Read(name)
	if err != nil {
		b.Fatal(err)
	}
	change := []filetree.Change{{Path: name, Op: filetree.SetOverlay, Overlay: append(src, '\n')}}
	b.ReportAllocs()
	for b.Loop() {
		s = s.With(change)
		s.Uses(workspace.Address{Dir: repository.Dir(0)})
	}
}
