package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// The styles of requirements.
const (
	minimumStyle = "minimum"
	pinnedStyle  = "pinned"
)

// A styleOptions says how requirements are bounded.
type styleOptions struct {
	Style       string   `toml:"style" enum:"minimum,pinned" doc:"minimum: no upper bound; pinned: one version"`
	Constraints []string `toml:"constraints" format:"glob" doc:"patterns of further files that hold constraints"`
}

func requirementStyle() *analysis.Rule {
	return &analysis.Rule{
		Name:     "requirement-style",
		Summary:  "requirements are loose for what others install, pinned for what is deployed from here",
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &styleOptions{Style: minimumStyle},
		YieldsAt: []string{"internal-requirement"},
		Check:    checkRequirementStyle,
		Doc: `
What others install meets the requirements of everything else that they install: an upper bound makes two
distributions exclude each other that work together. What is deployed from here is to be tomorrow what it was today,
and that takes one version of everything.

The option ` + "`style`" + ` is ` + "`minimum`" + `, which takes ` + "`>=`" + `, ` + "`>`" + `, ` + "`!=`" + ` or no
bound at all, or ` + "`pinned`" + `, which takes ` + "`==`" + ` and ` + "`===`" + `. Set it for a path by
` + "`[[overrides]]`" + `. Where it is ` + "`pinned`" + ` for a BUILD file, whatever the binaries and distributions in
it reach is pinned as well, by the requirement or by a constraint. Constraints are left to
` + "`constraint-pinned`" + `, and lines with hashes, which pip takes only if they are pinned, are not told to be
loose.

The fix of ` + "`minimum`" + ` removes upper bounds, and makes ` + "`==1.4`" + ` and ` + "`~=1.4`" + ` be
` + "`>=1.4`" + `. It is unsafe, since another version is installed then.`,
		Bad: `
-- requirements.txt --
requests>=2.0,<3
plumbum==1.7.2
pyyaml
`,
		Good: `
-- requirements.txt --
requests>=2.0
plumbum>=1.7.2
pyyaml
`,
	}
}

func checkRequirementStyle(p *analysis.Pass) {
	for _, r := range p.Requirements() {
		options := p.OptionsFor(r.Path).(*styleOptions)
		if isConstraint(r, options.Constraints) || !isReadable(r) || r.URL != "" {
			continue
		}
		if options.Style == pinnedStyle {
			checkPinned(p, r)
		} else {
			checkMinimum(p, r)
		}
	}
	hold := constraintIndex{}
	for _, t := range p.Targets() {
		if p.OptionsFor(t.File.Path).(*styleOptions).Style == pinnedStyle && isDeployed(t) {
			checkPinnedBelow(p, t, hold)
		}
	}
}

func checkMinimum(p *analysis.Pass, r *workspace.Specifier) {
	bounds := r.UpperBounds()
	if len(bounds) == 0 || r.Line != nil && len(r.Line.Hashes()) > 0 {
		return
	}
	kept := lowerBounds(r.Requirement)
	reportRequirement(p, r, bounds[0].Span, fmt.Sprintf("`%s` has an upper bound: `%s%s` is enough",
		requirementText(r.Requirement), r.Name, strings.Join(kept, ",")),
		analysis.NewFix("Remove the upper bound", analysis.Unsafe, func() []edit.Edit { return replaceClauses(p, r, kept) }))
}

// lowerBounds returns what is left of the clauses of a requirement without upper bounds.
func lowerBounds(r python.Requirement) []string {
	var kept []string
	for _, c := range r.Clauses {
		if lower := lowerBound(c); lower != "" && !slices.Contains(kept, lower) {
			kept = append(kept, lower)
		}
	}
	return kept
}

// lowerBound returns what is left of a clause without an upper bound, "" if nothing is.
func lowerBound(c python.Clause) string {
	switch c.Operator {
	case "<", "<=", "===":
		return ""
	case "==", "~=":
		return ">=" + trimWildcard(c.Version)
	}
	return c.Operator + c.Version
}

func checkPinned(p *analysis.Pass, r *workspace.Specifier) {
	if !r.Pinned() {
		reportRequirement(p, r, r.Place, fmt.Sprintf("`%s` is not pinned: what is deployed from here takes one version",
			requirementText(r.Requirement)))
	}
}
