package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func privateDependency() *analysis.Rule {
	return &analysis.Rule{
		Name:     "private-dependency",
		Summary:  "a dependency on a target of another package that is not its public library",
		Severity: analysis.Error,
		Fix:      analysis.Unsafe,
		Stage:    analysis.Graph,
		Options:  &layoutOptions{Depth: 3},
		YieldsAt: []string{"binary-dependency", "unresolved-dependency"},
		Check:    checkPrivateDependency,
		Doc: `
Other BUILD files depend on a package's public library alone. Whoever reaches past it ties the package's inner layout
down, gets modules without the dependencies that go with them, and ships files that belong to another distribution.

The fix depends on the public library instead. It is unsafe, since that brings more than the private target did. A
package without a public library lends everything but what starts with ` + "`_`" + `; a BUILD file at a level where
none belongs (the option ` + "`depth`" + `, as in package-layout) lends nothing but a public library.

That is so in Pants v1. With another build tool a package may have several libraries, and what starts with ` + "`_`" + `
alone is private.`,
		Bad: `
-- src/main/python/org/app/util/BUILD --
python_library(
  name = '_text',
  sources = ['text.py'],
)

python_library(
  name = 'util',
  dependencies = [
    ':_text',
  ],
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/util:_text',
  ],
)
`,
		Good: `
-- src/main/python/org/app/util/BUILD --
python_library(
  name = '_text',
  sources = ['text.py'],
)

python_library(
  name = 'util',
  dependencies = [
    ':_text',
  ],
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/util',
  ],
)
`,
	}
}

func checkPrivateDependency(p *analysis.Pass) {
	facts := p.Facts()
	redirect := &redirector{Pass: p}
	for t := range facts.Targets() {
		for e := range t.Edges() {
			switch {
			case e.Bad || e.To.Dir == p.Dir:
			case p.Dialect().Name != "pants1":
				checkUnderscored(p, facts, t, e)
			case e.Via == workspace.ViaDependencies:
				checkBorrowed(redirect, facts, t, e)
			}
		}
	}
}

// checkBorrowed reports an edge to another package that does not lead to its public library.
func checkBorrowed(redirect *redirector, f *workspace.Facts, t workspace.TargetFacts, e workspace.Edge) {
	p := redirect.Pass
	rel, ok := conventional(p, e.To.Dir)
	if !ok {
		return
	}
	r := p.ResolveEdge(e)
	if r.Target.IsZero() || r.Target.Kind() == nil {
		return
	}
	public := r.Package.PublicLibrary(dialect.Python)
	depth := p.Options.(*layoutOptions).Depth
	misplaced := depth != 0 && levels(rel) != depth
	if !public.IsZero() && public.Address() == e.To || public.IsZero() && !r.Target.IsPrivate() && !misplaced {
		return
	}
	d := borrowed(p, f, t, e, r)
	switch {
	case public.IsZero() && misplaced:
		d.Message += ": its BUILD file lies at the wrong level and has no public library"
	case !public.IsZero():
		d.Message += fmt.Sprintf(": depend on its public library `%s`", p.Dialect().Short(public.Address()))
		d.Fixes = redirect.fix(f.Path(t), e, public.Address())
	}
	p.Report(d)
}

// checkUnderscored reports an edge to a target of another package whose name starts with an underscore: where a package
// may have several libraries, the underscore alone tells which are its own.
func checkUnderscored(p *analysis.Pass, f *workspace.Facts, t workspace.TargetFacts, e workspace.Edge) {
	if r := p.ResolveEdge(e); !r.Target.IsZero() && r.Target.IsPrivate() && !r.Target.Implicit() {
		p.Report(borrowed(p, f, t, e, r))
	}
}

// borrowed is the finding of an edge to what is private to another package.
func borrowed(
	p *analysis.Pass, f *workspace.Facts, t workspace.TargetFacts, e workspace.Edge, r workspace.Resolution,
) analysis.Diagnostic {
	return analysis.Diagnostic{
		Location: analysis.Location{Path: f.Path(t), Span: e.Span},
		Target:   addressOf(p, t),
		Message:  fmt.Sprintf("`%s` is private to its package", p.Dialect().Short(e.To)),
		Related: []analysis.Related{related(r.Package.Path(r.Target), r.Target.Head(),
			fmt.Sprintf("`%s` is declared here", e.To.Name))},
	}
}
