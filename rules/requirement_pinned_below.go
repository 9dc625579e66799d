package rules

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// isDeployed reports whether a target is a Python binary or publishes a distribution.
func isDeployed(t *workspace.Target) bool {
	return t.Kind.IsPython() && (t.Is(dialect.Binary) || t.Is(dialect.Distribution) || t.Provides != nil)
}

// checkPinnedBelow reports the requirements that a target reaches and that nothing pins. Those whose own file is to be
// pinned are reported there.
func checkPinnedBelow(p *analysis.Pass, t *workspace.Target, hold constraintIndex) {
	var loose []analysis.Related
	var names []string
	for _, step := range reachable(p, t.Address(), nowhere) {
		for _, r := range step.target.Requirements() {
			if !isReadable(r) || r.URL != "" || r.Pinned() || p.OptionsFor(r.Path).(*styleOptions).Style == pinnedStyle {
				continue
			}
			if !isPinnedByConstraint(p, r, hold) {
				name := "`" + requirementText(r.Requirement) + "`"
				loose = append(loose, relatedRequirement(r, name+" by `"+step.path()+"`"))
				names = append(names, name)
			}
		}
	}
	if len(loose) == 0 {
		return
	}
	p.Report(analysis.Diagnostic{
		Location: analysis.Location{Path: t.File.Path, Span: t.Head()}, Target: t.Address().String(), Related: loose,
		Message: fmt.Sprintf("`%s` is deployed and reaches %s, which nothing pins", t.Name, enumerate(names)),
	})
}

func isPinnedByConstraint(p *analysis.Pass, r *workspace.Specifier, hold constraintIndex) bool {
	patterns := p.OptionsFor(r.Path).(*styleOptions).Constraints
	for _, c := range hold.of(p, r.Path, patterns).named[r.NormalName()] {
		if c.Pinned() {
			return true
		}
	}
	return false
}

// enumerate names the first things of a list, and says how many there are more.
func enumerate(names []string) string {
	const shown = 3
	if len(names) > shown {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
	}
	return strings.Join(names, ", ")
}

// replaceClauses returns the edit that puts other clauses in the place of those of a specifier. None are put into no
// brackets: `name ()` is no specifier.
func replaceClauses(p *analysis.Pass, r *workspace.Specifier, clauses []string) []edit.Edit {
	first, last := r.Clauses[0].Span, r.Clauses[len(r.Clauses)-1].Span
	span := syntax.Span{Start: first.Start, End: last.End}
	if len(clauses) == 0 {
		before := string(p.Source(r.Path)[r.NameSpan.End:first.Start])
		if strings.Contains(before, "(") {
			return nil
		}
		span.Start -= len(before) - len(strings.TrimRight(before, " \t"))
	}
	return []edit.Edit{{Path: r.Path, Start: span.Start, End: span.End, New: strings.Join(clauses, ",")}}
}

func trimWildcard(version string) string { return strings.TrimSuffix(version, ".*") }
