package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func providesName() *analysis.Rule {
	return &analysis.Rule{
		Name:     "provides-name",
		Summary:  "a distribution is named as the dotted path of its package",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		YieldsTo: []string{"package-layout"},
		Check:    checkProvidesName,
		Doc: `
A distribution that is named as its package can be found from an import, and the other way round; two packages cannot
claim one name.

The fix writes the dotted path of the directory below the source root. It is unsafe, since it changes what is
published.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'app-web',
    version = '1.0',
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
  ),
)
`,
	}
}

func checkProvidesName(p *analysis.Pass) {
	rel, ok := conventional(p, p.Dir)
	if !ok || rel == "" {
		return
	}
	for _, t := range p.Targets() {
		if t.Provides != nil && t.Kind.IsPython() {
			checkDistributionName(p, t, dotted(rel))
		}
	}
}

func checkDistributionName(p *analysis.Pass, t *workspace.Target, want string) {
	provides := t.Provides
	if provides.Name == nil {
		if !provides.Call.Unpacks() {
			p.ReportAt(t, provides.Call.NameSpan(), fmt.Sprintf("the distribution has no name: it is `%s`", want))
		}
		return
	}
	s, ok := provides.Name.(*workspace.String)
	if !ok || s.Text == want {
		return
	}
	var fixes []analysis.Fix
	if s.IsLiteral() {
		fixes = append(fixes, analysis.Fixed(fmt.Sprintf("Name it `%s`", want), analysis.Unsafe,
			analysis.ReplaceString(t.File.Path, s.Literal, want)))
	}
	p.ReportAt(t, s.Node().Span(), fmt.Sprintf("the distribution is named as its package: `%s`, not `%s`", want, s.Text),
		fixes...)
}
