package rules

import (
	"fmt"
	"path"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func onePublicLibrary() *analysis.Rule {
	return &analysis.Rule{
		Name:     "one-public-library",
		Summary:  "a package has exactly one library without `_`",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		YieldsTo: []string{"duplicate-target", "package-layout"},
		Check:    checkOnePublicLibrary,
		Doc: `
Each BUILD file exports one library, which others depend on; every other target is private and starts with
` + "`_`" + `. So whoever depends on a directory knows what to name, and whoever changes a BUILD file knows what others
rely on.

The fix makes the others private: it renames them, and what refers to them, in every BUILD file. It is unsafe, since
somebody may build them by name. Of several libraries the one that is named as the directory stays. Where there is
none, there is no fix: add a library that is named as the directory and depends on the private ones. In Pants v2 a
package may have none.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py'],
  dependencies = [
    ':templates',
  ],
)

python_library(
  name = 'templates',
  sources = ['templates.py'],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py'],
  dependencies = [
    ':_templates',
  ],
)

python_library(
  name = '_templates',
  sources = ['templates.py'],
)
`,
	}
}

func checkOnePublicLibrary(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	libraries := publicLibraries(p)
	switch {
	case len(libraries) == 1:
	case len(libraries) > 1:
		reportExtraLibraries(p, libraries)
	case p.Dialect().Infers: // a package of tests or requirements alone lies below a source root, too
	case p.Package().Complete() && len(p.Package().Files) > 0:
		p.Report(analysis.Diagnostic{
			Location: analysis.Location{Path: p.Package().Files[0].Path},
			Message: fmt.Sprintf("no library is public: add a `python_library` named `%s` for others to depend on",
				path.Base(p.Dir)),
		})
	}
}

// reportExtraLibraries reports all public libraries but the one that is named as the directory, else the first.
func reportExtraLibraries(p *analysis.Pass, libraries []*workspace.Target) {
	public := publicLibrary(p)
	if public == nil {
		public = libraries[0]
	}
	for _, t := range libraries {
		if t == public {
			continue
		}
		p.Report(analysis.Diagnostic{
			Location: headLocation(t),
			Target:   p.Dialect().Spell(t.Address()),
			Message: fmt.Sprintf("`%s` is a second public library beside `%s`: name it `_%s` or move it elsewhere", t.Name,
				public.Name, t.Name),
			Related: []analysis.Related{related(public.File.Path, public.Head(), "the public library")},
			Fixes:   renameFix(p, t, "_"+t.Name),
		})
	}
}
