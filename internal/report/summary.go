package report

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// SummaryLine tells in one sentence, without a line end, what a run found and what of it can be fixed.
func SummaryLine(r *analysis.Result) string {
	found := "No problems"
	if len(r.Diagnostics) > 0 {
		found = "Found " + enumerate(counts(r))
	}
	line := found + " in " + count(r.Summary.Packages, "package")
	if notes := append(fixable(r), hidden(r.Summary)...); len(notes) > 0 {
		line += " (" + strings.Join(notes, ", ") + ")"
	}
	if n := len(r.Errors); n > 0 {
		line += "; " + count(n, "path") + " could not be read or written"
	}
	return line + "."
}

// counts returns the number of findings of each severity that there is.
func counts(r *analysis.Result) []string {
	var parts []string
	for _, s := range []analysis.Severity{analysis.Warning, analysis.Error, analysis.Info} {
		if n := r.Count(s); n > 0 {
			parts = append(parts, count(n, s.String()))
		}
	}
	return parts
}

// fixable tells how many findings can be fixed.
func fixable(r *analysis.Result) []string {
	safe := r.Fixable(analysis.Safe)
	unsafe := r.Fixable(analysis.Unsafe) - safe
	switch {
	case safe > 0 && unsafe > 0:
		return []string{fmt.Sprintf("%d fixable with `--fix`, %d more with `--unsafe-fixes`", safe, unsafe)}
	case safe > 0:
		return []string{fmt.Sprintf("%d fixable with `--fix`", safe)}
	case unsafe > 0:
		return []string{fmt.Sprintf("%d fixable with `--fix --unsafe-fixes`", unsafe)}
	}
	return nil
}

// hidden tells how many findings are not reported.
func hidden(s analysis.Summary) []string {
	var parts []string
	if s.Baselined > 0 {
		parts = append(parts, fmt.Sprintf("%d in the baseline", s.Baselined))
	}
	if s.Suppressed > 0 {
		parts = append(parts, fmt.Sprintf("%d suppressed", s.Suppressed))
	}
	return parts
}

// count returns "1 thing" or "n things".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// enumerate returns "a", "a and b", "a, b and c".
func enumerate(parts []string) string {
	last := len(parts) - 1
	if last <= 0 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}
