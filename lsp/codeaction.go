package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// fixAllKind is the kind of the action that applies all safe fixes of a file.
const fixAllKind protocol.CodeActionKind = "source.fixAll.buildlint"

// An actionData is what tells an action again that the client wants to have resolved.
type actionData struct {
	URI     uri.URI `json:"uri"`
	Text    uint64  `json:"text,string"` // a sum of the file's text; as a number, clients would round it
	FixAll  bool    `json:"fixAll,omitempty"`
	Rule    string  `json:"rule,omitempty"`
	Start   int     `json:"start,omitempty"`
	Message string  `json:"message,omitempty"`
	Fix     int     `json:"fix,omitempty"`
}

// codeAction returns what can be done about the findings in a range.
func (st *state) codeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	f, ok := st.file(p.TextDocument.URI)
	if !ok || !st.client.codeActionLiterals {
		return nil, nil
	}
	if !st.client.resolvesEdits { // the edits, of which some ask who uses what, are due now
		whole, err := f.whole(ctx)
		if err != nil {
			return nil, err
		}
		f = whole
	}
	found, err := f.project.recheck(ctx, f.dir())
	if err != nil {
		return nil, err
	}
	a := &actions{file: f, only: p.Context.Only, converter: st.converter(f.project)}
	selected := syntax.Span{Start: f.offset(p.Range.Start), End: f.offset(p.Range.End)}
	mendable := false
	for i := range found {
		d := &found[i]
		if d.Path != f.rel {
			continue
		}
		mendable = mendable || hasSafeFix(d)
		if touches(d.Span, selected) && a.wants(protocol.CodeActionKindQuickFix) {
			a.quickFixes(d)
			a.suppress(d)
		}
	}
	if mendable && a.wants(fixAllKind) {
		a.fixAll(ctx)
	}
	return a.actions, a.err
}

func hasSafeFix(d *analysis.Diagnostic) bool {
	for _, f := range d.Fixes {
		if f.Applicability == analysis.Safe {
			return true
		}
	}
	return false
}

// touches reports whether spans overlap or meet: a cursor behind a word is at the word.
func touches(a, b syntax.Span) bool { return a.Start <= b.End && b.Start <= a.End }

// actions collects the code actions of a file.
type actions struct {
	*file
	only      []protocol.CodeActionKind
	converter *converter
	actions   []protocol.CommandOrCodeAction
	err       error // the first that occurred
}

// wants reports whether the client asks for actions of a kind.
func (a *actions) wants(kind protocol.CodeActionKind) bool {
	for _, o := range a.only {
		if o == kind || o == protocol.CodeActionKindEmpty || strings.HasPrefix(string(kind), string(o)+".") {
			return true
		}
	}
	return len(a.only) == 0
}

func (a *actions) add(action protocol.CodeAction) { a.actions = append(a.actions, &action) }

// quickFixes adds the fixes of a finding. What a fix changes is computed only when the user chooses it, if the client
// can ask then.
func (a *actions) quickFixes(d *analysis.Diagnostic) {
	for i, fix := range d.Fixes {
		action := protocol.CodeAction{
			Title: fix.Title, Kind: ptr(protocol.CodeActionKindQuickFix),
			Diagnostics: []protocol.Diagnostic{a.converter.diagnostic(d)},
		}
		if i == 0 && fix.Applicability == analysis.Safe {
			action.IsPreferred = ptr(true)
		}
		if fix.Applicability != analysis.Safe {
			action.Title += " (unsafe)"
		}
		if !a.state.client.resolvesEdits {
			a.addEdit(action, fix.Edits())
			continue
		}
		action.Data = a.data(actionData{Rule: d.Rule, Start: d.Span.Start, Message: d.Message, Fix: i})
		a.add(action)
	}
}

func (a *actions) data(d actionData) protocol.LSPAny {
	d.URI, d.Text = a.uri, a.sum()
	raw, err := json.Marshal(d)
	if err != nil {
		a.err = err
	}
	return raw
}

// addEdit adds an action that makes edits, if there are any.
func (a *actions) addEdit(action protocol.CodeAction, edits []edit.Edit) {
	if len(edits) == 0 {
		return
	}
	e, err := a.state.workspaceEdit(a.project, edits)
	if err != nil {
		a.err = err
		return
	}
	action.Edit = e
	a.add(action)
}

// fixAll adds the action that applies all safe fixes of the file.
func (a *actions) fixAll(ctx context.Context) {
	action := protocol.CodeAction{Title: "Apply all safe fixes of buildlint", Kind: ptr(fixAllKind)}
	if a.state.client.resolvesEdits && len(a.only) == 0 {
		action.Data = a.data(actionData{FixAll: true})
		a.add(action)
		return
	}
	fixed, err := a.file.fixAll(ctx)
	if err != nil {
		a.err = err
		return
	}
	if fixed.edit != nil {
		action.Edit = fixed.edit
		a.add(action)
	}
}

// A fixed is what applying safe fixes comes to.
type fixed struct {
	edit  *protocol.WorkspaceEdit // nil if there are none
	files int                     // that it changes
	fixes int                     // the findings that it mends
}

