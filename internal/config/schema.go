package config

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/buildlint/buildlint/analysis"
)

// An object is a JSON object; its keys are written in order.
type object = map[string]any

// Schema returns the JSON schema (draft 2020-12) of a buildlint.toml, for editors and for those who check files
// elsewhere. The error is a mistake of the catalogue.
func Schema(catalogue Catalogue) ([]byte, error) {
	if err := catalogue.Check(); err != nil {
		return nil, fmt.Errorf("making a JSON schema: %w", err)
	}
	data, err := json.MarshalIndent(fileSchema(&catalogue), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("making a JSON schema: %w", err)
	}
	return append(data, '\n'), nil
}

func fileSchema(catalogue *Catalogue) object {
	rules := object{"$ref": "#/$defs/rules"}
	return object{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"title":       FileName,
		"description": "The configuration of buildlint, a linter for BUILD files.",
		"$defs": object{
			"severity": object{"enum": severities(), "description": "How grave a finding is; off switches the rule off."},
			"rules":    rulesSchema(catalogue.Rules),
		},
		"type":                 "object",
		"additionalProperties": false,
		"properties": object{
			dialectKey: object{
				"description": "The build tool. Detected by the files at the root where it is absent.",
				"enum":        nonNil(catalogue.Dialects),
			},
			extendsKey: listSchema("Presets of rules that are on, each with its default severity.",
				object{"enum": catalogue.presetNames()}),
			sourceRootsKey: listSchema("Directories below which sources lie, relative to the root.", dirSchema()),
			testRootsKey:   listSchema("Directories below which tests lie, relative to the root.", dirSchema()),
			excludeKey:     listSchema("Patterns of files and directories that are not linted.", patternSchema()),
			rulesKey:       rules,
			kindsKey:       kindsSchema(catalogue),
			overridesKey:   listSchema("Other rules for some paths; of several the later wins.", overrideSchema(rules)),
		},
	}
}

func listSchema(description string, items object) object {
	return object{"description": description, "type": "array", "items": items}
}

func dirSchema() object { return object{"type": "string", "pattern": `^[^/*?\[{\\][^*?\[{\\]*$`} }

func patternSchema() object { return object{"type": "string", "pattern": `^[^!]`} }

func kindsSchema(catalogue *Catalogue) object {
	var kinds []string
	for _, dialect := range catalogue.Dialects {
		kinds = append(kinds, catalogue.Kinds(dialect)...)
	}
	slices.Sort(kinds)
	return object{
		"description":          "Macros, each with the kind of target that it stands for.",
		"type":                 "object",
		"additionalProperties": object{"enum": nonNil(slices.Compact(kinds))},
	}
}

func overrideSchema(rules object) object {
	paths := listSchema("Patterns of the files and directories that are meant.", patternSchema())
	paths["minItems"] = 1
	return object{
		"type":                 "object",
		"additionalProperties": false,
		"required":             overrideKeys,
		"properties":           object{pathsKey: paths, rulesKey: rules},
	}
}

func rulesSchema(rules []*analysis.Rule) object {
	properties := object{}
	for _, rule := range rules {
		properties[rule.Name] = ruleSchema(rule)
	}
	return object{
		"description":          "The severity of each rule, or a table of its severity and options.",
		"type":                 "object",
		"additionalProperties": false,
		"properties":           properties,
	}
}

func ruleSchema(rule *analysis.Rule) object {
	severity := object{"$ref": "#/$defs/severity"}
	properties := object{severityKey: severity}
	for _, o := range optionsOf(rule.Options) {
		properties[o.name] = optionSchema(o, reflect.ValueOf(rule.Options).Elem().Field(o.index))
	}
	return object{
		"description": rule.Summary + ".",
		"anyOf": []object{severity, {
			"type": "object", "minProperties": 1, "additionalProperties": false, "properties": properties,
		}},
	}
}

func optionSchema(o option, value reflect.Value) object {
	schema := typeSchema(o.typ)
	if o.enum != nil {
		of := schema
		if items, ok := schema["items"].(object); ok {
			of = items
		}
		of["enum"] = o.enum
	}
	schema["description"] = o.doc
	if value.Kind() != reflect.Slice && value.Kind() != reflect.Map || !value.IsNil() {
		schema["default"] = value.Interface()
	}
	return schema
}

func typeSchema(typ reflect.Type) object {
	switch typ.Kind() {
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Uint:
		return object{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": "array", "items": typeSchema(typ.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": typeSchema(typ.Elem())}
	}
	return object{"type": "integer"}
}
