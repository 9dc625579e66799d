package report

import (
	"encoding/xml"
	"fmt"

	"github.com/buildlint/buildlint/analysis"
)

// Elements and attributes are those that the schema of Jenkins' xUnit plugin (junit-10.xsd) allows, which is the
// strictest reader: a case has neither file nor line.

type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	File     string      `xml:"file,attr,omitempty"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	Classname string        `xml:"classname,attr"`
	Time      string        `xml:"time,attr"`
	Failure   *junitFailure `xml:"failure"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// junit writes a test report: one suite a file, one case a finding. Findings of severity info pass, as they do in the
// exit status. A result without findings has one passing case, since CI servers take an empty report for a mistake.
func (r *reporter) junit() error {
	report := junitReport{Name: "buildlint"}
	for _, run := range r.byPath() {
		report.add(r.junitSuite(run))
	}
	if len(report.Suites) == 0 {
		report.add(junitSuite{Name: "buildlint", Cases: []junitCase{
			{Name: "no findings", Classname: "buildlint", Time: "0"},
		}})
	}
	return r.writeXML(report)
}

func (j *junitReport) add(s junitSuite) {
	s.Time = "0"
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		if c.Failure != nil {
			s.Failures++
		}
	}
	j.Suites = append(j.Suites, s)
	j.Tests += s.Tests
	j.Failures += s.Failures
}

// junitSuite numbers cases of the same name: GitLab shows one alone of those.
func (r *reporter) junitSuite(findings []analysis.Diagnostic) junitSuite {
	s := junitSuite{Name: findings[0].Path, File: findings[0].Path}
	seen := map[string]int{}
	for _, d := range findings {
		c := r.junitCase(d)
		seen[c.Name]++
		if n := seen[c.Name]; n > 1 {
			c.Name = fmt.Sprintf("%s #%d", c.Name, n)
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

func (r *reporter) junitCase(d analysis.Diagnostic) junitCase {
	start := r.files.place(d.Location).start
	message := printable(d.Message)
	text := fmt.Sprintf("%s: %s: %s [%s]", r.position(d.Location), d.Severity, message, d.Rule)
	c := junitCase{
		Name:      fmt.Sprintf("%s (%d:%d)", d.Rule, start.Line, start.Column),
		Classname: d.Path,
		Time:      "0",
	}
	if d.Severity == analysis.Info {
		c.Output = text
		return c
	}
	c.Failure = &junitFailure{Type: d.Severity.String(), Message: message, Text: text}
	return c
}
