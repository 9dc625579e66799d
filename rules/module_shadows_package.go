package rules

import (
	"fmt"
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func moduleShadowsPackage() *analysis.Rule {
	return &analysis.Rule{
		Name:     "module-shadows-package",
		Summary:  "a module that has the name of the package around it, or beside it",
		Severity: analysis.Warning,
		Sources:  true,
		Check:    checkModuleShadows,
		Doc: `
With a ` + "`harpoon/harpoon.py`" + `, ` + "`import harpoon`" + ` is one thing or the other: the directory of the script
that is run comes first in the path, so a script in the package gets the module where all others get the package. In
Python 2 each module of the package does. What then fails is an import of something else, far away.

With a ` + "`web.py`" + ` beside a package ` + "`web/`" + `, the package is what is imported, and the module cannot
be.

The first is looked for in the packages directly below a source root, which are those that are imported by one name. To
mend it, rename the module. There is no fix, since whoever imports it has to be changed as well.`,
		Bad: `
-- src/main/python/harpoon/BUILD --
python_library(
  name = 'harpoon',
  sources = rglobs('*.py'),
)
-- src/main/python/harpoon/__init__.py --
-- src/main/python/harpoon/harpoon.py --
`,
		Good: `
-- src/main/python/harpoon/BUILD --
python_library(
  name = 'harpoon',
  sources = rglobs('*.py'),
)
-- src/main/python/harpoon/__init__.py --
-- src/main/python/harpoon/executor.py --
`,
	}
}

func checkModuleShadows(p *analysis.Pass) {
	root, ok := p.RootOf(p.Dir)
	if !ok || root.Language != dialect.Python || root.Category == dialect.ThirdPartyRoot {
		return
	}
	isTop := p.Dir != root.Dir && path.Dir(workspace.Relative(p.Dir, root.Dir)) == "." &&
		p.Stat(path.Join(p.Dir, "__init__.py")) == filetree.File
	for _, file := range pythonFiles(p) {
		stem := strings.TrimSuffix(file, ".py")
		switch {
		case isTop && path.Base(stem) == path.Base(p.Dir):
			reportFile(p, file, fmt.Sprintf("`%s` has the name of its package: a script in `%s` that imports `%s` gets it "+
				"instead of the package", path.Base(file), p.Dir, path.Base(stem)))
		case p.Stat(stem+"/__init__.py") == filetree.File:
			reportFile(p, file, fmt.Sprintf("`%s` cannot be imported: the package `%s` beside it has its name",
				path.Base(file), stem))
		}
	}
}
