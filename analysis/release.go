package analysis

import "github.com/buildlint/buildlint/analysis/edit"

// release lets go of what the fixes of a pass hold: a package with its syntax trees each, which would be kept until the
// last directory is checked. Whoever asks for the edits has the rule run again.
func (r *run) release(p *Pass) {
	dir, s := p.Dir, Setting{Rule: p.Rule, Severity: p.severity, Options: p.Options}
	for _, d := range p.diagnostics {
		for i := range d.Fixes {
			if !d.Fixes[i].known {
				d.Fixes[i].edits = func() []edit.Edit { return r.remake(dir, s, d, i) }
			}
		}
	}
}

// remake returns the edits of the i-th fix of a finding of the rule s in a directory.
func (r *run) remake(dir string, s Setting, d Diagnostic, i int) []edit.Edit {
	k := &check{run: r, dir: dir}
	p := &Pass{Rule: s.Rule, Options: s.Options, Dir: dir, unit: k.unit(), severity: s.Severity}
	s.Rule.Check(p)
	for _, f := range p.later {
		f()
	}
	for _, again := range p.diagnostics {
		if Compare(again, d) == 0 && i < len(again.Fixes) {
			return again.Fixes[i].edits()
		}
	}
	return nil // the file on disk is another by now
}
