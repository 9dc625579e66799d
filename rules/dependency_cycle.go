package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func dependencyCycle() *analysis.Rule {
	return &analysis.Rule{
		Name:     "dependency-cycle",
		Summary:  "targets depend on each other in a circle",
		Severity: analysis.Error,
		Stage:    analysis.Graph,
		Check:    checkDependencyCycle,
		Doc: `
The build tool refuses a circle, and it does so only when something asks for one of its targets: in somebody else's
build. What ` + "`with_binaries`" + ` names counts as a dependency. A binary that depends on the public library which
lists it is the circle that the conventions' private library is there to avoid.

One circle gives one finding, at the target with the least address; the others are its related places. To mend it, move
what two targets share into a third one that both depend on. There is no fix.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = '1.0',
  ).with_binaries({
    'web_server': ':web_server',
  }),
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':web',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_web',
  sources = rglobs('*.py'),
)

python_library(
  name = 'web',
  dependencies = [
    ':_web',
  ],
  provides = setup_py(
    name = 'org.app.web',
    version = '1.0',
  ).with_binaries({
    'web_server': ':web_server',
  }),
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

func checkDependencyCycle(p *analysis.Pass) {
	for _, cycle := range p.Cycles() {
		first := cycle[0]
		d := analysis.Diagnostic{
			Location: useLocation(first),
			Target:   p.Dialect().Spell(first.Target.Address()),
			Message:  cycleMessage(p, cycle),
		}
		for _, u := range cycle[1:] {
			d.Related = append(d.Related, analysis.Related{
				Location: useLocation(u),
				Message: fmt.Sprintf("`%s` depends on `%s`",
					p.Dialect().Short(u.Target.Address()), p.Dialect().Short(u.Edge.To)),
			})
		}
		p.Report(d)
	}
}

func useLocation(u workspace.Use) analysis.Location {
	return analysis.Location{Path: u.Package.Path(u.Target), Span: u.Edge.Span}
}

func cycleMessage(p *analysis.Pass, cycle workspace.Cycle) string {
	name := p.Dialect().Short(cycle[0].Target.Address())
	switch len(cycle) {
	case 1:
		return fmt.Sprintf("`%s` depends on itself", name)
	case 2:
		return fmt.Sprintf("`%s` and `%s` depend on each other", name, p.Dialect().Short(cycle[1].Target.Address()))
	}
	return fmt.Sprintf("`%s` depends on itself through `%s` and %d more",
		name, p.Dialect().Short(cycle[1].Target.Address()), len(cycle)-2)
}
