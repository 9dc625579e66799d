package lsp

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A move is that of a file or a directory, by paths relative to the root.
type move struct{ from, to string }

// willRenameFiles returns the edits that keep addresses and sources right when files or directories are moved.
func (st *state) willRenameFiles(ctx context.Context, p *protocol.RenameFilesParams) (*protocol.WorkspaceEdit, error) {
	moves := map[*project][]move{}
	for _, f := range p.Files {
		project, from, ok := st.projectOf(pathOfText(f.OldURI))
		if !ok {
			continue
		}
		if to, ok := project.path(pathOfText(f.NewURI)); ok {
			moves[project] = append(moves[project], move{from, to})
		}
	}
	for project, moves := range moves {
		edits, err := moved(ctx, project, moves)
		if err != nil {
			return nil, err
		}
		if len(edits) > 0 {
			return st.workspaceEdit(project, edits) // files are moved within one workspace
		}
	}
	return nil, nil
}

// moved returns the edits for files and directories that move all at once.
func moved(ctx context.Context, p *project, moves []move) ([]edit.Edit, error) {
	edits := movedFiles(p, moves)
	for _, m := range moves {
		addresses := movedFileAddresses
		if p.snapshot.Tree().Stat(m.from) == filetree.Dir {
			addresses = movedDirectory
		}
		more, err := addresses(ctx, p, m.from, m.to)
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
	}
	return edits, nil
}

// movedDirectory returns the edits of the addresses that name a package in a directory or below.
func movedDirectory(ctx context.Context, p *project, from, to string) ([]edit.Edit, error) {
	p, err := p.whole(ctx)
	if err != nil {
		return nil, err
	}
	dirs, err := p.snapshot.AllPackages()
	if err != nil {
		return nil, err
	}
	var edits []edit.Edit
	names := p.namesOf(from)
	for i, dir := range dirs {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !workspace.Below(dir, from) && !usesBelow(p.snapshot.Facts(dir), from) && !p.says(dir, names) {
			continue
		}
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg == nil {
			continue
		}
		edits = append(edits, movedAddresses(p, pkg, from, to)...)
		edits = append(edits, movedLabels(p, pkg, move{from, to})...)
		edits = append(edits, movedEntryPoints(p, pkg, []move{{from, to}})...)
	}
	return edits, nil
}

// usesBelow reports whether a package uses a target in a directory or below.
func usesBelow(f *workspace.Facts, dir string) bool {
	if f == nil {
		return false
	}
	for t := range f.Targets() {
		for e := range t.Edges() {
			if !e.Bad && workspace.Below(e.To.Dir, dir) {
				return true
			}
		}
	}
	return false
}

// movedAddresses returns the edits of the addresses in a package that name a target in a directory which moves. Local
// ones stay.
func movedAddresses(p *project, pkg *workspace.Package, from, to string) []edit.Edit {
	var edits []edit.Edit
	for _, t := range pkg.Targets {
		for use := range usesOf(t) {
			local := use.address.Dir == pkg.Dir && use.value.Text[0] == ':'
			if local || !workspace.Below(use.address.Dir, from) || use.value.Literal.IsZero() {
				continue
			}
			a := workspace.Address{Dir: path.Join(to, workspace.Relative(use.address.Dir, from)), Name: use.address.Name}
			if r := p.snapshot.Resolve(use.address); !r.Target.IsZero() && r.Target.NameSpan().Len() == 0 {
				a.Name = path.Base(a.Dir) // it is named as its directory
			}
			text := analysis.Respell(p.snapshot.Dialect(), use.value.Text, a, newDir(pkg.Dir, from, to))
			edits = append(edits, rewrite.ReplaceString(t.File.Path, use.value.Literal, text)...)
		}
	}
	return edits
}

// newDir returns where a directory is after another was moved.
func newDir(dir, from, to string) string {
	if workspace.Below(dir, from) {
		return path.Join(to, workspace.Relative(dir, from))
	}
	return dir
}

