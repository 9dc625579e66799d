package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/rules"
)

func (a *app) rulesCommand() *cobra.Command {
	format := choice{value: "text", allowed: []string{"text", "json"}}
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List all rules",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if format.value == "json" {
				return writeRulesJSON(a.stdout)
			}
			return writeRules(a.stdout)
		},
	}
	cmd.Flags().Var(&format, "output-format", "write the list as `FORMAT`: text, json")
	complete(cmd, "output-format", completeChoice(&format))
	return cmd
}

// writeRules writes a table of all rules.
func writeRules(w io.Writer) error {
	rows := bytes.NewBufferString("RULE\tSEVERITY\tFIX\tPRESET\tDIALECTS\tFINDS\n")
	for _, r := range rules.All() {
		fmt.Fprintf(rows, "%s\t%s\t%s\t%s\t%s\t%s\n",
			r.Name, r.Severity, fixOf(r), strings.Join(presetsOf(r), ","), cmp.Or(strings.Join(r.Dialects, ","), "all"),
			r.Summary)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := rows.WriteTo(table); err != nil {
		return err
	}
	return table.Flush()
}

// fixOf returns what a table says of a rule's fix.
func fixOf(r *analysis.Rule) string {
	if r.Fix == analysis.NoFix {
		return "-"
	}
	return r.Fix.String()
}

// presetsOf returns the names of the presets that a rule is in, but for that of all rules.
func presetsOf(r *analysis.Rule) []string {
	names := []string{}
	presets := rules.Presets()
	for _, name := range slices.Sorted(maps.Keys(presets)) {
		if name != "all" && slices.Contains(presets[name], r.Name) {
			names = append(names, name)
		}
	}
	return names
}

// A jsonRule is a rule in the list for programs.
type jsonRule struct {
	Name     string       `json:"name"`
	Summary  string       `json:"summary"`
	Severity string       `json:"severity"`
	Fix      string       `json:"fix"` // none, unsafe or safe
	Presets  []string     `json:"presets"`
	Dialects []string     `json:"dialects"` // empty: all
	Options  []ruleOption `json:"options"`
	Doc      string       `json:"doc"` // Markdown
	URL      string       `json:"url"`
}

func writeRulesJSON(w io.Writer) error {
	list := []jsonRule{}
	for _, r := range rules.All() {
		list = append(list, jsonRule{
			Name: r.Name, Summary: r.Summary, Severity: r.Severity.String(), Fix: r.Fix.String(),
			Presets: presetsOf(r), Dialects: append([]string{}, r.Dialects...), Options: optionsOf(r),
			Doc: strings.TrimSpace(r.Doc), URL: docURL(r.Name),
		})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(list)
}
