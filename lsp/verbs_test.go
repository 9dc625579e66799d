package lsp

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/lsp/fake"
)

// doc identifies the file of a marker.
func (r *markerRun) doc(m marker) protocol.TextDocumentIdentifier {
	return fake.TextDocument(r.path(m.file))
}

func (r *markerRun) do(m marker) {
	r.t.Helper()
	verbs := map[string]func(marker){
		"def": r.def, "refs": r.refs, "uses": r.uses, "highlight": r.highlight, "hover": r.hover, "symbols": r.symbols,
		"wssymbol": r.workspaceSymbol, "links": r.links, "fold": r.fold, "expand": r.selection, "tokens": r.tokens,
		"hints": r.hints, "lenses": r.lenses, "incoming": r.incoming, "outgoing": r.outgoing, "complete": r.complete,
		"accept": r.accept, "signature": r.signature, "rename": r.rename, "renameerr": r.renameError,
		"move": r.move, "action": r.action, "actions": r.actions, "fixall": r.fixAll, "diag": r.diag, "owners": r.owners,
	}
	verb, ok := verbs[m.verb]
	if !ok {
		r.t.Fatalf("%s:%d: no verb %q", m.file, m.line, m.verb)
	}
	verb(m)
}

// def("text", location…): the definition of text.
func (r *markerRun) def(m marker) {
	at := r.position(m, m.args[0])
	result, err := r.editor.Server.Definition(r.t.Context(), &protocol.DefinitionParams{
		TextDocumentPositionParams: at,
	})
	must(r.t, err)
	var got []string
	switch result := result.(type) {
	case protocol.DefinitionLinkSlice:
		for _, l := range result {
			got = append(got, r.placeOf(l.TargetURI, l.TargetSelectionRange))
		}
	case protocol.LocationSlice:
		for _, l := range result {
			got = append(got, r.placeOf(l.URI, l.Range))
		}
	}
	r.sameSet(m, m.args[1:], got)
}

// owners(location…): where one gets to from the file as a whole.
func (r *markerRun) owners(m marker) {
	at := r.at(m.file, 0)
	result, err := r.editor.Server.Definition(r.t.Context(), &protocol.DefinitionParams{
		TextDocumentPositionParams: at,
	})
	must(r.t, err)
	var got []string
	if locations, ok := result.(protocol.LocationSlice); ok {
		for _, l := range locations {
			got = append(got, r.placeOf(l.URI, l.Range))
		}
	}
	r.sameSet(m, m.args, got)
}

// refs("text", location…): the references to text, its declaration included.
func (r *markerRun) refs(m marker) { r.references(m, true) }

// uses("text", location…): the references to text without its declaration.
func (r *markerRun) uses(m marker) { r.references(m, false) }

func (r *markerRun) references(m marker, declaration bool) {
	params := &protocol.ReferenceParams{TextDocumentPositionParams: r.position(m, m.args[0])}
	params.Context.IncludeDeclaration = declaration
	result, err := r.editor.Server.References(r.t.Context(), params)
	must(r.t, err)
	var got []string
	for _, l := range result {
		got = append(got, r.placeOf(l.URI, l.Range))
	}
	r.sameSet(m, m.args[1:], got)
}

// highlight("text", location…).
func (r *markerRun) highlight(m marker) {
	result, err := r.editor.Server.DocumentHighlight(r.t.Context(), &protocol.DocumentHighlightParams{
		TextDocumentPositionParams: r.position(m, m.args[0]),
	})
	must(r.t, err)
	var got []string
	for _, h := range result {
		got = append(got, r.placeOf(uri.File(r.path(m.file)), h.Range))
	}
	r.sameSet(m, m.args[1:], got)
}

// hover("text", golden).
func (r *markerRun) hover(m marker) {
	at := r.position(m, m.args[0])
	h, err := r.editor.Server.Hover(r.t.Context(), &protocol.HoverParams{
		TextDocumentPositionParams: at,
	})
	must(r.t, err)
	if h == nil {
		r.errorf(m, "nothing")
		return
	}
	r.compare(m, m.args[1], h.Contents.(*protocol.MarkupContent).Value)
}

