package lsp

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hexops/gotextdiff/myers"
	"github.com/hexops/gotextdiff/span"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// workspaceEdit returns edits of files of a project as the client applies them: of documents with their versions where
// it can, so that none is applied to a text that it was not made for.
func (st *state) workspaceEdit(p *project, edits []edit.Edit) (*protocol.WorkspaceEdit, error) {
	if err := edit.Validate(edits); err != nil {
		return nil, err
	}
	byPath := map[string][]edit.Edit{}
	for _, e := range edits {
		byPath[e.Path] = append(byPath[e.Path], e)
	}
	var out workspaceEdits
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		doc, err := st.document(p, path)
		if err != nil {
			return nil, err
		}
		out.add(st, doc, textEdits(doc, byPath[path]))
	}
	return out.edit(st.client), nil
}

// textEdits returns byte edits of a document as edits of positions.
func textEdits(doc *document, edits []edit.Edit) []protocol.TextEdit {
	out := make([]protocol.TextEdit, len(edits))
	for i, e := range edits {
		out[i] = protocol.TextEdit{Range: doc.rangeOf(e.Start, e.End), NewText: e.New}
	}
	return out
}

// workspaceEdits collects the edits of documents.
type workspaceEdits struct {
	documents []protocol.DocumentChange
	plain     map[uri.URI][]protocol.TextEdit
}

func (w *workspaceEdits) add(st *state, doc *document, edits []protocol.TextEdit) {
	if w.plain == nil {
		w.plain = map[uri.URI][]protocol.TextEdit{}
	}
	w.plain[doc.uri] = append(w.plain[doc.uri], edits...)
	elements := make([]protocol.TextDocumentEditElement, len(edits))
	for i := range edits {
		elements[i] = &edits[i]
	}
	w.documents = append(w.documents, &protocol.TextDocumentEdit{TextDocument: st.versioned(doc), Edits: elements})
}

// versioned returns the identifier of a document with its version if it is open.
func (st *state) versioned(doc *document) protocol.OptionalVersionedTextDocumentIdentifier {
	id := protocol.OptionalVersionedTextDocumentIdentifier{}
	id.URI = doc.uri
	if o := st.overlays[doc.path]; o != nil {
		id.Version = &o.version
	}
	return id
}

// edit returns what was collected in the form that the client takes.
func (w *workspaceEdits) edit(c *client) *protocol.WorkspaceEdit {
	if c.documentChanges {
		return &protocol.WorkspaceEdit{DocumentChanges: w.documents}
	}
	return &protocol.WorkspaceEdit{Changes: w.plain}
}

// fixedEdit returns the edit that makes files as a fixer left them, line by line.
func (st *state) fixedEdit(p *project, files []analysis.FixedFile) (*protocol.WorkspaceEdit, error) {
	var edits []edit.Edit
	for _, f := range files {
		edits = append(edits, diff(f)...)
	}
	if len(edits) == 0 {
		return nil, nil
	}
	return st.workspaceEdit(p, edits)
}

// maxDiff bounds the lines that are compared with each other: the library takes memory of quadratic size.
const maxDiff = 2000

// diff returns the edits that make the new content of a file of the old.
func diff(f analysis.FixedFile) []edit.Edit {
	starts := lineStarts(f.Old)
	if len(starts) > maxDiff {
		return []edit.Edit{{Path: f.Path, Start: 0, End: len(f.Old), New: string(f.New)}}
	}
	var edits []edit.Edit
	for _, e := range myers.ComputeEdits(span.URIFromPath(f.Path), string(f.Old), string(f.New)) {
		edits = append(edits, edit.Edit{
			Path: f.Path, Start: starts[e.Span.Start().Line()-1], End: starts[e.Span.End().Line()-1], New: e.NewText,
		})
	}
	return edits
}

// lineStarts returns the offsets at which the lines of text start, and its end.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	if last := starts[len(starts)-1]; last < len(text) {
		starts = append(starts, len(text))
	}
	return starts
}

// errNotOpen says that a request is about a file that no open workspace holds.
func errNotOpen(u uri.URI) error {
	return fmt.Errorf("%s is in no open workspace, or cannot be read", u)
}
