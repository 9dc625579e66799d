package lsp

import (
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// movedEntryPoints returns the edits of the entry points in a package whose files move.
func movedEntryPoints(p *project, pkg *workspace.Package, moves []move) []edit.Edit {
	b := &buildFile{file: &file{project: p}, pkg: pkg}
	var edits []edit.Edit
	for _, t := range pkg.Targets {
		for _, f := range t.Fields {
			s, ok := f.Value.(*workspace.String)
			if !ok || f.Spec == nil || f.Spec.Role != dialect.EntryPointField || s.Literal.IsZero() {
				continue
			}
			if text, ok := b.movedEntryPoint(s.Text, moves); ok {
				edits = append(edits, rewrite.ReplaceString(t.File.Path, s.Literal, text)...)
			}
		}
	}
	return edits
}

// movedEntryPoint returns an entry point as it is after moves. It reports whether one of them concerns it, and it can
// still be written.
func (b *buildFile) movedEntryPoint(text string, moves []move) (string, bool) {
	rel, _, ok := b.entryFile(text)
	if !ok {
		return "", false
	}
	name, rest := text, ""
	if i := strings.IndexAny(text, ":[ "); i >= 0 {
		name, rest = text[:i], text[i:]
	}
	now, dir := movedPath(rel, moves), movedPath(b.pkg.Dir, moves)
	if strings.HasSuffix(name, ".py") {
		file := workspace.Relative(now, dir)
		return file + rest, file != name && workspace.Below(now, dir)
	}
	root, _ := b.project.snapshot.RootOf(b.pkg.Dir) // it has been found there
	module := strings.ReplaceAll(strings.TrimSuffix(workspace.Relative(now, root.Dir), ".py"), "/", ".")
	module = strings.TrimSuffix(module, ".__init__")
	return module + rest, module != name && workspace.Below(now, root.Dir) && path.Ext(now) == ".py"
}

// movedPath returns a path as it is after moves.
func movedPath(rel string, moves []move) string {
	for _, m := range moves {
		if workspace.Below(rel, m.from) {
			return path.Join(m.to, workspace.Relative(rel, m.from))
		}
	}
	return rel
}
