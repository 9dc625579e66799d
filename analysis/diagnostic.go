package analysis

import (
	"cmp"
	"slices"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Location is a range of a file of the workspace.
type Location struct {
	Path string // relative to the root, with slashes
	Span syntax.Span
}

// A Diagnostic is a finding of a rule.
type Diagnostic struct {
	Rule     string
	Severity Severity
	Location
	Target  string // address of the target that it is about, "" if about none
	Message string
	Related []Related
	Fixes   []Fix // the first is the preferred one
}

// A Related is a second place of a [Diagnostic] that helps to understand it.
type Related struct {
	Location
	Message string
}

// A Fix is one way to mend a finding: edits, possibly in several files, that are applied all or none.
type Fix struct {
	Title         string
	Applicability Applicability

	edits func() []edit.Edit
	known bool // edits holds nothing but the edits
}

// Edits computes the edits of f by path and position. It returns none where the fix turned out to be impossible.
func (f Fix) Edits() []edit.Edit {
	return slices.DeleteFunc(f.guarded(), func(e edit.Edit) bool { return e.Guard })
}

// guarded returns the edits of f with its guards.
func (f Fix) guarded() []edit.Edit {
	if f.edits == nil {
		return nil
	}
	edits := slices.Clone(f.edits())
	slices.SortStableFunc(edits, edit.Compare)
	return edits
}

// NewFix returns a fix whose edits are computed when they are asked for.
func NewFix(title string, applicability Applicability, edits func() []edit.Edit) Fix {
	return Fix{Title: title, Applicability: applicability, edits: edits}
}

// Compare orders findings by path, offset, rule, and then by what is left, so that two runs print the same.
func Compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Span.End, b.Span.End),
		cmp.Compare(a.Message, b.Message),
	)
}

// A FileError is a file or directory that could not be read or written.
type FileError struct {
	Path string
	Err  error
}

func (e FileError) Error() string { return e.Path + ": " + e.Err.Error() }

func (e FileError) Unwrap() error { return e.Err }

// A Result is what a run found.
type Result struct {
	Diagnostics []Diagnostic // by Compare
	Errors      []FileError  // by path
	Summary     Summary
}

// A Summary counts what a run looked at and what it found.
type Summary struct {
	Packages, Files, Targets int
	Suppressed, Baselined    int
}

// Count returns the number of findings of severity s.
func (r *Result) Count(s Severity) int {
	n := 0
	for _, d := range r.Diagnostics {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Fixable returns the number of findings that have a fix of at least the given applicability.
func (r *Result) Fixable(least Applicability) int {
	n := 0
	for _, d := range r.Diagnostics {
		if slices.ContainsFunc(d.Fixes, func(f Fix) bool { return f.Applicability >= least }) {
			n++
		}
	}
	return n
}
