package cli

import (
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/rules"
)

// conventionsPreset is the preset of conventions that a repository may well not have.
const conventionsPreset = "aurora"

// fewPackages is how many packages are too few to tell whether a repository has the conventions.
const fewPackages = 20

// noteConventions tells of `buildlint init` where nobody has configured anything and most packages do not keep the
// conventions that are on by default.
func (l *linter) noteConventions(p *subject, r *analysis.Result) {
	if l.quiet || l.isolated || len(l.selected) > 0 || len(p.Config.Files) > 0 {
		return
	}
	if broken := breaking(r); r.Summary.Packages >= fewPackages && 2*broken > r.Summary.Packages {
		l.notef("%d of %d packages do not keep the conventions of the preset `%s`, which is on by default: "+
			"`buildlint init` writes a buildlint.toml with those that this repository keeps",
			broken, r.Summary.Packages, conventionsPreset)
	}
}

// breaking returns the number of directories with a finding of the conventions that is more than a hint.
func breaking(r *analysis.Result) int {
	conventions := rules.Presets()[conventionsPreset]
	dirs := map[string]bool{}
	for _, d := range r.Diagnostics {
		if d.Severity > analysis.Info && slices.Contains(conventions, d.Rule) {
			dirs[dirOf(d.Path)] = true
		}
	}
	return len(dirs)
}
