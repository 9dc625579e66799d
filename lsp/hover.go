package lsp

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func (st *state) hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	f, ok := st.file(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	b, ok := f.starlarkFile()
	if !ok {
		return nil, nil
	}
	text, span := hover(ctx, b, b.offset(p.Position))
	if text == "" {
		return nil, nil
	}
	return &protocol.Hover{
		Contents: st.markup(text, st.client.markdownHover), Range: ptr(b.rangeOf(span.Start, span.End)),
	}, nil
}

// markup returns Markdown for the client; one that does not take it gets the text as it is.
func (st *state) markup(text string, markdown bool) *protocol.MarkupContent {
	if markdown {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	}
	plain := strings.NewReplacer("```python\n", "", "```", "", "`", "", "**", "").Replace(text)
	return &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: plain}
}

// hover returns Markdown about what stands at offset, "" if there is nothing to say, and the place that it is about.
func hover(ctx context.Context, b *buildFile, offset int) (text string, span syntax.Span) {
	e := b.elementAt(offset)
	switch e.kind {
	case addressElement, nameElement:
		return b.hoverGenerated(e) + b.hoverAddress(e.address), e.span
	case mentionElement:
		return b.hoverAddress(e.address), e.span
	case fileElement:
		return "`" + e.name + "`", e.span
	case sourceElement:
		return b.hoverSources(e), e.span
	case kindElement:
		if e.target.Kind == nil || e.target.Macro {
			return b.hoverFunction(e.target.KindName), e.span
		}
		return hoverKind(b.project.snapshot.Dialect(), e.target.Kind), e.span
	case fieldElement:
		return hoverField(b.project.snapshot.Dialect(), e.target.Kind, e.field), e.span
	case entryElement:
		return b.hoverEntryPoint(e), e.span
	case identElement:
		return b.hoverIdent(ctx, e), e.span
	case loadElement, loadedElement:
		return b.hoverLoad(e), e.span
	}
	return "", e.span
}

// hoverAddress tells of a target.
func (b *buildFile) hoverAddress(a workspace.Address) string {
	t := b.project.targetNamed(a)
	if t == nil {
		return b.hoverNothing(a)
	}
	var s strings.Builder
	fmt.Fprintf(&s, "```python\n%s(name = '%s')\n```\n\n`%s`", t.KindName, t.Name, b.project.snapshot.Dialect().Short(a))
	if t.Kind != nil && t.Kind.Doc != "" {
		fmt.Fprintf(&s, " · %s", t.Kind.Doc)
	}
	if text, ok := fieldText(t, "description"); ok {
		fmt.Fprintf(&s, "\n\n%s", text)
	}
	if files := b.project.sources(t); len(files) > 0 {
		fmt.Fprintf(&s, "\n\n**Sources** (%d): %s", len(files), someOf(relativeTo(t.Package.Dir, files)))
	}
	if deps := dependencyNames(t); len(deps) > 0 {
		fmt.Fprintf(&s, "\n\n**Dependencies** (%d): %s", len(deps), someOf(deps))
	}
	if b.project.indexed {
		users := userNames(b.project, a)
		fmt.Fprintf(&s, "\n\n**Dependents** (%d)", len(users))
		if len(users) > 0 {
			s.WriteString(": " + someOf(users))
		}
	}
	return s.String()
}

// hoverGenerated tells of the requirement that an address names, before its generator; "" if it names none.
func (b *buildFile) hoverGenerated(e element) string {
	t := b.project.targetNamed(e.address)
	if t == nil {
		return ""
	}
	doc, line, ok := b.generatedLine(e, t)
	if !ok {
		return ""
	}
	start := bytes.LastIndexByte(doc.text[:line.Span.Start], '\n') + 1
	text, _, _ := strings.Cut(string(doc.text[start:]), "\n")
	if path.Base(t.Generated.Path) == "Pipfile.lock" {
		text = line.Name // what is asked for stands on the lines that follow
	}
	return fmt.Sprintf("```\n%s\n```\n\n`%s`\n\n", strings.TrimSpace(text), t.Generated.Path)
}

func (b *buildFile) hoverNothing(a workspace.Address) string {
	if r := b.project.snapshot.Resolve(a); r.Unknown {
		return fmt.Sprintf("`%s` may be a target that cannot be seen statically.", b.project.snapshot.Dialect().Spell(a))
	}
	return fmt.Sprintf("`%s` names no target.", b.project.snapshot.Dialect().Spell(a))
}

// fieldText returns the text of a field that is a known string.
func fieldText(t *workspace.Target, name string) (string, bool) {
	f := t.Field(name)
	if f == nil {
		return "", false
	}
	return workspace.Text(f.Value)
}

func dependencyNames(t *workspace.Target) []string {
	var names []string
	for _, d := range t.Deps {
		names = append(names, d.Text)
	}
	return names
}

