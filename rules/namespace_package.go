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
	"github.com/buildlint/buildlint/analysis/workspace"
)

// The forms of a package that several distributions share.
const (
	nativeForm  = "native"
	pkgutilForm = "pkgutil"
	legacyForm  = "pkg_resources"
	regularForm = "regular" // it belongs to one distribution alone
	unknownForm = ""
)

// A namespaceOptions says how packages are shared.
type namespaceOptions struct {
	Form string `toml:"form" enum:",native,pkgutil,pkg_resources" doc:"the form of all; where empty, the one of the most"`
}

func namespacePackage() *analysis.Rule {
	return &analysis.Rule{
		Name:     "namespace-package",
		Summary:  "a package that several distributions share has the same namespace form in each",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Options:  &namespaceOptions{},
		Check:    checkNamespacePackage,
		Doc: `
A package whose modules come in several distributions is a namespace in each of them: native, without an
` + "`__init__.py`" + `, or one whose ` + "`__init__.py`" + ` calls ` + "`pkgutil.extend_path`" + ` (or, as of old,
` + "`pkg_resources.declare_namespace`" + `). Where one distribution does it in another way, or has an ordinary
` + "`__init__.py`" + ` there, whichever is found first hides the modules of the others.

Packages are looked at that lie below the source roots of two or more distributions. The form that most have is the
right one, unless the option ` + "`form`" + ` names it. There is no fix: an ` + "`__init__.py`" + ` may hold code.`,
		Bad: `
-- client/src/python/BUILD --
python_library(
  provides = setup_py(name = 'org-client', version = version()),
)
-- client/src/python/org/client/__init__.py --
-- common/src/python/BUILD --
python_library(
  provides = setup_py(name = 'org-common', version = version()),
)
-- common/src/python/org/common/__init__.py --
-- server/src/python/BUILD --
python_library(
  provides = setup_py(name = 'org-server', version = version()),
)
-- server/src/python/org/__init__.py --
-- server/src/python/org/server/__init__.py --
`,
		Good: `
-- client/src/python/BUILD --
python_library(
  provides = setup_py(name = 'org-client', version = version()),
)
-- client/src/python/org/client/__init__.py --
-- common/src/python/BUILD --
python_library(
  provides = setup_py(name = 'org-common', version = version()),
)
-- common/src/python/org/common/__init__.py --
-- server/src/python/BUILD --
python_library(
  provides = setup_py(name = 'org-server', version = version()),
)
-- server/src/python/org/server/__init__.py --
`,
	}
}

func checkNamespacePackage(p *analysis.Pass) {
	for _, t := range p.Targets() {
		root, ok := p.RootOf(p.Dir)
		if t.Distribution() == "" || !ok || root.Language != dialect.Python {
			continue
		}
		n := &namespaces{pass: p, target: t, root: root.Dir, roots: publishingRoots(p)}
		if len(n.roots) > 1 {
			n.check("")
		}
		return // the package shares one source root
	}
}

// publishingRoots returns the Python source roots that distributions are published from, sorted.
func publishingRoots(p *analysis.Pass) []string {
	var roots []string
	for _, dir := range p.AllRequirements().Publishing {
		if root, ok := p.RootOf(dir); ok && root.Language == dialect.Python && root.Category == dialect.SourceRoot {
			roots = append(roots, root.Dir)
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

// namespaces are the packages below one source root that other source roots share.
type namespaces struct {
	pass   *analysis.Pass
	target *workspace.Target
	root   string
	roots  []string
}

// check looks at the packages in a directory below the source root.
func (n *namespaces) check(rel string) {
	for _, e := range n.pass.Entries(path.Join(n.root, rel)) {
		pkg := path.Join(rel, e.Name)
		if !e.Dir || strings.HasPrefix(e.Name, ".") || isUnshipped(e.Name) || !isPackageDir(n.pass, path.Join(n.root, pkg)) {
			continue
		}
		var sharing []string
		for _, root := range n.roots {
			if isPackageDir(n.pass, path.Join(root, pkg)) {
				sharing = append(sharing, root)
			}
		}
		if len(sharing) > 1 {
			n.checkShared(pkg, sharing)
			n.check(pkg)
		}
	}
}

// isUnshipped reports whether a directory holds what is usually in no distribution.
func isUnshipped(name string) bool {
	return slices.Contains([]string{"test", "tests", "doc", "docs", "example", "examples", "scripts", "tools"}, name)
}

// isPackageDir reports whether a directory holds Python modules, itself or in a directory.
func isPackageDir(p *analysis.Pass, dir string) bool {
	return p.Stat(dir) == filetree.Dir && (p.Matches(dir, "*.py") || p.Matches(dir, "*/*.py"))
}

func (n *namespaces) checkShared(pkg string, sharing []string) {
	counts := map[string]int{}
	for _, root := range sharing {
		counts[namespaceForm(n.pass, path.Join(root, pkg))]++
	}
	if counts[unknownForm] > 0 {
		return
	}
	own := namespaceForm(n.pass, path.Join(n.root, pkg))
	want := n.pass.Options.(*namespaceOptions).Form
	if want == "" {
		want = usualForm(counts)
	}
	if own == want || want == "" {
		return
	}
	init := path.Join(n.root, pkg, "__init__.py")
	d := analysis.Diagnostic{
		Location: analysis.Location{Path: n.target.File.Path, Span: n.target.Provides.Name.Node().Span()},
		Target:   n.target.Address().String(),
		Message: fmt.Sprintf("`%s` is a package of %d distributions, and a %s namespace in each: here it is %s",
			strings.ReplaceAll(pkg, "/", "."), len(sharing), want, formText(own)),
	}
	if own != nativeForm {
		d.Related = []analysis.Related{{Location: analysis.Location{Path: init}, Message: "the package's own file"}}
	}
	n.pass.Report(d)
}

// usualForm returns the namespace form that most have, "" if none has one or two are as frequent.
func usualForm(counts map[string]int) string {
	best, tie := "", false
	for _, form := range []string{nativeForm, pkgutilForm, legacyForm} {
		switch {
		case counts[form] > counts[best]:
			best, tie = form, false
		case counts[form] == counts[best] && counts[form] > 0:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

func formText(form string) string {
	if form == regularForm {
		return "an ordinary package, which hides the others"
	}
	return "a " + form + " one"
}

// namespaceForm returns how a directory is a package.
func namespaceForm(p *analysis.Pass, dir string) string {
	file := path.Join(dir, "__init__.py")
	switch p.Stat(file) {
	case filetree.Absent:
		return nativeForm
	case filetree.Unknown:
		return unknownForm
	}
	src := p.Source(file)
	switch {
	case bytes.Contains(src, []byte("extend_path")):
		return pkgutilForm
	case bytes.Contains(src, []byte("declare_namespace")):
		return legacyForm
	}
	return regularForm
}
