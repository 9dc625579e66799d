package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func binaryPerScript() *analysis.Rule {
	return &analysis.Rule{
		Name:     "binary-per-script",
		Summary:  "a console script without a PEX that runs the same, or a PEX without a console script",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		YieldsTo: []string{"duplicate-target"},
		YieldsAt: []string{"with-binaries-complete"},
		Check:    checkBinaryPerScript,
		Doc: `
What is installed with the distribution and what is handed out as one file are the same program: for each console script
there is a PEX that runs the same, and for each PEX beside the distribution a script. If one of them is forgotten, users
find out that a command of the documentation is missing where they got it from.

The PEX of a script is looked for in the package of the distribution, in those below it and in that of the module which
the script runs. A binary that names the module alone runs a script of that module. What ` + "`with_binaries`" + `
lists is script and PEX at once. A binary in another package than the distribution is never said to lack a
script, and where the scripts are computed the rule is silent.

To mend it, add the binary or the script. There is no fix, since which of them is meant is not known.`,
		Bad: `
-- src/main/python/pex/BUILD --
python_library(
  name = 'pex',
  provides = setup_py(
    name = 'pex',
    version = version(),
    entry_points = {
      'console_scripts': [
        'pex = pex.main:run',
        'pex-tools = pex.tools:run',
      ],
    },
  ),
)

python_binary(
  name = 'pex-bin',
  entry_point = 'pex.main:run',
)
`,
		Good: `
-- src/main/python/pex/BUILD --
python_library(
  name = 'pex',
  provides = setup_py(
    name = 'pex',
    version = version(),
    entry_points = {
      'console_scripts': [
        'pex = pex.main:run',
        'pex-tools = pex.tools:run',
      ],
    },
  ),
)

python_binary(
  name = 'pex-bin',
  entry_point = 'pex.main:run',
)

python_binary(
  name = 'tools-bin',
  entry_point = 'pex.tools:run',
)
`,
	}
}

func checkBinaryPerScript(p *analysis.Pass) {
	if !publishes(p) { // of what is kept, so that most packages are not read again
		return
	}
	var scripts []consoleScript
	c := &scriptChecker{Pass: p, byDir: map[string]*runners{}}
	all := p.Package().Complete()
	for _, t := range p.Targets() {
		own, complete := consoleScripts(t)
		all = all && complete
		scripts = append(scripts, own...)
		for _, s := range own {
			c.check(t, s)
		}
	}
	distribution := slices.IndexFunc(p.Targets(), hasScripts)
	listed, known := listedBinaries(p)
	if !all || !known || distribution < 0 {
		return
	}
	for _, t := range binaries(p) {
		if !listed[t.Address()] && !t.Conditional && !isRunBy(p, t, scripts) {
			reportUnscripted(p, t, p.Targets()[distribution])
		}
	}
}

// reportUnscripted reports a binary without a script: where it would be listed, if there is such a place.
func reportUnscripted(p *analysis.Pass, t, distribution *workspace.Target) {
	message := fmt.Sprintf("the binary `%s` is no console script of the distribution beside it", t.Name)
	if provides := distribution.Provides; provides != nil && len(provides.With) > 0 {
		p.ReportAt(distribution, provides.With[len(provides.With)-1].NameSpan(), message)
		return
	}
	p.ReportAt(t, t.Head(), message)
}

// publishes reports whether a target of the package publishes a distribution.
func publishes(p *analysis.Pass) bool {
	return p.Facts().HasTarget(func(t workspace.TargetFacts) bool { return t.Provides() || t.Is(dialect.Distribution) })
}

// hasScripts reports whether a target publishes a distribution that has scripts.
func hasScripts(t *workspace.Target) bool {
	scripts, _ := consoleScripts(t)
	return len(scripts) > 0 || t.Provides != nil && len(t.Provides.Binaries) > 0
}

// listedBinaries returns the binaries that with_binaries lists in the package. known is false if there may be others.
func listedBinaries(p *analysis.Pass) (listed map[workspace.Address]bool, known bool) {
	listed = map[workspace.Address]bool{}
	for _, t := range p.Targets() {
		if t.Provides == nil {
			continue
		}
		if t.Provides.Open {
			return nil, false
		}
		for _, b := range t.Provides.Binaries {
			listed[b.Address] = true
		}
	}
	return listed, true
}

