package docs

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// SchemaFile is the path of the JSON schema of buildlint.toml.
const SchemaFile = "docs/buildlint.schema.json"

// A schema is what the documentation tells of a JSON schema.
type schema struct {
	Ref         string             `json:"$ref"`
	Defs        map[string]*schema `json:"$defs"`
	Description string             `json:"description"`
	Type        string             `json:"type"`
	Enum        []string           `json:"enum"`
	Items       *schema            `json:"items"`
	Properties  map[string]*schema `json:"properties"`
	Any         []*schema          `json:"anyOf"`
	Minimum     *float64           `json:"minimum"`
}

// resolve returns what a reference to one of the root's definitions stands for.
func (s *schema) resolve(root *schema) *schema {
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
		return root.Defs[name]
	}
	return s
}

// values says which values there are.
func (s *schema) values() string {
	switch {
	case len(s.Enum) > 0:
		return codes(s.Enum)
	case s.Type == "array" && len(s.Items.Enum) > 0:
		return "a list of " + s.Items.values()
	case s.Type == "array" && s.Items.Type == "object":
		return "a list of tables"
	case s.Type == "array":
		return "a list of strings"
	case s.Type == "object":
		return "a table"
	case s.Type == "boolean":
		return "`true`, `false`"
	case s.Minimum != nil:
		return fmt.Sprintf("a whole number from %g", *s.Minimum)
	case s.Type == "integer":
		return "a whole number"
	}
	return "a " + s.Type
}

// keyTable returns the table of the keys of a configuration file.
func keyTable(root *schema) string {
	rows := table("key", "value", "meaning")
	for _, key := range slices.Sorted(maps.Keys(root.Properties)) {
		s := root.Properties[key].resolve(root)
		rows += row(code(key), s.values(), s.Description)
	}
	return rows
}

// codes returns names as Markdown code with commas between them.
func codes(names []string) string {
	var quoted []string
	for _, n := range names {
		quoted = append(quoted, code(n))
	}
	return strings.Join(quoted, ", ")
}
