package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func withBinariesDict() *analysis.Rule {
	return &analysis.Rule{
		Name:     "with-binaries-dict",
		Summary:  "`.with_binaries({…})` takes a dict, not keywords",
		Dialects: []string{"pants1"},
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Check:    checkWithBinariesDict,
		Doc: `
The name of a console script often holds a dash, which a keyword cannot. With a dict everywhere, adding such a script
is one line, and the scripts of a repository can be found by one search. A positional argument that is no dict is
silently ignored by Pants, so that its scripts are missing from the distribution.

The fix turns the keywords into a dict in place, with its comments. It is safe: Pants takes both alike.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = '1.0',
  ).with_binaries(
    web_server = ':web_server',
  ),
)
`,
		Good: `
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
`,
	}
}

func checkWithBinariesDict(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	for _, t := range p.Targets() {
		if t.Provides == nil {
			continue
		}
		for _, call := range t.Provides.With {
			checkWithBinariesCall(p, t, call)
		}
	}
}

func checkWithBinariesCall(p *analysis.Pass, t *workspace.Target, call *workspace.Call) {
	var keywords syntax.Span
	for _, a := range call.Args {
		switch a.Value.(type) {
		case *workspace.Dict, *workspace.Unknown, *workspace.Call:
		default:
			if a.Name == "" {
				p.ReportAt(t, a.Node.Span(), fmt.Sprintf("Pants ignores `%s`: `with_binaries` takes a dict",
					a.Value.Node().Text()))
			}
		}
		if a.Name != "" && a.Name != "*" && a.Name != "**" {
			keywords = cover(keywords, a.Node.Span())
		}
	}
	if keywords.Len() == 0 {
		return
	}
	node := call.Node()
	p.ReportAt(t, keywords, "`with_binaries` takes a dict: a keyword cannot hold the dash of a script's name",
		analysis.NewFix("Write a dict", analysis.Safe, func() []edit.Edit {
			return rewrite.KeywordsToDict(t.File.Path, node)
		}))
}

// cover returns the span from the start of a to the end of b; of b alone where a is empty.
func cover(a, b syntax.Span) syntax.Span {
	if a.Len() == 0 {
		return b
	}
	return syntax.Span{Start: a.Start, End: b.End}
}
