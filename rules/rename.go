package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// renameFix returns the fix that renames a target and everything that refers to it, in every BUILD file. It returns
// none where the name is taken, given twice, so that it is not known which target is meant, or not written out, and
// makes no target private where that would be a finding in its turn.
func renameFix(p *analysis.Pass, t *workspace.Target, name string) []analysis.Fix {
	if t.NameField == nil || p.Package().Named(name) != nil || p.Package().IsTwice(t.Name) {
		return nil
	}
	s, ok := t.NameField.Value.(*workspace.String)
	if !ok || !s.IsLiteral() {
		return nil
	}
	snapshot := p.Snapshot()
	return []analysis.Fix{analysis.NewFix(fmt.Sprintf("Rename it to `%s` everywhere", name), analysis.Unsafe,
		func() []edit.Edit {
			if strings.HasPrefix(name, "_") && !mayBecomePrivate(snapshot, t) {
				return nil
			}
			return analysis.GuardedRename(snapshot, t, name)
		})}
}

// mayBecomePrivate reports whether a target can be given a private name: somebody uses it, and none of another package
// that may do so now, for it has no public library, must not any more.
func mayBecomePrivate(s *workspace.Snapshot, t *workspace.Target) bool {
	r, uses := s.Resolve(t.Address()), s.Uses(t.Address())
	if r.Target.IsZero() || mayBeUnused(r.Target) && len(uses) == 0 {
		return false
	}
	return !r.Package.PublicLibrary(dialect.Python).IsZero() || !slices.ContainsFunc(uses, func(u workspace.Use) bool {
		return u.Package.Dir() != t.Package.Dir
	})
}

// headLocation is where findings about a target as a whole are told.
func headLocation(t *workspace.Target) analysis.Location {
	return analysis.Location{Path: t.File.Path, Span: t.Head()}
}

// fieldSpan covers the name of a field; of a field that the target does not give, the target's head.
func fieldSpan(t *workspace.Target, name string) syntax.Span {
	if f := t.Field(name); f != nil {
		return f.Arg.NameSpan
	}
	return t.Head()
}
