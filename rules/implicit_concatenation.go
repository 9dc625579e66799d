package rules

import (
	"fmt"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func implicitConcatenation() *analysis.Rule {
	return &analysis.Rule{
		Name:     "implicit-concatenation",
		Summary:  "two adjacent strings as one list element: a forgotten comma",
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Check:    checkImplicitConcatenation,
		Doc: `
Python joins two strings that stand beside each other. In a list that is nearly always a comma that somebody forgot,
and the list silently holds one long name that exists nowhere in place of two.

The fix adds the comma. It is unsafe, since the list gets another element. If the strings are meant to be one, put them
in parentheses: that says so, and this rule is silent about it.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/store'
    'src/main/python/org/app/util',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/store',
    'src/main/python/org/app/util',
  ],
)
`,
	}
}

func checkImplicitConcatenation(p *analysis.Pass) {
	for _, f := range p.Package().Files {
		for _, n := range f.Concatenations() {
			reportConcatenation(p, f, n)
		}
	}
}

func reportConcatenation(p *analysis.Pass, f *workspace.BuildFile, n syntax.Node) {
	parts := slices.Collect(n.Elems())
	var edits []edit.Edit
	for _, part := range parts[:len(parts)-1] {
		end := part.Span().End
		edits = append(edits, edit.Edit{Path: f.Path, Start: end, End: end, New: ","})
	}
	p.Report(analysis.Diagnostic{
		Location: analysis.Location{Path: f.Path, Span: n.Span()},
		Message: fmt.Sprintf("a comma is missing: %s and %s are one string (if that is meant, put them in parentheses)",
			parts[0].Text(), parts[1].Text()),
		Fixes: []analysis.Fix{analysis.Fixed("Add the comma", analysis.Unsafe, edits)},
	})
}
