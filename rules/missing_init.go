package rules

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func missingInit() *analysis.Rule {
	return &analysis.Rule{
		Name:     "missing-init",
		Summary:  "a directory of modules that is imported as a package and has no `__init__.py`",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		Check:    checkMissingInit,
		Doc: `
A directory without an ` + "`__init__.py`" + ` in a package that has one is left out by ` + "`find_packages`" + ` of
setuptools, by Python 2 and by most tools that look for packages. Imports of it work in the checkout and fail where the
distribution is installed.

A finding needs three things: modules in the directory, an ` + "`__init__.py`" + ` in the directory above, and an import
of them from somewhere in the package at the top. A directory of scripts that nobody imports is none. What may
be meant for a namespace package never is: a directory directly below a source root, and one in a package that is itself
a namespace, be it without an ` + "`__init__.py`" + `, by pkgutil or by pkg_resources.

To mend it, add an empty ` + "`__init__.py`" + `. There is no fix, since a target may have to name the new file.`,
		Bad: `
-- src/main/python/org/app/BUILD --
python_library(
  name = 'app',
  sources = rglobs('*.py'),
)
-- src/main/python/org/app/__init__.py --
-- src/main/python/org/app/main.py --
from org.app.option import parser
-- src/main/python/org/app/option/parser.py --
`,
		Good: `
-- src/main/python/org/app/BUILD --
python_library(
  name = 'app',
  sources = rglobs('*.py'),
)
-- src/main/python/org/app/__init__.py --
-- src/main/python/org/app/main.py --
from org.app.option import parser
-- src/main/python/org/app/option/__init__.py --
-- src/main/python/org/app/option/parser.py --
`,
	}
}

func checkMissingInit(p *analysis.Pass) {
	root, ok := p.RootOf(p.Dir)
	if !ok || root.Language != dialect.Python || root.Category == dialect.ThirdPartyRoot || p.Dir == root.Dir {
		return
	}
	files := pythonFiles(p)
	above := dirOf(p.Dir)
	if len(files) == 0 || hasInit(p, p.Dir) || above == root.Dir || !isRegularPackage(p, above) {
		return
	}
	if importer := importerOf(p, root.Dir); importer != "" {
		reportFile(p, files[0], fmt.Sprintf("`%s` has no `__init__.py`, and `%s` imports it as a package", p.Dir, importer))
	}
}

// hasInit reports whether a directory has an __init__ of any kind, or may have one.
func hasInit(p *analysis.Pass, dir string) bool {
	return p.Stat(path.Join(dir, "__init__.py")) != filetree.Absent ||
		slices.ContainsFunc(p.Entries(dir), func(e filetree.Entry) bool { return strings.HasPrefix(e.Name, "__init__.") })
}

// isRegularPackage reports whether a directory is a package that is not continued elsewhere.
func isRegularPackage(p *analysis.Pass, dir string) bool {
	m := p.Module(path.Join(dir, "__init__.py"))
	return m != nil && m.Namespace == python.NoNamespace && !m.Malformed
}

// maxImporters bounds how many files are searched for an import.
const maxImporters = 2000

// importerOf returns a file of the top package that imports the directory of the pass as a package, "" if there is none
// to be seen. The files nearest to it are looked at first.
func importerOf(p *analysis.Pass, root string) string {
	name := dotted(workspace.Relative(p.Dir, root))
	top, _, _ := strings.Cut(name, ".")
	has := func(module string) bool { return p.Stat(path.Join(p.Dir, module+".py")) == filetree.File }
	all := p.Files(path.Join(root, top), []string{"**/*.py"}, nil)
	slices.SortStableFunc(all, func(a, b string) int { return distance(p.Dir, a) - distance(p.Dir, b) })
	for _, file := range all[:min(len(all), maxImporters)] {
		if !bytes.Contains(p.Source(file), []byte(path.Base(p.Dir))) {
			continue
		}
		if m := p.Module(file); m != nil && imports(m, dotted(workspace.Relative(dirOf(file), root)), name, has) {
			return file
		}
	}
	return ""
}

// distance returns how many directories lie between a directory and that of a file.
func distance(dir, file string) int {
	a, b := strings.Split(dir, "/"), strings.Split(dirOf(file), "/")
	shared := 0
	for shared < min(len(a), len(b)) && a[shared] == b[shared] {
		shared++
	}
	return len(a) + len(b) - 2*shared
}

// imports reports whether a module of the package `from` imports a package, or one of its modules, of which has tells
// whether there is one. An absolute import of anything else may be of a package of that name below another root.
func imports(m *python.Module, from, name string, has func(module string) bool) bool {
	return slices.ContainsFunc(m.Imports, func(i python.Import) bool {
		module, ok := absolute(i, from)
		if !ok {
			return false
		}
		if below, ok := strings.CutPrefix(module, name+"."); ok {
			first, _, _ := strings.Cut(below, ".")
			return has(first)
		}
		return slices.ContainsFunc(i.Names, func(n python.ImportedName) bool {
			return module == name && has(n.Name) || i.Level > 0 && module+"."+n.Name == name
		})
	})
}

// absolute returns the dotted name of the module that an import in the package `from` names.
func absolute(i python.Import, from string) (module string, ok bool) {
	if i.Level == 0 {
		return i.Module, true
	}
	parts := strings.Split(from, ".")
	if i.Level > len(parts) {
		return "", false
	}
	parts = parts[:len(parts)-i.Level+1]
	if i.Module != "" {
		parts = append(parts, i.Module)
	}
	return strings.Join(parts, "."), true
}
