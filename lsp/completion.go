package lsp

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
)

func (st *state) completion(ctx context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	items, complete := completion(ctx, b, b.offset(p.Position))
	return &protocol.CompletionList{IsIncomplete: !complete, Items: items}, nil
}

// completion returns what may be typed at offset. It is complete if typing on can only make it fewer.
func completion(ctx context.Context, b *buildFile, offset int) (items []protocol.CompletionItem, complete bool) {
	c := &completer{
		buildFile: b, place: placeAt(b.text, offset), complete: true,
		items: []protocol.CompletionItem{}, labels: map[string]bool{},
	}
	c.style = rewrite.StyleOf(b.syntax)
	switch call, inner := c.place.call(); {
	case c.place.noWord:
	case call == nil && len(inner) == 0 && !c.place.quoted:
		c.kinds()
	case call != nil:
		c.inCall(ctx, call, inner)
	}
	return c.items, c.complete
}

// A completer collects completions.
type completer struct {
	*buildFile
	place    *place
	style    rewrite.Style
	items    []protocol.CompletionItem
	labels   map[string]bool // of items
	complete bool
}

// An offer is something that may be typed.
type offer struct {
	label   string
	kind    protocol.CompletionItemKind
	detail  string
	doc     string // Markdown
	text    string // "" means the label
	snippet string // in place of text, for a client that knows snippets
	order   string // sorts before the label
	filter  string // what a client compares with what is typed, "" means the label
	old     bool   // it should not be used any more, and comes last
}

// add adds an offer, which replaces the word at the cursor.
func (c *completer) add(o offer) {
	item := protocol.CompletionItem{Label: o.label, Kind: o.kind}
	text := cmp.Or(o.text, o.label)
	if o.snippet != "" && c.state.client.snippets {
		text = o.snippet
		item.InsertTextFormat = protocol.InsertTextFormatSnippet
	}
	if o.detail != "" {
		item.Detail = protocol.NewOptional(o.detail)
	}
	if o.doc != "" {
		item.Documentation = c.state.markup(o.doc, c.state.client.markdownCompletion)
	}
	if o.old {
		o.order = "9"
		if c.state.client.completionTags {
			item.Tags = []protocol.CompletionItemTag{protocol.CompletionItemTagDeprecated}
		}
	}
	item.SortText = protocol.NewOptional(fmt.Sprintf("%s%05d", o.order, len(c.items)))
	item.FilterText = protocol.NewOptional(cmp.Or(o.filter, o.label))
	item.TextEdit = &protocol.TextEdit{Range: c.rangeOf(c.place.word.Start, c.place.word.End), NewText: text}
	c.items = append(c.items, item)
	c.labels[o.label] = true
}

// kinds offers the kinds of targets.
func (c *completer) kinds() {
	d := c.project.snapshot.Dialect()
	for _, name := range d.KindNames() {
		if strings.HasPrefix(name, "__") { // of the build tool's own making
			continue
		}
		k := d.Kinds[name]
		c.addCall(offer{
			label: name, kind: protocol.CompletionItemKindFunction, detail: d.Title, doc: hoverKind(d, k),
			snippet: c.targetSnippet(name), old: k.Deprecated != "",
		})
	}
	for name := range c.boundNames {
		c.bound(name)
	}
}

// boundNames yields the names that the file takes from others, and those of its own functions.
func (c *completer) boundNames(yield func(string) bool) {
	for _, stmt := range c.syntax.Stmts {
		switch stmt.Kind() {
		case syntax.Load:
			for l := range stmt.Loaded() {
				if !yield(l.Name) {
					return
				}
			}
		case syntax.Def:
			if !yield(stmt.Name()) {
				return
			}
		}
	}
}

// bound offers a name of the file: a function is called, and gets a name if it takes one.
func (c *completer) bound(name string) {
	if c.labelled(name) {
		return
	}
	m, def := c.definition(name)
	if m == nil {
		c.add(offer{label: name, kind: protocol.CompletionItemKindVariable})
		return
	}
	o := offer{label: name, kind: protocol.CompletionItemKindFunction, detail: m.Path, doc: c.hoverFunction(name)}
	for p := range def.Params() {
		if p.Name == "name" && p.Star == "" {
			o.snippet = c.targetSnippet(name)
		}
	}
	c.addCall(o)
}

// addCall adds an offer of a function, which is called unless its arguments are there already.
func (c *completer) addCall(o offer) {
	if o.text = o.label + "("; c.place.next(c.text) == '(' {
		o.text, o.snippet = "", ""
	}
	c.add(o)
}

// targetSnippet returns a declaration with a name to fill in.
func (c *completer) targetSnippet(kind string) string {
	name := path.Base(c.pkg.Dir)
	if c.pkg.Dir == "" || c.pkg.Named(name) != nil {
		name = "name"
	}
	quote := string(c.style.Quote)
	field := c.style.Indent + c.assign("name") + quote + "${1:" + snippetText(name) + "}" + quote
	return kind + "(\n" + field + ",$0\n)"
}

