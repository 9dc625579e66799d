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

// An entryPoints is a pass that looks for what entry points name.
type entryPoints struct {
	*analysis.Pass
	nearest *nearest.Search
}

func checkEntryPoints(p *analysis.Pass) {
	c := &entryPoints{p, nearest.NewSearch(len(p.Targets()))}
	for _, t := range p.Targets() {
		if f := t.FieldOf(dialect.EntryPointField); f != nil && t.Kind.IsPython() {
			if s, ok := f.Value.(*workspace.String); ok {
				if entry, err := python.ParseEntryPoint(s.Text); err == nil { // runpy takes names that no import does
					c.check(t, s, entry)
				}
			}
		}
		scripts, _ := consoleScripts(t)
		for _, s := range scripts {
			if s.Err == nil && s.Binary == "" {
				c.check(t, s.Value, s.Entry)
			}
		}
	}
}

func (c *entryPoints) check(t *workspace.Target, v workspace.Value, entry python.EntryPoint) {
	if c.Dialect().Infers && strings.HasSuffix(entry.Module, ".py") {
		c.file(t, v, entry)
		return
	}
	root, ok := c.RootOf(c.Dir)
	switch {
	case !ok: // a distribution may lie above its sources
		c.Later(func() { c.elsewhere(t, v, nil, entry) })
		return
	case root.Language != dialect.Python:
		return
	}
	switch file, unknown := moduleFile(c.Pass, root.Dir, entry.Module); {
	case unknown:
	case file == "":
		c.Later(func() { c.elsewhere(t, v, []string{root.Dir}, entry) })
	case entry.Object != "":
		c.object(t, v, file, entry.Object)
	}
}

// file looks for an entry point that names its file: `app.py:main` is one beside the BUILD file.
func (c *entryPoints) file(t *workspace.Target, v workspace.Value, entry python.EntryPoint) {
	file := path.Join(c.Dir, entry.Module)
	switch c.Stat(file) {
	case filetree.File:
		if entry.Object != "" {
			c.object(t, v, file, entry.Object)
		}
	case filetree.Absent:
		c.ReportAt(t, v.Node().Span(), fmt.Sprintf("there is no file `%s`", file))
	}
}

// elsewhere looks for an entry point below the source roots that a target depends on. The roots that are given are
// its own.
func (c *entryPoints) elsewhere(t *workspace.Target, v workspace.Value, roots []string, entry python.EntryPoint) {
	s := supplyOf(c.Pass, t.Address())
	roots = append(roots, s.roots...)
	for _, root := range roots {
		file, unknown := moduleFile(c.Pass, root, entry.Module)
		if file != "" && entry.Object != "" {
			c.object(t, v, file, entry.Object)
		}
		if file != "" || unknown {
			return
		}
	}
	i := slices.IndexFunc(roots, func(root string) bool { return isFirstParty(c.Pass, root, entry.Module) })
	if i < 0 || s.mayProvide(entry.Module, isNamespace(c.Pass, roots[i], entry.Module)) {
		return
	}
	message := fmt.Sprintf("there is no module `%s`", entry.Module)
	if roots[i] != "" {
		message += fmt.Sprintf(" below `%s`", roots[i])
	}
	c.ReportAt(t, v.Node().Span(), message)
}

// object looks for the object of an entry point in the file of its module.
func (c *entryPoints) object(t *workspace.Target, v workspace.Value, file, object string) {
	m, p := c.Module(file), c.Pass
	if m == nil || m.ResolveFrom(file, object, loader(p)).State != python.Absent || isSubmodule(p, file, object) {
		return
	}
	c.ReportAt(t, v.Node().Span(), c.absence(m, file, object))
}

// absence says that an object is not there, and why.
func (c *entryPoints) absence(m *python.Module, file, object string) string {
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
	names := func(yield func(string) bool) {
		m.All(func(b python.Binding) bool { return yield(b.Name) })
	}
	if near, ok := c.nearest.Of(object, names); ok {
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