// isRunBy reports whether a script runs the same as a binary, or may.
func isRunBy(p *analysis.Pass, t *workspace.Target, scripts []consoleScript) bool {
	entry, err := whatRuns(p, p.Dir, t.EntryPoint())
	if err != nil {
		return true
	}
	return slices.ContainsFunc(scripts, func(s consoleScript) bool {
		return s.Err != nil || s.Binary != "" || runsSame(entry, s.Entry)
	})
}

// runsSame reports whether a binary runs what a script does. One of a module alone runs what the module does as a
// script.
func runsSame(binary, script python.EntryPoint) bool {
	return binary.Module == script.Module && (binary.Object == "" || binary.Object == script.Object)
}

// A scriptChecker is a pass that looks for the binaries of scripts.
type scriptChecker struct {
	*analysis.Pass
	below []string            // the directories of the BUILD files below that of the pass, nil until they are asked for
	byDir map[string]*runners // of the directories that were asked for
}

// runners are what the binaries of a directory run.
type runners struct {
	unknown bool // there may be others
	modules map[string]bool
	objects map[[2]string]bool // by module and object
}

// check reports a script without a binary.
func (c *scriptChecker) check(t *workspace.Target, s consoleScript) {
	if s.Err != nil || s.Binary != "" {
		return
	}
	for _, dir := range c.binaryDirs(s.Entry.Module) {
		r := c.runners(dir)
		if r.unknown || r.modules[s.Entry.Module] || r.objects[[2]string{s.Entry.Module, s.Entry.Object}] {
			return
		}
	}
	c.ReportAt(t, s.Value.Node().Span(),
		fmt.Sprintf("no binary runs `%s`, as the console script `%s` does", s.Entry, s.Name))
}

// runners returns what the binaries of a directory run.
func (c *scriptChecker) runners(dir string) *runners {
	if r := c.byDir[dir]; r != nil {
		return r
	}
	r := &runners{modules: map[string]bool{}, objects: map[[2]string]bool{}}
	c.byDir[dir] = r
	f := c.FactsOf(dir)
	if f == nil {
		return r
	}
	r.unknown = !f.Complete
	for t := range f.Targets() {
		if !t.Is(dialect.Binary) || !t.Kind().IsPython() || t.Kind().Field("entry_point") == nil {
			continue
		}
		switch entry, err := whatRuns(c.Pass, dir, t.EntryPoint()); {
		case err != nil:
			r.unknown = true
		case entry.Object == "": // what the module does as a script
			r.modules[entry.Module] = true
		default:
			r.objects[[2]string{entry.Module, entry.Object}] = true
		}
	}
	return r
}

// whatRuns reads the entry point of a binary of a directory. In Pants v2 it may name a file beside the BUILD file.
func whatRuns(p *analysis.Pass, dir, text string) (python.EntryPoint, error) {
	entry, err := python.ParseEntryPoint(text)
	if err != nil || !p.Dialect().Infers || !strings.HasSuffix(entry.Module, ".py") {
		return entry, err
	}
	root, ok := p.RootOf(dir)
	if !ok {
		return entry, fmt.Errorf("%s: the module of %s is not known", dir, entry.Module)
	}
	file := workspace.Relative(path.Join(dir, entry.Module), root.Dir)
	entry.Module = dotted(strings.TrimSuffix(file, ".py"))
	return entry, nil
}

// binaryDirs returns the directories in which the binary of a script is looked for.
func (c *scriptChecker) binaryDirs(module string) []string {
	if c.below == nil {
		c.below = c.packagesBelow()
	}
	dirs := slices.Clip(c.below)
	if root, ok := c.RootOf(c.Dir); ok {
		if file, _ := moduleFile(c.Pass, root.Dir, module); file != "" {
			dirs = append(dirs, dirOf(file), dirOf(path.Dir(file)))
		}
	}
	return dirs
}

// packagesBelow returns the directory of the pass, and those below it that hold BUILD files.
func (c *scriptChecker) packagesBelow() []string {
	var patterns []string
	for _, name := range c.Dialect().BuildFiles {
		patterns = append(patterns, "**/"+name, "**/"+name+".*")
	}
	dirs := []string{c.Dir}
	for _, file := range c.Files(c.Dir, patterns, nil) {
		dirs = append(dirs, dirOf(file))
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}
