package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func binaryName() *analysis.Rule {
	return &analysis.Rule{
		Name:     "binary-name",
		Summary:  "a binary is named as its console script",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		YieldsTo: []string{"duplicate-target"},
		Check:    checkBinaryName,
		Doc: `
The name of a binary's target is what the PEX is called, without ` + "`.pex`" + `; the key in ` + "`with_binaries`" + `
is what the console script is called that an installed distribution brings. One program has one name, however it is
shipped.

The fix renames the binary, and what refers to it, in every BUILD file. It is unsafe, since the PEX gets another name.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = '1.0',
  ).with_binaries({
    'web-server': ':server',
  }),
)

python_binary(
  name = 'server',
  entry_point = 'org.app.web.main',
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
    'web-server': ':web-server',
  }),
)

python_binary(
  name = 'web-server',
  entry_point = 'org.app.web.main',
)
`,
	}
}

func checkBinaryName(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	scripts := scriptsOf(p.Targets())
	for _, t := range binaries(p) {
		listed := scripts[t.Address()]
		if len(listed) == 0 || contains(listed, t.Name) {
			continue
		}
		first := listed[0]
		p.Report(analysis.Diagnostic{
			Location: headLocation(t),
			Target:   p.Dialect().Spell(t.Address()),
			Message:  fmt.Sprintf("the binary is named as its console script: `%s`, not `%s`", first.Script, t.Name),
			Related:  []analysis.Related{related(first.path, first.Span, "the console script")},
			Fixes:    renameFix(p, t, first.Script),
		})
	}
}

// A script is an entry of with_binaries with the file that it stands in.
type script struct {
	workspace.ProvidedBinary
	path string
}

// scriptsOf returns the entries of with_binaries by the binary that they name.
func scriptsOf(targets []*workspace.Target) map[workspace.Address][]script {
	scripts := map[workspace.Address][]script{}
	for _, t := range targets {
		if t.Provides == nil {
			continue
		}
		for _, b := range t.Provides.Binaries {
			if b.Err == nil && b.Script != "" && !b.Address.IsZero() {
				scripts[b.Address] = append(scripts[b.Address], script{b, t.File.Path})
			}
		}
	}
	return scripts
}

func contains(scripts []script, name string) bool {
	for _, s := range scripts {
		if s.Script == name {
			return true
		}
	}
	return false
}