// fixAll returns what applies all safe fixes of a file.
func (f *file) fixAll(ctx context.Context) (fixed, error) {
	inFile := func(d analysis.Diagnostic) bool { return d.Path == f.rel }
	return f.state.fixDirectories(ctx, f.project, []string{f.dir()}, inFile)
}

// fixDirectories returns what applies the safe fixes of the findings in directories that are wanted.
func (st *state) fixDirectories(
	ctx context.Context, p *project, dirs []string, wanted func(analysis.Diagnostic) bool,
) (fixed, error) {
	mendable, err := p.mendable(ctx, dirs)
	if err != nil {
		return fixed{}, err
	}
	c := p.checker()
	c.Record, c.Jobs = false, 0
	fixer := &analysis.Fixer{
		Checker: c, Dirs: dirs, Least: analysis.Safe,
		Keep: func(d analysis.Diagnostic) bool { return wanted(d) && mendable(d) },
	}
	fixing, err := fixer.Run(ctx)
	if err != nil {
		return fixed{}, err
	}
	e, err := st.fixedEdit(p, fixing.Files)
	return fixed{edit: e, files: len(fixing.Files), fixes: len(fixing.Fixed)}, err
}

// suppress adds the actions that silence a finding: at its place, and in the whole file.
func (a *actions) suppress(d *analysis.Diagnostic) {
	if d.Rule == "syntax-error" || d.Rule == "unused-suppression" {
		return
	}
	diagnostics := []protocol.Diagnostic{a.converter.diagnostic(d)}
	if at, indent, ok := a.lineOf(d.Span.Start); ok {
		comment := fmt.Sprintf("%s# buildlint: disable=%s -- ", indent, d.Rule)
		a.addComment("Suppress "+d.Rule+" here", diagnostics, at, comment)
	}
	a.addComment("Suppress "+d.Rule+" in this file", diagnostics, 0, "# buildlint: disable-file="+d.Rule+" -- ")
}

// reason stands where the user is to say why a finding is silenced.
const reason = "reason"

// addComment adds an action that inserts a line with a comment whose reason is to be filled in.
func (a *actions) addComment(title string, about []protocol.Diagnostic, at int, comment string) {
	action := protocol.CodeAction{Title: title, Kind: ptr(protocol.CodeActionKindQuickFix), Diagnostics: about}
	end := edit.LineEnd(a.text)
	if !a.state.client.snippetEdits || !a.state.client.documentChanges {
		a.addEdit(action, []edit.Edit{{Path: a.rel, Start: at, End: at, New: comment + reason + end}})
		return
	}
	action.Edit = &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{&protocol.TextDocumentEdit{
		TextDocument: a.state.versioned(a.document),
		Edits: []protocol.TextDocumentEditElement{&protocol.SnippetTextEdit{
			Range: a.rangeOf(at, at), Snippet: protocol.StringValue{
				Kind: "snippet", Value: snippetText(comment) + "${0:" + reason + "}" + end,
			},
		}},
	}}}
	a.add(action)
}

// snippetText escapes what means something in a snippet.
func snippetText(text string) string {
	return strings.NewReplacer(`\`, `\\`, `$`, `\$`, `}`, `\}`).Replace(text)
}

// lineOf returns the start of the line of an offset and its indentation. It reports whether a comment may stand before
// it: not within a string.
func (a *actions) lineOf(offset int) (start int, indent string, ok bool) {
	start = bytes.LastIndexByte(a.text[:offset], '\n') + 1
	line := a.text[start:]
	indent = string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
	for token := range syntax.Scan(a.text) {
		if token.Span.Start < start && start < token.Span.End {
			return 0, "", false
		}
	}
	return start, indent, true
}

// resolveAction computes the edit of an action that the user has chosen.
func (st *state) resolveAction(ctx context.Context, action *protocol.CodeAction) (*protocol.CodeAction, error) {
	var data actionData
	if err := json.Unmarshal(action.Data, &data); err != nil {
		return nil, fmt.Errorf("an action that is not this server's: %w", err)
	}
	f, ok := st.file(data.URI)
	if !ok {
		return nil, errNotOpen(data.URI)
	}
	if f.sum() != data.Text {
		return nil, protocol.ErrContentModified
	}
	if data.FixAll {
		fixed, err := f.fixAll(ctx)
		action.Edit = fixed.edit
		return action, err
	}
	f, err := f.whole(ctx)
	if err != nil {
		return nil, err
	}
	fix, err := f.fix(ctx, &data)
	if err != nil {
		return nil, err
	}
	edits := fix.Edits()
	if len(edits) == 0 {
		return nil, fmt.Errorf("%q is not possible here", fix.Title)
	}
	action.Edit, err = st.workspaceEdit(f.project, edits)
	return action, err
}

// fix returns the fix that data tells of.
func (f *file) fix(ctx context.Context, data *actionData) (analysis.Fix, error) {
	found, err := f.project.recheck(ctx, f.dir())
	if err != nil {
		return analysis.Fix{}, err
	}
	for _, d := range found {
		same := d.Path == f.rel && d.Rule == data.Rule && d.Span.Start == data.Start && d.Message == data.Message
		if same && data.Fix < len(d.Fixes) {
			return d.Fixes[data.Fix], nil
		}
	}
	return analysis.Fix{}, protocol.ErrContentModified
}
