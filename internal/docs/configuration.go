package docs

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/rules"
)

// configurationPage is the path of the reference of buildlint.toml.
const configurationPage = "docs/configuration.md"

// configurationSections returns the generated sections of docs/configuration.md.
func configurationSections(root *schema) map[string]string {
	return map[string]string{
		"keys":       keyTable(root),
		"severities": severityTable(root),
		"presets":    presetTable(),
		"options":    optionTable(root),
		"kinds":      codes(dialect.Pants1().KindNames()) + ".",
	}
}

// severityTable returns the table of the severities.
func severityTable(root *schema) string {
	meanings := map[string]string{
		"off":     "the rule does not run",
		"info":    "it is told, and does not change the exit code",
		"warning": "the exit code is 1, unless `--max-warnings` says otherwise",
		"error":   "the exit code is 1",
	}
	rows := table("severity", "a finding")
	for _, name := range root.Defs["severity"].Enum {
		rows += row(code(name), meanings[name])
	}
	return rows
}

// presetTable returns the table of the presets.
func presetTable() string {
	rows := table("preset", "rules", "")
	for _, p := range presets() {
		link := fmt.Sprintf("[`%[1]s`](rules/README.md#%[1]s)", p.name)
		rows += row(link, fmt.Sprint(len(rules.Presets()[p.name])), p.about)
	}
	return rows + row(code("all"), fmt.Sprint(len(rules.All())), "Every rule. Off by default.")
}

// optionTable returns the table of the options of all rules.
func optionTable(root *schema) string {
	rows := table("rule", "option", "value", "default", "meaning")
	all := root.Defs["rules"].Properties
	for _, name := range slices.Sorted(maps.Keys(all)) {
		r := rules.Named(name)
		if r == nil || r.Options == nil {
			continue
		}
		value := reflect.ValueOf(r.Options).Elem()
		options := all[name].optionSchemas()
		for i := range value.NumField() {
			tag := value.Type().Field(i).Tag
			key := tag.Get("toml")
			rows += row(ruleLink(name, "rules/"), code(key), options[key].values(), code(toml(value.Field(i))), tag.Get("doc"))
		}
	}
	return rows
}

// optionSchemas returns the schemas of a rule's options: the rule's is a severity or a table.
func (s *schema) optionSchemas() map[string]*schema {
	for _, alternative := range s.Any {
		if alternative.Properties != nil {
			return alternative.Properties
		}
	}
	return nil
}
