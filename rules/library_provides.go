package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func libraryProvides() *analysis.Rule {
	return &analysis.Rule{
		Name:     "library-provides",
		Summary:  "the public library provides a `setup_py`",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Options:  &versionOptions{},
		YieldsTo: []string{"duplicate-target", "package-layout", "one-public-library"},
		Check:    checkLibraryProvides,
		Doc: `
What others depend on is what can be published: each public library provides a distribution, so that the boundaries of
the build are those of what is shipped, and nothing that is shipped depends on something that is not.

In Pants v2 the distribution is a target of its own. Where a package has binaries, its public library belongs to a
` + "`python_distribution`" + ` of the package or of one above it below the source root; and one beside the public
library that depends on nothing publishes nothing.

The fix adds a ` + "`setup_py`" + ` with the package's name and with the version as the repository's other packages
write it, or as the option ` + "`expression`" + ` says. It is offered only where one of them is known. It is unsafe,
since it adds something to publish. Suppress the rule at a library that is never to be published, with the reason.`,
		Bad: `
-- src/main/python/org/app/util/BUILD --
import os

python_library(
  name = 'util',
  sources = rglobs('*.py'),
  provides = setup_py(
    name = 'org.app.util',
    version = open(os.path.join(get_buildroot(), '.version')).read().strip(),
  ),
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
import os

python_library(
  name = 'web',
  sources = rglobs('*.py'),
  provides = setup_py(
    name = 'org.app.web',
    version = open(os.path.join(get_buildroot(), '.version')).read().strip(),
  ),
)
`,
	}
}

func checkLibraryProvides(p *analysis.Pass) {
	if p.Dialect().Name == "pants2" {
		checkDistributed(p)
		return
	}
	rel, ok := conventional(p, p.Dir)
	if !ok {
		return
	}
	t := publicLibrary(p)
	if t == nil || t.Open || t.FieldOf(dialect.ProvidesField) != nil {
		return
	}
	p.ReportAt(t, t.Head(), fmt.Sprintf("the public library `%s` provides no `setup_py`", t.Name),
		analysis.NewFix("Add `provides`", analysis.Unsafe, func() []edit.Edit { return addProvides(p, t, dotted(rel)) }))
}

// addProvides adds a setup_py to a library. It needs to know how the version is written.
func addProvides(p *analysis.Pass, t *workspace.Target, name string) []edit.Edit {
	version := versionExpression(p)
	if version == "" {
		return nil
	}
	style := rewrite.StyleOf(t.File.Syntax)
	equals := "="
	if style.SpacedEquals {
		equals = " = "
	}
	text := fmt.Sprintf("setup_py(\n%[1]sname%[2]s%[3]s,\n%[1]sversion%[2]s%[4]s,\n)", style.Indent, equals,
		rewrite.Quote(name, style), version)
	edits := rewrite.AddArg(t.File.Path, t.Node(), "provides", text, "")
	return append(edits, importsFor(t.File, version)...)
}
