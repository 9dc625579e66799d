package analysis

import (
	"slices"
	"sync"

	"github.com/buildlint/buildlint/analysis/edit"
)

// release lets go of what the fixes of a pass hold: a package with its syntax trees each, which would be kept until the
// last directory is checked. Whoever asks for the edits has the rule run again.
func (r *run) release(p *Pass) {
	dir, s := p.Dir, Setting{Rule: p.Rule, Severity: p.severity, Options: p.Options}
	for _, d := range p.diagnostics {
		for i := range d.Fixes {
			if !d.Fixes[i].known {
				d.Fixes[i].edits = func() []edit.Edit { return r.again.edits(r, dir, s, d, i) }
			}
		}
	}
}

// A rerun is the directory whose fixes were asked for last, with what the rules found there that were run again.
// Whoever asks for all fixes asks for those of one directory after the other: each rule runs again once for all that it
// found.
type rerun struct {
	mu    sync.Mutex // also held while edits are computed, for they read what the passes share
	unit  *unit      // nil if nobody asked
	found map[*Rule][]Diagnostic
}

// edits returns the edits of the i-th fix of a finding of the rule s in a directory.
func (a *rerun) edits(r *run, dir string, s Setting, d Diagnostic, i int) []edit.Edit {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.unit == nil || a.unit.dir != dir {
		k := &check{run: r, dir: dir}
		a.unit, a.found = k.unit(), map[*Rule][]Diagnostic{}
	}
	found, ran := a.found[s.Rule]
	if !ran {
		found = a.unit.findings(s)
		a.found[s.Rule] = found
	}
	at, ok := slices.BinarySearchFunc(found, d, Compare)
	if !ok || i >= len(found[at].Fixes) {
		return nil // the file on disk is another by now
	}
	return found[at].Fixes[i].edits()
}

// findings runs a rule and returns what it finds, by [Compare].
func (u *unit) findings(s Setting) []Diagnostic {
	p := &Pass{Rule: s.Rule, Options: s.Options, Dir: u.dir, unit: u, severity: s.Severity}
	s.Rule.Check(p)
	for _, f := range p.later {
		f()
	}
	slices.SortStableFunc(p.diagnostics, Compare)
	return p.diagnostics
}
