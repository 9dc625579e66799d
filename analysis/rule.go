// Package analysis runs rules over the packages of a workspace and collects what they find.
package analysis

import "slices"

// A Rule is one convention. Its fields are all that the command line, the editor and the documentation know of it.
type Rule struct {
	// Name is stable and in kebab-case: configuration, suppressions and scripts use it.
	Name string
	// Summary is what the rule finds, in one line without a final period.
	Summary string
	// Doc is Markdown: why the rule is there, what goes wrong without it, how to mend a finding by hand, what the fix
	// does, when to switch the rule off.
	Doc string
	// Bad and Good are small workspaces as txtar archives: the rule finds something in the first, and nothing in the
	// second. If the rule has a fix, it makes the second of the first.
	Bad, Good string
	// Severity is the default.
	Severity Severity
	// Fix is the best that the rule offers.
	Fix Applicability
	// Options holds the defaults: a pointer to a struct with toml tags, nil if the rule has none. A configuration is
	// decoded into a copy.
	Options any
	// YieldsTo names the rules whose finding in the same package makes this rule silent there, and YieldsAt those
	// whose finding at the same place does: one cause gives one finding.
	YieldsTo, YieldsAt []string
	// Dialects names the build tools that the rule makes sense for; empty means all. It does not run for another.
	Dialects []string
	// Stage says when the rule runs.
	Stage Stage
	// Sources says that the rule looks at directories of Python sources or requirements files without a BUILD file, too.
	Sources bool
	// Check reports the findings of one directory.
	Check func(*Pass)
}

// Offered reports whether the rule makes sense for the build tool of a dialect.
func (r *Rule) Offered(dialect string) bool {
	return len(r.Dialects) == 0 || slices.Contains(r.Dialects, dialect)
}

// A Stage is a part of a run.
type Stage uint8

// The stages in order.
const (
	// Local rules look at one package and at files, and at other packages only for what they report. They run while the
	// package's syntax trees are at hand.
	Local Stage = iota
	// Graph rules ask for the facts of other packages. They run once all are read, and should look at [Pass.Facts]: what
	// they ask [Pass.Targets] for is read again.
	Graph
	// Last rules look at what was found.
	Last
)

// A Setting is a rule as it is configured for a directory.
type Setting struct {
	Rule     *Rule
	Severity Severity
	Options  any // of the type of Rule.Options
}
