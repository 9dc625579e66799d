package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A nativeOptions says what holds native code and does not show it.
type nativeOptions struct {
	Compiled []string `toml:"compiled" doc:"third-party projects that hold compiled code"`
}

func nativeBinaryPlatforms() *analysis.Rule {
	return &analysis.Rule{
		Name:     "native-binary-platforms",
		Summary:  "a binary that reaches native code says for which platforms it is built",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Options:  &nativeOptions{Compiled: compiledProjects()},
		Check:    checkNativeBinaries,
		Doc: `
A PEX of Python alone runs wherever there is an interpreter. With native code in it, it runs where it was built: one
that a developer's machine made does not start on the server, and one that CI made does not on the developer's.

Native code is a source in C, C++, Cython, Rust or the like, an extension module, a target of another language, and a
third-party project that the option ` + "`compiled`" + ` names. Its default holds widely used projects that do not work
without their compiled part; yours replaces it. The finding shows how the binary gets there.

To mend it, give the binary its ` + "`platforms`" + `. There is no fix, since they are not known.`,
		Bad: `
-- src/cpp/fast/BUILD --
ctypes_compatible_cpp_library(
  name = 'fast',
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/cpp/fast',
  ],
)

python_binary(
  name = 'server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':web',
  ],
)
`,
		Good: `
-- src/cpp/fast/BUILD --
ctypes_compatible_cpp_library(
  name = 'fast',
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/cpp/fast',
  ],
)

python_binary(
  name = 'server',
  entry_point = 'org.app.web.main',
  platforms = [
    'current',
    'linux_x86_64',
  ],
  dependencies = [
    ':web',
  ],
)
`,
	}
}

func checkNativeBinaries(p *analysis.Pass) {
	for _, t := range p.Targets() {
		if takesPlatforms(t) && !givesPlatforms(t) && !t.Open && t.Name != "" {
			checkNativeBinary(p, t)
		}
	}
}

// platformFields are what build tools call the field, the first for messages.
func platformFields() []string {
	return []string{"platforms", "complete_platforms", "resolve_local_platforms"}
}

// takesPlatforms reports whether a target is a Python binary that can say for which platforms it is built.
func takesPlatforms(t *workspace.Target) bool {
	return t.Is(dialect.Binary) && t.Kind.IsPython() && t.Kind.Field(platformFields()[0]) != nil
}

func givesPlatforms(t *workspace.Target) bool {
	for _, name := range platformFields() {
		if f := t.Field(name); f != nil && !isEmpty(f.Value) {
			return true
		}
	}
	return false
}

func checkNativeBinary(p *analysis.Pass, t *workspace.Target) {
	for _, s := range reachable(p, t.Address(), nowhere) {
		native := compiledIn(p, s, p.Options.(*nativeOptions).Compiled)
		if native == "" {
			continue
		}
		p.Report(analysis.Diagnostic{
			Location: analysis.Location{Path: t.File.Path, Span: t.Head()}, Target: t.Address().String(),
			Message: fmt.Sprintf("the binary `%s` reaches native code, %s (%s): say for which platforms it is built by `%s`",
				t.Name, native, s.path(), platformFields()[0]),
			Related: s.related(),
		})
		return
	}
}