// userNames returns the short addresses of the targets that use another, sorted.
func userNames(p *project, a workspace.Address) []string {
	var names []string
	for _, u := range p.snapshot.Uses(a) {
		if !u.Target.Address().IsZero() {
			names = append(names, p.snapshot.Dialect().Short(u.Target.Address()))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// relativeTo returns files relative to a directory that they lie in.
func relativeTo(dir string, files []string) []string {
	short := make([]string, len(files))
	for i, f := range files {
		short[i] = workspace.Relative(f, dir)
	}
	return short
}

// someOf lists names, but not too many.
func someOf(names []string) string {
	const most = 10
	quoted := make([]string, 0, most)
	for _, n := range names[:min(most, len(names))] {
		quoted = append(quoted, "`"+n+"`")
	}
	list := strings.Join(quoted, ", ")
	if len(names) > most {
		list += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return list
}

func (b *buildFile) hoverSources(e element) string {
	files := b.project.snapshot.Tree().Glob(e.target.Package.Dir, []string{e.pattern.Glob}, e.target.Sources.Exclude)
	if len(files) == 0 {
		return "No file matches."
	}
	noun := "files"
	if len(files) == 1 {
		noun = "file"
	}
	return fmt.Sprintf("%d %s: %s", len(files), noun, someOf(relativeTo(e.target.Package.Dir, files)))
}

func hoverKind(d *dialect.Dialect, k *dialect.Kind) string {
	if k == nil {
		return ""
	}
	text := fmt.Sprintf("```python\n%s(…)\n```\n\n%s", k.Name, k.Doc)
	if len(k.Sources) > 0 {
		text += fmt.Sprintf("\n\nDefault sources: %s", someOf(k.Sources))
		if len(k.Excludes) > 0 {
			text += ", but not " + someOf(k.Excludes)
		}
		text += "."
	}
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	return text + "\n\nFields: `" + strings.Join(names, "`, `") + "`.\n\n" + d.Title
}

func hoverField(d *dialect.Dialect, k *dialect.Kind, f *workspace.Field) string {
	if f.Spec == nil {
		if k == nil {
			return ""
		}
		return fmt.Sprintf("`%s` is no field of `%s` that %s documents.", f.Name, k.Name, d.Title)
	}
	return fieldDoc(f.Spec) + "\n\n" + d.Title
}

// fieldDoc returns what there is to say about a field.
func fieldDoc(f *dialect.Field) string {
	text := fmt.Sprintf("```python\n%s: %s\n```\n\n%s", f.Name, typeName(f.Type), f.Doc)
	if f.Required {
		text += " Required."
	}
	return text
}

func typeName(t dialect.FieldType) string {
	switch t {
	case dialect.StringType:
		return "string"
	case dialect.BoolType:
		return "boolean"
	case dialect.NumberType:
		return "number"
	case dialect.StringListType:
		return "list of strings"
	case dialect.AddressListType:
		return "list of addresses"
	case dialect.SourcesType:
		return "list of files or globs"
	case dialect.DictType:
		return "dict"
	case dialect.CallType:
		return "call"
	}
	return "value"
}

func (b *buildFile) hoverEntryPoint(e element) string {
	link, ok := b.entryPointLink(e)
	if !ok {
		return fmt.Sprintf("No module of this workspace is `%s`.", e.value.Text)
	}
	rel, _ := b.project.path(pathOf(link.TargetURI))
	return fmt.Sprintf("`%s`, line %d", rel, link.TargetRange.Start.Line+1)
}

// hoverIdent tells what a constant is bound to, and what a function of the dialect is.
func (b *buildFile) hoverIdent(_ context.Context, e element) string {
	name := e.node.Name()
	if text := b.hoverFunction(name); text != "" {
		return text
	}
	for _, stmt := range b.syntax.Stmts {
		if _, ok := binds(stmt, name); ok {
			return hoverStatement(stmt)
		}
	}
	if k := b.project.snapshot.Dialect().Kinds[name]; k != nil {
		return hoverKind(b.project.snapshot.Dialect(), k)
	}
	return hoverBuiltin(b.project.snapshot.Dialect(), name)
}

// hoverBuiltin tells of a function of the dialect, "" if nothing is known of it.
func hoverBuiltin(d *dialect.Dialect, name string) string {
	doc := builtinDoc(d.Functions[name])
	if doc == "" {
		return ""
	}
	return fmt.Sprintf("```python\n%s(…)\n```\n\n%s\n\n%s", name, doc, d.Title)
}

// builtinDoc says what a call means.
func builtinDoc(f dialect.Function) string {
	switch f {
	case dialect.Wrapper:
		return "Its argument as it is."
	case dialect.Scoped:
		return "A dependency that counts for one scope."
	case dialect.Glob:
		return "The files that match the patterns."
	case dialect.RecursiveGlob:
		return "The files that match the patterns, in directories below as well."
	case dialect.Artifact:
		return "What the target publishes."
	case dialect.Select:
		return "One of the values, by the configuration of the build."
	case dialect.Parametrize:
		return "A target of its own for each of the values."
	case dialect.Defaults:
		return "Fields of the targets in this directory and below that do not give them."
	case dialect.PackageDefaults:
		return "What the targets of the file have unless they say otherwise."
	}
	return ""
}
