package fake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/internal/position"
)

// A Buffer is an open document.
type Buffer struct {
	Version int32
	Text    string
}

// Open opens a file with the text that it has on disk.
func (e *Editor) Open(ctx context.Context, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return e.OpenText(ctx, path, string(text))
}

// OpenText opens a file with a text of its own.
func (e *Editor) OpenText(ctx context.Context, path, text string) error {
	u := uri.File(path)
	e.note(func() { e.buffers[u] = &Buffer{Version: 1, Text: text} })
	return e.Server.DidOpen(ctx, &protocol.DidOpenTextDocumentParams{
		TextDocument: protocol.TextDocumentItem{URI: u, LanguageID: "bzl", Version: 1, Text: text},
	})
}

// Close closes a file.
func (e *Editor) Close(ctx context.Context, path string) error {
	u := uri.File(path)
	e.note(func() { delete(e.buffers, u) })
	return e.Server.DidClose(ctx, &protocol.DidCloseTextDocumentParams{TextDocument: document(u)})
}

// Text returns the text of an open file.
func (e *Editor) Text(path string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if b := e.buffers[uri.File(path)]; b != nil {
		return b.Text
	}
	return ""
}

// Version returns the version of an open file.
func (e *Editor) Version(path string) int32 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.buffers[uri.File(path)].Version
}

// Edit replaces the bytes from start to end of an open file.
func (e *Editor) Edit(ctx context.Context, path string, start, end int, text string) error {
	u := uri.File(path)
	e.mu.Lock()
	b := e.buffers[u]
	r := e.Range(b.Text, start, end)
	e.mu.Unlock()
	return e.change(ctx, u, []protocol.TextEdit{{Range: r, NewText: text}})
}

// SetText replaces the whole text of an open file.
func (e *Editor) SetText(ctx context.Context, path, text string) error {
	u := uri.File(path)
	var version int32
	e.note(func() {
		b := e.buffers[u]
		b.Version++
		b.Text = text
		version = b.Version
	})
	return e.Server.DidChange(ctx, &protocol.DidChangeTextDocumentParams{
		TextDocument: versioned(u, version),
		ContentChanges: []protocol.TextDocumentContentChangeEvent{
			&protocol.TextDocumentContentChangeWholeDocument{Text: text},
		},
	})
}

// change applies edits, which may not overlap, and tells the server.
func (e *Editor) change(ctx context.Context, u uri.URI, edits []protocol.TextEdit) error {
	var version int32
	var failed error
	var changes []protocol.TextDocumentContentChangeEvent
	e.note(func() {
		b := e.buffers[u]
		text, err := e.Applied(b.Text, edits)
		if err != nil {
			failed = fmt.Errorf("%s: %w", u, err)
			return
		}
		b.Version++
		b.Text = text
		version = b.Version
		for _, edit := range backwards(edits) {
			changes = append(changes, &protocol.TextDocumentContentChangePartial{Range: edit.Range, Text: edit.NewText})
		}
	})
	if failed != nil {
		return failed
	}
	return e.Server.DidChange(ctx, &protocol.DidChangeTextDocumentParams{
		TextDocument: versioned(u, version), ContentChanges: changes,
	})
}

// Save writes an open file to disk.
func (e *Editor) Save(ctx context.Context, path string) error {
	if err := os.WriteFile(path, []byte(e.Text(path)), 0o600); err != nil {
		return err
	}
	return e.Server.DidSave(ctx, &protocol.DidSaveTextDocumentParams{TextDocument: document(uri.File(path))})
}

func (e *Editor) encoding() protocol.PositionEncodingKind {
	return cmp.Or(e.Init.Capabilities.PositionEncoding, protocol.PositionEncodingKindUTF16)
}

// Range returns the positions of the bytes from start to end.
func (e *Editor) Range(text string, start, end int) protocol.Range {
	return protocol.Range{Start: e.Position(text, start), End: e.Position(text, end)}
}

// Position returns the position of a byte of text.
func (e *Editor) Position(text string, offset int) protocol.Position {
	m := position.NewMapper([]byte(text))
	var p protocol.Position
	if e.encoding() == protocol.PositionEncodingKindUTF8 {
		p.Line, p.Character = m.UTF8(offset)
	} else {
		p.Line, p.Character = m.UTF16(offset)
	}
	return p
}

