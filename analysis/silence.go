package analysis

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// overridden gives each finding the severity that its rule has for its file, and drops those for which it is off.
func (k *check) overridden(found []Diagnostic) []Diagnostic {
	byPath := map[string][]Setting{}
	found = slices.DeleteFunc(found, func(d Diagnostic) bool {
		_, ok := byPath[d.Path]
		if !ok {
			byPath[d.Path] = k.checker.offered(d.Path)
		}
		return !isOn(byPath[d.Path], d.Rule)
	})
	for i := range found {
		d := &found[i]
		for _, s := range byPath[d.Path] {
			if s.Rule.Name == d.Rule {
				d.Severity = s.Severity
			}
		}
	}
	return found
}

// isOn reports whether a rule runs.
func isOn(settings []Setting, rule string) bool {
	return slices.ContainsFunc(settings, func(s Setting) bool { return s.Rule.Name == rule && s.Severity != Off })
}

// yield drops the findings of rules that give way to others. A finding that is dropped makes no other give way.
func (k *check) yield() {
	rules := map[string]*Rule{}
	for _, s := range k.settings {
		rules[s.Rule.Name] = s.Rule
	}
	y := &yielding{
		rules: rules, all: k.found.Diagnostics, state: make([]int8, len(k.found.Diagnostics)), byRule: map[string][]int{},
	}
	for i, d := range y.all {
		y.byRule[d.Rule] = append(y.byRule[d.Rule], i)
	}
	var kept []Diagnostic
	for i, d := range y.all {
		if !y.dropped(i) {
			kept = append(kept, d)
		}
	}
	k.found.Diagnostics = kept
}

// A yielding decides which findings of a directory give way.
type yielding struct {
	rules  map[string]*Rule
	all    []Diagnostic
	byRule map[string][]int // indices in all
	state  []int8           // 0 undecided, 1 kept, 2 dropped
}

// dropped reports whether the i-th finding gives way to one that is kept.
func (y *yielding) dropped(i int) bool {
	if y.state[i] == 0 {
		y.state[i] = 1 // rules that give way to each other all stay
		r := y.rules[y.all[i].Rule]
		if y.anyKept(r.YieldsTo, nil) || y.anyKept(r.YieldsAt, &y.all[i]) {
			y.state[i] = 2
		}
	}
	return y.state[i] == 2
}

// anyKept reports whether a finding of one of the rules is kept; if at is not nil, one at the same place.
func (y *yielding) anyKept(rules []string, at *Diagnostic) bool {
	for _, rule := range rules {
		for _, j := range y.byRule[rule] {
			here := at == nil || at.Path == y.all[j].Path && at.Span.Overlaps(y.all[j].Span)
			if here && !y.dropped(j) {
				return true
			}
		}
	}
	return false
}

// suppress drops the findings that a comment silences.
func (k *check) suppress() {
	byPath := map[string][]*Suppression{}
	k.found.Diagnostics = slices.DeleteFunc(k.found.Diagnostics, func(d Diagnostic) bool {
		if _, ok := byPath[d.Path]; !ok {
			byPath[d.Path] = k.suppressionsOf(d.Path)
		}
		suppressed := false
		for _, s := range byPath[d.Path] {
			suppressed = s.covers(&d) || suppressed
		}
		if suppressed {
			k.found.Summary.Suppressed++
		}
		return suppressed
	})
}

// addSuppressions adds those in the requirements files of the directory. What cannot be read is told by who reads it.
func (k *check) addSuppressions() {
	s := k.checker.Snapshot
	entries, err := s.Tree().Dir(k.dir)
	if err != nil {
		return
	}
	r := k.result()
	for _, path := range s.RequirementsIn(k.dir, entries) {
		if src, err := s.Tree().Read(path); err == nil && strings.Contains(string(src), "buildlint:") {
			r.suppressions = append(r.suppressions, lineSuppressions(path, src)...)
		}
	}
}

// suppressionsOf returns the suppressions of a file. Findings lie in BUILD files, in sources and in requirements files.
func (k *check) suppressionsOf(path string) []*Suppression {
	isOf := func(s *Suppression) bool { return s.Path == path }
	if k.checker.Snapshot.Dialect().IsBuildFile(baseName(path)) || slices.ContainsFunc(k.suppressions(), isOf) {
		return k.suppressions()
	}
	src, err := k.unit().tree().Read(path)
	if err != nil || !strings.Contains(string(src), "buildlint:") {
		return nil
	}
	if workspace.ListsRequirements(path) {
		return lineSuppressions(path, src)
	}
	return suppressions(path, syntax.Parse(src))
}

// last runs the rules that look at what was found.
func (k *check) last() {
	for _, s := range k.settings {
		if s.Rule.Stage != Last || s.Severity == Off {
			continue
		}
		p := &Pass{Rule: s.Rule, Options: s.Options, Dir: k.dir, unit: k.unit(), severity: s.Severity}
		p.unit.suppressions = k.unused()
		s.Rule.Check(p)
		found := slices.DeleteFunc(p.diagnostics, func(d Diagnostic) bool {
			return slices.ContainsFunc(k.suppressions(), func(s *Suppression) bool { return s.covers(&d) })
		})
		k.found.Diagnostics = append(k.found.Diagnostics, k.overridden(found)...)
	}
}

// unused returns the suppressions of the directory with the rules that they named in vain: that do not exist, or that
// ran and found nothing there.
func (k *check) unused() []UnusedSuppression {
	var unused []UnusedSuppression
	for _, s := range k.suppressions() {
		u := UnusedSuppression{Suppression: s}
		for _, r := range s.Rules {
			switch {
			case !k.checker.Known(r.Name):
				u.Unknown = append(u.Unknown, r)
			case !r.Used && k.ran(r.Name, s.Path):
				u.Unused = append(u.Unused, r)
			}
		}
		if s.Err != "" || len(u.Unknown)+len(u.Unused) > 0 {
			unused = append(unused, u)
		}
	}
	return unused
}

// ran reports whether a rule was asked for findings in a file.
func (k *check) ran(rule, path string) bool {
	return isOn(k.checker.offered(path), rule) && slices.ContainsFunc(k.settings, func(s Setting) bool {
		return s.Rule.Name == rule && s.Severity != Off && s.Rule.Stage != Last && (k.isPackage || s.Rule.Sources)
	})
}

// An UnusedSuppression is a suppression that silences nothing, as a whole or in part.
type UnusedSuppression struct {
	*Suppression
	Unknown, Unused []SuppressedRule
}

// UnusedSuppressions returns the suppressions of the directory that silence nothing. It is for rules of the last stage.
func (p *Pass) UnusedSuppressions() []UnusedSuppression { return p.unit.suppressions }
