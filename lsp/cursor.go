package lsp

import (
	"context"
	"slices"

	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// An elementKind says what a place in a BUILD file is about.
type elementKind uint8

const (
	noElement      elementKind = iota
	addressElement             // a string that names a target
	nameElement                // the name of a target, at its declaration
	sourceElement              // a pattern of sources
	entryElement               // an entry point
	kindElement                // the function that declares a target
	fieldElement               // the name of a field
	identElement               // any other identifier
	loadElement                // the label of a load statement
	loadedElement              // a name that a load statement takes
	mentionElement             // a string that happens to name a target
	fileElement                // a string that happens to name a file
)

// An element is what stands at a place in a BUILD file.
type element struct {
	kind    elementKind
	span    syntax.Span       // of a string: what is between its quotes
	target  *workspace.Target // in which it stands, nil if in none
	address workspace.Address // of an address or a name
	field   *workspace.Field
	pattern workspace.Pattern
	value   *workspace.String
	node    syntax.Node // of an identifier; of what stands in a load statement: its label
	name    string      // of what a load statement takes, as the file calls it; of a file: its path relative to the root
}

// A buildFile is a BUILD file that a request is about, with its package.
type buildFile struct {
	*file
	pkg    *workspace.Package
	syntax *syntax.File
}

// buildFile reads the package of f. It reports whether f is a BUILD file of it.
func (f *file) buildFile() (*buildFile, bool) {
	pkg, _ := f.project.snapshot.Package(f.dir()) // of several files one may be unreadable
	if pkg == nil {
		return nil, false
	}
	for _, b := range pkg.Files {
		if b.Path == f.rel {
			return &buildFile{file: f, pkg: pkg, syntax: b.Syntax}, true
		}
	}
	return nil, false
}

// targets yields the targets that the file declares itself.
func (b *buildFile) targets(yield func(*workspace.Target) bool) {
	for _, t := range b.pkg.Targets {
		if t.File.Path == b.rel && !t.Implicit && !yield(t) {
			return
		}
	}
}

// targetAt returns the target whose declaration holds offset, nil if none does.
func (b *buildFile) targetAt(offset int) *workspace.Target {
	for t := range b.targets {
		if holds(t.Node().Span(), offset) {
			return t
		}
	}
	return nil
}

// holds reports whether offset is in s or at its end, where a cursor is that was just behind it.
func holds(s syntax.Span, offset int) bool { return s.Start <= offset && offset <= s.End }

// elementAt returns what stands at offset.
func (b *buildFile) elementAt(offset int) element {
	if t := b.targetAt(offset); t != nil {
		if e := elementOf(t, offset); e.kind != noElement {
			return e
		}
	}
	if e := b.loadAt(offset); e.kind != noElement {
		return e
	}
	if e := b.identAt(offset); e.kind != noElement {
		return e
	}
	return b.mentionAt(offset)
}

// elementOf returns what of a target stands at offset.
func elementOf(t *workspace.Target, offset int) element {
	e := element{target: t, address: t.Address()}
	for use := range usesOf(t) {
		if holds(use.value.Node().Span(), offset) {
			return element{
				kind: addressElement, span: content(use.value.Node()), target: t, address: use.address, value: use.value,
			}
		}
	}
	for _, p := range t.Sources.Include {
		if p.Value != nil && holds(p.Value.Node().Span(), offset) {
			e.kind, e.span, e.pattern, e.value = sourceElement, content(p.Value.Node()), p, p.Value
			return e
		}
	}
	for _, f := range t.Fields {
		if f.Arg.Name != "" && holds(f.Arg.NameSpan, offset) {
			e.kind, e.span, e.field = fieldElement, f.Arg.NameSpan, f
			return e
		}
		if s, ok := f.Value.(*workspace.String); ok && holds(f.Arg.Value.Span(), offset) {
			if e.kind = stringKind(t, f); e.kind != noElement {
				e.span, e.field, e.value = content(s.Node()), f, s
				return e
			}
		}
	}
	if fn := t.Node().Func(); holds(fn.Span(), offset) && fn.Kind() == syntax.Ident {
		e.kind, e.span = kindElement, fn.Span()
		return e
	}
	return element{}
}

// stringKind returns what a string is that is the value of a field.
func stringKind(t *workspace.Target, f *workspace.Field) elementKind {
	switch {
	case f == t.NameField:
		return nameElement
	case f.Spec != nil && f.Spec.Role == dialect.EntryPointField:
		return entryElement
	}
	return noElement
}

// identAt returns the identifier at offset.
func (b *buildFile) identAt(offset int) element {
	path := b.syntax.Path(offset)
	if len(path) == 0 {
		return element{}
	}
	n := path[len(path)-1]
	if n.Kind() != syntax.Ident {
		return element{}
	}
	return element{kind: identElement, span: n.Span(), node: n, target: b.targetAt(offset)}
}

// content returns the place of what a string has between its quotes; of what is no literal, its own.
func content(n syntax.Node) syntax.Span {
	if n.Kind() == syntax.String {
		return n.Content()
	}
	return n.Span()
}

// An addressUse is a string of a target that names another.
type addressUse struct {
	value   *workspace.String
	address workspace.Address
}

// usesOf yields the strings of a target that are addresses.
func usesOf(t *workspace.Target) func(yield func(addressUse) bool) {
	return func(yield func(addressUse) bool) {
		for _, d := range t.Deps {
			if d.Err == nil && !yield(addressUse{d.Value, d.Address}) {
				return
			}
		}
		if t.Provides == nil {
			return
		}
		for _, b := range t.Provides.Binaries {
			s, ok := b.Value.(*workspace.String)
			if ok && b.Err == nil && !yield(addressUse{s, b.Address}) {
				return
			}
		}
	}
}

// targetNamed returns the target that an address names with all its fields, nil if there is none.
func (p *project) targetNamed(a workspace.Address) *workspace.Target {
	if a.IsZero() {
		return nil
	}
	pkg, _ := p.snapshot.Package(a.Dir) // what can be read is looked at
	if pkg == nil {
		return nil
	}
	return pkg.Named(a.Name)
}

// documentOf returns a BUILD file as it was when its package was read.
func (f *file) documentOf(b *workspace.BuildFile) *document {
	path := f.project.abs(b.Path)
	u := uriOf(path)
	if o := f.state.overlays[path]; o != nil {
		u = o.uri
	}
	return newDocument(u, b.Syntax.Src, f.encoding)
}

// sources returns the files that a target owns as paths relative to the root.
func (p *project) sources(t *workspace.Target) []string {
	if t.Sources == nil || len(t.Sources.Include) == 0 {
		return nil
	}
	return p.snapshot.Tree().Glob(t.Package.Dir, t.Sources.Globs(), t.Sources.Exclude)
}

// owners returns the targets that own a file, of the packages at and above it. What a target has by default counts
// where no other names the file.
func (p *project) owners(ctx context.Context, rel string) []*workspace.Target {
	var owners []*workspace.Target
	for dir := dirOf(rel); ctx.Err() == nil; dir = dirOf(dir) {
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg != nil {
			owners = append(owners, ownersIn(pkg, rel)...)
		}
		if dir == "" {
			break
		}
	}
	written := func(t *workspace.Target) bool { return t.Sources.Written }
	if slices.ContainsFunc(owners, written) {
		owners = slices.DeleteFunc(owners, func(t *workspace.Target) bool { return !written(t) })
	}
	return owners
}

// ownersIn returns the targets of a package that own a file.
func ownersIn(pkg *workspace.Package, rel string) []*workspace.Target {
	var owners []*workspace.Target
	for _, t := range pkg.Targets {
		if t.Sources != nil && t.Sources.Match(workspace.Relative(rel, pkg.Dir)) {
			owners = append(owners, t)
		}
	}
	return owners
}

// buildFile returns the BUILD file at u. It reports whether u is one.
func (st *state) buildFile(u uri.URI) (*buildFile, bool) {
	f, ok := st.file(u)
	if !ok {
		return nil, false
	}
	return f.buildFile()
}
