package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func providesVersion() *analysis.Rule {
	return &analysis.Rule{
		Name:     "provides-version",
		Summary:  "the version of a distribution comes from the one place that the repository keeps it in",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Options:  &versionOptions{},
		YieldsTo: []string{"package-layout"},
		Check:    checkProvidesVersion,
		Doc: `
The distributions of a repository are released together and depend on each other. A version that is written out in a
BUILD file is the one that is forgotten at the next release.

With the option ` + "`expression`" + ` each version is that expression, such as
` + "`open(os.path.join(get_buildroot(), '.auroraversion')).read().strip().upper()`" + `, whatever its quotes and line
breaks. Without it, a literal is a finding.

The fix writes the option's expression, else the one that most packages of the repository use, and imports
` + "`os`" + ` where that needs it. It is unsafe, since it may change the version.`,
		Bad: `
-- src/main/python/org/app/util/BUILD --
import os

python_library(
  name = 'util',
  provides = setup_py(
    name = 'org.app.util',
    version = open(os.path.join(get_buildroot(), '.version')).read().strip(),
  ),
)
-- src/main/python/org/app/web/BUILD --
import os

python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = '0.22.0',
  ),
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
import os

python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = open(os.path.join(get_buildroot(), '.version')).read().strip(),
  ),
)
`,
	}
}

func checkProvidesVersion(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	for _, t := range p.Targets() {
		if t.Provides != nil && t.Kind.IsPython() {
			checkVersion(p, t)
		}
	}
}

func checkVersion(p *analysis.Pass, t *workspace.Target) {
	version := t.Provides.Version
	if version == nil {
		if !t.Provides.Call.Unpacks() && !t.Is(dialect.Distribution) { // a plugin may give it
			p.ReportAt(t, t.Provides.Call.NameSpan(), "the distribution has no version")
		}
		return
	}
	node := version.Node()
	want := p.Options.(*versionOptions).Expression
	switch version.(type) {
	case *workspace.String, *workspace.Const:
	case *workspace.Call:
		if want == "" || sameExpression(node.Text(), want) {
			return
		}
	default:
		return
	}
	message := fmt.Sprintf("the version %s is written out: read it from the one place that the repository keeps it in",
		node.Text())
	if want != "" {
		message = fmt.Sprintf("the version is to be `%s`", want)
	}
	p.ReportAt(t, node.Span(), message, analysis.NewFix("Read the version from its one place", analysis.Unsafe,
		func() []edit.Edit { return replaceVersion(p, t, node) }))
}

func replaceVersion(p *analysis.Pass, t *workspace.Target, node syntax.Node) []edit.Edit {
	expression := versionExpression(p)
	if expression == "" {
		return nil
	}
	edits := rewrite.ReplaceExpr(t.File.Path, node, expression)
	return append(edits, importsFor(t.File, expression)...)
}
