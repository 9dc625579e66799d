package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/nearest"
)

func entryPointUnresolved() *analysis.Rule {
	return &analysis.Rule{
		Name:     "entry-point-unresolved",
		Summary:  "an entry point whose module, or whose function, is not there",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Check:    checkEntryPoints,
		Doc: `
The build tool does not look whether an entry point exists. A binary whose module was moved or whose function was
renamed builds, is shipped, and fails when somebody starts it.

Binaries are looked at, and the console scripts of distributions: what ` + "`entry_points`" + ` lists, in each form that
setuptools takes.

The module is looked up below the source roots of the target and of all that it depends on; then the function in the
module, without running it: a method such as ` + "`main = Harpoon.main`" + `, a base class, an import are followed. The
rule is silent where a requirement, generated code or a namespace package may supply the module, and about the function
where the module has a star import, a ` + "`__getattr__`" + ` or binds the name conditionally.

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
				if entry, err := python.ParseEntryPoint(s.Text); err == nil { // runpy takes names that no import does
					checkEntryPoint(p, t, s, entry)
				}
			}
		}
		scripts, _ := consoleScripts(t)
		for _, s := range scripts {
			if s.Err == nil && s.Binary == "" {
				checkEntryPoint(p, t, s.Value, s.Entry)
			}
		}
	}
}

func checkEntryPoint(p *analysis.Pass, t *workspace.Target, v workspace.Value, entry python.EntryPoint) {
	if p.Dialect().Infers && strings.HasSuffix(entry.Module, ".py") {
		checkFile(p, t, v, entry)
		return
	}
	root, ok := p.RootOf(p.Dir)
	switch {
	case !ok: // a distribution may lie above its sources
		p.Later(func() { checkElsewhere(p, t, v, nil, entry) })
		return
	case root.Language != dialect.Python:
		return
	}
	switch file, unknown := moduleFile(p, root.Dir, entry.Module); {
	case unknown:
	case file == "":
		p.Later(func() { checkElsewhere(p, t, v, []string{root.Dir}, entry) })
	case entry.Object != "":
		checkObject(p, t, v, file, entry.Object)
	}
}

// checkFile looks for an entry point that names its file: `app.py:main` is one beside the BUILD file.
func checkFile(p *analysis.Pass, t *workspace.Target, v workspace.Value, entry python.EntryPoint) {
	file := path.Join(p.Dir, entry.Module)
	switch p.Stat(file) {
	case filetree.File:
		if entry.Object != "" {
			checkObject(p, t, v, file, entry.Object)
		}
	case filetree.Absent:
		p.ReportAt(t, v.Node().Span(), fmt.Sprintf("there is no file `%s`", file))
	}
}

// checkElsewhere looks for an entry point below the source roots that a target depends on. The roots that are given are
// its own.
func checkElsewhere(p *analysis.Pass, t *workspace.Target, v workspace.Value, roots []string, entry python.EntryPoint) {
	s := supplyOf(p, t.Address())
	roots = append(roots, s.roots...)
	for _, root := range roots {
		file, unknown := moduleFile(p, root, entry.Module)
		if file != "" && entry.Object != "" {
			checkObject(p, t, v, file, entry.Object)
		}
		if file != "" || unknown {
			return
		}
	}
	i := slices.IndexFunc(roots, func(root string) bool { return isFirstParty(p, root, entry.Module) })
	if i < 0 || s.mayProvide(entry.Module, isNamespace(p, roots[i], entry.Module)) {
		return
	}
	message := fmt.Sprintf("there is no module `%s`", entry.Module)
	if roots[i] != "" {
		message += fmt.Sprintf(" below `%s`", roots[i])
	}
	p.ReportAt(t, v.Node().Span(), message)
}

// checkObject looks for the object of an entry point in the file of its module.
func checkObject(p *analysis.Pass, t *workspace.Target, v workspace.Value, file, object string) {
	m := p.Module(file)
	if m == nil || m.ResolveFrom(file, object, loader(p)).State != python.Absent || isSubmodule(p, file, object) {
		return
	}
	p.ReportAt(t, v.Node().Span(), absence(m, file, object))
}

// absence says that an object is not there, and why.
func absence(m *python.Module, file, object string) string {
	name, rest, _ := strings.Cut(object, ".")
	switch b := m.Binding(name); {
	case b.State == python.Absent:
	case rest == "" && b.Alias != "":
		return fmt.Sprintf("`%s` in `%s` is `%s`, which is not there", name, file, b.Alias)
	case b.Kind == python.ImportBinding && b.Origin.Name != "" && rest == "":
		return fmt.Sprintf("`%s` imports `%s`, which is not there", file, b.Origin)
	default:
		return fmt.Sprintf("there is no `%s` in `%s`", object, file)
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
	return message
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
