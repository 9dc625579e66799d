package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/internal/position"
)

type jsonPosition struct {
	Offset int `json:"offset"`
	Line   int `json:"line"`
	Column int `json:"column"`
}

type jsonRange struct {
	Start jsonPosition `json:"start"`
	End   jsonPosition `json:"end"`
}

type jsonDiagnostic struct {
	Rule     string        `json:"rule"`
	Severity string        `json:"severity"`
	Path     string        `json:"path"`
	Range    jsonRange     `json:"range"`
	Target   string        `json:"target"`
	Message  string        `json:"message"`
	Related  []jsonRelated `json:"related"`
	Fixes    []jsonFix     `json:"fixes"`
}

type jsonRelated struct {
	Path    string    `json:"path"`
	Range   jsonRange `json:"range"`
	Message string    `json:"message"`
}

type jsonFix struct {
	Title         string     `json:"title"`
	Applicability string     `json:"applicability"`
	Edits         []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	Path    string    `json:"path"`
	Range   jsonRange `json:"range"`
	NewText string    `json:"new_text"`
}

type jsonError struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

type jsonSummary struct {
	Packages   int `json:"packages"`
	Files      int `json:"files"`
	Targets    int `json:"targets"`
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Fixable    int `json:"fixable"` // with --fix alone
	Suppressed int `json:"suppressed"`
	Baselined  int `json:"baselined"`
}

// json writes one object with all findings, errors and the summary. Findings are written one after the other, since a
// large repository's take more memory than its packages.
func (r *reporter) json() error {
	if _, err := r.out.WriteString("{\n"); err != nil {
		return err
	}
	diagnostics := r.result.Diagnostics
	err := r.jsonList("diagnostics", len(diagnostics), func(i int) any { return r.jsonDiagnostic(diagnostics[i]) })
	if err != nil {
		return err
	}
	errors := r.result.Errors
	if err := r.jsonList("errors", len(errors), func(i int) any {
		return jsonError{Path: errors[i].Path, Message: r.errorMessage(errors[i])}
	}); err != nil {
		return err
	}
	summary, err := encodeJSON(newJSONSummary(r.result), "  ", "  ")
	if err != nil {
		return err
	}
	_, err = r.out.WriteString("  \"summary\": " + summary + "\n}\n")
	return err
}

// jsonList writes a member that is a list of n elements, and a comma.
func (r *reporter) jsonList(name string, n int, element func(int) any) error {
	separator := "  \"" + name + "\": ["
	for i := range n {
		text, err := encodeJSON(element(i), "    ", "  ")
		if err != nil {
			return err
		}
		if _, err := r.out.WriteString(separator + "\n    " + text); err != nil {
			return err
		}
		separator = ","
	}
	end := "\n  ],\n"
	if n == 0 {
		end = separator + "],\n"
	}
	_, err := r.out.WriteString(end)
	return err
}

// jsonLines writes one finding a line.
func (r *reporter) jsonLines() error {
	for _, d := range r.result.Diagnostics {
		text, err := encodeJSON(r.jsonDiagnostic(d), "", "")
		if err != nil {
			return err
		}
		if _, err := r.out.WriteString(text + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// errorMessage returns what went wrong. Paths in it are relative to the root, as everywhere: one machine's absolute
// paths are not another's.
func (r *reporter) errorMessage(e analysis.FileError) string {
	message := e.Err.Error()
	separator := string(filepath.Separator)
	if root := strings.TrimSuffix(r.Root, separator); root != "" {
		message = strings.ReplaceAll(message, root+separator, "")
	}
	return message
}

// writeJSON writes a document.
func (r *reporter) writeJSON(v any) error {
	text, err := encodeJSON(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = r.out.WriteString(text + "\n")
	return err
}

// encodeJSON returns v as JSON, without what a terminal may obey. Bytes that are not UTF-8 become U+FFFD.
func encodeJSON(v any, prefix, indent string) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, indent)
	err := e.Encode(v)
	return jsonPrintable(string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))), err
}

// jsonPrintable escapes what a terminal may obey in JSON.
func jsonPrintable(text string) string {
	return escapeUnprintable(text, func(r rune) string { return fmt.Sprintf(`\u%04x`, r) })
}

func (r *reporter) jsonDiagnostic(d analysis.Diagnostic) jsonDiagnostic {
	j := jsonDiagnostic{
		Rule:     d.Rule,
		Severity: d.Severity.String(),
		Path:     d.Path,
		Range:    r.jsonRange(d.Location),
		Target:   d.Target,
		Message:  d.Message,
		Related:  []jsonRelated{},
		Fixes:    []jsonFix{},
	}
	for _, related := range d.Related {
		j.Related = append(j.Related, jsonRelated{related.Path, r.jsonRange(related.Location), related.Message})
	}
	for _, fix := range d.Fixes {
		if edits := r.files.edits(fix); len(edits) > 0 {
			j.Fixes = append(j.Fixes, jsonFix{fix.Title, fix.Applicability.String(), r.jsonEdits(edits)})
		}
	}
	return j
}

func (r *reporter) jsonEdits(edits []edit.Edit) []jsonEdit {
	var all []jsonEdit
	for _, e := range edits {
		all = append(all, jsonEdit{e.Path, r.jsonRange(editLocation(e)), e.New})
	}
	return all
}

func (r *reporter) jsonRange(l analysis.Location) jsonRange {
	p := r.files.place(l)
	return jsonRange{newJSONPosition(l.Span.Start, p.start), newJSONPosition(l.Span.End, p.end)}
}

func newJSONPosition(offset int, p position.Position) jsonPosition {
	return jsonPosition{Offset: offset, Line: p.Line, Column: p.Column}
}

func newJSONSummary(r *analysis.Result) jsonSummary {
	return jsonSummary{
		Packages:   r.Summary.Packages,
		Files:      r.Summary.Files,
		Targets:    r.Summary.Targets,
		Errors:     r.Count(analysis.Error),
		Warnings:   r.Count(analysis.Warning),
		Infos:      r.Count(analysis.Info),
		Fixable:    r.Fixable(analysis.Safe),
		Suppressed: r.Summary.Suppressed,
		Baselined:  r.Summary.Baselined,
	}
}
