package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/syntax"
)

func (st *state) selectionRange(
	_ context.Context, p *protocol.SelectionRangeParams,
) ([]protocol.SelectionRange, error) {
	b, ok := st.starlarkFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	ranges := make([]protocol.SelectionRange, len(p.Positions))
	for i, at := range p.Positions {
		ranges[i] = b.selection(b.offset(at))
	}
	return ranges, nil
}

// selection returns what a selection at offset grows to, step by step: the inside of a string, the expression, the
// argument, the call, …, the file.
func (b *buildFile) selection(offset int) protocol.SelectionRange {
	current := &protocol.SelectionRange{Range: b.rangeOf(0, len(b.text))}
	for _, s := range selectionSpans(b.syntax, offset) {
		r := b.rangeOf(s.Start, s.End)
		if r != current.Range {
			current = &protocol.SelectionRange{Range: r, Parent: current}
		}
	}
	return *current
}

// selectionSpans returns the spans around offset, the outermost first; each lies within the one before.
func selectionSpans(f *syntax.File, offset int) []syntax.Span {
	var spans []syntax.Span
	add := func(s syntax.Span) {
		within := len(spans) == 0 || spans[len(spans)-1].Contains(s)
		if holds(s, offset) && within {
			spans = append(spans, s)
		}
	}
	for _, n := range f.Path(offset) {
		add(n.Span())
		switch n.Kind() {
		case syntax.Call:
			add(syntax.Span{Start: n.Open().End, End: n.Close().Start})
			for a := range n.Args() {
				add(a.Span())
			}
		case syntax.List, syntax.Dict:
			add(syntax.Span{Start: n.Open().End, End: n.Close().Start})
			for e := range n.Entries() {
				add(e.Span())
			}
		case syntax.String:
			add(n.Content())
		}
	}
	return spans
}
