package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func binaryDependency() *analysis.Rule {
	return &analysis.Rule{
		Name:     "binary-dependency",
		Summary:  "a dependency on a binary",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Error,
		Fix:      analysis.Unsafe,
		Stage:    analysis.Graph,
		YieldsAt: []string{"unresolved-dependency"},
		Check:    checkBinaryDependency,
		Doc: `
Nothing depends on a binary. It holds no sources that others import: what they need is the library that the binary
runs. A dependency on the binary works by accident, through what the binary itself depends on.

The fix depends on the public library of the binary's package instead; in the same package there is none. It is unsafe,
since the library may bring more. Only ` + "`dependencies`" + ` is judged: ` + "`with_binaries`" + ` and
` + "`python_app(binary = …)`" + ` are meant to name binaries.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':web',
  ],
)
-- src/test/python/org/app/web/BUILD --
python_tests(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/web:web_server',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':web',
  ],
)
-- src/test/python/org/app/web/BUILD --
python_tests(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/web',
  ],
)
`,
	}
}

func checkBinaryDependency(p *analysis.Pass) {
	facts := p.Facts()
	redirect := &redirector{Pass: p}
	for t := range facts.Targets() {
		for e := range t.Edges() {
			if e.Via == workspace.ViaDependencies && !e.Bad && e.To != t.Address() {
				checkDependsOnBinary(redirect, facts, t, e)
			}
		}
	}
}

func checkDependsOnBinary(redirect *redirector, f *workspace.Facts, t workspace.TargetFacts, e workspace.Edge) {
	p := redirect.Pass
	r := p.ResolveEdge(e)
	if r.Target.IsZero() || !r.Target.Is(dialect.Binary) || !r.Target.Kind().IsPython() {
		return
	}
	if _, ok := conventional(p, e.To.Dir); !ok {
		return
	}
	d := analysis.Diagnostic{
		Location: analysis.Location{Path: f.Path(t), Span: e.Span},
		Target:   addressOf(p, t),
		Message:  fmt.Sprintf("`%s` is a binary: depend on the library that it runs", p.Dialect().From(e.To, p.Dir)),
		Related: []analysis.Related{related(r.Package.Path(r.Target), r.Target.Head(),
			fmt.Sprintf("`%s` is declared here", e.To.Name))},
	}
	if public := r.Package.PublicLibrary(dialect.Python); !public.IsZero() && e.To.Dir != p.Dir {
		short := p.Dialect().Short
		d.Message = fmt.Sprintf("`%s` is a binary: depend on `%s`", short(e.To), short(public.Address()))
		d.Fixes = redirect.fix(f.Path(t), e, public.Address())
	}
	p.Report(d)
}
