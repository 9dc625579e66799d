package rules

import (
	"fmt"
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func unmatchedGlob() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unmatched-glob",
		Summary:  "a source or a pattern of sources that matches no file",
		Severity: analysis.Warning,
		Check:    checkUnmatchedGlob,
		YieldsAt: []string{"suspicious-glob", "implicit-concatenation"},
		Doc: `
A file that was moved away leaves its name behind, and Pants only warns about it in the middle of a log. What is left
is a target that looks as if it held something.

To mend it, remove the pattern, or the target if nothing is left of it; or correct the name. There is no fix, since
what was meant is not known. Only sources that are written out are judged, never a kind's default. A file that is not
checked out counts as there; so does what .gitignore names, since a build makes it; ` + "`allow_empty = True`" + ` says
that nothing need be there. Switch the rule off for packages whose sources are generated into the source tree.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py', 'handlers.py'],
)
-- src/main/python/org/app/web/main.py --
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py'],
)
-- src/main/python/org/app/web/main.py --
`,
	}
}

func checkUnmatchedGlob(p *analysis.Pass) {
	for _, t := range p.Targets() {
		if t.Sources == nil || !t.Sources.Written {
			continue
		}
		for _, pattern := range t.Sources.Include {
			if pattern.Value == nil || pattern.Optional || matches(p, pattern) {
				continue
			}
			if p.Dialect().Grammar.Labels && isMade(p, t, pattern) {
				continue
			}
			p.ReportAt(t, pattern.Value.Node().Span(), unmatched(pattern))
		}
	}
}

func matches(p *analysis.Pass, pattern workspace.Pattern) bool {
	if pattern.IsGlob() {
		return p.Matches(p.Dir, pattern.Glob) || p.Sparse(p.Dir) || p.Ignored(path.Join(p.Dir, likely(pattern.Glob)))
	}
	state := p.Stat(path.Join(p.Dir, pattern.Value.Text))
	return state == filetree.File || state == filetree.Unknown || p.Ignored(path.Join(p.Dir, likely(pattern.Value.Text)))
}

// likely returns a file that a pattern matches, for to ask whether git ignores it: then a build makes it, and it is not
// expected in a checkout.
func likely(glob string) string {
	if strings.HasSuffix(glob, "/") {
		glob += "x"
	}
	glob = strings.ReplaceAll(glob, "**/", "")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("*?[]{},", r) {
			return 'x'
		}
		return r
	}, glob)
}

// isMade reports whether what stands for a file is a target of the package, or may be one or what one makes.
func isMade(p *analysis.Pass, t *workspace.Target, pattern workspace.Pattern) bool {
	name := pattern.Value.Text
	if pattern.Func != "" {
		return false
	}
	facts := p.Facts()
	return !t.Package.Complete() || !facts.Named(name).IsZero() ||
		isOutput(p, facts, workspace.Address{Dir: p.Dir, Name: name})
}

func unmatched(pattern workspace.Pattern) string {
	if pattern.IsGlob() {
		return fmt.Sprintf("no file matches `%s`", pattern.Value.Text)
	}
	return fmt.Sprintf("there is no file `%s`", pattern.Value.Text)
}
