package lsp

import (
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// loadAt returns what of a load statement stands at offset: its label, or a name that it takes.
func (b *buildFile) loadAt(offset int) element {
	for _, stmt := range b.syntax.Stmts {
		if stmt.Kind() != syntax.Load || !holds(stmt.Span(), offset) {
			continue
		}
		if holds(stmt.X().Span(), offset) {
			return element{kind: loadElement, span: content(stmt.X()), node: stmt.X()}
		}
		for l := range stmt.Loaded() {
			if holds(l.Place, offset) {
				return element{kind: loadedElement, span: l.Place, node: stmt.X(), name: l.Name}
			}
		}
	}
	return element{}
}

// loadedFile returns the file that the label of a load statement names, if it is there.
func (b *buildFile) loadedFile(label syntax.Node) (rel string, ok bool) {
	text, ok := label.Value()
	if !ok {
		return "", false
	}
	rel, ok = b.project.snapshot.LoadPath(text, b.pkg.Dir)
	return rel, ok && b.project.snapshot.Tree().Stat(rel) == filetree.File
}

// loadLinks returns the file of a load statement, or where the name is defined that it takes.
func (b *buildFile) loadLinks(e element) []protocol.LocationLink {
	if e.kind == loadElement {
		if rel, ok := b.loadedFile(e.node); ok {
			return b.moduleLink(rel, syntax.Span{}, syntax.Span{})
		}
		return nil
	}
	label, _ := e.node.Value()
	return b.definedLinks(b.project.snapshot.Loaded(label, b.pkg.Dir, e.span.Text(b.syntax.Src)))
}

// definedLinks returns the place where a module defines a name, none if m is nil.
func (b *buildFile) definedLinks(m *workspace.Module, def syntax.Node) []protocol.LocationLink {
	if m == nil || def.IsZero() {
		return nil
	}
	name := def.Span()
	switch def.Kind() {
	case syntax.Def:
		name = def.NameSpan()
	case syntax.Assign:
		name = def.X().Span()
	}
	return b.moduleLink(m.Path, def.Span(), name)
}

func (b *buildFile) moduleLink(rel string, whole, name syntax.Span) []protocol.LocationLink {
	doc, err := b.state.document(b.project, rel)
	if err != nil {
		return nil
	}
	link := fileLink(doc, name)
	link.TargetRange = doc.rangeOf(whole.Start, whole.End)
	return []protocol.LocationLink{link}
}

// definition returns the function of the repository that a name of the file stands for, zero if there is none.
func (b *buildFile) definition(name string) (*workspace.Module, syntax.Node) {
	m, def := b.project.snapshot.Defined(b.rel, name)
	if m == nil || def.Kind() != syntax.Def {
		return nil, syntax.Node{}
	}
	return m, def
}

// hoverLoad tells which file a load statement names, or what the name stands for that it takes.
func (b *buildFile) hoverLoad(e element) string {
	if e.kind == loadElement {
		if rel, ok := b.loadedFile(e.node); ok {
			return "`" + rel + "`"
		}
		return ""
	}
	if text := b.hoverFunction(e.name); text != "" {
		return text
	}
	m, def := b.project.snapshot.Defined(b.rel, e.name)
	if m == nil || def.IsZero() {
		return ""
	}
	return hoverStatement(def) + "\n\n`" + m.Path + "`"
}

// hoverStatement shows the first line of a statement.
func hoverStatement(stmt syntax.Node) string {
	first, _, _ := strings.Cut(stmt.Text(), "\n")
	return "```python\n" + first + "\n```"
}

// hoverFunction tells of a function of the repository, "" if a name stands for none.
func (b *buildFile) hoverFunction(name string) string {
	m, def := b.definition(name)
	if m == nil {
		return ""
	}
	text := fmt.Sprintf("```python\n%s(%s)\n```\n\n`%s`", name, strings.Join(parameters(def), ", "), m.Path)
	if doc := docstring(def); doc != "" {
		text += "\n\n" + doc
	}
	return text
}

// parameters returns the parameters of a function as they are called.
func parameters(def syntax.Node) []string {
	var names []string
	for p := range def.Params() {
		name := p.Star + p.Name
		if !p.Default.IsZero() {
			name += " = " + p.Default.Text()
		}
		names = append(names, name)
	}
	return names
}

// docstring returns the first paragraph of what a function says of itself.
func docstring(def syntax.Node) string {
	for block := range def.Blocks() {
		if len(block) == 0 || block[0].Kind() != syntax.String {
			return ""
		}
		text, _ := block[0].Value()
		first, _, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
		return strings.Join(strings.Fields(first), " ")
	}
	return ""
}

// functionHelp returns the parameters of a function of the repository, nil if a name stands for none.
func (b *buildFile) functionHelp(name, arg string) *protocol.SignatureHelp {
	m, def := b.definition(name)
	if m == nil {
		return nil
	}
	s := protocol.SignatureInformation{
		Label:         name + "(" + strings.Join(parameters(def), ", ") + ")",
		Documentation: b.state.markup(docstring(def), b.state.client.markdownHover),
	}
	active := uint32(0)
	for p := range def.Params() {
		s.Parameters = append(s.Parameters, protocol.ParameterInformation{Label: protocol.String(p.Star + p.Name)})
		if p.Name != arg && int(active) == len(s.Parameters)-1 {
			active++
		}
	}
	return &protocol.SignatureHelp{
		ActiveSignature: ptr(uint32(0)), ActiveParameter: protocol.NewNullable(active),
		Signatures: []protocol.SignatureInformation{s},
	}
}
