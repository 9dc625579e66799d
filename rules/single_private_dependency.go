package rules

import (
	"fmt"
	"path"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func singlePrivateDependency() *analysis.Rule {
	return &analysis.Rule{
		Name:     "single-private-dependency",
		Summary:  "with binaries, the public library depends on one private library only",
		Dialects: []string{"pants1"},
		Severity: analysis.Warning,
		YieldsTo: []string{"duplicate-target", "one-public-library", "binary-dependencies"},
		Check:    checkSinglePrivateDependency,
		Doc: `
In a package with binaries a private library holds the sources; the public library and the binaries depend on it alone.
So the public library can list the binaries in ` + "`with_binaries`" + ` without a circle, and library and binaries
cannot drift apart, since there is nothing else that one of them could depend on.

To mend it, move the sources and the dependencies to one private library, ` + "`_web`" + ` in ` + "`web/`" + `, and let
the public library and each binary depend on ` + "`:_web`" + `. There is no fix, since targets have to be merged. What
the binaries depend on is judged by binary-dependencies, and first: while that finds something, this rule is silent.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_web',
  sources = rglobs('*.py'),
)

python_library(
  name = 'web',
  dependencies = [
    ':_web',
    'src/main/python/org/app/util',
  ],
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':_web',
    'src/main/python/org/app/util',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_web',
  sources = rglobs('*.py'),
  dependencies = [
    'src/main/python/org/app/util',
  ],
)

python_library(
  name = 'web',
  dependencies = [
    ':_web',
  ],
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

func checkSinglePrivateDependency(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok || len(binaries(p)) == 0 {
		return
	}
	library := publicLibrary(p)
	if library == nil || !depsKnown(library) || onlyPrivate(p, library) {
		return
	}
	p.ReportAt(library, fieldSpan(library, "dependencies"), fmt.Sprintf(
		"beside binaries the public library depends on one private library alone, such as `:_%s`", path.Base(p.Dir)))
}

// onlyPrivate reports whether t depends on one private library of its package and on nothing else, or may do so.
func onlyPrivate(p *analysis.Pass, t *workspace.Target) bool {
	if len(t.Deps) == 0 || t.Deps[0].Address.Dir != p.Dir {
		return false
	}
	for _, d := range t.Deps[1:] {
		if d.Address != t.Deps[0].Address {
			return false
		}
	}
	dep := p.Package().Named(t.Deps[0].Address.Name)
	if dep == nil {
		return true // unresolved-dependency says so
	}
	return dep.IsPrivate() && (dep.Kind == nil || dep.Is(dialect.Library))
}
