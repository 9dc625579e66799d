package analysis_test

import (
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A rule that panics costs its directory's findings, and the run goes on.
func TestPanic(t *testing.T) {
	tree := filetree.FromMap(map[string]string{"a/BUILD": "", "b/BUILD": ""})
	rule := &analysis.Rule{Name: "r", Severity: analysis.Warning, Check: func(p *analysis.Pass) {
		if p.Dir == "a" {
			panic("oops")
		}
		p.Report(analysis.Diagnostic{Location: analysis.Location{Path: "b/BUILD"}, Message: "found"})
	}}
	settings := []analysis.Setting{{Rule: rule, Severity: rule.Severity}}
	c := &analysis.Checker{
		Snapshot: workspace.New(tree, &workspace.Options{Dialect: dialect.Pants1()}),
		Settings: func(string) []analysis.Setting { return settings },
		Known:    func(string) bool { return true },
	}
	result, err := c.Check(t.Context(), []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Diagnostics) != 1 || len(result.Errors) != 1 || result.Errors[0].Path != "a" ||
		!strings.Contains(result.Errors[0].Error(), "oops") {
		t.Errorf("got %v and %v, want one finding in b and the panic in a", result.Diagnostics, result.Errors)
	}
}
