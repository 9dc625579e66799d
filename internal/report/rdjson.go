package report

import (
	"slices"
	"unicode/utf8"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// Columns of the Reviewdog Diagnostic Format are bytes from 1; the end of a range is exclusive.

type rdfPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdfRange struct {
	Start rdfPosition `json:"start"`
	End   rdfPosition `json:"end"`
}

type rdfLocation struct {
	Path  string   `json:"path"`
	Range rdfRange `json:"range"`
}

type rdfSource struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type rdfCode struct {
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type rdfSuggestion struct {
	Range rdfRange `json:"range"`
	Text  string   `json:"text"`
}

type rdfRelated struct {
	Message  string      `json:"message"`
	Location rdfLocation `json:"location"`
}

type rdfDiagnostic struct {
	Message     string          `json:"message"`
	Location    rdfLocation     `json:"location"`
	Severity    string          `json:"severity"`
	Code        rdfCode         `json:"code"`
	Suggestions []rdfSuggestion `json:"suggestions,omitempty"`
	Related     []rdfRelated    `json:"related_locations,omitempty"`
}

type rdfResult struct {
	Source      rdfSource       `json:"source"`
	Diagnostics []rdfDiagnostic `json:"diagnostics"`
}

// rdjson writes a DiagnosticResult of the Reviewdog Diagnostic Format.
func (r *reporter) rdjson() error {
	result := rdfResult{Source: rdfSource{toolName, toolURL}, Diagnostics: []rdfDiagnostic{}}
	for _, d := range r.result.Diagnostics {
		result.Diagnostics = append(result.Diagnostics, r.rdfDiagnostic(d))
	}
	return r.writeJSON(result)
}

func (r *reporter) rdfDiagnostic(d analysis.Diagnostic) rdfDiagnostic {
	out := rdfDiagnostic{
		Message:     d.Message,
		Location:    r.rdfLocation(d.Location),
		Severity:    rdfSeverity(d.Severity),
		Code:        rdfCode{d.Rule, r.docURL(d.Rule)},
		Suggestions: r.rdfSuggestions(d),
	}
	for _, related := range d.Related {
		out.Related = append(out.Related, rdfRelated{related.Message, r.rdfLocation(related.Location)})
	}
	return out
}

func rdfSeverity(s analysis.Severity) string {
	switch s {
	case analysis.Error:
		return "ERROR"
	case analysis.Warning:
		return "WARNING"
	}
	return "INFO"
}

// rdfSuggestions returns the preferred one of the fixes that can be suggested: those of the finding's own file alone.
func (r *reporter) rdfSuggestions(d analysis.Diagnostic) []rdfSuggestion {
	for _, fix := range d.Fixes {
		edits := r.files.edits(fix)
		if len(edits) == 0 || slices.ContainsFunc(edits, func(e edit.Edit) bool { return e.Path != d.Path }) {
			continue
		}
		if s, ok := r.rdfSuggestion(edits); ok {
			return []rdfSuggestion{s}
		}
	}
	return nil
}

// rdfSuggestion returns edits of one file as one replacement, with the text that is between them: readers of the format
// take several suggestions for alternatives.
func (r *reporter) rdfSuggestion(edits []edit.Edit) (rdfSuggestion, bool) {
	f := r.files.get(edits[0].Path)
	start, end := edits[0].Start, edits[len(edits)-1].End
	text, err := edit.Apply(f.src[start:end], moved(edits, -start))
	if err != nil || !utf8.Valid(text) {
		return rdfSuggestion{}, false
	}
	return rdfSuggestion{f.rdfRange(start, end), string(text)}, true
}

func (r *reporter) rdfLocation(l analysis.Location) rdfLocation {
	return rdfLocation{l.Path, r.files.get(l.Path).rdfRange(l.Span.Start, l.Span.End)}
}

func (f *file) rdfRange(start, end int) rdfRange {
	return rdfRange{f.rdfPosition(start), f.rdfPosition(max(start, end))}
}

func (f *file) rdfPosition(offset int) rdfPosition {
	line, before := f.locate(offset)
	return rdfPosition{line, before + 1}
}
