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
	"github.com/buildlint/buildlint/internal/nearest"
)

func entryPointUnresolved() *analysis.Rule {
	return &analysis.Rule{
		Name:     "entry-point-unresolved",
		Summary:  "an entry point whose module, or whose function, is not there",
		Severity: analysis.Warning,
		Check:    checkEntryPoints,
		Doc: `
The build tool does not look whether an entry point exists. A binary whose module was moved or whose function was
renamed builds, is shipped, and fails when somebody starts it.

The module is looked up below the source roots of the target and of all that it depends on; then the function in the
module, without running it. The rule is silent where a requirement, generated code or a namespace package may supply
the module, and about the function where the module has a star import, a ` + "`__getattr__`" + ` or binds the name
conditionally.

To mend it, correct the entry point. There is no fix, since where the code went is not known.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.server:main',
)
-- src/main/python/org/__init__.py --
-- src/main/python/org/app/__init__.py --
-- src/main/python/org/app/web/__init__.py --
-- src/main/python/org/app/web/server.py --
def run():
  pass
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.server:run',
)
-- src/main/python/org/__init__.py --
-- src/main/python/org/app/__init__.py --
-- src/main/python/org/app/web/__init__.py --
-- src/main/python/org/app/web/server.py --
def run():
  pass
`,
	}
}

func checkEntryPoints(p *analysis.Pass) {
	for _, t := range p.Targets() {
		if f := t.FieldOf(dialect.EntryPointField); f != nil && t.Kind.IsPython() {
			if s, ok := f.Value.(*workspace.String); ok {
				checkEntryPoint(p, t, s, python.ParseEntryPoint)
			}
		}
		for _, s := range consoleScripts(t) {
			checkEntryPoint(p, t, s, parseScript)
		}
	}
}

func parseScript(s string) (python.EntryPoint, error) {
	script, err := python.ParseScript(s)
	return script.EntryPoint, err
}

// consoleScripts returns the strings of setup_py(entry_points={'console_scripts': […]}).
func consoleScripts(t *workspace.Target) []*workspace.String {
	if t.Provides == nil {
		return nil
	}
	arg, ok := t.Provides.Call.Arg("entry_points")
	if !ok {
		return nil
	}
	dict, ok := arg.Value.(*workspace.Dict)
	if !ok {
		return nil
	}
	var scripts []*workspace.String
	for _, e := range dict.Entries {
		list, ok := e.Value.(*workspace.List)
		if group, _ := workspace.Text(e.Key); group != "console_scripts" || !ok {
			continue
		}
		for _, item := range list.Items {
			if s, ok := item.Value.(*workspace.String); ok {
				scripts = append(scripts, s)
			}
		}
	}
	return scripts
}

func checkEntryPoint(
	p *analysis.Pass, t *workspace.Target, s *workspace.String, parse func(string) (python.EntryPoint, error),
) {
	entry, err := parse(s.Text)
	if err != nil {
		return // runpy takes names that no import does
	}
	root, ok := p.RootOf(p.Dir)
	if !ok || root.Language != dialect.Python {
		return
	}
	switch file, unknown := moduleFile(p, root.Dir, entry.Module); {
	case unknown:
	case file == "":
		p.Later(func() { checkElsewhere(p, t, s, root.Dir, entry) })
	case entry.Object != "":
		checkObject(p, t, s, file, entry.Object)
	}
}

// checkElsewhere looks for an entry point that is not below the target's own source root.
func checkElsewhere(p *analysis.Pass, t *workspace.Target, s *workspace.String, root string, entry python.EntryPoint) {
	switch file, unknown := findElsewhere(p, t, root, entry.Module); {
	case unknown:
	case file == "":
		p.ReportAt(t, s.Node().Span(), fmt.Sprintf("there is no module `%s` below `%s`", entry.Module, root))
	case entry.Object != "":
		checkObject(p, t, s, file, entry.Object)
	}
}

// findElsewhere returns the file of a module below the source roots that a target depends on.
func findElsewhere(p *analysis.Pass, t *workspace.Target, root, module string) (file string, unknown bool) {
	s := supplyOf(p, t.Address())
	for _, other := range s.roots {
		if file, unknown = moduleFile(p, other, module); file != "" || unknown {
			return file, unknown
		}
	}
	if !isFirstParty(p, root, module) {
		return "", true
	}
	return "", s.mayProvide(module, isNamespace(p, root, module))
}

func checkObject(p *analysis.Pass, t *workspace.Target, s *workspace.String, file, object string) {
	m := p.Module(file)
	if m == nil || m.Resolve(object).State != python.Absent || isSubmodule(p, file, object) {
		return
	}
	message := fmt.Sprintf("there is no `%s` in `%s`", object, file)
	var names []string
	for b := range m.All {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	if near, ok := nearest.Of(object, slices.Values(names)); ok {
		message += fmt.Sprintf(": did you mean `%s`?", near)
	}
	p.ReportAt(t, s.Node().Span(), message)
}

// isSubmodule reports whether an object of a package is a module of it.
func isSubmodule(p *analysis.Pass, file, object string) bool {
	if path.Base(file) != "__init__.py" {
		return false
	}
	name, _, _ := strings.Cut(object, ".")
	sub, unknown := moduleFile(p, path.Dir(file), name)
	return sub != "" || unknown
}
