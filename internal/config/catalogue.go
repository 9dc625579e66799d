package config

import (
	"fmt"
	"maps"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/nearest"
)

// A Catalogue is what a configuration can speak of. It is read only.
type Catalogue struct {
	Rules    []*analysis.Rule              // in the order in which they are listed everywhere
	Presets  map[string][]string           // names of rules by name of preset
	Defaults func(dialect string) []string // the presets that are on without `extends`; dialect is "" if unknown
	Dialects []string
	Kinds    func(dialect string) []string // names of the kinds of targets
}

// Check says what is wrong with a catalogue, which is a mistake of the program and not of its user.
func (c *Catalogue) Check() error {
	seen := map[string]bool{}
	for _, rule := range c.Rules {
		if seen[rule.Name] {
			return fmt.Errorf("rule %s is there twice", rule.Name)
		}
		seen[rule.Name] = true
		if err := checkOptions(rule.Options); err != nil {
			return fmt.Errorf("options of rule %s: %w", rule.Name, err)
		}
	}
	for _, preset := range c.presetNames() {
		if seen[preset] {
			return fmt.Errorf("%s is a preset and a rule", preset)
		}
		for _, rule := range c.Presets[preset] {
			if !seen[rule] {
				return fmt.Errorf("preset %s names an unknown rule %s", preset, rule)
			}
		}
	}
	return nil
}

// rule returns the index of a rule.
func (c *Catalogue) rule(name string) (int, bool) {
	i := slices.IndexFunc(c.Rules, func(r *analysis.Rule) bool { return r.Name == name })
	return i, i >= 0
}

func (c *Catalogue) ruleNames() []string {
	names := make([]string, len(c.Rules))
	for i, rule := range c.Rules {
		names[i] = rule.Name
	}
	return names
}

func (c *Catalogue) presetNames() []string { return slices.Sorted(maps.Keys(c.Presets)) }

// unknown returns the message for a name that is none of the candidates.
func unknown(what, name string, candidates []string, otherwise string) string {
	if near, ok := nearest.Of(name, slices.Values(candidates)); ok {
		return fmt.Sprintf("unknown %s `%s`: did you mean `%s`?", what, name, near)
	}
	return fmt.Sprintf("unknown %s `%s`: %s", what, name, otherwise)
}
