package rules

import (
	"fmt"
	"path"

	"github.com/buildlint/buildlint/analysis"
)

func publicLibraryName() *analysis.Rule {
	return &analysis.Rule{
		Name:     "public-library-name",
		Summary:  "the public library is named as its directory",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		YieldsTo: []string{"package-layout", "one-public-library"},
		Check:    checkPublicLibraryName,
		Doc: `
A library that is named as its directory is referred to by the directory alone, without a ` + "`:`" + `. So an address
says where the code lies, and nothing else has to be remembered.

The fix renames the library, and what refers to it, in every BUILD file. It is unsafe, since somebody may build it by
name.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'lib',
  sources = rglobs('*.py'),
)
-- src/main/python/org/app/admin/BUILD --
python_library(
  name = 'admin',
  dependencies = [
    'src/main/python/org/app/web:lib',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
)
-- src/main/python/org/app/admin/BUILD --
python_library(
  name = 'admin',
  dependencies = [
    'src/main/python/org/app/web',
  ],
)
`,
	}
}

func checkPublicLibraryName(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	t := publicLibrary(p)
	if t == nil || t.Name == path.Base(p.Dir) {
		return
	}
	p.Report(analysis.Diagnostic{
		Location: headLocation(t),
		Target:   p.Dialect().Spell(t.Address()),
		Message:  fmt.Sprintf("the public library is named as its directory: `%s`, not `%s`", path.Base(p.Dir), t.Name),
		Fixes:    renameFix(p, t, path.Base(p.Dir)),
	})
}