// assign returns `name = ` in the style of the file.
func (c *completer) assign(name string) string {
	if c.style.SpacedEquals {
		return name + " = "
	}
	return name + "="
}

// inCall offers what may stand in a call.
func (c *completer) inCall(ctx context.Context, call *frame, inner []frame) {
	kind, outer := c.kindOf(call.callee), c.outer(call)
	switch {
	case call.callee == "with_binaries":
		c.binaries(call, inner)
	case c.project.snapshot.Dialect().Functions[call.callee] == dialect.Import && c.place.quoted:
		c.loads(ctx, call)
	case slices.ContainsFunc(inner, isKey):
	case kind != nil && !call.value && len(inner) == 0 && !c.place.quoted:
		c.fields(kind, call)
	case kind != nil && call.value:
		c.fieldValue(ctx, kind.Field(call.arg), lastTexts(call, inner))
	case outer != nil && call.arg == "" && isTransparent(c.project.snapshot.Dialect().Functions[call.callee]):
		c.fieldValue(ctx, c.kindOf(outer.callee).Field(outer.arg), lastTexts(call, inner))
	}
}

// isKey reports whether the cursor is at a key of a dict.
func isKey(f frame) bool { return f.open == '{' && !f.value }

// isTransparent reports whether a function gives its argument back or a part of it, or takes patterns of files.
func isTransparent(f dialect.Function) bool {
	switch f {
	case dialect.Wrapper, dialect.Scoped, dialect.Select, dialect.Glob, dialect.RecursiveGlob:
		return true
	}
	return false
}

// kindOf returns the kind of target that a call declares, nil if that is not known. A function of the repository takes
// what its parameters are named for.
func (c *completer) kindOf(callee string) *dialect.Kind {
	if k := c.project.snapshot.Dialect().Kinds[callee]; k != nil {
		return k
	}
	m, def := c.definition(callee)
	if m == nil {
		return nil
	}
	k := &dialect.Kind{Name: callee, Doc: docstring(def)}
	for p := range def.Params() {
		if p.Star == "" {
			k.Fields = append(k.Fields, c.fieldNamed(p.Name))
		}
	}
	return k
}

// fieldNamed returns the field of a name as the first kind has it that has one.
func (c *completer) fieldNamed(name string) *dialect.Field {
	d := c.project.snapshot.Dialect()
	for _, kind := range d.KindNames() {
		if f := d.Kinds[kind].Field(name); f != nil {
			return f
		}
	}
	return &dialect.Field{Name: name}
}

// outer returns the call of a target that another call stands in, nil if there is none.
func (c *completer) outer(call *frame) *frame {
	for i := range c.place.frames {
		f := &c.place.frames[i]
		if f == call {
			return nil
		}
		if f.value && c.kindOf(f.callee) != nil {
			return f
		}
	}
	return nil
}

// lastTexts returns the strings that stand beside the cursor.
func lastTexts(call *frame, inner []frame) []string {
	if len(inner) > 0 {
		return inner[len(inner)-1].texts
	}
	return call.texts
}

// fields offers the fields of a kind that the call does not give yet.
func (c *completer) fields(k *dialect.Kind, call *frame) {
	for _, f := range k.Fields {
		if slices.Contains(call.names(""), f.Name) {
			continue
		}
		order := "1"
		if f.Required || f.Role == dialect.NameField {
			order = "0"
		}
		c.addField(offer{
			label: f.Name, kind: protocol.CompletionItemKindProperty, detail: typeName(f.Type), doc: fieldDoc(f), order: order,
			old: f.Deprecated != "",
		}, f.Type)
	}
}

// addField adds an offer of an argument, which gets a value unless there is one already.
func (c *completer) addField(o offer, t dialect.FieldType) {
	switch c.place.next(c.text) {
	case '=':
	case ',':
		o.text, o.snippet = c.assign(o.label), c.assign(o.label)+c.valueSnippet(t, "")
	default:
		o.text, o.snippet = c.assign(o.label), c.assign(o.label)+c.valueSnippet(t, ",")
	}
	c.add(o)
}

// valueSnippet returns a value of a field to fill in, with what is to stand behind it.
func (c *completer) valueSnippet(t dialect.FieldType, comma string) string {
	quote := string(c.style.Quote)
	switch t {
	case dialect.StringType:
		return quote + "$1" + quote + comma + "$0"
	case dialect.StringListType, dialect.AddressListType:
		return "[\n" + c.style.Indent + quote + "$1" + quote + ",$0\n]" + comma
	case dialect.BoolType:
		return "${1|True,False|}" + comma + "$0"
	}
	return "$1" + comma + "$0"
}

