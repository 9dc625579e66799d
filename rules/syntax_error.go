package rules

import (
	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func syntaxError() *analysis.Rule {
	return &analysis.Rule{
		Name:     "syntax-error",
		Summary:  "the build tool cannot read the file either",
		Severity: analysis.Error,
		Check:    checkSyntaxError,
		Doc: `
The build tool stops at the first BUILD file that it cannot read, whatever was asked of it: one missing comma takes the
whole repository down. The message names the place where the mistake is rather than the place where reading stopped; a
merge conflict that was not resolved is told of as one.

What else is wrong in the file is still found, as far as it can be read. Rules that say that something is absent from a
package are silent there, since it may stand in the part that cannot be read.

A file of more than four million tokens, some ten megabytes of targets, is not read either, and told of: reading it
would take gigabytes.

There is no fix: what was meant is the author's to say. Do not switch this rule off; exclude files that are no BUILD
files of the build tool with ` + "`exclude`" + ` in buildlint.toml.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py',
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

func checkSyntaxError(p *analysis.Pass) {
	for _, f := range p.Package().Files {
		for _, e := range f.Syntax.Errors {
			p.Report(syntaxDiagnostic(f, e))
		}
	}
}

func syntaxDiagnostic(f *workspace.BuildFile, e syntax.Error) analysis.Diagnostic {
	d := analysis.Diagnostic{
		Location: analysis.Location{Path: f.Path, Span: e.Span},
		Message:  e.Message,
	}
	for _, r := range e.Related {
		d.Related = append(d.Related, related(f.Path, r.Span, r.Message))
	}
	return d
}

func related(path string, span syntax.Span, message string) analysis.Related {
	return analysis.Related{Location: analysis.Location{Path: path, Span: span}, Message: message}
}
