package rules

import (
	"fmt"
	"maps"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/nearest"
)

func unknownTargetType() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unknown-target-type",
		Summary:  "a call of something that is neither defined, loaded nor built in",
		Severity: analysis.Error,
		Check:    checkUnknownTargetType,
		Doc: `
A BUILD file that calls what is not there cannot be read by the build tool, and none of its targets can be built.
The message suggests the nearest name of the kinds of targets.

In Bazel all names are known: a name is built in, loaded or defined. What another rule set provides has to be loaded.
Elsewhere plugins and preludes may provide any name, so that a finding needs a kind whose name differs in one letter.

To mend it, correct the name or load it. There is no fix, since the nearest name is a guess.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_librry(
  name = 'web',
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
)
`,
	}
}

func checkUnknownTargetType(p *analysis.Pass) {
	pkg := p.Package()
	if pkg == nil {
		return
	}
	for _, c := range pkg.Undefined {
		if message := undefined(p, c.Name); message != "" {
			p.Report(analysis.Diagnostic{
				Location: analysis.Location{Path: c.File.Path, Span: c.Span}, Message: message,
			})
		}
	}
}

// undefined says what is wrong with a name that a file calls and does not define, "" if something else may define it.
func undefined(p *analysis.Pass, name string) string {
	d := p.Dialect()
	switch kind := d.Kinds[name]; {
	case kind != nil && kind.Loaded && definesAll(p):
		return fmt.Sprintf("`%s` is not loaded", name)
	case kind != nil:
		return ""
	}
	near, ok := nearest.Of(name, maps.Keys(d.Kinds))
	switch {
	case ok && (definesAll(p) || isTypo(name, near)):
		return fmt.Sprintf("`%s` is not defined: did you mean `%s`?", name, near)
	case definesAll(p):
		return fmt.Sprintf("`%s` is not defined", name)
	}
	return ""
}

// definesAll reports whether a file of the workspace defines or loads all names that are not built in: there is no
// prelude. It is so in Bazel alone.
func definesAll(p *analysis.Pass) bool {
	return p.Dialect().Name == dialect.BazelName && p.Stat(dialect.BazelPrelude) == filetree.Absent
}

// isTypo reports whether two names are long and differ in one letter, which is no digit or underscore and does not make
// a plural.
func isTypo(a, b string) bool {
	const long = 8
	if len(a) < long || len(b) < long || a+"s" == b || b+"s" == a {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 && isLetters(a) && isLetters(b) ||
		len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0] && isLetters(a)
}

func isLetters(s string) bool {
	for _, c := range []byte(s) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
