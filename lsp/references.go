package lsp

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func (st *state) references(ctx context.Context, p *protocol.ReferenceParams) ([]protocol.Location, error) {
	f, ok := st.file(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	b, ok := f.starlarkFile()
	if !ok {
		return f.ownerLocations(ctx), nil
	}
	return references(ctx, b, b.offset(p.Position), p.Context.IncludeDeclaration)
}

// references returns the places that refer to what stands at offset: to a target from the whole workspace, to anything
// else from the same file.
func references(ctx context.Context, b *buildFile, offset int, declaration bool) ([]protocol.Location, error) {
	e := b.elementAt(offset)
	switch e.kind {
	case addressElement, nameElement, kindElement, mentionElement:
		if e.kind == kindElement && e.target.NameField != nil {
			return b.bindingReferences(e.span.Text(b.syntax.Src), declaration), nil
		}
		return b.referencesTo(ctx, e.address, declaration)
	case sourceElement:
		return b.fileReferences(ctx, e), nil
	case fileElement:
		return b.ownersOf(ctx, e.name), nil
	case identElement:
		return b.bindingReferences(e.node.Name(), declaration), nil
	case loadedElement:
		return b.bindingReferences(e.name, declaration), nil
	}
	return nil, nil
}

// bindingReferences returns the places of a name in the file, without those that bind it unless these are asked for.
func (b *buildFile) bindingReferences(name string, declaration bool) []protocol.Location {
	spans := b.identSpans(name)
	if !declaration {
		for _, stmt := range b.syntax.Stmts {
			if s, ok := binds(stmt, name); ok {
				spans = slices.DeleteFunc(spans, s.Contains)
			}
		}
	}
	return b.locations(spans)
}

// referencesTo returns the places that name a target, in whatever spelling.
func (b *buildFile) referencesTo(
	ctx context.Context, a workspace.Address, declaration bool,
) ([]protocol.Location, error) {
	var locations []protocol.Location
	if declaration {
		if t := b.project.targetNamed(a); t != nil {
			link := b.targetLink(t)
			locations = append(locations, protocol.Location{URI: link.TargetURI, Range: link.TargetSelectionRange})
		}
	}
	p, err := b.project.whole(ctx)
	if err != nil {
		return nil, err
	}
	for _, dir := range p.users(a) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		pkg, _ := p.snapshot.Package(dir) // what can be read is looked at
		if pkg != nil {
			locations = append(locations, b.usesIn(pkg, a)...)
		}
	}
	return locations, nil
}

// users returns the directories of the packages that use a target, sorted.
func (p *project) users(a workspace.Address) []string {
	var dirs []string
	for _, u := range p.snapshot.Uses(a) {
		dirs = append(dirs, u.Package.Dir())
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// usesIn returns the places in a package that name a target, each once: a constant may serve several targets.
func (b *buildFile) usesIn(pkg *workspace.Package, a workspace.Address) []protocol.Location {
	documents := map[*workspace.BuildFile]*document{}
	var locations []protocol.Location
	for _, t := range pkg.Targets {
		for use := range usesOf(t) {
			if use.address != a {
				continue
			}
			doc := documents[t.File]
			if doc == nil {
				doc = b.documentOf(t.File)
				documents[t.File] = doc
			}
			s := content(use.value.Node())
			locations = append(locations, protocol.Location{URI: doc.uri, Range: doc.rangeOf(s.Start, s.End)})
		}
	}
	return distinct(locations)
}

// fileReferences returns the declarations of the targets that own the files of a pattern.
func (b *buildFile) fileReferences(ctx context.Context, e element) []protocol.Location {
	var locations []protocol.Location
	dir := e.target.Package.Dir
	for _, rel := range b.project.snapshot.Tree().Glob(dir, []string{e.pattern.Glob}, nil) {
		locations = append(locations, b.ownersOf(ctx, rel)...)
	}
	return distinct(locations)
}

// distinct returns values without those that came before.
func distinct[T comparable](values []T) []T {
	seen := map[T]bool{}
	return slices.DeleteFunc(values, func(v T) bool {
		again := seen[v]
		seen[v] = true
		return again
	})
}

// identSpans returns the places of an identifier in the file.
func (b *buildFile) identSpans(name string) []syntax.Span {
	var spans []syntax.Span
	for _, stmt := range b.syntax.Stmts {
		if s, ok := binds(stmt, name); ok && stmt.Kind() != syntax.Assign {
			spans = append(spans, s)
		}
		syntax.Walk(stmt, func(n syntax.Node) bool {
			if n.Kind() == syntax.Ident && n.Name() == name {
				spans = append(spans, n.Span())
			}
			return true
		})
	}
	return spans
}

// ownersOf returns the declarations of the targets that own a file.
func (b *buildFile) ownersOf(ctx context.Context, rel string) []protocol.Location {
	f := &file{document: b.document, state: b.state, project: b.project, rel: rel}
	return f.ownerLocations(ctx)
}

func (b *buildFile) locations(spans []syntax.Span) []protocol.Location {
	locations := make([]protocol.Location, len(spans))
	for i, s := range spans {
		locations[i] = protocol.Location{URI: b.uri, Range: b.rangeOf(s.Start, s.End)}
	}
	return locations
}
