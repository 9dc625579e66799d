package lsp

import (
	"bytes"
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
		visit := func(n syntax.Node) bool {
			if n.Kind() == syntax.String && !seen[n] {
				seen[n] = true
				edits = append(edits, movedLabel(p, pkg.Dir, f.Path, n, m)...)
			}
			return true
		}
		for _, stmt := range f.Syntax.Stmts {
			if syntax.Walk(stmt, visit); stmt.Kind() == syntax.Load {
				visit(stmt.X())
			}
		}
	}
	return edits
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
