package lsp

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/syntax"
)

func (st *state) foldingRange(_ context.Context, p *protocol.FoldingRangeParams) ([]protocol.FoldingRange, error) {
	b, ok := st.starlarkFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	return foldingRanges(b), nil
}

// foldingRanges returns the calls, lists, dicts and blocks of several lines, and the loads, imports and comments.
func foldingRanges(b *buildFile) []protocol.FoldingRange {
	var ranges []protocol.FoldingRange
	for _, stmt := range b.syntax.Stmts {
		syntax.Walk(stmt, func(n syntax.Node) bool {
			if r, ok := b.fold(n); ok {
				ranges = append(ranges, r)
			}
			return true
		})
	}
	ranges = append(ranges, b.foldImports()...)
	return append(ranges, b.foldComments()...)
}

// foldImports returns the runs of load and import statements of several lines.
func (b *buildFile) foldImports() []protocol.FoldingRange {
	var ranges []protocol.FoldingRange
	open := false
	for _, stmt := range b.syntax.Stmts {
		r := b.rangeOf(stmt.Span().Start, stmt.Span().End)
		isImport := stmt.Kind() == syntax.Load || stmt.Kind() == syntax.Import
		switch {
		case isImport && open:
			ranges[len(ranges)-1].EndLine = r.End.Line
		case isImport:
			ranges = append(ranges, protocol.FoldingRange{
				StartLine: r.Start.Line, EndLine: r.End.Line, Kind: protocol.FoldingRangeKindImports,
			})
		}
		open = isImport
	}
	return slices.DeleteFunc(ranges, isOneLine)
}

func isOneLine(r protocol.FoldingRange) bool { return r.EndLine == r.StartLine }

// fold returns the range that a node folds to: with its first line, and up to the line before its closing bracket.
func (b *buildFile) fold(n syntax.Node) (protocol.FoldingRange, bool) {
	r := b.rangeOf(n.Span().Start, n.Span().End)
	last := r.End.Line
	switch n.Kind() {
	case syntax.Call, syntax.List, syntax.Tuple, syntax.Dict, syntax.Set, syntax.Comp, syntax.Paren:
		open, end := n.Open(), n.Close()
		if open == end { // a tuple without brackets
			return protocol.FoldingRange{}, false
		}
		r.Start = b.position(open.Start)
		last--
	case syntax.Def, syntax.Class, syntax.If, syntax.For, syntax.With, syntax.Try, syntax.While:
	default:
		return protocol.FoldingRange{}, false
	}
	if last <= r.Start.Line || last > r.End.Line {
		return protocol.FoldingRange{}, false
	}
	return protocol.FoldingRange{StartLine: r.Start.Line, EndLine: last, Kind: protocol.FoldingRangeKindRegion}, true
}

// foldComments returns the runs of lines that hold comments alone.
func (b *buildFile) foldComments() []protocol.FoldingRange {
	var ranges []protocol.FoldingRange
	for _, c := range b.syntax.Comments() {
		at := b.position(c.Start)
		if line := b.mapper.Line(int(at.Line) + 1); len(line) == 0 || firstByte(line) != '#' {
			continue
		}
		if n := len(ranges); n > 0 && ranges[n-1].EndLine+1 == at.Line {
			ranges[n-1].EndLine = at.Line
			continue
		}
		ranges = append(ranges, protocol.FoldingRange{
			StartLine: at.Line, EndLine: at.Line, Kind: protocol.FoldingRangeKindComment,
		})
	}
	return slices.DeleteFunc(ranges, isOneLine)
}

// firstByte returns the first byte of a line that is no blank, 0 if there is none.
func firstByte(line []byte) byte {
	for _, c := range line {
		if c != ' ' && c != '\t' {
			return c
		}
	}
	return 0
}
