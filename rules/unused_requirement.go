package rules

import (
	"bytes"
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func unusedRequirement() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unused-requirement",
		Summary:  "a requirement that no target depends on",
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Stage:    analysis.Graph,
		Sources:  true,
		Check:    checkUnusedRequirement,
		Doc: `
A requirement that nothing depends on is in no file that is built. It is updated and audited in vain, and its bounds
hold back those that are used.

Only requirements that a target stands for are judged, where targets name their dependencies. One may be used in a way
that cannot be seen, so nothing is said where a BUILD file with a macro or a loop, or the build tool's own
configuration, holds the target's name.

The fix removes the line of a requirements file. It is unsafe, since somebody may install the file by hand.`,
		Bad: `
-- 3rdparty/python/BUILD --
python_requirements()
-- 3rdparty/python/requirements.txt --
requests>=2.0
simplejson>=3.0
-- src/python/org/web/BUILD --
python_library(
  dependencies = ['3rdparty/python:requests'],
)
`,
		Good: `
-- 3rdparty/python/BUILD --
python_requirements()
-- 3rdparty/python/requirements.txt --
requests>=2.0
-- src/python/org/web/BUILD --
python_library(
  dependencies = ['3rdparty/python:requests'],
)
`,
	}
}

func checkUnusedRequirement(p *analysis.Pass) {
	if p.Dialect().Infers {
		return
	}
	reported := map[workspace.Address]bool{}
	for _, r := range p.Requirements() {
		if r.Target.IsZero() || r.Constrains || reported[r.Target] || len(p.Uses(r.Target)) > 0 || mayBeUsed(p, r.Target) {
			continue
		}
		reported[r.Target] = true
		message := fmt.Sprintf("nothing depends on `%s`", r.Target.Short())
		if r.Line == nil {
			reportRequirement(p, r, r.Place, message)
			continue
		}
		reportRequirement(p, r, r.Place, message, analysis.NewFix("Remove the requirement", analysis.Unsafe,
			func() []edit.Edit { return removeLine(p, r) }))
	}
}

// mayBeUsed reports whether a name stands in a file from which not all can be seen that it depends on: a BUILD file
// with a gap or with an open target, or the configuration of the build tool.
func mayBeUsed(p *analysis.Pass, a workspace.Address) bool {
	for _, marker := range p.Dialect().Markers {
		if bytes.Contains(p.Source(marker), []byte(a.Name)) {
			return true
		}
	}
	for _, file := range p.AllRequirements().Open {
		if bytes.Contains(p.Source(file), []byte(a.Name)) {
			return true
		}
	}
	return false
}
