package lsp

import (
	"context"
	"path"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// willRenameFiles returns the edits that keep addresses and sources right when files or directories are moved.
func (st *state) willRenameFiles(ctx context.Context, p *protocol.RenameFilesParams) (*protocol.WorkspaceEdit, error) {
	byProject := map[*project][]edit.Edit{}
	for _, f := range p.Files {
		from, to := pathOfText(f.OldURI), pathOfText(f.NewURI)
		project, old, ok := st.projectOf(from)
		if !ok {
			continue
		}
		now, ok := project.path(to)
		if !ok {
			continue
		}
		edits, err := moved(ctx, project, old, now)
		if err != nil {
			return nil, err
		}
		byProject[project] = append(byProject[project], edits...)
	}
	for project, edits := range byProject {
		if len(edits) > 0 {
			return st.workspaceEdit(project, edits) // files are moved within one workspace
		}
	}
	return nil, nil
}

// moved returns the edits for a file or directory that goes from one path to another.
func moved(ctx context.Context, p *project, from, to string) ([]edit.Edit, error) {
	if p.snapshot.Tree().Stat(from) == filetree.Dir {
		return movedDirectory(ctx, p, from, to)
	}
	return movedFile(p, from, to), nil
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
	for i, dir := range dirs {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !usesBelow(p.snapshot.Facts(dir), from) {
			continue
		}
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg != nil {
			edits = append(edits, movedAddresses(p, pkg, from, to)...)
		}
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

// movedFile returns the edits of the sources that name a file: it is renamed where it stays in the directory of the
// target, else taken out of the list.
func movedFile(p *project, from, to string) []edit.Edit {
	var edits []edit.Edit
	for dir := dirOf(from); ; dir = dirOf(dir) {
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg != nil {
			edits = append(edits, movedSources(pkg, from, to)...)
		}
		if dir == "" {
			return edits
		}
	}
}

func movedSources(pkg *workspace.Package, from, to string) []edit.Edit {
	old := workspace.Relative(from, pkg.Dir)
	var edits []edit.Edit
	for _, t := range pkg.Targets {
		for _, pattern := range t.Sources.Include {
			if pattern.Value == nil || pattern.Value.Text != old || pattern.Value.Literal.IsZero() {
				continue
			}
			if workspace.Below(to, pkg.Dir) {
				edits = append(edits, rewrite.ReplaceString(t.File.Path, pattern.Value.Literal, workspace.Relative(to, pkg.Dir))...)
				continue
			}
			if list := t.Sources.Node; slices.Contains(slices.Collect(list.Elems()), pattern.Value.Node()) {
				edits = append(edits, rewrite.RemoveElem(t.File.Path, list, pattern.Value.Node())...)
			}
		}
	}
	return edits
}

// pathOfText returns the absolute path that the text of a URI names, "" if it names no file.
func pathOfText(text string) string {
	u, err := uri.Parse(text)
	if err != nil {
		return ""
	}
	return pathOf(u)
}
