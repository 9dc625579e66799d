package config

import (
	"reflect"
	"slices"

	"github.com/buildlint/buildlint/analysis"
)

// A resolved is the state of one rule while the layers are laid upon each other, and the places that it comes from.
type resolved struct {
	rule       *analysis.Rule
	severity   located[analysis.Severity]
	configured bool // the severity is of [rules]
	overridden bool // the severity is of an override
	options    []optionSetting
}

// resolve lays the layers of a scope upon each other.
func (c *Config) resolve(key cacheKey) *Effective {
	rules := c.presets(key.scope)
	i := 0
	for _, s := range key.scope.chain {
		for _, setting := range s.file.rules {
			rules[setting.rule].set(setting, false)
		}
		for _, o := range s.file.overrides {
			if i < len(key.matching) && key.matching[i] == 1 {
				for _, setting := range o.rules {
					rules[setting.rule].set(setting, true)
				}
			}
			i++
		}
	}
	for i := range rules {
		c.command.apply(i, &rules[i])
	}
	return effective(key.scope.dialect.value, rules)
}

// presets returns all rules, those of the scope's presets switched on.
func (c *Config) presets(s *scope) []resolved {
	catalogue := &c.in.Catalogue
	rules := make([]resolved, len(catalogue.Rules))
	for i, rule := range catalogue.Rules {
		rules[i].rule = rule
		rules[i].severity.origin = "in no preset of `extends`"
	}
	for _, preset := range s.presets.value {
		for _, name := range catalogue.Presets[preset] {
			i, ok := catalogue.rule(name)
			if ok && rules[i].severity.value == analysis.Off {
				rules[i].severity = located[analysis.Severity]{rules[i].rule.Severity, "preset " + preset}
			}
		}
	}
	return rules
}

// set lays what a file says of a rule over what has been said before.
func (r *resolved) set(setting ruleSetting, override bool) {
	if setting.severity != nil {
		r.severity = *setting.severity
		r.configured, r.overridden = !override, override
	}
	for _, o := range setting.options {
		r.options = slices.DeleteFunc(slices.Clone(r.options), func(old optionSetting) bool { return old.index == o.index })
		r.options = append(r.options, o)
	}
}

// switchOn gives a rule that is off its default severity, because the command line names it, or a preset with it.
// What an override has switched off stays so: it is an exemption of paths. What [rules] has switched off does where
// the command line names but the preset.
func (r *resolved) switchOn(exact bool, flag string) {
	if r.severity.value != analysis.Off || r.overridden || r.configured && !exact {
		return
	}
	r.severity = located[analysis.Severity]{r.rule.Severity, flag}
}

func effective(dialect string, rules []resolved) *Effective {
	e := &Effective{Dialect: dialect, all: rules}
	for i := range rules {
		if r := &rules[i]; r.severity.value != analysis.Off {
			e.Rules = append(e.Rules, analysis.Setting{
				Rule: r.rule, Severity: r.severity.value, Options: r.applied(),
			})
		}
	}
	return e
}

// applied returns the rule's options with what is configured: the rule's own if nothing is.
func (r *resolved) applied() any {
	if len(r.options) == 0 {
		return r.rule.Options
	}
	defaults := reflect.ValueOf(r.rule.Options).Elem()
	options := reflect.New(defaults.Type())
	options.Elem().Set(defaults)
	for _, o := range r.options {
		options.Elem().Field(o.index).Set(o.value)
	}
	return options.Interface()
}
