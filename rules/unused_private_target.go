package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func unusedPrivateTarget() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unused-private-target",
		Summary:  "a library or resource whose name starts with `_` and that nothing uses",
		Dialects: []string{"pants1", "bazel", "please", "buck2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Stage:    analysis.Graph,
		YieldsTo: []string{"implicit-concatenation"},
		Check:    checkUnusedPrivateTarget,
		Doc: `
A name that starts with an underscore says that the target is there for its neighbours. If none of them uses it, it is
left over, and what it holds is in no library that anybody ships.

The fix removes the target. It is unsafe, since somebody may build it by name. A package that may hold targets which
cannot be seen is not judged.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_templates',
  sources = ['templates.py'],
)

python_library(
  name = 'web',
  sources = ['main.py'],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py'],
)
`,
	}
}

func checkUnusedPrivateTarget(p *analysis.Pass) {
	facts := p.Facts()
	if !facts.Complete {
		return
	}
	used := map[workspace.Address]bool{}
	for t := range facts.Targets() {
		if t.Open() {
			return // it may use any of the others
		}
		for e := range t.Edges() {
			if e.To.Dir == p.Dir && facts.Named(e.To.Name).IsZero() {
				return // it may mean any of them: unresolved-dependency says so
			}
			used[e.To] = true
		}
	}
	for t := range facts.Targets() {
		if t.IsPrivate() && mayBeUnused(t) && !used[t.Address()] && len(p.Uses(t.Address())) == 0 {
			reportUnused(p, facts, t)
		}
	}
}

// mayBeUnused reports whether a target is there for others alone, and not for itself.
func mayBeUnused(t workspace.TargetFacts) bool {
	return !t.Conditional() && !t.Implicit() && !t.Provides() && (t.Is(dialect.Library) || t.Is(dialect.Resource))
}

func reportUnused(p *analysis.Pass, facts *workspace.Facts, t workspace.TargetFacts) {
	file, address := facts.Path(t), t.Address()
	p.Report(analysis.Diagnostic{
		Location: analysis.Location{Path: file, Span: t.Head()},
		Target:   p.Dialect().Spell(address),
		Message:  fmt.Sprintf("nothing uses `%s`", address.Name),
		Fixes: []analysis.Fix{analysis.NewFix("Remove the target", analysis.Unsafe, func() []edit.Edit {
			return removeTarget(p, file, address)
		})},
	})
}

func removeTarget(p *analysis.Pass, file string, a workspace.Address) []edit.Edit {
	for _, t := range p.Targets() {
		if t.File.Path == file && t.Address() == a {
			return rewrite.RemoveStatement(file, t.File.Syntax, t.Node())
		}
	}
	return nil
}
