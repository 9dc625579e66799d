package config

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// A selection is what the command line says of the rules.
type selection struct {
	selected, extended, ignored map[int]bool // by index of the rule; the value says whether the rule itself is named
	replace                     bool         // whether only the selected ones run
}

// selection reads the names of rules and presets on the command line.
func (l *loader) selection() selection {
	return selection{
		selected: l.names("--select", l.in.Select),
		extended: l.names("--extend-select", l.in.ExtendSelect),
		ignored:  l.names("--ignore", l.in.Ignore),
		replace:  len(l.in.Select) > 0,
	}
}

// names returns the rules that a flag means. One that is named itself counts so even if a preset has it as well.
func (l *loader) names(flag string, names []string) map[int]bool {
	catalogue := &l.in.Catalogue
	set := map[int]bool{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		rule, isRule := catalogue.rule(name)
		members, isPreset := catalogue.Presets[name]
		switch {
		case isRule:
			set[rule] = true
		case isPreset:
			catalogue.addMembers(set, members)
		default:
			l.errs = append(l.errs, &Error{Message: flag + ": " + catalogue.unknownSelector(name)})
		}
	}
	return set
}

// addMembers enters the rules of a preset that are not there yet.
func (c *Catalogue) addMembers(set map[int]bool, members []string) {
	for _, member := range members {
		rule, known := c.rule(member)
		if _, there := set[rule]; known && !there {
			set[rule] = false
		}
	}
}

func (c *Catalogue) unknownSelector(name string) string {
	if name == "" {
		return "a name is empty: give rules or presets with commas between them"
	}
	candidates := slices.Concat(c.ruleNames(), c.presetNames())
	return unknown("rule or preset", name, candidates, "`buildlint rules` lists them")
}

// apply lets the command line have the last word on the state of a rule.
func (s selection) apply(rule int, r *resolved) {
	exact, selected := s.selected[rule]
	switch {
	case selected:
		r.switchOn(exact, "--select")
	case s.replace:
		r.severity = located[analysis.Severity]{analysis.Off, "--select"}
	}
	if exact, extended := s.extended[rule]; extended {
		r.switchOn(exact, "--extend-select")
	}
	if _, ignored := s.ignored[rule]; ignored {
		r.severity = located[analysis.Severity]{analysis.Off, "--ignore"}
	}
}
