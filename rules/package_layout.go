package rules

import (
	"fmt"
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// A layoutOptions says where BUILD files lie.
type layoutOptions struct {
	Depth int `toml:"depth" doc:"the level below the source root at which BUILD files lie; 0 for any"`
}

func packageLayout() *analysis.Rule {
	return &analysis.Rule{
		Name:     "package-layout",
		Summary:  "a BUILD file that does not lie at the third level below a source root",
		Dialects: []string{"pants1"},
		Severity: analysis.Warning,
		Options:  &layoutOptions{Depth: 3},
		YieldsTo: []string{"duplicate-target"},
		Check:    checkPackageLayout,
		Doc: `
One BUILD file per directory at the third level below the source root: ` + "`org/app/web/BUILD`" + `, and none in the
directories above and below it. So every module has one obvious owner, a package of the code is a package of the build,
and what it is called in Python, in the build and on the package index is the same.

To mend it, move the targets to the BUILD file of the third-level directory, whose ` + "`rglobs('*.py')`" + ` reaches
the modules further down, and correct the addresses that refer to them. There is no fix, since what becomes of the
targets is a decision. What else would be said of the package is left unsaid while it lies at the wrong place.

All BUILD files of one directory (BUILD, BUILD.tools) count as one. The option ` + "`depth`" + ` is the level; 0 allows
any.`,
		Bad: `
-- src/main/python/org/app/web/handlers/BUILD --
python_library(
  name = 'handlers',
  sources = rglobs('*.py'),
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

func checkPackageLayout(p *analysis.Pass) {
	depth := p.Options.(*layoutOptions).Depth
	rel, ok := conventional(p, p.Dir)
	if !ok || depth == 0 || levels(rel) == depth || len(p.Package().Files) == 0 {
		return
	}
	message := fmt.Sprintf("BUILD files lie at level %d below the source root: this one lies at level %d", depth,
		levels(rel))
	if levels(rel) > depth {
		parts := strings.Split(rel, "/")
		message += fmt.Sprintf(" and belongs in `%s`", path.Join(parts[:depth]...))
	}
	p.Report(analysis.Diagnostic{
		Location: analysis.Location{Path: p.Package().Files[0].Path},
		Message:  message,
	})
}

// levels returns the number of components of a path.
func levels(rel string) int {
	if rel == "" {
		return 0
	}
	return strings.Count(rel, "/") + 1
}
