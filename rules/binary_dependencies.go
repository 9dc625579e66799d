package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func binaryDependencies() *analysis.Rule {
	return &analysis.Rule{
		Name:     "binary-dependencies",
		Summary:  "a binary's dependencies are those of the public library",
		Dialects: []string{"pants1"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		YieldsTo: []string{"duplicate-target", "one-public-library"},
		Check:    checkBinaryDependencies,
		Doc: `
The PEX of a binary and the console script of the installed distribution are to be one program. They are only if both
have the same dependencies: those of the public library that provides the distribution.

The fix gives the binary the library's dependencies. It is unsafe, since the PEX holds something else afterwards. If
the binary needs more, the library needs it, too.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    ':_web',
  ],
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':_web',
    '3rdparty/python:gunicorn',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    ':_web',
  ],
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':_web',
  ],
)
`,
	}
}

func checkBinaryDependencies(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	library := publicLibrary(p)
	if library == nil || !depsKnown(library) {
		return
	}
	r := reach{}
	for _, t := range binaries(p) {
		if !depsKnown(t) {
			continue
		}
		if extra, missing := without(t, library), without(library, t); len(extra)+len(missing) > 0 {
			reportBinaryDependencies(p, r, t, library, extra, missing)
		}
	}
}

// depsKnown reports whether all dependencies of t are seen and are addresses.
func depsKnown(t *workspace.Target) bool {
	return !t.DepsOpen && !slices.ContainsFunc(t.Deps, func(d workspace.Dep) bool { return d.Err != nil })
}

// without returns the dependencies of t that other does not have.
func without(t, other *workspace.Target) []workspace.Dep {
	var found []workspace.Dep
	for _, d := range t.Deps {
		if !other.DependsOn(d.Address) {
			found = append(found, d)
		}
	}
	return found
}

func reportBinaryDependencies(p *analysis.Pass, r reach, t, library *workspace.Target, extra, missing []workspace.Dep) {
	var parts []string
	if len(missing) > 0 {
		parts = append(parts, "without "+spellings(p, missing))
	}
	if len(extra) > 0 {
		parts = append(parts, "with "+spellings(p, extra))
	}
	span := fieldSpan(t, "dependencies")
	if len(extra) == 1 && len(missing) == 0 {
		span = extra[0].Span()
	}
	d := analysis.Diagnostic{
		Location: analysis.Location{Path: t.File.Path, Span: span},
		Target:   p.Dialect().Spell(t.Address()),
		Message: fmt.Sprintf("the binary `%s` does not have the dependencies of the public library `%s`: it is %s", t.Name,
			library.Name, strings.Join(parts, " and ")),
		Related: []analysis.Related{
			related(library.File.Path, fieldSpan(library, "dependencies"), "the library's dependencies"),
		},
	}
	if !t.DependsOn(library.Address()) || !library.Sources.Written { // else it would lose the library's sources
		d.Fixes = []analysis.Fix{analysis.NewFix("Give it the library's dependencies", analysis.Unsafe, func() []edit.Edit {
			if slices.ContainsFunc(missing, func(d workspace.Dep) bool { return !isWelcome(p, r, t, d.Address) }) {
				return nil
			}
			return setDependencies(p, t, library)
		})}
	}
	p.Report(d)
}

// isWelcome reports whether t may depend on an address without a finding of another rule.
func isWelcome(p *analysis.Pass, r reach, t *workspace.Target, a workspace.Address) bool {
	found := p.Resolve(a)
	switch {
	case found.Target.IsZero():
		return found.Unknown
	case found.Target.Is(dialect.Binary), r.leadsTo(p, a, t.Address()):
		return false
	}
	if _, ok := conventional(p, a.Dir); !ok || a.Dir == p.Dir {
		return true
	}
	public := found.Package.PublicLibrary(dialect.Python)
	return !public.IsZero() && public.Address() == a || public.IsZero() && !found.Target.IsPrivate()
}

func spellings(p *analysis.Pass, deps []workspace.Dep) string {
	var texts []string
	for _, d := range deps {
		texts = append(texts, "`"+p.Dialect().From(d.Address, p.Dir)+"`")
	}
	return strings.Join(texts, ", ")
}

// setDependencies gives t the dependencies of another target of its package.
func setDependencies(p *analysis.Pass, t, other *workspace.Target) []edit.Edit {
	var want []string
	var guarded []workspace.Address
	for _, d := range other.Deps {
		want = append(want, d.Text)
		guarded = append(guarded, d.Address)
	}
	guards := analysis.GuardTarget(p.Snapshot(), guarded...)
	slices.SortFunc(guards, edit.Compare)
	f := t.Field("dependencies")
	switch {
	case f == nil && len(want) > 0:
		return append(rewrite.AddArg(t.File.Path, t.Node(), "dependencies", listText(t, want), ""), guards...)
	case f == nil || f.Arg.Value.Kind() != syntax.List:
		return nil
	}
	edits := rewrite.SetElems(t.File.Path, f.Arg.Value, want, func(elem syntax.Node, text string) bool {
		return p.SameAddress(t, elem, text)
	})
	return append(edits, slices.Compact(guards)...)
}

// listText returns a list of strings with an element a line, as the argument of a call.
func listText(t *workspace.Target, elems []string) string {
	style := rewrite.StyleOf(t.File.Syntax)
	var b strings.Builder
	b.WriteString("[\n")
	for _, e := range elems {
		b.WriteString(style.Indent + rewrite.Quote(e, style) + ",\n")
	}
	b.WriteString("]")
	return b.String()
}
