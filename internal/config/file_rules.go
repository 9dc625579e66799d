package config

import (
	"fmt"
	"slices"

	"github.com/buildlint/buildlint/analysis"
)

// readRules reads a table of rules: of the file or of an override.
func (r *fileReader) readRules(n *node) []ruleSetting {
	if n.table == nil {
		r.errorf(n.at, "`rules`: want a table, got %s", n.kind())
		return nil
	}
	var settings []ruleSetting
	for _, name := range n.keys() {
		child := n.table[name]
		if rule, ok := r.catalogue.rule(name); ok {
			settings = append(settings, r.readRule(rule, child))
		} else {
			r.errorf(child.key, "%s", r.unknownRule(name))
		}
	}
	return settings
}

func (r *fileReader) unknownRule(name string) string {
	switch {
	case r.catalogue.Presets[name] != nil:
		return fmt.Sprintf("`%s` is a preset, not a rule: name it in `extends`", name)
	case slices.Contains(fileKeys, name):
		return fmt.Sprintf("unknown rule `%s`: the key of this name belongs above the first `[table]`", name)
	}
	return unknown("rule", name, r.catalogue.ruleNames(), "`buildlint rules` lists them")
}

// readRule reads what is said of one rule: a severity, or a table of a severity and options.
func (r *fileReader) readRule(rule int, n *node) ruleSetting {
	setting := ruleSetting{rule: rule}
	name := r.catalogue.Rules[rule].Name
	switch {
	case n.table == nil:
		setting.severity = r.readSeverity(name, n)
	case len(n.table) == 0:
		r.errorf(n.at, "`%s`: the table is empty: give it a `severity` or an option", name)
	default:
		r.readOptions(&setting, n)
	}
	return setting
}

func (r *fileReader) readSeverity(rule string, n *node) *located[analysis.Severity] {
	name, ok := n.value.(string)
	if !ok {
		r.errorf(n.at, "`%s`: want a severity, got %s: it is one of %s", rule, n.kind(), quoteAll(severities()))
		return nil
	}
	severity, err := analysis.ParseSeverity(name)
	if err != nil {
		r.errorf(n.at, "`%s`: %s", rule, unknown("severity", name, severities(), "it is one of "+quoteAll(severities())))
		return nil
	}
	return &located[analysis.Severity]{severity, r.origin(n.key)}
}

// severities returns the names of the severities in rising order.
func severities() []string {
	var names []string
	for s := analysis.Off; s <= analysis.Error; s++ {
		names = append(names, s.String())
	}
	return names
}

// readOptions reads the table of a rule into the setting.
func (r *fileReader) readOptions(setting *ruleSetting, n *node) {
	rule := r.catalogue.Rules[setting.rule]
	options := optionsOf(rule.Options)
	for _, key := range n.keys() {
		child := n.table[key]
		i := slices.IndexFunc(options, func(o option) bool { return o.name == key })
		switch {
		case key == severityKey:
			setting.severity = r.readSeverity(rule.Name, child)
		case i < 0:
			list := optionNames(options)
			r.errorf(child.key, "`%s`: %s", rule.Name, unknown("option", key, list, "it has "+quoteAll(list)))
		default:
			r.readOption(setting, options[i], child)
		}
	}
}

func (r *fileReader) readOption(setting *ruleSetting, o option, n *node) {
	what := fmt.Sprintf("`%s` of `%s`", o.name, r.catalogue.Rules[setting.rule].Name)
	value, ok := r.decode(what, n, o.typ)
	for _, err := range o.check(n) {
		ok = false
		r.errorf(err.at, "%s: %v", what, err.error)
	}
	if ok {
		setting.options = append(setting.options, optionSetting{o, value, r.origin(n.key)})
	}
}
