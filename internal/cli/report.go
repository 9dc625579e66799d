package cli

import (
	"fmt"
	"io"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/baseline"
	"github.com/buildlint/buildlint/internal/report"
	"github.com/buildlint/buildlint/rules"
)

// writeOut lets write write to the file that --output-file names, else to standard output.
func (l *linter) writeOut(write func(io.Writer) error) error {
	captured := func(w io.Writer) error { return write(l.capture.writer(w)) }
	if l.outputFile == "" {
		return captured(l.stdout)
	}
	return writeFile(l.outputFile, captured)
}

// outputFormat returns the format of findings: one for people on a terminal, else one for scripts.
func (l *linter) outputFormat() string {
	if l.format.value != "" {
		return l.format.value
	}
	if _, ok := l.stdout.terminal(); ok && l.outputFile == "" {
		return "full"
	}
	return "concise"
}

// report writes what was found.
func (l *linter) report(w io.Writer, outcomes []*outcome) error {
	for _, o := range outcomes {
		if err := l.reportOne(w, o); err != nil {
			return err
		}
	}
	return nil
}

func (l *linter) reportOne(w io.Writer, o *outcome) error {
	options := l.reportOptions(o)
	if l.showFixes && o.fixing != nil {
		if err := writeFixed(l.beside(w), o.fixing.Fixed); err != nil {
			return err
		}
	}
	if l.statistics {
		return report.Statistics(w, o.result, options)
	}
	return report.Write(w, o.result, options)
}

// beside returns where to write what is no finding: not among what a program reads.
func (l *linter) beside(w io.Writer) io.Writer {
	if l.outputFormat() == "full" {
		return w
	}
	return l.stderr
}

func (l *linter) reportOptions(o *outcome) report.Options {
	width, _ := l.stdout.terminal()
	options := report.Options{
		Format:      l.outputFormat(),
		Color:       l.colored(),
		Width:       width,
		Rules:       rules.All(),
		Version:     versionOf(),
		DocURL:      docURL,
		ShowFixes:   l.showFixes,
		Quiet:       l.quiet,
		Fingerprint: baseline.Fingerprint,
	}
	if o.subject != nil {
		options.Root = o.subject.Root
		options.Source = func(path string) []byte { return source(o.checker, path) }
	}
	return options
}

// colored reports whether findings are to have colours: a file has none unless they are asked for.
func (l *linter) colored() bool {
	if l.outputFile != "" && l.color.value == "auto" {
		return false
	}
	return l.stdout.colored(l.color.value)
}

// source returns the content of a file, nil if it cannot be read.
func source(c *analysis.Checker, path string) []byte {
	text, err := c.Snapshot.Tree().Read(path)
	if err != nil {
		return nil
	}
	if text == nil {
		return []byte{}
	}
	return text
}

// docURL returns the address of a rule's page.
func docURL(rule string) string {
	return fmt.Sprintf("https://github.com/buildlint/buildlint/blob/main/docs/rules/%s.md", rule)
}
