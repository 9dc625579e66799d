package rules

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A constraintOptions says which files hold constraints.
type constraintOptions struct {
	Constraints []string `toml:"constraints" format:"glob" doc:"patterns of further files that hold constraints"`
}

// matchesAny reports whether a path or a name matches one of the patterns, which are doublestar's.
func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return doublestar.MatchUnvalidated(pattern, name) })
}

// isConstraint reports whether a specifier stands in a constraints file, by what is known of the file or by an option.
func isConstraint(r *workspace.Specifier, patterns []string) bool {
	return r.Constrains || r.Line != nil && matchesAny(patterns, r.Path)
}

// isReadable reports whether a specifier names a project and was read to its end.
func isReadable(r *workspace.Specifier) bool { return r.Name != "" && len(r.Errors) == 0 }

// requirementText returns the name and the bounds of a requirement.
func requirementText(r python.Requirement) string {
	clauses := make([]string, len(r.Clauses))
	for i, c := range r.Clauses {
		clauses[i] = c.Operator + c.Version
	}
	return r.Name + strings.Join(clauses, ",")
}

// sameExtras reports whether two requirements ask for the same extras.
func sameExtras(a, b python.Requirement) bool { return slices.Equal(extrasOf(a), extrasOf(b)) }

func extrasOf(r python.Requirement) []string {
	var names []string
	for _, e := range r.Extras {
		names = append(names, python.Normalise(e.Name))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// reportRequirement reports a place of a specifier; where the specifier is not written out, all of it.
func reportRequirement(
	p *analysis.Pass, r *workspace.Specifier, span syntax.Span, message string, fixes ...analysis.Fix,
) {
	p.Report(requirementDiagnostic(r, span, message, fixes...))
}

func requirementDiagnostic(
	r *workspace.Specifier, span syntax.Span, message string, fixes ...analysis.Fix,
) analysis.Diagnostic {
	if !r.Exact {
		span, fixes = r.Place, nil
	}
	d := analysis.Diagnostic{Location: analysis.Location{Path: r.Path, Span: span}, Message: message, Fixes: fixes}
	if !r.Target.IsZero() {
		d.Target = r.Target.String()
	}
	return d
}

// relatedRequirement points to a specifier.
func relatedRequirement(r *workspace.Specifier, message string) analysis.Related {
	return analysis.Related{Location: analysis.Location{Path: r.Path, Span: r.Place}, Message: message}
}

// removeLine returns the edit that removes a line of a requirements file with its end.
func removeLine(p *analysis.Pass, r *workspace.Specifier) []edit.Edit {
	src := p.Source(r.Path)
	span := r.Line.Span
	if span.End > len(src) {
		return nil
	}
	end := span.End
	switch rest := src[end:]; {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		end += 2
	case len(rest) > 0:
		end++
	case span.Start > 0 && src[span.Start-1] == '\n': // the last line goes with the end of the one before
		span.Start--
	}
	return []edit.Edit{{Path: r.Path, Start: span.Start, End: end}}
}

// compareRequirements orders specifiers by path and position.
func compareRequirements(a, b *workspace.Specifier) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Place.Start, b.Place.Start))
}
