package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A sourcesOptions says how sources are written.
type sourcesOptions struct {
	Expression string `toml:"expression" doc:"the expression of a library's sources"`
}

func librarySources() *analysis.Rule {
	return &analysis.Rule{
		Name:     "library-sources",
		Summary:  "the sources of a library are `rglobs('*.py')`",
		Dialects: []string{"pants1"},
		Severity: analysis.Info,
		Fix:      analysis.Unsafe,
		Options:  &sourcesOptions{Expression: "rglobs('*.py')"},
		Check:    checkLibrarySources,
		Doc: `
A library that takes all modules of its directory cannot forget one. A list of files has to be kept up with every file
that is added, and the one that was forgotten is missing where it is installed, not where it is tested.

The fix writes the option ` + "`expression`" + `. It is unsafe, since the library may get more files, and is offered
only where one library of the package writes its sources out: two with the same pattern would own the same files.
Sources that are not written at all are the build tool's default and are not judged.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py', 'handlers.py'],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
)
`,
	}
}

func checkLibrarySources(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	want := p.Options.(*sourcesOptions).Expression
	var written []*workspace.Target
	for _, t := range p.Targets() {
		if t.Is(dialect.Library) && t.Kind.IsPython() && t.Sources.Written {
			written = append(written, t)
		}
	}
	for _, t := range written {
		if t.Sources.Known && !sameExpression(t.Sources.Node.Text(), want) {
			reportSources(p, t, want, len(written) == 1)
		}
	}
}

func reportSources(p *analysis.Pass, t *workspace.Target, want string, only bool) {
	field := t.SourcesField()
	var fixes []analysis.Fix
	if only && field.Spec.Role == dialect.SourcesField {
		fixes = append(fixes, analysis.NewFix(fmt.Sprintf("Write `%s`", want), analysis.Unsafe, func() []edit.Edit {
			return rewrite.ReplaceExpr(t.File.Path, field.Arg.Value, want)
		}))
	}
	p.ReportAt(t, field.Arg.NameSpan, fmt.Sprintf("the sources of a library are almost always `%s`", want), fixes...)
}