// symbols(golden): the symbols of the file.
func (r *markerRun) symbols(m marker) {
	result, err := r.editor.Server.DocumentSymbol(r.t.Context(), &protocol.DocumentSymbolParams{
		TextDocument: r.doc(m),
	})
	must(r.t, err)
	var b strings.Builder
	var show func(indent string, symbols []protocol.DocumentSymbol)
	show = func(indent string, symbols []protocol.DocumentSymbol) {
		for _, s := range symbols {
			fmt.Fprintf(&b, "%s%s kind %d %q in %q\n", indent, s.Name, s.Kind, r.covered(m.file, s.SelectionRange), r.covered(m.file, s.Range))
			show(indent+"  ", s.Children)
		}
	}
	show("", result.(protocol.DocumentSymbolSlice))
	r.compare(m, m.args[0], b.String())
}

// wssymbol("query", golden): the symbols of the workspace.
func (r *markerRun) workspaceSymbol(m marker) {
	result, err := r.editor.Server.Symbols(r.t.Context(), &protocol.WorkspaceSymbolParams{Query: m.args[0]})
	must(r.t, err)
	var b strings.Builder
	for _, s := range result.(protocol.SymbolInformationSlice) {
		fmt.Fprintf(&b, "%s in %q: %s\n", s.Name, *s.ContainerName, r.placeOf(s.Location.URI, s.Location.Range))
	}
	r.compare(m, m.args[1], b.String())
}

// links(golden): the links of the file.
func (r *markerRun) links(m marker) {
	result, err := r.editor.Server.DocumentLink(r.t.Context(), &protocol.DocumentLinkParams{TextDocument: r.doc(m)})
	must(r.t, err)
	var b strings.Builder
	for _, l := range result {
		name, err := filepath.Rel(r.dir, l.Target.FsPath())
		must(r.t, err)
		fmt.Fprintf(&b, "%s → %s\n", r.covered(m.file, l.Range), filepath.ToSlash(name))
	}
	r.compare(m, m.args[0], b.String())
}

// fold(golden): the folding ranges of the file.
func (r *markerRun) fold(m marker) {
	result, err := r.editor.Server.FoldingRanges(r.t.Context(), &protocol.FoldingRangeParams{
		TextDocument: r.doc(m),
	})
	must(r.t, err)
	var b strings.Builder
	for _, f := range result {
		fmt.Fprintf(&b, "%d-%d %s\n", f.StartLine+1, f.EndLine+1, f.Kind)
	}
	r.compare(m, m.args[0], b.String())
}

// expand("text", golden): what a selection grows to.
func (r *markerRun) selection(m marker) {
	at := r.position(m, m.args[0])
	result, err := r.editor.Server.SelectionRange(r.t.Context(), &protocol.SelectionRangeParams{
		TextDocument: at.TextDocument, Positions: []protocol.Position{at.Position},
	})
	must(r.t, err)
	var b strings.Builder
	for s := &result[0]; s != nil; s = s.Parent {
		fmt.Fprintf(&b, "%s\n", r.covered(m.file, s.Range))
	}
	r.compare(m, m.args[1], b.String())
}

// tokens(golden): the semantic tokens of the file.
func (r *markerRun) tokens(m marker) {
	result, err := r.editor.Server.SemanticTokensFull(r.t.Context(), &protocol.SemanticTokensParams{
		TextDocument: r.doc(m),
	})
	must(r.t, err)
	var b strings.Builder
	var at protocol.Position
	for data := range slices.Chunk(result.Data, 5) {
		if data[0] > 0 {
			at.Character = 0
		}
		at.Line, at.Character = at.Line+data[0], at.Character+data[1]
		end := protocol.Position{Line: at.Line, Character: at.Character + data[2]}
		fmt.Fprintf(&b, "%s %s %d\n", r.covered(m.file, protocol.Range{Start: at, End: end}), tokenTypes()[data[3]], data[4])
	}
	r.compare(m, m.args[0], b.String())
}

