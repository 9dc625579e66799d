package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/internal/nearest"
)

func unusedSuppression() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unused-suppression",
		Summary:  "a comment that silences nothing, or a rule that does not exist",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Stage:    analysis.Last,
		Check:    checkUnusedSuppression,
		Doc: `
` + "`# buildlint: disable=RULE -- reason`" + ` silences a rule where it is right to depart from it. When the reason is
gone the comment stays, and hides the next mistake in its place. A rule's name is matched exactly: one that does not
exist silences nothing, and is told of with the nearest name.

The fix removes what silences nothing: the rule's name, or the whole comment. A rule that did not run, since it is
switched off, is not unused.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
# buildlint: disable=duplicate-target -- the two are one
python_library(
  name = 'web',
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
)
`,
	}
}

func checkUnusedSuppression(p *analysis.Pass) {
	for _, u := range p.UnusedSuppressions() {
		d := analysis.Diagnostic{
			Location: analysis.Location{Path: u.Path, Span: u.Comment},
			Message:  suppressionMessage(u),
		}
		if u.Err == "" {
			d.Fixes = []analysis.Fix{analysis.NewFix("Remove what silences nothing", analysis.Safe, func() []edit.Edit {
				return removeSuppression(p, u)
			})}
		}
		p.Report(d)
	}
}

func suppressionMessage(u analysis.UnusedSuppression) string {
	if u.Err != "" {
		return "this comment silences nothing: " + u.Err
	}
	var parts []string
	for _, r := range u.Unknown {
		part := fmt.Sprintf("there is no rule `%s`", r.Name)
		if near, ok := nearest.Of(r.Name, slices.Values(names(All()))); ok {
			part += fmt.Sprintf(" (did you mean `%s`?)", near)
		}
		parts = append(parts, part)
	}
	for _, r := range u.Unused {
		parts = append(parts, fmt.Sprintf("`%s` finds nothing here", r.Name))
	}
	return "this comment silences nothing: " + strings.Join(parts, "; ")
}

// removeSuppression removes the whole comment, or the names that silence nothing.
func removeSuppression(p *analysis.Pass, u analysis.UnusedSuppression) []edit.Edit {
	src := p.Source(u.Path)
	gone := append(slices.Clone(u.Unknown), u.Unused...)
	if len(gone) == len(u.Rules) {
		return []edit.Edit{removeComment(src, u)}
	}
	var kept []string
	for _, r := range u.Rules {
		if !slices.ContainsFunc(gone, func(g analysis.SuppressedRule) bool { return g.Span == r.Span }) {
			kept = append(kept, r.Name)
		}
	}
	first, last := u.Rules[0].Span, u.Rules[len(u.Rules)-1].Span
	return []edit.Edit{{Path: u.Path, Start: first.Start, End: last.End, New: strings.Join(kept, ",")}}
}

// removeComment removes a comment with the blanks before it, and its line where it stands alone.
func removeComment(src []byte, u analysis.UnusedSuppression) edit.Edit {
	start, end := u.Comment.Start, u.Comment.End
	for start > 0 && (src[start-1] == ' ' || src[start-1] == '\t') {
		start--
	}
	if start == 0 || src[start-1] == '\n' {
		end = min(len(src), end+len("\n"))
		if end-1 > 0 && src[end-1] == '\r' {
			end = min(len(src), end+1)
		}
	}
	return edit.Edit{Path: u.Path, Start: start, End: end}
}
