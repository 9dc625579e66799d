package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func duplicateTarget() *analysis.Rule {
	return &analysis.Rule{
		Name:     "duplicate-target",
		Summary:  "a name is given twice in a package, across all its BUILD files",
		Severity: analysis.Error,
		YieldsAt: []string{"duplicate-requirement"},
		Check:    checkDuplicateTarget,
		Doc: `
All BUILD files of a directory (BUILD, BUILD.tools, …) share one set of names. The build tool refuses a package in
which a name is given twice, and with it everything that depends on the package. A target without ` + "`name`" + ` is
named as its directory, which is how most duplicates come about. Where a requirements file stands for targets, each of
its lines gives a name.

To mend it, rename one of the two targets and what refers to it, or remove one. There is no fix, since only one of them
can keep what others refer to. A target inside of an ` + "`if`" + ` is not judged.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  sources = rglobs('*.py'),
)
-- src/main/python/org/app/web/BUILD.tools --
python_binary(
  name = 'web',
  entry_point = 'org.app.web.main',
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  sources = rglobs('*.py'),
)
-- src/main/python/org/app/web/BUILD.tools --
python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
)
`,
	}
}

func checkDuplicateTarget(p *analysis.Pass) {
	first := map[string]*workspace.Target{}
	for _, t := range p.Targets() {
		if t.Name == "" || t.Conditional || t.Kind == nil { // what is called may declare no target
			continue
		}
		earlier, ok := first[t.Name]
		if !ok {
			first[t.Name] = t
			continue
		}
		p.Report(analysis.Diagnostic{
			Location: declaration(t),
			Target:   p.Dialect().Spell(t.Address()),
			Message:  fmt.Sprintf("the name `%s` is taken: a name is given once in all BUILD files of a directory", t.Name),
			Related:  []analysis.Related{{Location: declaration(earlier), Message: "it is given here first"}},
		})
	}
}

// declaration returns where a target is declared: in a BUILD file, or in a line of a requirements file.
func declaration(t *workspace.Target) analysis.Location {
	if t.Implicit && len(t.Requirements) == 1 && t.Requirements[0].Line != nil {
		return analysis.Location{Path: t.Requirements[0].Path, Span: t.Requirements[0].Place}
	}
	return analysis.Location{Path: t.File.Path, Span: t.Head()}
}