// hints(golden): the inlay hints of the file.
func (r *markerRun) hints(m marker) {
	text := r.texts[m.file]
	result, err := r.editor.Server.InlayHint(r.t.Context(), &protocol.InlayHintParams{
		TextDocument: r.doc(m), Range: r.editor.Range(text, 0, len(text)),
	})
	must(r.t, err)
	var b strings.Builder
	for _, h := range result {
		line := strings.Split(text, "\n")[h.Position.Line]
		fmt.Fprintf(&b, "%s|%s| (%s)\n", line[:h.Position.Character], h.Label, strings.ReplaceAll(string(h.Tooltip.(protocol.String)), "\n", ", "))
	}
	r.compare(m, m.args[0], b.String())
}

// lenses(golden): the code lenses of the file.
func (r *markerRun) lenses(m marker) {
	result, err := r.editor.Server.CodeLens(r.t.Context(), &protocol.CodeLensParams{TextDocument: r.doc(m)})
	must(r.t, err)
	var b strings.Builder
	for i := range result {
		l, err := r.editor.Server.CodeLensResolve(r.t.Context(), &result[i])
		must(r.t, err)
		fmt.Fprintf(&b, "%d: %s\n", l.Range.Start.Line+1, l.Command.Title)
	}
	r.compare(m, m.args[0], b.String())
}

// item returns the call hierarchy item at a text.
func (r *markerRun) item(m marker) protocol.CallHierarchyItem {
	items, err := r.editor.Server.PrepareCallHierarchy(r.t.Context(), &protocol.CallHierarchyPrepareParams{
		TextDocumentPositionParams: r.position(m, m.args[0]),
	})
	must(r.t, err)
	if len(items) != 1 {
		r.t.Fatalf("%s:%d: %d items", m.file, m.line, len(items))
	}
	return items[0]
}

// incoming("text", golden): the dependents of the target at text.
func (r *markerRun) incoming(m marker) {
	calls, err := r.editor.Server.IncomingCalls(r.t.Context(), &protocol.CallHierarchyIncomingCallsParams{Item: r.item(m)})
	must(r.t, err)
	var b strings.Builder
	for _, c := range calls {
		fmt.Fprintf(&b, "%s:%s", *c.From.Detail, c.From.Name)
		for _, rg := range c.FromRanges {
			fmt.Fprintf(&b, " %s", r.placeOf(c.From.URI, rg))
		}
		b.WriteString("\n")
	}
	r.compare(m, m.args[1], b.String())
}

// outgoing("text", golden): the dependencies of the target at text.
func (r *markerRun) outgoing(m marker) {
	item := r.item(m)
	calls, err := r.editor.Server.OutgoingCalls(r.t.Context(), &protocol.CallHierarchyOutgoingCallsParams{Item: item})
	must(r.t, err)
	var b strings.Builder
	for _, c := range calls {
		fmt.Fprintf(&b, "%s:%s", *c.To.Detail, c.To.Name)
		for _, rg := range c.FromRanges {
			fmt.Fprintf(&b, " %s", r.placeOf(item.URI, rg))
		}
		b.WriteString("\n")
	}
	r.compare(m, m.args[1], b.String())
}

// completions returns what is offered behind a text.
func (r *markerRun) completions(m marker) []protocol.CompletionItem {
	_, end := r.span(m, m.args[0])
	at := r.at(m.file, end)
	result, err := r.editor.Server.Completion(r.t.Context(), &protocol.CompletionParams{
		TextDocumentPositionParams: at,
	})
	must(r.t, err)
	items := result.(*protocol.CompletionList).Items
	slices.SortStableFunc(items, func(a, b protocol.CompletionItem) int {
		x, _ := a.SortText.Get()
		y, _ := b.SortText.Get()
		return strings.Compare(x, y)
	})
	return items
}

