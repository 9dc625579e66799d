package rules

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func internalRequirement() *analysis.Rule {
	return &analysis.Rule{
		Name:     "internal-requirement",
		Summary:  "a distribution of this repository that is asked for as a third-party requirement",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		Check:    checkInternalRequirement,
		Doc: `
What a repository publishes itself is there as a target. A requirement takes a released version of it instead: two
versions of the same modules meet in one process, and a change is tested against code that it does not change.

To mend it, remove the requirement and depend on the target that the finding names. The build tool writes the
requirement with its version into what is published. A path, as in ` + "`-e ./common`" + `, is no version and no
finding.`,
		Bad: `
-- 3rdparty/python/BUILD --
python_requirements()
-- 3rdparty/python/requirements.txt --
requests>=2.0
org-common==1.4
-- src/python/org/common/BUILD --
python_library(
  provides = setup_py(name = 'org-common', version = version()),
)
`,
		Good: `
-- 3rdparty/python/BUILD --
python_requirements()
-- 3rdparty/python/requirements.txt --
requests>=2.0
-- src/python/org/common/BUILD --
python_library(
  provides = setup_py(name = 'org-common', version = version()),
)
`,
	}
}

func checkInternalRequirement(p *analysis.Pass) {
	for _, r := range p.Requirements() {
		if r.Name == "" || r.URL != "" && !strings.Contains(r.URL, "://") {
			continue
		}
		if published := p.AllRequirements().Published(r.NormalName()); len(published) > 0 {
			reportInternal(p, r, published[0])
		}
	}
}

func reportInternal(p *analysis.Pass, r *workspace.Specifier, a workspace.Address) {
	d := requirementDiagnostic(r, r.Place, fmt.Sprintf("`%s` is published by `%s`: depend on that target",
		r.Name, a.Short()))
	if target := p.Resolve(a); !target.Target.IsZero() {
		d.Related = append(d.Related, analysis.Related{
			Location: analysis.Location{Path: target.Package.Path(target.Target), Span: target.Target.Head()},
			Message:  "it is published here",
		})
	}
	p.Report(d)
}
