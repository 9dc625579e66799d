// Package report writes what a run found: for people, for scripts and for the services that show findings.
//
// Every format is one method of a reporter, in a file of its own. Byte offsets become lines and columns here.
package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

const (
	toolName = "buildlint"
	toolURL  = "https://github.com/buildlint/buildlint"
)

// Options say how a result is written. Only Format is required.
type Options struct {
	// Format is one of [Formats].
	Format string
	// Color allows escape sequences in the format full.
	Color bool
	// Width is the number of columns of the terminal, 0 if there is none.
	Width int
	// Source returns a file's content as the findings saw it, nil if unknown. Without it there are no excerpts, no
	// fixes, and every place is said to be the start of its file.
	Source func(path string) []byte
	// Rules describes the rules to formats that list them.
	Rules []*analysis.Rule
	// Version is that of buildlint.
	Version string
	// Root is the absolute path of the workspace, for formats that ask for it. It is not in any other.
	Root string
	// DocURL returns the address of a rule's page.
	DocURL func(rule string) string
	// ShowFixes makes the format full show every fix, and whole, instead of the start of the preferred one.
	ShowFixes bool
	// Quiet leaves the summary out of the format full.
	Quiet bool
	// Fingerprint returns an identity of a finding that survives moved lines. By default it is made of the finding's
	// rule, path, target and message.
	Fingerprint func(analysis.Diagnostic) string
}

type format struct {
	name  string
	write func(*reporter) error
}

func formats() []format {
	return []format{
		{"full", (*reporter).full},
		{"concise", (*reporter).concise},
		{"json", (*reporter).json},
		{"json-lines", (*reporter).jsonLines},
		{"sarif", (*reporter).sarif},
		{"github", (*reporter).github},
		{"gitlab", (*reporter).gitlab},
		{"junit", (*reporter).junit},
		{"checkstyle", (*reporter).checkstyle},
		{"rdjson", (*reporter).rdjson},
	}
}

// Formats returns the names of the formats.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// A reporter writes one result in one format.
type reporter struct {
	Options
	result *analysis.Result
	files  *files
	out    *bufio.Writer
}

// Write writes result to w. Findings keep their order. It returns the first error of w, wrapped, and stops there.
func Write(w io.Writer, result *analysis.Result, o Options) error {
	for _, f := range formats() {
		if f.name == o.Format {
			return write(w, result, o, f.write)
		}
	}
	return fmt.Errorf("unknown output format %q: it is one of %s", o.Format, strings.Join(Formats(), ", "))
}

func write(w io.Writer, result *analysis.Result, o Options, format func(*reporter) error) error {
	r := &reporter{Options: o, result: result, files: newFiles(o.Source), out: bufio.NewWriter(w)}
	err := format(r)
	if err == nil {
		err = r.out.Flush()
	}
	if err != nil {
		return fmt.Errorf("writing the findings as %s: %w", o.Format, err)
	}
	return nil
}

// docURL returns the address of a rule's page, "" if unknown.
func (r *reporter) docURL(rule string) string {
	if r.DocURL == nil {
		return ""
	}
	return r.DocURL(rule)
}
