package lsp

import (
	"bytes"
	"context"
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// namesOf returns what a BUILD file says that names a directory where no field tells: labels in load statements and in
// arguments of functions, and modules of entry points.
func (p *project) namesOf(dir string) [][]byte {
	var names [][]byte
	if p.snapshot.Dialect().Grammar.Labels {
		names = append(names, []byte("//"+dir))
	}
	if root, ok := p.snapshot.RootOf(dir); ok && dir != root.Dir {
		module := strings.ReplaceAll(workspace.Relative(dir, root.Dir), "/", ".")
		names = append(names, []byte(module+"."))
	}
	return names
}

// says reports whether a BUILD file of a directory holds one of the names.
func (p *project) says(dir string, names [][]byte) bool {
	facts := p.snapshot.Facts(dir)
	if facts == nil {
		return false
	}
	for _, f := range facts.Files() {
		src, err := p.snapshot.Tree().Read(f.Path)
		for _, name := range names {
			if err == nil && bytes.Contains(src, name) {
				return true
			}
		}
	}
	return false
}

// movedLabels returns the edits of the labels in a package that no field tells of, and that name something in a
// directory which moves.
func movedLabels(p *project, pkg *workspace.Package, m move) []edit.Edit {
	if !p.snapshot.Dialect().Grammar.Labels {
		return nil
	}
	seen := map[syntax.Node]bool{}
	for _, t := range pkg.Targets {
		for use := range usesOf(t) {
			seen[use.value.Literal] = true
		}
	}
	var edits []edit.Edit
	for _, f := range pkg.Files {
		for _, n := range literals(f.Syntax) {
			if !seen[n] {
				edits = append(edits, movedLabel(p, pkg.Dir, f.Path, n, m)...)
			}
		}
	}
	return edits
}

// literals returns the string literals of a file, those of load statements included.
func literals(f *syntax.File) []syntax.Node {
	var found []syntax.Node
	visit := func(n syntax.Node) bool {
		if n.Kind() == syntax.String {
			found = append(found, n)
		}
		return true
	}
	for _, stmt := range f.Stmts {
		if syntax.Walk(stmt, visit); stmt.Kind() == syntax.Load {
			visit(stmt.X())
		}
	}
	return distinct(found)
}

// renamedInLabels returns the edits of the labels that name a file which gets another name in the same directory.
func renamedInLabels(ctx context.Context, p *project, file, name string) ([]edit.Edit, error) {
	own := p.packageOf(file)
	dirs, err := p.snapshot.AllPackages()
	if err != nil {
		return nil, err
	}
	var edits []edit.Edit
	names := [][]byte{[]byte(baseOf(file))}
	for _, dir := range dirs {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !p.says(dir, names) {
			continue
		}
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg == nil {
			continue
		}
		sources := sourceLiterals(pkg)
		for _, f := range pkg.Files {
			for _, lit := range literals(f.Syntax) {
				text, ok := lit.Value()
				if ok && !sources[lit] && p.labels(text, dir, own, workspace.Relative(file, own)) {
					edits = append(edits, rewrite.ReplaceString(f.Path, lit, strings.TrimSuffix(text, baseOf(file))+name)...)
				}
			}
		}
	}
	return edits, nil
}

// sourceLiterals returns the literals that are known to be sources of the targets of a package.
func sourceLiterals(pkg *workspace.Package) map[syntax.Node]bool {
	known := map[syntax.Node]bool{}
	for _, t := range pkg.Targets {
		for _, pattern := range t.Sources.Include {
			if pattern.Value != nil {
				known[pattern.Value.Literal] = true
			}
		}
	}
	return known
}

// packageOf returns the directory of the package that a file belongs to, "" if there is none but the root's.
func (p *project) packageOf(file string) string {
	dir := dirOf(file)
	for ; dir != ""; dir = dirOf(dir) {
		if facts := p.snapshot.Facts(dir); facts != nil && len(facts.Files()) > 0 {
			break
		}
	}
	return dir
}

// labels reports whether a text in a BUILD file of the directory from is the label of a file in a package. In the same
// package that may be its name alone, if it is none of a target by its looks.
func (p *project) labels(text, from, dir, name string) bool {
	if text == name && path.Ext(name) != "" {
		return from == dir
	}
	before, ok := strings.CutSuffix(text, ":"+name)
	if !ok || before == "" {
		return ok && from == dir
	}
	base, below, ok := p.snapshot.Dialect().BaseOf(before, from)
	return ok && strings.Contains(before, "//") && path.Join(base.Dir, below) == dir
}

// movedLabel returns the edits of a string that may be a label. One without a name may be a package or a target, of
// which the one loses its name with the other's directory: it is left alone where they would differ.
func movedLabel(p *project, dir, file string, lit syntax.Node, m move) []edit.Edit {
	text, ok := lit.Value()
	if !ok || !strings.Contains(text, "//") {
		return nil
	}
	base, rest, ok := p.snapshot.Dialect().BaseOf(text, dir)
	below, _, named := strings.Cut(rest, ":")
	at := path.Join(base.Dir, below)
	if !ok || below == "" || !workspace.Below(at, m.from) {
		return nil
	}
	now := path.Join(m.to, workspace.Relative(at, m.from))
	if !workspace.Below(now, base.Dir) || !named && path.Base(now) != path.Base(at) {
		return nil
	}
	return rewrite.ReplaceString(file, lit, base.Text+workspace.Relative(now, base.Dir)+rest[len(below):])
}
