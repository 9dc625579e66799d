package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A duplicateOptions says which files are installed together.
type duplicateOptions struct {
	Together []string `toml:"together" format:"glob" doc:"patterns of files installed together without naming each other"`
}

func duplicateRequirement() *analysis.Rule {
	return &analysis.Rule{
		Name:     "duplicate-requirement",
		Summary:  "a project that is asked for twice, also by another spelling or with other bounds elsewhere",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &duplicateOptions{},
		Check:    checkDuplicateRequirement,
		Doc: `
` + "`Foo_Bar`" + `, ` + "`foo.bar`" + ` and ` + "`foo-bar`" + ` are one project. Asked for twice, one of the two
bounds is the one that is forgotten at the next update, and pip refuses the two if they differ.

In one file, a second line for a project is a finding, unless its marker or its extras differ. Across files it is one
if the bounds differ and the files are installed together: one includes the other by ` + "`-r`" + `, a third includes
both, targets of one resolve stand for both, or both match the option ` + "`together`" + `. A name without bounds
differs from none.

The fix removes a line that repeats another of its file. It is safe; where the bounds differ there is none.`,
		Bad: `
-- requirements.txt --
Foo_Bar>=1.0
requests>=2.0
foo-bar>=1.0
`,
		Good: `
-- requirements.txt --
Foo_Bar>=1.0
requests>=2.0
`,
	}
}

func checkDuplicateRequirement(p *analysis.Pass) {
	own := p.Requirements()
	if len(own) == 0 {
		return
	}
	all := p.AllRequirements()
	patterns := p.Options.(*duplicateOptions).Together
	for _, r := range own {
		if !isReadable(r) {
			continue
		}
		if first := firstOf(all, r, patterns); first != nil {
			reportRepeated(p, first, r)
		}
	}
}

// firstOf returns the specifier that r repeats, preferably of the same file; nil if there is none. Of two, the later
// one is told.
func firstOf(all *workspace.Requirements, r *workspace.Specifier, patterns []string) *workspace.Specifier {
	var found *workspace.Specifier
	for _, other := range all.Named(r.NormalName()) {
		if compareRequirements(other, r) >= 0 {
			break
		}
		better := found == nil || found.Path != r.Path && other.Path == r.Path
		if better && isReadable(other) && repeats(all, other, r, patterns) {
			found = other
		}
	}
	return found
}

// repeats reports whether a specifier asks again for what an earlier one asks for.
func repeats(all *workspace.Requirements, first, r *workspace.Specifier, patterns []string) bool {
	if first.Marker != r.Marker || !sameExtras(first.Requirement, r.Requirement) || first.Constrains != r.Constrains ||
		first.Group != r.Group {
		return false
	}
	if first.Path == r.Path {
		return first.Line != nil || sameResolve(first, r)
	}
	differ := len(first.Clauses) > 0 && len(r.Clauses) > 0 && !python.SameBounds(first.Requirement, r.Requirement)
	return differ && !r.Constrains && r.Group == "" && areTogether(all, first, r, patterns)
}

// areTogether reports whether two specifiers of different files are installed together.
func areTogether(all *workspace.Requirements, a, b *workspace.Specifier, patterns []string) bool {
	if !a.Target.IsZero() && !b.Target.IsZero() {
		return sameResolve(a, b)
	}
	if a.Line == nil || b.Line == nil {
		return false
	}
	return matchesAny(patterns, a.Path) && matchesAny(patterns, b.Path) || all.Together(b.Path)[a.Path]
}

// sameResolve reports whether the targets of two specifiers are known to be of one resolve.
func sameResolve(a, b *workspace.Specifier) bool {
	return a.Resolve == b.Resolve && a.Resolve != workspace.UnknownResolve
}

func reportRepeated(p *analysis.Pass, first, r *workspace.Specifier) {
	again := fmt.Sprintf("`%s` is asked for above", r.Name)
	if first.Path != r.Path {
		again = fmt.Sprintf("`%s` is asked for in `%s`", r.Name, first.Path)
	}
	if first.Name != r.Name {
		again += fmt.Sprintf(" as `%s`", first.Name)
	}
	same := python.SameBounds(first.Requirement, r.Requirement)
	if !same {
		again += fmt.Sprintf(": `%s` and `%s` differ", requirementText(first.Requirement), requirementText(r.Requirement))
	}
	d := requirementDiagnostic(r, r.Place, again)
	d.Related = append(d.Related, relatedRequirement(first, "the first"))
	if same && first.Path == r.Path && isRemovable(first, r) {
		d.Fixes = append(d.Fixes, analysis.NewFix("Remove the line", analysis.Safe,
			func() []edit.Edit { return removeLine(p, r) }))
	}
	p.Report(d)
}

// isRemovable reports whether a line says nothing that an earlier one does not.
func isRemovable(first, r *workspace.Specifier) bool {
	return first.Line != nil && r.Line != nil && first.URL == r.URL && r.Line.Comment.Len() == 0 &&
		r.Line.Kind == python.RequirementLine && slices.EqualFunc(first.Line.Options, r.Line.Options,
		func(a, b python.Option) bool {
			return a.Name == b.Name && strings.TrimSpace(a.Value) == strings.TrimSpace(b.Value)
		})
}
