package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A scriptOptions says which distributions hold no scripts.
type scriptOptions struct {
	Distributions []string `toml:"distributions" format:"glob" doc:"patterns of the names of distributions that it is for"`
}

func noShellScripts() *analysis.Rule {
	return &analysis.Rule{
		Name:     "no-shell-scripts",
		Summary:  "a distribution defines Python console scripts only",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Options:  &scriptOptions{Distributions: []string{"*"}},
		Check:    checkNoShellScripts,
		Doc: `
A shell script in a distribution runs where its shell, and what it calls, happens to be: not on Windows, and not in a
virtual environment that is not active. A console script is a function, and is tested as one.

The names in ` + "`scripts`" + ` of a distribution are findings, and binaries that it lists and that are not of Python.
The option ` + "`distributions`" + ` says which distributions it holds for. There is no fix: somebody has to write the
function.`,
		Bad: `
-- src/python/org/client/BUILD --
python_library(
  provides = setup_py(
    name = 'org-client',
    version = version(),
    scripts = ['sh/org-monitor'],
  ),
)
`,
		Good: `
-- src/python/org/client/BUILD --
python_library(
  provides = setup_py(
    name = 'org-client',
    version = version(),
    entry_points = {'console_scripts': ['org-monitor = org.client.monitor:run']},
  ),
)
`,
	}
}

func checkNoShellScripts(p *analysis.Pass) {
	patterns := p.Options.(*scriptOptions).Distributions
	for _, t := range p.Targets() {
		if name := t.Distribution(); name != "" && matchesAny(patterns, name) {
			checkScripts(p, t)
			checkScriptBinaries(p, t)
		}
	}
}

// checkScripts reports the files that a distribution installs as scripts.
func checkScripts(p *analysis.Pass, t *workspace.Target) {
	scripts, ok := t.Provides.Call.Arg("scripts")
	if !ok {
		return
	}
	list, ok := scripts.Value.(*workspace.List)
	if !ok {
		return
	}
	for _, item := range list.Items {
		if file, ok := workspace.Text(item.Value); ok {
			p.ReportAt(t, item.Node.Span(), fmt.Sprintf("`%s` is no console script: make it a function of Python", file))
		}
	}
}

// checkScriptBinaries reports the binaries of another language that a distribution lists.
func checkScriptBinaries(p *analysis.Pass, t *workspace.Target) {
	for _, b := range t.Provides.Binaries {
		if b.Err != nil || b.Address.IsZero() {
			continue
		}
		r := p.Resolve(b.Address).Target
		if !r.IsZero() && r.Is(dialect.Binary) && r.Kind().Language != "" && !r.Kind().IsPython() {
			p.ReportAt(t, b.Span,
				fmt.Sprintf("`%s` is a binary of %s, no console script of Python", b.Script, r.Kind().Language))
		}
	}
}
