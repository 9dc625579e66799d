package rules

import (
	"fmt"
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A distributionOptions says where a distribution is provided and where its code lies. {org} is the first part of its
// name, {sub} the rest, {name} all of it, {module} all of it with slashes for dashes and dots.
type distributionOptions struct {
	Organisation string `toml:"organisation" doc:"the first part of each name; empty for what stands before the dash"`
	Directory    string `toml:"directory" doc:"the directory of the BUILD file, with {name}, {org}, {sub} and {module}"`
	Code         string `toml:"code" doc:"the directory of the code, with {name}, {org}, {sub} and {module}"`
}

func distributionLayout() *analysis.Rule {
	return &analysis.Rule{
		Name:     "distribution-layout",
		Summary:  "a distribution is provided by the directory that it is named for, and its code lies below it",
		Severity: analysis.Warning,
		Options:  &distributionOptions{Directory: "{sub}", Code: "{sub}/{module}"},
		Check:    checkDistributionLayout,
		Doc: `
In a repository of many distributions the name says where to look: ` + "`walt-client-g5k`" + ` is provided by the
BUILD file of ` + "`client-g5k`" + `, and its code lies in ` + "`client-g5k/walt/client/g5k`" + `.

The options ` + "`directory`" + ` and ` + "`code`" + ` are templates of paths from the root of the repository:
` + "`{name}`" + ` is the distribution's name, ` + "`{org}`" + ` what stands before its first dash (the option
` + "`organisation`" + ` says it for all), ` + "`{sub}`" + ` what stands behind it, and ` + "`{module}`" + ` the whole
name with slashes for dashes and dots. An empty template is not held against anything. Names without a dash are left
alone unless ` + "`organisation`" + ` is set.

There is no fix: either the name is wrong or the place.`,
		Bad: `
-- client/BUILD --
python_library(
  provides = setup_py(name = 'org-web-client', version = version()),
)
-- client/org/client/__init__.py --
`,
		Good: `
-- client/BUILD --
python_library(
  provides = setup_py(name = 'org-client', version = version()),
)
-- client/org/client/__init__.py --
`,
	}
}

func checkDistributionLayout(p *analysis.Pass) {
	options := p.Options.(*distributionOptions)
	for _, t := range p.Targets() {
		if name := t.Distribution(); name != "" {
			checkLayout(p, t, name, options)
		}
	}
}

func checkLayout(p *analysis.Pass, t *workspace.Target, name string, o *distributionOptions) {
	place := t.Provides.Name.Node().Span()
	org, sub, ok := strings.Cut(name, "-")
	if o.Organisation != "" {
		if sub, ok = strings.CutPrefix(name, o.Organisation+"-"); !ok {
			p.ReportAt(t, place, fmt.Sprintf("the name of a distribution begins with `%s-`, not so `%s`", o.Organisation, name))
			return
		}
		org = o.Organisation
	}
	if !ok {
		return
	}
	expand := strings.NewReplacer("{name}", name, "{org}", org, "{sub}", sub,
		"{module}", strings.NewReplacer("-", "/", ".", "/").Replace(name)).Replace
	checkPlaces(p, t, place, name, expand(o.Directory), expand(o.Code))
}

// checkPlaces reports a distribution that is provided elsewhere, or else one whose code is not where it is to be.
func checkPlaces(p *analysis.Pass, t *workspace.Target, place syntax.Span, name, directory, code string) {
	if directory != "" && path.Clean(directory) != path.Clean("./"+p.Dir) {
		p.ReportAt(t, place, fmt.Sprintf("`%s` is provided by the BUILD file of `%s`: name it for this directory, or move it",
			name, directory))
		return
	}
	if code != "" && p.Stat(path.Clean(code)) != filetree.Dir && p.Stat(path.Clean(code)+".py") == filetree.Absent {
		p.ReportAt(t, place, fmt.Sprintf("the code of `%s` lies in `%s`, which is not there", name, path.Clean(code)))
	}
}