// movedFileAddresses returns the edits of the addresses that name a file, such as path/file.py:name, which gets another
// name in the same directory.
func movedFileAddresses(ctx context.Context, p *project, from, to string) ([]edit.Edit, error) {
	grammar := p.snapshot.Dialect().Grammar
	if !grammar.Generated && !grammar.Labels || dirOf(from) != dirOf(to) {
		return nil, nil
	}
	p, err := p.whole(ctx)
	if err != nil {
		return nil, err
	}
	if grammar.Labels {
		return renamedInLabels(ctx, p, from, baseOf(to))
	}
	var dirs []string
	for _, owner := range p.owners(ctx, from) {
		dirs = append(dirs, p.users(owner.Address())...)
	}
	slices.Sort(dirs)
	var edits []edit.Edit
	for _, dir := range slices.Compact(dirs) {
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg != nil {
			edits = append(edits, renamedInAddresses(p, pkg, from, baseOf(to))...)
		}
	}
	return edits, ctx.Err()
}

// renamedInAddresses returns the edits of the addresses in a package that name a file which gets another name.
func renamedInAddresses(p *project, pkg *workspace.Package, file, name string) []edit.Edit {
	var edits []edit.Edit
	for _, t := range pkg.Targets {
		for use := range usesOf(t) {
			label, err := p.snapshot.Dialect().ParseLabel(use.value.Text, pkg.Dir)
			if err != nil || label.File == "" || path.Join(label.Dir, label.File) != file || use.value.Literal.IsZero() {
				continue
			}
			at, rest, _ := strings.Cut(use.value.Text, baseOf(file))
			edits = append(edits, rewrite.ReplaceString(t.File.Path, use.value.Literal, at+name+rest)...)
		}
	}
	return edits
}

// movedFiles returns the edits of the sources that name files which move, or are in directories that do: they are
// renamed where they stay below the directory of the target, else taken out of the list.
func movedFiles(p *project, moves []move) []edit.Edit {
	dirs := map[string]bool{"": true}
	for _, m := range moves {
		for dir := dirOf(m.from); dir != ""; dir = dirOf(dir) {
			dirs[dir] = true
		}
	}
	var edits []edit.Edit
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg == nil {
			continue
		}
		for _, t := range pkg.Targets {
			edits = append(edits, movedSources(t, moves)...)
		}
		edits = append(edits, movedEntryPoints(p, pkg, filesOf(p, moves))...)
	}
	return edits
}

// filesOf returns the moves that are of files.
func filesOf(p *project, moves []move) []move {
	isDir := func(m move) bool { return p.snapshot.Tree().Stat(m.from) == filetree.Dir }
	return slices.DeleteFunc(slices.Clone(moves), isDir)
}

// movedSources returns the edits of the sources of a target.
func movedSources(t *workspace.Target, moves []move) []edit.Edit {
	var edits []edit.Edit
	var gone []syntax.Node
	for _, pattern := range t.Sources.Include {
		if pattern.Value == nil || pattern.Value.Literal.IsZero() {
			continue
		}
		switch now, ok := newSource(pattern.Value.Text, t.Package.Dir, moves); {
		case !ok:
		case now != "":
			edits = append(edits, rewrite.ReplaceString(t.File.Path, pattern.Value.Literal, now)...)
		case slices.Contains(slices.Collect(t.Sources.Node.Elems()), pattern.Value.Node()):
			gone = append(gone, pattern.Value.Node())
		}
	}
	if len(gone) == 0 {
		return edits
	}
	return append(edits, rewrite.RemoveElem(t.File.Path, t.Sources.Node, gone...)...)
}

// newSource returns what names a source of a directory after moves, "" if it is no longer below. It reports whether one
// of them concerns it.
func newSource(text, dir string, moves []move) (now string, ok bool) {
	for _, m := range moves {
		if !workspace.Below(m.from, dir) {
			continue
		}
		rest, ok := strings.CutPrefix(text+"/", workspace.Relative(m.from, dir)+"/")
		switch {
		case !ok:
		case !workspace.Below(m.to, dir):
			return "", true
		default:
			return strings.TrimSuffix(workspace.Relative(m.to, dir)+"/"+rest, "/"), true
		}
	}
	return "", false
}

// pathOfText returns the absolute path that the text of a URI names, "" if it names no file.
func pathOfText(text string) string {
	u, err := uri.Parse(text)
	if err != nil {
		return ""
	}
	return pathOf(u)
}
