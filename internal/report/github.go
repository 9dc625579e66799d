package report

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// github writes workflow commands, which GitHub Actions shows as annotations of the changed files.
func (r *reporter) github() error {
	for _, d := range r.result.Diagnostics {
		if _, err := r.out.WriteString(r.githubCommand(d)); err != nil {
			return err
		}
	}
	return nil
}

// githubCommand returns one command. It has columns only if the range is on one line: the runner refuses others.
func (r *reporter) githubCommand(d analysis.Diagnostic) string {
	p := r.files.place(d.Location)
	properties := []string{
		"file=" + githubProperty(d.Path),
		fmt.Sprintf("line=%d", p.start.Line),
		fmt.Sprintf("endLine=%d", p.lastLine()),
	}
	if p.start.Line == p.end.Line {
		properties = append(properties, fmt.Sprintf("col=%d", p.start.Column), fmt.Sprintf("endColumn=%d", p.end.Column))
	}
	properties = append(properties, "title="+githubProperty("buildlint ("+d.Rule+")"))
	return fmt.Sprintf("::%s %s::%s\n", githubLevel(d.Severity), strings.Join(properties, ","), githubData(d.Message))
}

func githubLevel(s analysis.Severity) string {
	switch s {
	case analysis.Error:
		return "error"
	case analysis.Warning:
		return "warning"
	}
	return "notice"
}

var (
	githubDataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubPropertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// githubData escapes the message of a command: what would end it, and what the log would obey.
func githubData(s string) string { return printable(githubDataEscapes.Replace(s)) }

// githubProperty escapes the value of a property, which commas separate and colons end.
func githubProperty(s string) string { return printable(githubPropertyEscapes.Replace(s)) }