// complete("text", "label"…): what is offered behind text, in its order. A last label "…" stands for any more.
func (r *markerRun) complete(m marker) {
	got, want := []string{}, append([]string{}, m.args[1:]...)
	for _, i := range r.completions(m) {
		got = append(got, i.Label)
	}
	if n := len(want); n > 0 && want[n-1] == "…" {
		want = want[:n-1]
		got = got[:min(len(got), n-1)]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		r.errorf(m, "(-want +got):\n%s", diff)
	}
}

// accept("text", "label", "line"): what the line becomes, before the marker, when a completion is accepted.
func (r *markerRun) accept(m marker) {
	for _, i := range r.completions(m) {
		if i.Label != m.args[1] {
			continue
		}
		e := i.TextEdit.(*protocol.TextEdit)
		start, err := r.editor.Offset(r.texts[m.file], e.Range.Start)
		must(r.t, err)
		end, err := r.editor.Offset(r.texts[m.file], e.Range.End)
		must(r.t, err)
		text := r.texts[m.file][:start] + e.NewText + r.texts[m.file][end:]
		line, _, _ := strings.Cut(text[strings.LastIndex(text[:start], "\n")+1:], "#@")
		if got := strings.TrimSpace(line); got != m.args[2] {
			r.errorf(m, "got  %q\nwant %q", got, m.args[2])
		}
		return
	}
	r.errorf(m, "%q is not offered", m.args[1])
}

// signature("text", "label part", active): the signature behind text.
func (r *markerRun) signature(m marker) {
	_, end := r.span(m, m.args[0])
	at := r.at(m.file, end)
	h, err := r.editor.Server.SignatureHelp(r.t.Context(), &protocol.SignatureHelpParams{
		TextDocumentPositionParams: at,
	})
	must(r.t, err)
	if h == nil || !strings.Contains(h.Signatures[0].Label, m.args[1]) {
		r.errorf(m, "got %v", h)
		return
	}
	active, _ := h.ActiveParameter.Get()
	got := "none"
	if p := h.Signatures[0].Parameters; int(active) < len(p) {
		got = string(p[active].Label.(protocol.String))
	}
	if got != m.args[2] {
		r.errorf(m, "active parameter %s, want %s", got, m.args[2])
	}
}

// changed returns the files that an edit changes, as an archive would have them.
func (r *markerRun) changed(edit *protocol.WorkspaceEdit) string {
	if edit == nil {
		return ""
	}
	byFile := map[string][]protocol.TextEdit{}
	for _, c := range edit.DocumentChanges {
		doc := c.(*protocol.TextDocumentEdit)
		name, err := filepath.Rel(r.dir, doc.TextDocument.URI.FsPath())
		must(r.t, err)
		for _, e := range doc.Edits {
			byFile[filepath.ToSlash(name)] = append(byFile[filepath.ToSlash(name)], *e.(*protocol.TextEdit))
		}
	}
	var b strings.Builder
	for _, name := range slices.Sorted(keys(byFile)) {
		text, err := r.editor.Applied(r.texts[name], byFile[name])
		must(r.t, err)
		before, after := strings.Split(r.texts[name], "\n"), strings.Split(text, "\n")
		fmt.Fprintf(&b, "%s\n", name)
		for _, line := range after {
			if !slices.Contains(before, line) {
				fmt.Fprintf(&b, "+ %s\n", unmarked(line))
			}
		}
		for _, line := range before {
			if !slices.Contains(after, line) {
				fmt.Fprintf(&b, "- %s\n", unmarked(line))
			}
		}
	}
	return b.String()
}

// rename("text", "new", golden): the lines that a renaming changes. What the editor shows before is checked as well.
func (r *markerRun) rename(m marker) {
	at := r.position(m, m.args[0])
	prepared, err := r.editor.Server.PrepareRename(r.t.Context(), &protocol.PrepareRenameParams{
		TextDocumentPositionParams: at,
	})
	must(r.t, err)
	p := prepared.(*protocol.PrepareRenamePlaceholder)
	if got := r.covered(m.file, p.Range); got != p.Placeholder {
		r.errorf(m, "the range covers %q, the placeholder is %q", got, p.Placeholder)
	}
	edit, err := r.editor.Server.Rename(r.t.Context(), &protocol.RenameParams{
		TextDocumentPositionParams: at, NewName: m.args[1],
	})
	must(r.t, err)
	r.compare(m, m.args[2], r.changed(edit))
}

