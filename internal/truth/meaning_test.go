package truth_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/truth"
)

// meaning returns what the build tool makes of the packages of a cell, a line for each target and each of its parts.
func meaning(t *testing.T, s *workspace.Snapshot, cell *truth.Broken) []string {
	t.Helper()
	dirs, err := s.Packages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, dir := range dirs {
		if !cell.Holds(dir) {
			continue
		}
		p, err := s.Package(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range p.Targets {
			lines = append(lines, targetLines(s, target)...)
		}
	}
	slices.Sort(lines)
	return lines
}

func targetLines(s *workspace.Snapshot, t *workspace.Target) []string {
	name := t.Address().String()
	lines := []string{name + " is " + t.KindName}
	add := func(format string, args ...any) { lines = append(lines, name+" "+fmt.Sprintf(format, args...)) }
	for _, d := range t.Deps {
		add("needs %s %v %s", d.Address, d.Scoped, d.Field.Name)
	}
	for _, file := range s.Tree().Glob(t.Package.Dir, t.Sources.Globs(), t.Sources.Exclude) {
		add("owns %s", file)
	}
	for _, f := range t.Fields {
		switch f.Name {
		case "name", "dependencies", "sources", "source", "provides", "binary":
		default:
			add("%s = %s", f.Name, tokens(f.Value))
		}
	}
	if p := t.Provides; p != nil {
		for _, a := range p.Call.Args {
			add("provides %s = %s", a.Name, tokens(a.Value))
		}
		for _, b := range p.Binaries {
			add("installs %s as %s", b.Address, b.Script)
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// tokens returns an expression without its style.
func tokens(v workspace.Value) string {
	if text, ok := workspace.Text(v); ok {
		return text
	}
	src := []byte(v.Node().Text())
	var b strings.Builder
	for tok := range syntax.Scan(src) {
		switch tok.Kind {
		case syntax.CommentTok, syntax.NewlineTok, syntax.EOF:
		default:
			b.WriteString(strings.ReplaceAll(tok.Span.Text(src), `"`, `'`) + " ")
		}
	}
	return b.String()
}
