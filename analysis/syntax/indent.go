package syntax

// setLevels computes how many blocks are around each line of g.
func (l *layout) setLevels(g *group) {
	cols := []int{0}
	if g.strayed {
		cols[0] = g.lines[0].col
	}
	for i := range g.lines {
		ln := &g.lines[i]
		tok := g.toks[min(ln.first, len(g.toks)-1)]
		opens := i > 0 && endsWithColon(l.src, g.toks[:ln.first])
		deeper := ln.col > cols[len(cols)-1]
		switch {
		case opens && !deeper:
			l.noBlock(g.toks[ln.first-1])
		case deeper && !opens && !l.isHeader(g, i-1):
			l.problem(Error{Span: tok.Span, Message: "this line is indented unlike the one before it"})
		case deeper:
			cols = append(cols, ln.col)
		}
		for ln.col < cols[len(cols)-1] && len(cols) > 1 {
			cols = cols[:len(cols)-1]
			if ln.col > cols[len(cols)-1] {
				l.problem(Error{Span: tok.Span, Message: "this line is indented unlike any block around it"})
			}
		}
		ln.level = len(cols) - 1
	}
	if last := len(g.lines) - 1; l.isHeader(g, last) && endsWithColon(l.src, g.toks) {
		l.noBlock(g.toks[len(g.toks)-1])
	}
}

// isHeader reports whether the i-th line of g starts as the header of a block does. Its colon may be missing.
func (l *layout) isHeader(g *group, i int) bool {
	if i < 0 || g.lines[i].first >= len(g.toks) {
		return false
	}
	word := l.word(g.toks[g.lines[i].first])
	return isCompoundWord(word) && word != "@"
}

func (l *layout) noBlock(colon Token) {
	l.problem(Error{Span: colon.Span, Message: "an indented block is missing after this"})
}
