package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// An unusedConstraintOptions says which files hold constraints, and where all that is installed is listed.
type unusedConstraintOptions struct {
	Constraints []string `toml:"constraints" format:"glob" doc:"patterns of further files that hold constraints"`
	Resolved    []string `toml:"resolved" format:"glob" doc:"patterns of files that list all that is installed"`
}

func unusedConstraint() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unused-constraint",
		Summary:  "a constraint of a project that is not installed",
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &unusedConstraintOptions{},
		Check:    checkUnusedConstraint,
		Doc: `
A constraint that holds for nothing is read, updated and reviewed in vain.

Constraints also pin what requirements pull in, and no file of the repository may say what that is. So nothing is found
until the option ` + "`resolved`" + ` names requirements files that list all that is installed, such as the output of
` + "`pip freeze`" + `: a constraint is unused if neither they nor any requirement names its project.

The fix removes the line. It is unsafe, since the list may be of one platform.`,
		Bad: `
-- buildlint.toml --
[rules]
unused-constraint = { resolved = ["frozen-requirements.txt"] }
-- constraints.txt --
requests==2.31.0
simplejson==3.19.2
urllib3==1.26.18
-- frozen-requirements.txt --
requests==2.31.0
urllib3==1.26.18
-- requirements.txt --
requests>=2.0
`,
		Good: `
-- buildlint.toml --
[rules]
unused-constraint = { resolved = ["frozen-requirements.txt"] }
-- constraints.txt --
requests==2.31.0
urllib3==1.26.18
-- frozen-requirements.txt --
requests==2.31.0
urllib3==1.26.18
-- requirements.txt --
requests>=2.0
`,
	}
}

func checkUnusedConstraint(p *analysis.Pass) {
	options := p.Options.(*unusedConstraintOptions)
	if len(options.Resolved) == 0 {
		return
	}
	installed, known := installedProjects(p, options)
	if !known {
		return
	}
	for _, r := range p.Requirements() {
		if !isConstraint(r, options.Constraints) || !isReadable(r) || installed[r.NormalName()] {
			continue
		}
		reportRequirement(p, r, r.Place, fmt.Sprintf("nothing that is installed needs the constraint of `%s`", r.Name),
			analysis.NewFix("Remove the constraint", analysis.Unsafe, func() []edit.Edit { return removeLine(p, r) }))
	}
}

// installedProjects returns the normal names of what is installed or asked for. It reports false where no file lists
// the first.
func installedProjects(p *analysis.Pass, options *unusedConstraintOptions) (names map[string]bool, known bool) {
	names = map[string]bool{}
	for _, r := range p.AllRequirements().Specifiers {
		resolved := r.Line != nil && matchesAny(options.Resolved, r.Path)
		known = known || resolved
		if resolved || !isConstraint(r, options.Constraints) {
			names[r.NormalName()] = true
		}
	}
	return names, known
}