// Offset is the inverse of Position.
func (e *Editor) Offset(text string, p protocol.Position) (int, error) {
	m := position.NewMapper([]byte(text))
	if e.encoding() == protocol.PositionEncodingKindUTF8 {
		return m.OffsetUTF8(p.Line, p.Character)
	}
	return m.OffsetUTF16(p.Line, p.Character)
}

// Applied returns text with edits, all of which are positions in text itself.
func (e *Editor) Applied(text string, edits []protocol.TextEdit) (string, error) {
	last := len(text) + 1
	for _, edit := range backwards(edits) {
		start, err := e.Offset(text, edit.Range.Start)
		if err != nil {
			return "", err
		}
		end, err := e.Offset(text, edit.Range.End)
		if err != nil {
			return "", err
		}
		if start > end || end > last {
			return "", fmt.Errorf("edits overlap, or one is backwards: %v", edits)
		}
		text = text[:start] + edit.NewText + text[end:]
		last = start
	}
	return text, nil
}

// backwards returns edits from the last to the first, so that each leaves the positions of the others as they are.
func backwards(edits []protocol.TextEdit) []protocol.TextEdit {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b protocol.TextEdit) int {
		return cmp.Or(cmp.Compare(a.Range.Start.Line, b.Range.Start.Line),
			cmp.Compare(a.Range.Start.Character, b.Range.Start.Character))
	})
	slices.Reverse(sorted)
	return sorted
}

// Apply applies the edit of a server to open files, and to closed ones on disk. It applies nothing if an edit is of a
// version that the editor does not have.
func (e *Editor) Apply(edit *protocol.WorkspaceEdit) error {
	byFile := map[uri.URI][]protocol.TextEdit{}
	for u, edits := range edit.Changes {
		byFile[u] = append(byFile[u], edits...)
	}
	for _, change := range edit.DocumentChanges {
		doc, ok := change.(*protocol.TextDocumentEdit)
		if !ok {
			return fmt.Errorf("a change of the type %T", change)
		}
		if err := e.checkVersion(doc.TextDocument); err != nil {
			return err
		}
		for _, el := range doc.Edits {
			text, err := plain(el)
			if err != nil {
				return err
			}
			byFile[doc.TextDocument.URI] = append(byFile[doc.TextDocument.URI], text)
		}
	}
	var errs []error
	for u, edits := range byFile {
		errs = append(errs, e.applyTo(u, edits))
	}
	return errors.Join(errs...)
}

func plain(el protocol.TextDocumentEditElement) (protocol.TextEdit, error) {
	switch el := el.(type) {
	case *protocol.TextEdit:
		return *el, nil
	case *protocol.AnnotatedTextEdit:
		return el.TextEdit, nil
	}
	return protocol.TextEdit{}, fmt.Errorf("an edit of the type %T", el)
}

func (e *Editor) checkVersion(d protocol.OptionalVersionedTextDocumentIdentifier) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	b := e.buffers[d.URI]
	switch {
	case b == nil && d.Version != nil:
		return fmt.Errorf("%s is not open, but has the version %d", d.URI, *d.Version)
	case b != nil && (d.Version == nil || *d.Version != b.Version):
		return fmt.Errorf("%s has the version %d, the edit is of another", d.URI, b.Version)
	}
	return nil
}

func (e *Editor) applyTo(u uri.URI, edits []protocol.TextEdit) error {
	e.mu.Lock()
	open := e.buffers[u] != nil
	e.mu.Unlock()
	if open {
		return e.change(context.Background(), u, edits)
	}
	path := u.FsPath()
	before, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	after, err := e.Applied(string(before), edits)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(after), 0o600)
}

// TextDocument returns the identifier of the file at path.
func TextDocument(path string) protocol.TextDocumentIdentifier { return document(uri.File(path)) }

func document(u uri.URI) protocol.TextDocumentIdentifier {
	return protocol.TextDocumentIdentifier{URI: u}
}

func versioned(u uri.URI, version int32) protocol.VersionedTextDocumentIdentifier {
	return protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: document(u), Version: version}
}
