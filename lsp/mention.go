package lsp

import (
	"path"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// mentionAt returns what a string names of which no field says what it is, such as an argument of a function of the
// repository: a target, a file or an entry point that is there.
func (b *buildFile) mentionAt(offset int) element {
	nodes := b.syntax.Path(offset)
	if len(nodes) == 0 {
		return element{}
	}
	n := nodes[len(nodes)-1]
	text, ok := n.Value()
	if n.Kind() != syntax.String || !ok || text == "" {
		return element{}
	}
	e := element{span: content(n), value: &workspace.String{Text: text}}
	a, rel := b.mentioned(text)
	switch {
	case !a.IsZero():
		e.kind, e.address = mentionElement, a
	case rel != "":
		e.kind, e.name = fileElement, rel
	default:
		if _, _, ok := b.entryFile(text); ok && strings.Contains(text, ".") {
			e.kind = entryElement
		}
	}
	return e
}

// mentioned returns the target or the file that a text names, zero if it names none.
func (b *buildFile) mentioned(text string) (a workspace.Address, rel string) {
	a, err := b.project.snapshot.Dialect().ParseAddress(text, b.pkg.Dir)
	if err == nil && strings.ContainsAny(text, ":/") {
		if b.project.targetNamed(a) != nil {
			return a, ""
		}
		if rel := path.Join(a.Dir, a.Name); b.isFile(rel) {
			return workspace.Address{}, rel
		}
	}
	if rel := path.Join(b.pkg.Dir, text); b.isFile(rel) {
		return workspace.Address{}, rel
	}
	return workspace.Address{}, ""
}

func (b *buildFile) isFile(rel string) bool {
	return b.project.snapshot.Tree().Stat(rel) == filetree.File
}

// pathLink returns the file at a path relative to the root.
func (b *buildFile) pathLink(rel string) protocol.LocationLink {
	return protocol.LocationLink{TargetURI: uriOf(b.project.abs(rel))}
}

// starlarkFile returns the file at u that is written in the language of BUILD files: one of them, or a module that they
// load, which declares no targets itself. It reports whether it is one.
func (st *state) starlarkFile(u uri.URI) (*buildFile, bool) {
	f, ok := st.file(u)
	if !ok {
		return nil, false
	}
	return f.starlarkFile()
}

func (f *file) starlarkFile() (*buildFile, bool) {
	if b, ok := f.buildFile(); ok {
		return b, true
	}
	if isModule(f.rel) {
		return &buildFile{file: f, pkg: &workspace.Package{Dir: f.dir()}, syntax: syntax.Parse(f.text)}, true
	}
	return nil, false
}
