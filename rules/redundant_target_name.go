package rules

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func redundantTargetName() *analysis.Rule {
	return &analysis.Rule{
		Name:     "redundant-target-name",
		Summary:  "an address says more than it needs: `path/x:x` for `path/x`, `this/package:x` for `:x`",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		YieldsAt: []string{"duplicate-dependency", "unresolved-dependency"},
		Check:    checkRedundantTargetName,
		Doc: `
An address has one shortest spelling, and a repository that keeps to it can be searched: whoever looks for the users of
` + "`src/main/python/org/app/util`" + ` finds all of them. Of a target that is named as its directory the name is left
out; a target of the same package is named by ` + "`:name`" + ` alone.

The fix shortens the address. Third-party targets, ` + "`3rdparty/python:mock`" + `, keep their name, since it is not
the directory's.`,
		Bad: `
-- src/main/python/org/app/util/BUILD --
python_library(
  name = 'util',
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_web',
)
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/util:util',
    'src/main/python/org/app/web:_web',
  ],
)
`,
		Good: `
-- src/main/python/org/app/util/BUILD --
python_library(
  name = 'util',
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_web',
)
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/util',
    ':_web',
  ],
)
`,
	}
}

func checkRedundantTargetName(p *analysis.Pass) {
	for _, t := range p.Targets() {
		for _, d := range t.Deps {
			if d.Err == nil && d.Whole() {
				checkSpelling(p, t, d.Value, d.Address)
			}
		}
		if t.Provides == nil {
			continue
		}
		for _, b := range t.Provides.Binaries {
			if s, ok := b.Value.(*workspace.String); ok && b.Err == nil {
				checkSpelling(p, t, s, b.Address)
			}
		}
	}
}

// checkSpelling reports an address that is longer than it needs to be. Where it is a constant's value, it is the
// constant's business.
func checkSpelling(p *analysis.Pass, t *workspace.Target, s *workspace.String, a workspace.Address) {
	short := p.Dialect().From(a, p.Dir)
	if a.Dir != p.Dir {
		short = strings.TrimSuffix(s.Text, ":"+a.Name) // `//a:a` and `./a:a` keep their starts
	}
	if !s.IsLiteral() || !redundant(p.Dialect(), s.Text, p.Dir, a) {
		return
	}
	if again, err := p.Dialect().ParseLabel(short, p.Dir); err != nil || again != (dialect.Label{Address: a}) {
		return // without its name it would be another
	}
	p.ReportAt(t, s.Node().Span(), fmt.Sprintf("the name is redundant: `%s` is `%s`", s.Text, short),
		analysis.Fixed(fmt.Sprintf("Write `%s`", short), analysis.Safe,
			analysis.ReplaceString(t.File.Path, s.Literal, short)))
}

// redundant reports whether an address repeats the directory's name, or names the directory that it stands in.
func redundant(d *dialect.Dialect, text, dir string, a workspace.Address) bool {
	if strings.HasPrefix(text, ":") {
		return false
	}
	if a.Dir == dir && dir != "" {
		return strings.Contains(text, ":") // `this/package` alone names the public library, as others do
	}
	return !d.Grammar.Named && a.IsDefault() && strings.HasSuffix(text, ":"+a.Name)
}
