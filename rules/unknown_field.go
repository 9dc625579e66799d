package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/nearest"
)

func unknownField() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unknown-field",
		Summary:  "a field that targets of this kind do not have",
		Severity: analysis.Error,
		Check:    checkUnknownField,
		YieldsAt: []string{"deprecated-target"},
		Doc: `
A misspelt field fails the build of whoever asks for the target, or, in a build tool that takes what it does not know,
is never read. The message suggests the nearest name of the fields that the kind has.

Only kinds of the build tool itself are judged: what a plugin, a macro or a loaded file provides may have fields of its
own. Where the build tool's plugins can add fields to its own kinds, a finding needs a field with nearly the same name.

To mend it, correct the name or remove the field. There is no fix, since the nearest name is a guess.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencys = [':_web'],
)

python_library(
  name = '_web',
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [':_web'],
)

python_library(
  name = '_web',
)
`,
	}
}

func checkUnknownField(p *analysis.Pass) {
	own := bound{}
	for _, t := range p.Targets() {
		if !hasKnownFields(t, own) {
			continue
		}
		for _, f := range t.Fields {
			if f.Spec != nil {
				continue
			}
			near, ok := nearest.Of(f.Name, fieldNames(t))
			switch {
			case ok:
				p.ReportAt(t, f.Arg.NameSpan, fmt.Sprintf("`%s` has no field `%s`: did you mean `%s`?", t.KindName, f.Name, near))
			case p.Dialect().Closed:
				p.ReportAt(t, f.Arg.NameSpan, fmt.Sprintf("`%s` has no field `%s`", t.KindName, f.Name))
			}
		}
	}
}

// hasKnownFields reports whether the kind of t is one of the build tool itself, with all its fields known.
func hasKnownFields(t *workspace.Target, own bound) bool {
	return t.Kind != nil && !t.Implicit && !t.Macro && t.KindName == t.Kind.Name && !t.Kind.Loose && !t.Kind.Loaded &&
		!own.by(t.File, t.KindName)
}

// bound holds the names that files define or load, of each file that was asked for.
type bound map[*workspace.BuildFile]map[string]bool

// by reports whether a file defines or loads a name.
func (b bound) by(f *workspace.BuildFile, name string) bool {
	names, known := b[f]
	if !known {
		names = map[string]bool{}
		for _, stmt := range f.Syntax.Stmts {
			switch stmt.Kind() {
			case syntax.Load, syntax.Import:
				for _, n := range stmt.Names() {
					names[n] = true
				}
			case syntax.Def, syntax.Class:
				names[stmt.Name()] = true
			}
		}
		b[f] = names
	}
	return names[name]
}

// fieldNames yields the fields that the kind of t has and that t does not give.
func fieldNames(t *workspace.Target) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, f := range t.Kind.Fields {
			if t.Field(f.Name) == nil && isCurrent(f) && !yield(f.Name) {
				return
			}
		}
	}
}

func isCurrent(f *dialect.Field) bool { return f.Deprecated == "" }
