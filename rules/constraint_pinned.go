package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
)

func constraintPinned() *analysis.Rule {
	return &analysis.Rule{
		Name:     "constraint-pinned",
		Summary:  "each line of a constraints file pins one version",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &constraintOptions{},
		Check:    checkConstraintPinned,
		Doc: `
Constraints say which version of each project is installed, whoever asks for it. A line with a range, or without any
version, leaves that to the day of the installation: two of them give two results.

Constraints files are those with ` + "`constraints`" + ` in their name and those that a requirements file names by
` + "`-c`" + `; the option ` + "`constraints`" + ` adds more. A line that names a URL is as fixed as that is, and is
left to ` + "`direct-url-requirement`" + `.

To mend it, write the version that is installed now behind ` + "`==`" + `. There is no fix, since it is not known.`,
		Bad: `
-- constraints.txt --
requests==2.31.0
urllib3>=1.26
-- requirements.txt --
requests>=2.0
`,
		Good: `
-- constraints.txt --
requests==2.31.0
urllib3==1.26.18
-- requirements.txt --
requests>=2.0
`,
	}
}

func checkConstraintPinned(p *analysis.Pass) {
	patterns := p.Options.(*constraintOptions).Constraints
	for _, r := range p.Requirements() {
		if !isConstraint(r, patterns) || !isReadable(r) || r.URL != "" || r.Pinned() {
			continue
		}
		reportRequirement(p, r, r.Place, fmt.Sprintf("`%s` pins no version: write `==` and the version that is installed",
			requirementText(r.Requirement)))
	}
}
