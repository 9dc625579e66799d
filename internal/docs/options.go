package docs

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// options returns the section on the options of a rule, "" if it has none.
func options(r *analysis.Rule) string {
	if r.Options == nil {
		return ""
	}
	value := reflect.ValueOf(r.Options).Elem()
	var rows, pairs []string
	for i := range value.NumField() {
		tag := value.Type().Field(i).Tag
		key, text := tag.Get("toml"), toml(value.Field(i))
		rows = append(rows, row(code(key), code(text), tag.Get("doc")))
		pairs = append(pairs, key+" = "+text)
	}
	example := fmt.Sprintf("[rules]\n%s = { %s }", r.Name, strings.Join(pairs, ", "))
	return "## Options\n\n" + table("option", "default", "meaning") + strings.Join(rows, "") +
		"\nIn `buildlint.toml`, with the defaults:\n\n" + fence("toml", example)
}

// toml returns a value as it is written in TOML.
func toml(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Slice:
		var elems []string
		for i := range v.Len() {
			elems = append(elems, toml(v.Index(i)))
		}
		return "[" + strings.Join(elems, ", ") + "]"
	}
	return fmt.Sprint(v.Interface())
}

// code returns a text as Markdown code that may stand in a table.
func code(text string) string { return "`" + strings.ReplaceAll(text, "|", `\|`) + "`" }

// table returns the head of a table.
func table(columns ...string) string {
	return row(columns...) + "|" + strings.Repeat("---|", len(columns)) + "\n"
}

// row returns a row of a table.
func row(cells ...string) string {
	return "| " + strings.Join(cells, " | ") + " |\n"
}
