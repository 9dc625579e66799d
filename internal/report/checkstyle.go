package report

import (
	"encoding/xml"

	"github.com/buildlint/buildlint/analysis"
)

type checkstyleReport struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// checkstyle writes a report of Checkstyle, which many services read.
func (r *reporter) checkstyle() error {
	report := checkstyleReport{Version: "4.3"}
	for _, run := range r.byPath() {
		file := checkstyleFile{Name: run[0].Path}
		for _, d := range run {
			file.Errors = append(file.Errors, r.checkstyleError(d))
		}
		report.Files = append(report.Files, file)
	}
	return r.writeXML(report)
}

func (r *reporter) checkstyleError(d analysis.Diagnostic) checkstyleError {
	start := r.files.place(d.Location).start
	return checkstyleError{
		Line:     start.Line,
		Column:   start.Column,
		Severity: d.Severity.String(),
		Message:  printable(d.Message),
		Source:   "buildlint." + d.Rule,
	}
}

// byPath cuts the findings into runs of the same file.
func (r *reporter) byPath() [][]analysis.Diagnostic {
	return runs(r.result.Diagnostics, func(d analysis.Diagnostic) string { return d.Path })
}
