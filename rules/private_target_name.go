package rules

import (
	"fmt"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A privateNameOptions says which targets may be named as they like.
type privateNameOptions struct {
	ExemptKinds []string `toml:"exempt-kinds" doc:"the kinds of targets that need no underscore"`
}

func privateTargetName() *analysis.Rule {
	return &analysis.Rule{
		Name:     "private-target-name",
		Summary:  "every target but the public library and the binaries starts with `_`",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		Options:  &privateNameOptions{ExemptKinds: []string{"python_binary", "python_app", "python_awslambda"}},
		YieldsTo: []string{"one-public-library"},
		Check:    checkPrivateTargetName,
		Doc: `
A package has one public library; every other target is there for its neighbours and says so by an underscore. So a
reader sees what others may depend on, and what can be changed without asking.

The fix renames the target, and what refers to it, in every BUILD file. It is unsafe, since somebody may build it by
name. The option ` + "`exempt-kinds`" + ` lists the kinds that need no underscore: those of binaries. In Pants v2
only libraries, resources and what generates code beside a public library are held to it: tests, distributions and
requirements are named by people who build them.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    ':assets',
  ],
)

resources(
  name = 'assets',
  sources = rglobs('*.css'),
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    ':_assets',
  ],
)

resources(
  name = '_assets',
  sources = rglobs('*.css'),
)
`,
	}
}

func checkPrivateTargetName(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	exempt := p.Options.(*privateNameOptions).ExemptKinds
	for _, t := range p.Targets() {
		if mayBePublic(t) || slices.Contains(exempt, t.Kind.Name) || p.Dialect().Infers && !isSupply(p, t) {
			continue
		}
		p.Report(analysis.Diagnostic{
			Location: headLocation(t),
			Target:   p.Dialect().Spell(t.Address()),
			Message:  fmt.Sprintf("only the public library is public: name this one `_%s`", t.Name),
			Fixes:    renameFix(p, t, "_"+t.Name),
		})
	}
}

// isSupply reports whether t is there for a library beside it: it holds files of that.
func isSupply(p *analysis.Pass, t *workspace.Target) bool {
	return (t.Is(dialect.Library) || t.Is(dialect.Resource) || t.Is(dialect.Generated)) && len(publicLibraries(p)) > 0
}

// mayBePublic reports whether a target needs no underscore, has one, or is not known well enough to tell.
func mayBePublic(t *workspace.Target) bool {
	return t.Kind == nil || t.Name == "" || t.Implicit || t.IsPrivate() || isPublicLibrary(t)
}
