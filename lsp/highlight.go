package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/syntax"
)

func (st *state) documentHighlight(_ context.Context, p *protocol.DocumentHighlightParams) (
	[]protocol.DocumentHighlight, error,
) {
	b, ok := st.starlarkFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	var highlights []protocol.DocumentHighlight
	for _, h := range highlight(b, b.offset(p.Position)) {
		highlights = append(highlights, protocol.DocumentHighlight{Range: b.rangeOf(h.span.Start, h.span.End), Kind: h.kind})
	}
	return highlights, nil
}

// A highlighted is a place that is about the same as the one of the cursor.
type highlighted struct {
	span syntax.Span
	kind protocol.DocumentHighlightKind
}

// highlight returns the places of the file that are about what stands at offset.
func highlight(b *buildFile, offset int) []highlighted {
	e := b.elementAt(offset)
	var found []highlighted
	switch e.kind {
	case addressElement, nameElement, mentionElement:
		if e.kind == mentionElement {
			found = append(found, highlighted{e.span, protocol.DocumentHighlightKindRead})
		}
		for t := range b.targets {
			if t.Address() == e.address && t.NameField != nil {
				found = append(found, highlighted{nameSpan(t), protocol.DocumentHighlightKindWrite})
			}
			for use := range usesOf(t) {
				if use.address == e.address {
					found = append(found, highlighted{content(use.value.Node()), protocol.DocumentHighlightKindRead})
				}
			}
		}
	case identElement, kindElement:
		for _, s := range b.identSpans(e.span.Text(b.syntax.Src)) {
			found = append(found, highlighted{s, protocol.DocumentHighlightKindText})
		}
	}
	return distinct(found)
}
