package analysis_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// TestEditsOfAllFixes asks for the edits of all fixes of two directories: the rule runs again once for each of them,
// not once for each fix.
func TestEditsOfAllFixes(t *testing.T) {
	const n = 100
	runs := 0
	rule := &analysis.Rule{Name: "remove-target", Check: func(p *analysis.Pass) {
		runs++
		for i, target := range slices.Backward(p.Targets()) {
			at := target.Node().Span()
			p.ReportAt(target, at, "remove it", analysis.NewFix("Remove it", analysis.Safe, func() []edit.Edit {
				return []edit.Edit{{Path: target.File.Path, Start: at.Start, End: at.End, New: fmt.Sprint(i)}}
			}))
		}
	}}
	text := strings.Repeat("target(name = 'a')\n", n)
	checker := &analysis.Checker{
		Snapshot: open(map[string]string{"a/BUILD": text, "b/BUILD": text}), Jobs: 1,
		Settings: func(string) []analysis.Setting { return []analysis.Setting{{Rule: rule, Severity: analysis.Warning}} },
	}
	result, err := checker.Check(t.Context(), []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	runs = 0
	for i, d := range result.Diagnostics {
		edits := d.Fixes[0].Edits()
		if len(edits) != 1 || edits[0].Start != d.Span.Start || edits[0].New != fmt.Sprint(i%n) {
			t.Errorf("the edits of finding %d are %v", i, edits)
		}
	}
	if len(result.Diagnostics) != 2*n || runs != 2 {
		t.Errorf("the edits of %d findings took %d runs of the rule, want 2", len(result.Diagnostics), runs)
	}
}