// fieldValue offers values of a field. Beside are the strings that the list has already.
func (c *completer) fieldValue(ctx context.Context, f *dialect.Field, beside []string) {
	switch {
	case f == nil:
	case f.Type == dialect.BoolType && !c.place.quoted:
		for _, v := range []string{"True", "False"} {
			c.add(offer{label: v, kind: protocol.CompletionItemKindValue})
		}
	case !c.place.quoted:
	case f.Role == dialect.DependenciesField || f.Role == dialect.ReferencesField:
		c.addresses(ctx, beside)
	case f.Role == dialect.SourcesField || f.Role == dialect.SourceField || f.Role == dialect.FilesField:
		c.files(ctx, beside)
	case f.Role == dialect.EntryPointField:
		c.entryPoints()
	case f.Role == dialect.NameField:
		c.targetNames()
	}
}

// files offers files, or targets that make some where one begins with a label.
func (c *completer) files(ctx context.Context, beside []string) {
	if c.project.snapshot.Dialect().Grammar.Labels && strings.IndexAny(c.place.prefix, ":/@") == 0 {
		c.addresses(ctx, beside)
		return
	}
	c.sources(ctx, beside)
}

// targetNames offers the name that a target has by default.
func (c *completer) targetNames() {
	base := path.Base(c.pkg.Dir)
	if c.pkg.Dir == "" {
		return
	}
	for _, name := range []string{base, "_" + base} {
		if c.pkg.Named(name) == nil {
			c.add(offer{label: name, kind: protocol.CompletionItemKindValue})
		}
	}
}

// binaries offers, in with_binaries, the binaries of the package that it does not have yet: the name of each with its
// address, and the addresses.
func (c *completer) binaries(call *frame, inner []frame) {
	inDict := len(inner) > 0 && inner[len(inner)-1].open == '{'
	value := inDict && inner[len(inner)-1].value || call.value
	for t := range c.targets {
		if !t.Is(dialect.Binary) || t.Name == "" {
			continue
		}
		switch o := (offer{label: t.Name, kind: protocol.CompletionItemKindField, detail: t.KindName}); {
		case value && c.place.quoted:
			o.label = ":" + t.Name
			c.add(o)
		case inDict && c.place.quoted && !slices.Contains(lastTexts(call, inner), t.Name):
			c.add(o)
		case inDict && !c.place.quoted && !slices.Contains(lastTexts(call, inner), t.Name):
			o.text = rewrite.Quote(t.Name, c.style) + ": " + rewrite.Quote(":"+t.Name, c.style)
			c.add(o)
		}
	}

}

// sources offers the files of the directory that no target of the package covers.
func (c *completer) sources(ctx context.Context, beside []string) {
	tree := c.project.snapshot.Tree()
	dir, _ := path.Split(c.place.prefix)
	at := path.Join(c.pkg.Dir, dir)
	entries, err := tree.Dir(at)
	if err != nil {
		return
	}
	d := c.project.snapshot.Dialect()
	for _, e := range entries {
		if ctx.Err() != nil {
			return
		}
		rel := path.Join(dir, e.Name)
		switch {
		case e.Dir && at != "" && !strings.HasPrefix(e.Name, "."):
			c.add(offer{label: rel + "/", kind: protocol.CompletionItemKindFolder, order: "2"})
		case e.Dir, d.IsBuildFile(e.Name), slices.Contains(beside, rel), tree.Ignored(path.Join(at, e.Name)):
		case c.written(rel):
		default:
			c.add(offer{label: rel, kind: protocol.CompletionItemKindFile, order: "1"})
		}
	}
}

// written reports whether a target of the package has a file among the sources that it names.
func (c *completer) written(rel string) bool {
	for _, t := range c.pkg.Targets {
		if t.Sources != nil && t.Sources.Written && t.Sources.Match(rel) && !holds(t.Node().Span(), c.place.word.Start) {
			return true
		}
	}
	return false
}

// entryPoints offers the modules of the package and below, and behind a colon what a module binds.
func (c *completer) entryPoints() {
	root, ok := c.project.snapshot.RootOf(c.pkg.Dir)
	if !ok {
		return
	}
	if module, _, found := strings.Cut(c.place.prefix, ":"); found {
		c.functions(module)
		return
	}
	if c.project.snapshot.Dialect().Grammar.Generated { // a file beside the BUILD file will do as well
		for _, rel := range c.project.snapshot.Tree().Glob(c.pkg.Dir, []string{"*.py"}, []string{"__init__.py"}) {
			c.add(offer{label: path.Base(rel), kind: protocol.CompletionItemKindFile})
		}
	}
	for _, rel := range c.project.snapshot.Tree().Glob(c.pkg.Dir, []string{"**/*.py"}, []string{"**/__init__.py"}) {
		name := strings.TrimSuffix(strings.TrimPrefix(rel, root.Dir+"/"), ".py")
		c.add(offer{label: strings.ReplaceAll(name, "/", "."), kind: protocol.CompletionItemKindModule})
	}
}
