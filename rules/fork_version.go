package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A forkOptions says which projects the repository builds itself.
type forkOptions struct {
	Forks []string `toml:"forks" doc:"projects that are installed in a version of your own"`
	Label string   `toml:"label" doc:"what the local version of such a project begins with"`
}

func forkVersion() *analysis.Rule {
	return &analysis.Rule{
		Name:     "fork-version",
		Summary:  "a forked or unreleased package carries a local version",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &forkOptions{Label: "lp"},
		Check:    checkForkVersion,
		Doc: `
A package that you changed, or built before its release, must not be taken for the one of the same version that the
public index has: one of the two is installed, and nobody sees which. A local version such as ` + "`20.0.4+lp1`" + `
tells them apart, and sorts behind the version that it is made from.

A pin of a development release (` + "`==1.2.dev3`" + `) is a finding, and one of a project that the option
` + "`forks`" + ` names, unless it has a local version; of those it begins with the option ` + "`label`" + ` and a
number. To mend it, publish the package with a local version on your index. There is no fix, since that has to be done
first.`,
		Bad: `
-- buildlint.toml --
[rules]
fork-version = { forks = ["gunicorn"] }
-- constraints.txt --
gunicorn==20.0.4
talisker==0.20.0.dev2
`,
		Good: `
-- buildlint.toml --
[rules]
fork-version = { forks = ["gunicorn"] }
-- constraints.txt --
gunicorn==20.0.4+lp1
talisker==0.20.0.dev2+lp1
`,
	}
}

func checkForkVersion(p *analysis.Pass) {
	options := p.Options.(*forkOptions)
	forks := map[string]bool{}
	for _, name := range options.Forks {
		forks[python.Normalise(name)] = true
	}
	for _, r := range p.Requirements() {
		if isReadable(r) && r.Pinned() {
			checkFork(p, r, forks[r.NormalName()], options.Label)
		}
	}
}

func checkFork(p *analysis.Pass, r *workspace.Specifier, fork bool, label string) {
	for _, c := range r.Clauses {
		if c.Operator != "==" {
			continue
		}
		local := r.LocalVersion()
		switch {
		case fork && (local == "" || !isLabelled(local, label)):
			reportRequirement(p, r, c.VersionSpan, fmt.Sprintf("`%s` is a version of our own: it is `%s+%s1` or later",
				r.Name, strings.TrimSuffix(c.Version, "+"+local), label))
		case !fork && local == "" && isDevelopment(c.Version):
			reportRequirement(p, r, c.VersionSpan, fmt.Sprintf("`%s` is unreleased: our own version of it says so, as `%s+%s1`",
				requirementText(r.Requirement), c.Version, label))
		}
	}
}

// isLabelled reports whether a local version is the label and a number, and what may follow behind a dot.
func isLabelled(local, label string) bool {
	number, found := strings.CutPrefix(strings.ToLower(local), strings.ToLower(label))
	return found && regexp.MustCompile(`^[-_.]?\d+([-_.].*)?$`).MatchString(number)
}

func isDevelopment(version string) bool {
	return regexp.MustCompile(`(?i)[-_.]?dev[-_.]?\d*$`).MatchString(version)
}
