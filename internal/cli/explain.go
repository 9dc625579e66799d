package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/spf13/cobra"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/rules"
)

// The widths of explanations, in columns.
const (
	defaultWidth = 80
	maxWidth     = 100 // longer lines are hard to read
)

func (a *app) explainCommand() *cobra.Command {
	var color choice
	cmd := &cobra.Command{
		Use:               "explain RULE",
		Short:             "Explain a rule: why, examples, options, what the fix does",
		Example:           "  buildlint explain private-dependency",
		Args:              oneArg("a rule; `buildlint rules` lists them"),
		ValidArgsFunction: completeRule,
		RunE: func(_ *cobra.Command, args []string) error {
			rule := rules.Named(args[0])
			if rule == nil {
				return unknownRule(args[0])
			}
			e := &explanation{bold: a.stdout.colored(color.value), width: a.explanationWidth()}
			e.rule(rule)
			_, err := a.stdout.Write(e.Bytes())
			return err
		},
	}
	addColor(cmd, &color)
	return cmd
}

func unknownRule(name string) error {
	var names []string
	for _, r := range rules.All() {
		names = append(names, r.Name)
	}
	return unknownName("rule", name, names)
}

func (a *app) explanationWidth() int {
	width, _ := a.stdout.terminal()
	if width <= 0 {
		width = defaultWidth
	}
	return min(width, maxWidth)
}

// An explanation is the text about a rule.
type explanation struct {
	bytes.Buffer
	bold  bool // whether a terminal shows headings bold
	width int
}

// printf adds to the text.
func (e *explanation) printf(format string, args ...any) { fmt.Fprintf(&e.Buffer, format, args...) }

func (e *explanation) rule(r *analysis.Rule) {
	e.heading(r.Name)
	e.paragraph(r.Summary + ".")
	e.printf("\nSeverity: %s. Fix: %s. Presets: %s.\n",
		r.Severity, r.Fix, strings.Join(append(presetsOf(r), "all"), ", "))
	e.WriteByte('\n')
	e.markdown(r.Doc)
	e.example("Bad", r.Bad)
	e.example("Good", r.Good)
	e.options(r)
	e.printf("\n%s\n", docURL(r.Name))
}

func (e *explanation) heading(text string) {
	if e.bold {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	e.WriteString(text + "\n")
}

// example writes the files of a small workspace.
func (e *explanation) example(title, archive string) {
	if archive == "" {
		return
	}
	e.WriteByte('\n')
	e.heading(title)
	for _, f := range txtar.Parse([]byte(archive)).Files {
		e.printf("\n  # %s\n", f.Name)
		for line := range strings.Lines(string(f.Data)) {
			e.WriteString(strings.TrimRight("  "+line, " \n") + "\n")
		}
	}
}

// options writes what can be configured, as it stands in buildlint.toml.
func (e *explanation) options(r *analysis.Rule) {
	options := optionsOf(r)
	if len(options) == 0 {
		return
	}
	e.WriteByte('\n')
	e.heading("Options")
	e.printf("\n  [rules.%s]\n", r.Name)
	for _, o := range options {
		e.printf("  # %s\n  %s = %s\n", o.Doc, o.Name, tomlValue(o.Default))
	}
}

// tomlValue returns the value of an option as buildlint.toml has it: JSON writes scalars and lists in the same way.
func tomlValue(value any) string {
	if list := reflect.ValueOf(value); list.Kind() == reflect.Slice {
		elements := make([]string, list.Len())
		for i := range elements {
			elements[i] = tomlValue(list.Index(i).Interface())
		}
		return "[" + strings.Join(elements, ", ") + "]"
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

// A ruleOption is an option of a rule.
type ruleOption struct {
	Name    string `json:"name"`
	Doc     string `json:"doc"`
	Default any    `json:"default"`
}

// optionsOf returns the options of a rule: the fields of a struct, by their tags.
func optionsOf(r *analysis.Rule) []ruleOption {
	options := []ruleOption{}
	if r.Options == nil {
		return options
	}
	defaults := reflect.ValueOf(r.Options).Elem()
	for i := range defaults.NumField() {
		tag := defaults.Type().Field(i).Tag
		options = append(options, ruleOption{tag.Get("toml"), tag.Get("doc"), defaults.Field(i).Interface()})
	}
	return options
}
