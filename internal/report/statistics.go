package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/buildlint/buildlint/analysis"
)

// A ruleCount is what a run found of one rule.
type ruleCount struct {
	Rule    string `json:"rule"`
	Count   int    `json:"count"`
	Fixable int    `json:"fixable"` // with --fix alone
	Unsafe  int    `json:"unsafe"`  // with --unsafe-fixes only
}

// Statistics writes how often each rule was broken, most often first, and which of that can be fixed: as JSON if the
// format is json or json-lines, else as a table. It writes nothing in the table's place if there are no findings.
func Statistics(w io.Writer, result *analysis.Result, o Options) error {
	r := &reporter{Options: o, result: result, out: bufio.NewWriter(w)}
	counts := ruleCounts(result)
	write := r.statisticsTable
	switch o.Format {
	case "json":
		write = func(counts []ruleCount) error { return r.writeJSON(counts) }
	case "json-lines":
		write = r.statisticsLines
	}
	err := write(counts)
	if err == nil {
		err = r.out.Flush()
	}
	if err != nil {
		return fmt.Errorf("writing the statistics: %w", err)
	}
	return nil
}

func ruleCounts(result *analysis.Result) []ruleCount {
	byRule := map[string]*analysis.Result{}
	for _, d := range result.Diagnostics {
		if byRule[d.Rule] == nil {
			byRule[d.Rule] = &analysis.Result{}
		}
		byRule[d.Rule].Diagnostics = append(byRule[d.Rule].Diagnostics, d)
	}
	counts := []ruleCount{}
	for rule, part := range byRule {
		safe := part.Fixable(analysis.Safe)
		counts = append(counts, ruleCount{rule, len(part.Diagnostics), safe, part.Fixable(analysis.Unsafe) - safe})
	}
	slices.SortFunc(counts, func(a, b ruleCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule, b.Rule))
	})
	return counts
}

// statisticsTable writes count, rule and, where there is a fix, a mark.
func (r *reporter) statisticsTable(counts []ruleCount) error {
	countWidth, ruleWidth := 0, 0
	for _, c := range counts {
		countWidth = max(countWidth, len(fmt.Sprint(c.Count)))
		ruleWidth = max(ruleWidth, len(c.Rule))
	}
	for _, c := range counts {
		line := fmt.Sprintf("%*d  %s\n", countWidth, c.Count, c.Rule)
		if mark := c.mark(); mark != "" {
			line = fmt.Sprintf("%*d  %-*s  %s\n", countWidth, c.Count, ruleWidth, c.Rule, mark)
		}
		if _, err := r.out.WriteString(line); err != nil {
			return err
		}
	}
	return nil
}

// mark tells how many findings can be fixed.
func (c ruleCount) mark() string {
	switch {
	case c.Fixable > 0 && c.Unsafe > 0:
		return fmt.Sprintf("%d fixable, %d more with --unsafe-fixes", c.Fixable, c.Unsafe)
	case c.Fixable > 0:
		return fmt.Sprintf("%d fixable", c.Fixable)
	case c.Unsafe > 0:
		return fmt.Sprintf("%d fixable with --unsafe-fixes", c.Unsafe)
	}
	return ""
}

// statisticsLines writes one rule a line.
func (r *reporter) statisticsLines(counts []ruleCount) error {
	for _, c := range counts {
		text, err := encodeJSON(c, "", "")
		if err != nil {
			return err
		}
		if _, err := r.out.WriteString(text + "\n"); err != nil {
			return err
		}
	}
	return nil
}
