package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func interpreterConstraints() *analysis.Rule {
	return &analysis.Rule{
		Name:     "interpreter-constraints",
		Summary:  "a target depends on one that does not run on all of its interpreters",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Check:    checkInterpreterConstraints,
		Doc: `
A client that is to run on Python 3.9 does not, if something below it needs 3.11: the build may take a newer interpreter
for all, and the user finds out.

What a target's interpreter constraints allow, those of everything below it have to allow, too. Minor versions are
compared. A target that does not say where it runs is looked through; requirements are not judged.

To mend it, allow more below, raise the constraints above, or cut the dependency. There is no fix.`,
		Bad: `
-- src/python/org/client/BUILD --
python_library(
  dependencies = ['src/python/org/common'],
  compatibility = ['CPython>=3.9'],
)
-- src/python/org/common/BUILD --
python_library(
  compatibility = ['CPython>=3.11'],
)
`,
		Good: `
-- src/python/org/client/BUILD --
python_library(
  dependencies = ['src/python/org/common'],
  compatibility = ['CPython>=3.9'],
)
-- src/python/org/common/BUILD --
python_library(
  compatibility = ['CPython>=3.9'],
)
`,
	}
}

func checkInterpreterConstraints(p *analysis.Pass) {
	facts := p.Facts()
	for t := range facts.Targets() {
		if own, ok := python.MinorVersions(t.Interpreters()); ok && !t.Address().IsZero() {
			checkInterpreters(p, facts, t, own)
		}
	}
}

// checkInterpreters reports the dependencies of a target that do not run on all of the given versions. What lies below
// one that says where it runs is judged there.
func checkInterpreters(p *analysis.Pass, facts *workspace.Facts, t workspace.TargetFacts, own []string) {
	says := func(t workspace.TargetFacts) bool { return len(t.Interpreters()) > 0 }
	for _, s := range reachable(p, t.Address(), says)[1:] {
		versions, ok := python.MinorVersions(s.target.Interpreters())
		if !ok {
			continue
		}
		isMissing := func(v string) bool { return !slices.Contains(versions, v) }
		if i := slices.IndexFunc(own, isMissing); i >= 0 {
			p.Report(analysis.Diagnostic{
				Location: analysis.Location{Path: facts.Path(t), Span: s.first().Span}, Target: t.Address().String(),
				Related: s.related(),
				Message: fmt.Sprintf("`%s` runs on Python %s, and `%s` below it does not (%s)", t.Address().Name, own[i],
					s.target.Address().Short(), strings.Join(s.target.Interpreters(), " or ")),
			})
		}
	}
}
