package lsp

import (
	"context"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func (st *state) definition(ctx context.Context, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	f, ok := st.file(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	b, ok := f.starlarkFile()
	if !ok {
		return locationsResult(f.ownerLocations(ctx)), nil
	}
	origin, targets := definition(ctx, b, b.offset(p.Position))
	if !st.client.definitionLinks {
		var locations []protocol.Location
		for _, t := range targets {
			locations = append(locations, protocol.Location{URI: t.TargetURI, Range: t.TargetSelectionRange})
		}
		return locationsResult(locations), nil
	}
	links := make(protocol.DefinitionLinkSlice, len(targets))
	for i, t := range targets {
		t.OriginSelectionRange = ptr(b.rangeOf(origin.Start, origin.End))
		links[i] = protocol.DefinitionLink(t)
	}
	return links, nil
}

func locationsResult(locations []protocol.Location) protocol.DefinitionResult {
	return protocol.LocationSlice(locations)
}

// definition returns what is defined elsewhere that stands at offset, and where.
func definition(_ context.Context, b *buildFile, offset int) (origin syntax.Span, targets []protocol.LocationLink) {
	e := b.elementAt(offset)
	switch e.kind {
	case addressElement, nameElement:
		if t := b.project.targetNamed(e.address); t != nil {
			targets = append(targets, b.addressLink(e, t))
		}
	case mentionElement:
		if t := b.project.targetNamed(e.address); t != nil {
			targets = append(targets, b.targetLink(t))
		}
	case fileElement:
		targets = append(targets, b.pathLink(e.name))
	case sourceElement:
		targets = b.sourceLinks(e)
	case entryElement:
		if link, ok := b.entryPointLink(e); ok {
			targets = append(targets, link)
		}
	case identElement, kindElement:
		targets = b.bindingLinks(e)
	case loadElement, loadedElement:
		targets = b.loadLinks(e)
	}
	return e.span, targets
}

// addressLink returns the place of what an address names: of a target, or of the line that another is generated from.
func (b *buildFile) addressLink(e element, t *workspace.Target) protocol.LocationLink {
	if doc, line, ok := b.generatedLine(e, t); ok {
		return fileLink(doc, line.Span)
	}
	return b.targetLink(t)
}

// generatedLine returns the place of the requirement that an address names, where t generates it from a file.
func (b *buildFile) generatedLine(e element, t *workspace.Target) (doc *document, line python.Named, ok bool) {
	if e.value == nil || e.kind != addressElement {
		return nil, line, false
	}
	label, _ := b.project.snapshot.Dialect().ParseLabel(e.value.Text, b.pkg.Dir) // it has been read
	if line, ok = t.Generated.Named(label.Generated()); !ok || label.Generated() == "" {
		return nil, line, false
	}
	doc, err := b.state.document(b.project, t.Generated.Path)
	return doc, line, err == nil && line.Span.End <= len(doc.text)
}

// targetLink returns the place of a declaration: the call, and of it the name or else the function.
func (b *buildFile) targetLink(t *workspace.Target) protocol.LocationLink {
	if t.Implicit {
		if link, ok := b.requirementLink(t); ok {
			return link
		}
	}
	doc := b.documentOf(t.File)
	whole := t.Node().Span()
	name := nameSpan(t)
	return protocol.LocationLink{
		TargetURI: doc.uri, TargetRange: doc.rangeOf(whole.Start, whole.End),
		TargetSelectionRange: doc.rangeOf(name.Start, name.End),
	}
}

// nameSpan returns the place of the name of a target: between its quotes, or of the function where it is not given.
func nameSpan(t *workspace.Target) syntax.Span {
	if t.NameField != nil {
		return content(t.NameField.Arg.Value)
	}
	return t.Node().Func().Span()
}

// requirementLink returns the line of a requirements file that stands for a target.
func (b *buildFile) requirementLink(t *workspace.Target) (protocol.LocationLink, bool) {
	rel := path.Join(t.Package.Dir, requirementsFile(t))
	doc, err := b.state.document(b.project, rel)
	if err != nil {
		return protocol.LocationLink{}, false
	}
	for _, r := range python.PantsV1Targets(python.ParseRequirements(doc.text)) {
		if r.Name == t.Name {
			return fileLink(doc, r.Span), true
		}
	}
	return fileLink(doc, syntax.Span{}), true
}

// requirementsFile returns the file whose lines declare an implicit target: the one that the call names, else the
// default.
func requirementsFile(t *workspace.Target) string {
	for a := range t.Node().Args() {
		if name, ok := a.Value.Value(); ok {
			return name
		}
	}
	return t.Kind.Requirements
}

func fileLink(doc *document, s syntax.Span) protocol.LocationLink {
	r := doc.rangeOf(s.Start, s.End)
	return protocol.LocationLink{TargetURI: doc.uri, TargetRange: r, TargetSelectionRange: r}
}

// sourceLinks returns the files that a pattern matches.
func (b *buildFile) sourceLinks(e element) []protocol.LocationLink {
	var links []protocol.LocationLink
	dir := e.target.Package.Dir
	for _, rel := range b.project.snapshot.Tree().Glob(dir, []string{e.pattern.Glob}, e.target.Sources.Exclude) {
		links = append(links, b.pathLink(rel))
	}
	return links
}

// entryPointLink returns the module of an entry point, and its function there.
func (b *buildFile) entryPointLink(e element) (protocol.LocationLink, bool) {
	rel, object, ok := b.entryFile(e.value.Text)
	if !ok {
		return protocol.LocationLink{}, false
	}
	doc, err := b.state.document(b.project, rel)
	if err != nil {
		return protocol.LocationLink{}, false
	}
	var at syntax.Span
	if name, _, _ := strings.Cut(object, "."); name != "" {
		at = python.ReadModule(doc.text).Binding(name).Span
	}
	return fileLink(doc, at), true
}

// entryFile returns the file that an entry point names, by its module or beside the BUILD file, and what of it.
func (b *buildFile) entryFile(text string) (rel, object string, ok bool) {
	if file, object, _ := strings.Cut(text, ":"); strings.HasSuffix(file, ".py") {
		if rel = path.Join(b.pkg.Dir, file); b.project.snapshot.Tree().Stat(rel) == filetree.File {
			return rel, object, true
		}
	}
	entry, err := python.ParseEntryPoint(text)
	if err != nil {
		return "", "", false
	}
	rel, ok = b.modulePath(entry.Module)
	return rel, entry.Object, ok
}

// modulePath returns the file of a Python module that is looked up below the source root of the package.
func (b *buildFile) modulePath(module string) (rel string, ok bool) {
	root, ok := b.project.snapshot.RootOf(b.pkg.Dir)
	if !ok {
		return "", false
	}
	base := path.Join(root.Dir, strings.ReplaceAll(module, ".", "/"))
	for _, rel := range []string{base + ".py", path.Join(base, "__init__.py")} {
		if b.project.snapshot.Tree().Stat(rel) == filetree.File {
			return rel, true
		}
	}
	return "", false
}

// bindingLinks returns where an identifier of the file is bound: a constant, a function, a load.
func (b *buildFile) bindingLinks(e element) []protocol.LocationLink {
	name := e.span.Text(b.syntax.Src)
	if m, def := b.project.snapshot.Defined(b.rel, name); m != nil && m.Path != b.rel {
		return b.definedLinks(m, def)
	}
	for _, stmt := range b.syntax.Stmts {
		if s, ok := binds(stmt, name); ok {
			link := fileLink(b.document, s)
			whole := stmt.Span()
			link.TargetRange = b.rangeOf(whole.Start, whole.End)
			return []protocol.LocationLink{link}
		}
	}
	return nil
}

// binds returns the place where a statement binds a name.
func binds(stmt syntax.Node, name string) (syntax.Span, bool) {
	switch stmt.Kind() {
	case syntax.Assign:
		if x := stmt.X(); x.Kind() == syntax.Ident && x.Name() == name {
			return x.Span(), true
		}
	case syntax.Def, syntax.Class:
		if stmt.Name() == name {
			return stmt.NameSpan(), true
		}
	case syntax.Load:
		for l := range stmt.Loaded() {
			if l.Name == name {
				return l.Place, true
			}
		}
	case syntax.Import:
		if slices.Contains(stmt.Names(), name) {
			return stmt.Span(), true
		}
	}
	return syntax.Span{}, false
}

// ownerLocations returns the declarations of the targets that own a file which is no BUILD file.
func (f *file) ownerLocations(ctx context.Context) []protocol.Location {
	var locations []protocol.Location
	for _, t := range f.project.owners(ctx, f.rel) {
		doc := f.documentOf(t.File)
		name := nameSpan(t)
		locations = append(locations, protocol.Location{URI: doc.uri, Range: doc.rangeOf(name.Start, name.End)})
	}
	return locations
}
