package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func requirementConstrained() *analysis.Rule {
	return &analysis.Rule{
		Name:     "requirement-constrained",
		Summary:  "a requirement that no constraint pins, or that its constraint does not meet",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &constraintOptions{},
		YieldsAt: []string{"internal-requirement"},
		Check:    checkRequirementConstrained,
		Doc: `
Where requirements are loose and constraints say what is installed, a requirement without a constraint gets whatever is
newest on the day of the installation.

The constraints of a file are those that it names by ` + "`-c`" + `, or that a file names which includes it; else
those of its directory, in files that have ` + "`constraints`" + ` in their name. The option ` + "`constraints`" + `
adds files that hold for the whole workspace. Where there are none, nothing is found. A requirement that is pinned
itself needs no constraint.

To mend it, add a line with ` + "`==`" + ` to the constraints. There is no fix, since the version is not known.`,
		Bad: `
-- constraints.txt --
requests==2.31.0
-- requirements.txt --
requests>=2.0
urllib3
`,
		Good: `
-- constraints.txt --
requests==2.31.0
urllib3==1.26.18
-- requirements.txt --
requests>=2.0
urllib3
`,
	}
}

func checkRequirementConstrained(p *analysis.Pass) {
	patterns := p.Options.(*constraintOptions).Constraints
	hold := constraintIndex{}
	for _, r := range p.Requirements() {
		if isConstraint(r, patterns) || !isReadable(r) || r.URL != "" || r.Pinned() {
			continue
		}
		checkConstrained(p, r, hold.of(p, r.Path, patterns))
	}
}

// maxConstraints bounds how many constraints of one project are compared with each requirement.
const maxConstraints = 100

func checkConstrained(p *analysis.Pass, r *workspace.Specifier, hold *constraints) {
	constraints := hold.named[r.NormalName()]
	switch {
	case len(hold.files) == 0 || len(constraints) > maxConstraints:
		return
	case len(constraints) == 0:
		reportRequirement(p, r, r.NameSpan, fmt.Sprintf("`%s` has no constraint: pin it in %s", r.Name, hold.paths))
		return
	}
	excluded := func(c *workspace.Specifier) bool { return c.Marker == "" && r.Excludes(c.Requirement) }
	if c := constraints[0]; !slices.ContainsFunc(constraints, func(c *workspace.Specifier) bool { return !excluded(c) }) {
		d := requirementDiagnostic(r, r.Place, fmt.Sprintf("`%s` is not met by its constraint `%s` in `%s`",
			requirementText(r.Requirement), requirementText(c.Requirement), c.Path))
		d.Related = append(d.Related, relatedRequirement(c, "the constraint"))
		p.Report(d)
	}
}

// The constraints that hold for a file.
type constraints struct {
	files []*workspace.RequirementsFile
	paths string                            // of the files, in a sentence
	named map[string][]*workspace.Specifier // by the normal name
}

// A constraintIndex holds the constraints of files, which many requirements share.
type constraintIndex map[string]*constraints

func (x constraintIndex) of(p *analysis.Pass, file string, patterns []string) *constraints {
	if x[file] == nil {
		x[file] = constraintsOf(p, file, patterns)
	}
	return x[file]
}

// constraintsOf returns the constraints of the files that hold for a file, and of those that an option names.
func constraintsOf(p *analysis.Pass, file string, patterns []string) *constraints {
	files := p.AllRequirements().Constraints(file)
	for name, f := range p.RequirementsFiles() {
		if matchesAny(patterns, name) && !slices.Contains(files, f) {
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b *workspace.RequirementsFile) int { return strings.Compare(a.Path, b.Path) })
	c := &constraints{files: files, paths: paths(files), named: map[string][]*workspace.Specifier{}}
	for _, f := range files {
		for _, r := range f.Specifiers() {
			c.named[r.NormalName()] = append(c.named[r.NormalName()], r)
		}
	}
	return c
}

// paths names files in a sentence.
func paths(files []*workspace.RequirementsFile) string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = "`" + path.Clean(f.Path) + "`"
	}
	return strings.Join(names, " or ")
}