// renameerr("text", "new", "pattern"): why a renaming is not possible.
func (r *markerRun) renameError(m marker) {
	_, err := r.editor.Server.Rename(r.t.Context(), &protocol.RenameParams{
		TextDocumentPositionParams: r.position(m, m.args[0]), NewName: m.args[1],
	})
	if err == nil || !regexp.MustCompile(m.args[2]).MatchString(err.Error()) {
		r.errorf(m, "got %v, want %q", err, m.args[2])
	}
}

// move("old", "new", golden): the lines that change when a file or directory is moved.
func (r *markerRun) move(m marker) {
	edit, err := r.editor.Server.WillRenameFiles(r.t.Context(), &protocol.RenameFilesParams{Files: []protocol.FileRename{
		{OldURI: string(uri.File(r.path(m.args[0]))), NewURI: string(uri.File(r.path(m.args[1])))},
	}})
	must(r.t, err)
	r.compare(m, m.args[2], r.changed(edit))
}

// codeActions returns the actions at a text.
func (r *markerRun) codeActions(m marker, only ...protocol.CodeActionKind) []*protocol.CodeAction {
	start, end := r.span(m, m.args[0])
	result, err := r.editor.Server.CodeAction(r.t.Context(), &protocol.CodeActionParams{
		TextDocument: r.doc(m), Range: r.editor.Range(r.texts[m.file], start, end),
		Context: protocol.CodeActionContext{Only: only, Diagnostics: []protocol.Diagnostic{}},
	})
	must(r.t, err)
	var actions []*protocol.CodeAction
	for _, a := range result {
		actions = append(actions, a.(*protocol.CodeAction))
	}
	return actions
}

// actions("text", "title"…): the titles of the actions at text, a star behind the preferred one.
func (r *markerRun) actions(m marker) {
	var got []string
	for _, a := range r.codeActions(m) {
		title := a.Title
		if a.IsPreferred != nil && *a.IsPreferred {
			title += "*"
		}
		got = append(got, title)
	}
	want := m.args[1:]
	if n := len(want); want[n-1] == "…" {
		want, got = want[:n-1], got[:min(len(got), n-1)]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		r.errorf(m, "(-want +got):\n%s", diff)
	}
}

// action("text", "title", golden): the lines that an action changes.
func (r *markerRun) action(m marker) {
	for _, a := range r.codeActions(m) {
		if a.Title != m.args[1] {
			continue
		}
		if a.Edit == nil {
			resolved, err := r.editor.Server.CodeActionResolve(r.t.Context(), a)
			must(r.t, err)
			a = resolved
		}
		r.compare(m, m.args[2], r.changed(a.Edit))
		return
	}
	r.errorf(m, "no action %q", m.args[1])
}

// fixall(golden): the lines that source.fixAll changes.
func (r *markerRun) fixAll(m marker) {
	m.args = append([]string{""}, m.args...)
	for _, a := range r.codeActions(m, "source.fixAll") {
		r.compare(m, m.args[1], r.changed(a.Edit))
		return
	}
	r.errorf(m, "nothing to fix")
}

// diag("text", "rule", "pattern"): a finding at text.
func (r *markerRun) diag(m marker) {
	start, end := r.span(m, m.args[0])
	want := r.editor.Range(r.texts[m.file], start, end)
	pattern := regexp.MustCompile(m.args[2])
	found := func() bool {
		p, _ := r.editor.Diagnostics(r.path(m.file))
		return p != nil && slices.ContainsFunc(p.Diagnostics, func(d protocol.Diagnostic) bool {
			message := string(d.Message.(protocol.String))
			return d.Range == want && d.Code == protocol.String(m.args[1]) && pattern.MatchString(message)
		})
	}
	if err := r.editor.Eventually(found); err != nil {
		p, _ := r.editor.Diagnostics(r.path(m.file))
		r.errorf(m, "%v; got %v", err, p)
	}
}
