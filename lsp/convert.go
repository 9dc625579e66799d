package lsp

import (
	"fmt"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// documentation returns the page of a rule.
func documentation(rule string) uri.URI {
	return uri.URI("https://github.com/buildlint/buildlint/blob/main/docs/rules/" + rule + ".md")
}

// A converter makes protocol values of findings. It reads each file once.
type converter struct {
	state     *state
	project   *project
	documents map[string]*document // by path relative to the root; nil if it cannot be read
}

func (st *state) converter(p *project) *converter {
	return &converter{state: st, project: p, documents: map[string]*document{}}
}

// document returns the file at a path, nil if it cannot be read.
func (c *converter) document(rel string) *document {
	if d, ok := c.documents[rel]; ok {
		return d
	}
	d, err := c.state.document(c.project, rel)
	if err != nil {
		d = nil
	}
	c.documents[rel] = d
	return d
}

// location returns a place of a file.
func (c *converter) location(path string, span syntax.Span) protocol.Location {
	d := c.document(path)
	if d == nil {
		return protocol.Location{URI: uriOf(c.project.abs(path))}
	}
	return protocol.Location{URI: d.uri, Range: d.rangeOf(span.Start, span.End)}
}

// diagnostic returns a finding as the client can show it.
func (c *converter) diagnostic(d *analysis.Diagnostic) protocol.Diagnostic {
	can := c.state.client
	out := protocol.Diagnostic{
		Range:    c.location(d.Path, d.Span).Range,
		Severity: severity(d.Severity),
		Code:     protocol.String(d.Rule),
		Source:   protocol.NewOptional(source),
		Message:  protocol.String(d.Message),
	}
	if can.codeDescription {
		out.CodeDescription.Href = documentation(d.Rule)
	}
	if unnecessary(d.Rule) && slices.Contains(can.diagnosticTags, protocol.DiagnosticTagUnnecessary) {
		out.Tags = protocol.NewDiagnosticTags(protocol.DiagnosticTagUnnecessary)
	}
	for _, r := range d.Related {
		if can.relatedInformation {
			out.RelatedInformation = append(out.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: c.location(r.Path, r.Span), Message: r.Message,
			})
			continue
		}
		out.Message = protocol.String(fmt.Sprintf("%s\n%s: %s", out.Message, r.Path, r.Message))
	}
	return out
}

// unnecessary reports whether a rule finds what could as well not be there.
func unnecessary(rule string) bool {
	switch rule {
	case "duplicate-dependency", "unused-private-target", "unused-suppression":
		return true
	}
	return false
}

func severity(s analysis.Severity) protocol.DiagnosticSeverity {
	switch s {
	case analysis.Error:
		return protocol.DiagnosticSeverityError
	case analysis.Warning:
		return protocol.DiagnosticSeverityWarning
	}
	return protocol.DiagnosticSeverityInformation
}
