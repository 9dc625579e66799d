package rewrite

import (
	"slices"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// An item is an element of a list, tuple or set, an entry of a dict or an argument of a call.
type item struct {
	span  syntax.Span
	comma int // offset of the comma behind it, -1 if there is none
}

// end returns the offset after the item and its comma.
func (it item) end() int {
	if it.comma >= 0 {
		return it.comma + 1
	}
	return it.span.End
}

// A group is what stands between a pair of brackets.
type group struct {
	node     syntax.Node
	src      []byte
	open     int // offset after the opening bracket
	close    int // offset of the closing bracket
	items    []item
	comments []syntax.Span // those that are not part of an item
}

// newGroup returns the group of a Call, List, Tuple, Set or Dict. It is nil for other nodes and where the brackets hold
// anything but items, single commas and comments: a tuple without brackets, a merge conflict.
func newGroup(n syntax.Node) *group {
	switch n.Kind() {
	case syntax.Call, syntax.List, syntax.Tuple, syntax.Set, syntax.Dict:
	default:
		return nil
	}
	if n.Open().Len() == 0 || n.Close().Len() == 0 {
		return nil
	}
	g := &group{node: n, src: n.File().Src, open: n.Open().End, close: n.Close().Start}
	if !g.read() {
		return nil
	}
	return g
}

// read finds the items, their commas and the comments. It reports whether there is nothing else.
func (g *group) read() bool {
	toks := tokensIn(g.node.File(), syntax.Span{Start: g.open, End: g.close})
	for _, span := range itemSpans(g.node) {
		if len(g.items) > 0 && g.items[len(g.items)-1].comma < 0 {
			return false
		}
		toks = g.readComments(toks)
		if len(toks) == 0 || toks[0].Span.Start != span.Start {
			return false
		}
		for len(toks) > 0 && toks[0].Span.Start < span.End {
			toks = toks[1:]
		}
		toks = g.readComments(toks)
		it := item{span: span, comma: -1}
		if len(toks) > 0 && isOp(g.src, toks[0], ',') {
			it.comma = toks[0].Span.Start
			toks = toks[1:]
		}
		g.items = append(g.items, it)
	}
	return len(g.readComments(toks)) == 0
}

// readComments appends the comments that toks start with and returns the tokens after them.
func (g *group) readComments(toks []syntax.Token) []syntax.Token {
	for len(toks) > 0 && toks[0].Kind == syntax.CommentTok {
		g.comments = append(g.comments, toks[0].Span)
		toks = toks[1:]
	}
	return toks
}

// tokensIn returns the tokens that start in s.
func tokensIn(f *syntax.File, s syntax.Span) []syntax.Token {
	byStart := func(t syntax.Token, offset int) int { return t.Span.Start - offset }
	toks := f.Tokens()
	from, _ := slices.BinarySearchFunc(toks, s.Start, byStart)
	to, _ := slices.BinarySearchFunc(toks, s.End, byStart)
	return toks[from:max(from, to)]
}

func isOp(src []byte, t syntax.Token, op byte) bool {
	return t.Kind == syntax.OpTok && t.Span.Len() == 1 && src[t.Span.Start] == op
}

// itemSpans returns the places of the items of n in order.
func itemSpans(n syntax.Node) []syntax.Span {
	spans := make([]syntax.Span, 0, n.Len())
	switch n.Kind() {
	case syntax.Call:
		for arg := range n.Args() {
			spans = append(spans, arg.Span())
		}
	case syntax.Dict:
		for entry := range n.Entries() {
			spans = append(spans, entry.Span())
		}
	default:
		for elem := range n.Elems() {
			spans = append(spans, elem.Span())
		}
	}
	return spans
}

// index returns the index of the item that contains s, -1 if none does.
func (g *group) index(s syntax.Span) int {
	return slices.IndexFunc(g.items, func(it item) bool { return it.span.Contains(s) })
}

// commentAfter returns the comment that follows offset on its line with only white space between.
func (g *group) commentAfter(offset int) (syntax.Span, bool) {
	at := skip(g.src, offset, isBlank)
	i, ok := slices.BinarySearchFunc(g.comments, at, func(c syntax.Span, at int) int { return c.Start - at })
	if !ok {
		return syntax.Span{}, false
	}
	return g.comments[i], true
}

// inComment reports whether offset is in a comment or at its end.
func (g *group) inComment(offset int) bool {
	return slices.ContainsFunc(g.comments, func(c syntax.Span) bool { return c.Start < offset && offset <= c.End })
}

// commentsAbove returns the start of the line of the topmost comment on a line of its own, and for which keep is true,
// of those that stand directly above the line start i. It is i if there is none.
func (g *group) commentsAbove(i int, keep func(syntax.Span) bool) int {
	for _, c := range slices.Backward(g.comments) {
		start := lineStart(g.src, c.Start)
		if nextLine(g.src, c.End) == i && startsLine(g.src, c.Start) && keep(c) {
			i = start
		}
	}
	return i
}

// breaksAfter reports whether something new behind item i goes on a line of its own.
func (g *group) breaksAfter(i int) bool {
	it := g.items[i]
	if it.comma >= 0 && !sameLine(g.src, it.span.End, it.comma) {
		return false // the commas stand at the start of the lines
	}
	if i+1 < len(g.items) {
		return !sameLine(g.src, it.span.End, g.items[i+1].span.Start)
	}
	if _, ok := g.commentAfter(it.end()); ok {
		return true
	}
	return startsLine(g.src, it.span.Start)
}

// breaksBefore reports whether something new in front of the first item goes on the line of the opening bracket, but
// the item on a new one.
func (g *group) breaksBefore() bool {
	return len(g.items) > 1 && g.breaksAfter(0) && startsLine(g.src, g.items[1].span.Start)
}

// indent returns the white space for a new line next to item i: that of the nearest item that starts its line.
func (g *group) indent(i int) string {
	for d := range len(g.items) + 1 {
		for _, j := range []int{i - d, i + d} {
			if 0 <= j && j < len(g.items) && startsLine(g.src, g.items[j].span.Start) {
				return indentOf(g.src, g.items[j].span.Start)
			}
		}
	}
	if len(g.items) > 0 && !startsLine(g.src, g.close) {
		return indentTo(g.src, g.items[0].span.Start)
	}
	for _, c := range g.comments {
		if startsLine(g.src, c.Start) {
			return indentOf(g.src, c.Start)
		}
	}
	return indentOf(g.src, g.open-1) + StyleOf(g.node.File()).Indent
}

// separator returns what stands between the comma of item i and the next item on the same line, else between any two.
func (g *group) separator(i int) string {
	for _, j := range []int{i, i - 1, 0} {
		if 0 <= j && j+1 < len(g.items) {
			gap := g.src[g.items[j].end():g.items[j+1].span.Start]
			if skip(gap, 0, isBlank) == len(gap) {
				return "," + string(gap)
			}
		}
	}
	return ", "
}
