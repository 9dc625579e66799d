package syntax

import (
	"fmt"
)

// A group is a top-level statement as its tokens tell, or several that stand in one line.
type group struct {
	toks    []Token // without comments, line ends and conflict markers
	lines   []line
	problem *Error // why it cannot be read, nil if nothing is known against it
	block   bool   // it has a line that ends with a colon
	strayed bool   // its first line is indented for no reason
	stray   bool   // the problem is a closing bracket without an opening one
}

// A line is a logical line of a group.
type line struct {
	first, end int // indices of tokens
	col        int // column of its first token, tabs expanded
	level      int // number of blocks around it
}

// A layout splits a file into groups.
type layout struct {
	src     []byte
	scan    *scanner
	recover bool // brackets do not match: guess where a statement was left open
	emit    func(*group)

	prev, cur *group
	prevEnd   int     // end of the last token of a statement
	gapStart  int     // end of the last token of any kind
	open      []Token // the open brackets
	openCount [256]int
	over      int  // open brackets beyond maxBrackets
	flush     bool // the innermost bracket's content starts at column 0
	closesAt  int  // up to there the brackets of the current statement are known to close
	budget    int  // bytes that closesLater may still read

	conflicts []Error
}

// splitGroups calls emit for the groups of src in order, and returns the merge conflicts.
func splitGroups(src []byte, emit func(*group)) []Error {
	l := &layout{src: src, scan: newScanner(src), emit: emit, recover: !bracketsMatch(src)}
	l.budget = lookAhead * len(src)
	l.gapStart = l.scan.pos
	for {
		tok := l.scan.next()
		switch tok.Kind {
		case EOF:
			l.endGroup(Token{})
			l.emitPrev()
			return l.conflicts
		case NewlineTok:
			continue
		case CommentTok:
		case ConflictTok:
			l.conflict(tok)
		default:
			l.token(tok)
			l.prevEnd = tok.Span.End
		}
		l.gapStart = tok.Span.End
	}
}

// token adds tok to the group that it belongs to.
func (l *layout) token(tok Token) {
	if col, first := l.column(tok); first {
		switch {
		case len(l.open) == 0:
			l.startLine(tok, col)
		case l.recover && col == 0 && l.startsStatement(tok) && !l.closesLater(tok):
			l.endGroup(tok)
			l.startLine(tok, col)
		case l.isAfterOpen():
			l.flush = col == 0
		}
	}
	l.checkToken(tok)
	if l.over == 0 {
		l.cur.toks = append(l.cur.toks, tok)
		l.cur.lines[len(l.cur.lines)-1].end = len(l.cur.toks)
	}
}

// isAfterOpen reports whether the last token is the innermost open bracket.
func (l *layout) isAfterOpen() bool { return l.open[len(l.open)-1].Span.End == l.prevEnd }

// column returns the column of tok, and whether it is the first of a line that no backslash joins to the one before.
func (l *layout) column(tok Token) (col int, first bool) {
	if l.cur == nil {
		first = true
	}
	joined := false
	for _, c := range l.src[l.gapStart:tok.Span.Start] {
		switch c {
		case '\\':
			joined = true
			continue
		case '\n', '\r':
			if !joined {
				first = true
			}
			col = 0
			if c == '\r' && joined {
				continue
			}
		case '\t':
			col = col/8*8 + 8
		case '\f':
			col = 0
		default:
			col++
		}
		joined = false
	}
	return col, first
}

// startLine starts a logical line with tok, in the current group or in a new one.
func (l *layout) startLine(tok Token, col int) {
	g := l.cur
	if g != nil && endsWithColon(l.src, g.toks) {
		g.block = true
	}
	switch {
	case g == nil:
		l.newGroup()
		if col > 0 {
			l.stray(tok)
		}
	case col == 0 && l.continues(tok):
		if l.isCloser(tok) && g.strayed && l.prev != nil {
			l.merge()
		}
	case col == 0:
		l.endGroup(tok)
		l.newGroup()
	case !g.strayed && !l.isCompound(g) && g.problem == nil:
		l.endGroup(tok)
		l.newGroup()
		l.stray(tok)
	}
	g = l.cur
	g.lines = append(g.lines, line{first: len(g.toks), end: len(g.toks), col: col})
}

func (l *layout) newGroup() {
	if l.cur != nil {
		l.emitPrev()
		l.prev = l.cur
	}
	l.cur = &group{}
}

func (l *layout) emitPrev() {
	if l.prev != nil {
		l.emit(l.prev)
	}
	l.prev = nil
}

func (l *layout) stray(tok Token) {
	l.cur.strayed = true
	l.cur.problem = &Error{Span: tok.Span, Message: "this line is indented, but no block starts before it"}
}

// merge joins the current group, which is indented for no reason, to the one before: its opening bracket is missing.
func (l *layout) merge() {
	shift := len(l.prev.toks)
	for _, ln := range l.cur.lines {
		ln.first, ln.end = ln.first+shift, ln.end+shift
		l.prev.lines = append(l.prev.lines, ln)
	}
	l.prev.toks = append(l.prev.toks, l.cur.toks...)
	l.prev.problem = nil
	l.cur, l.prev = l.prev, nil
}

// continues reports whether a line that starts with tok at column 0 goes on with the current group.
func (l *layout) continues(tok Token) bool {
	if l.isCloser(tok) {
		return true
	}
	if last := l.cur.lines[len(l.cur.lines)-1]; last.col == 0 && l.word(l.cur.toks[last.first]) == "@" {
		return true
	}
	switch l.word(tok) {
	case "else", "elif", "except", "finally":
		return l.isCompound(l.cur)
	}
	return false
}

func (l *layout) isCloser(tok Token) bool {
	switch l.src[tok.Span.Start] {
	case ')', ']', '}':
		return true
	}
	return false
}

func (l *layout) word(tok Token) string { return tok.Span.Text(l.src) }

// isCompound reports whether g may have indented lines.
func (l *layout) isCompound(g *group) bool {
	return g.block || len(g.toks) > 0 && isCompoundWord(l.word(g.toks[0]))
}

func isCompoundWord(word string) bool {
	switch word {
	case "if", "for", "while", "def", "class", "with", "try", "else", "elif", "except", "finally", "async", "@":
		return true
	}
	return false
}

func endsWithColon(src []byte, toks []Token) bool {
	return len(toks) > 0 && toks[len(toks)-1].Span.Text(src) == ":"
}

// startsStatement reports whether tok, at column 0 and inside brackets, looks like the start of a statement.
func (l *layout) startsStatement(tok Token) bool {
	word := l.word(tok)
	switch word {
	case "def", "class", "import", "from", "@":
		return true
	case "if", "for", "while", "with", "try":
		end := tok.Span.End + lineLen(l.src[tok.Span.End:])
		return l.src[end-1] == ':'
	}
	if tok.Kind != NameTok || isOperatorWord(word) {
		return false
	}
	switch after := skipBlank(l.src, tok.Span.End); {
	case after >= len(l.src):
		return false
	case l.src[after] == '(' || l.src[after] == '.':
		return true
	case l.src[after] == '=':
		return !l.flush && after+1 < len(l.src) && l.src[after+1] != '='
	}
	return false
}

func isOperatorWord(word string) bool {
	switch word {
	case "and", "or", "not", "in", "is", "if", "else", "for", "lambda", "as":
		return true
	}
	return false
}

// endGroup ends the current group before next, the first token of the following one, which is zero at the end.
func (l *layout) endGroup(next Token) {
	if l.cur == nil {
		return
	}
	if len(l.open) > 0 {
		last := l.open[len(l.open)-1]
		e := Error{Span: last.Span, Message: fmt.Sprintf("this `%c` is never closed", l.src[last.Span.Start])}
		if next.Kind != EOF {
			e.Related = []Related{{next.Span, "the next statement starts here"}}
		}
		l.problem(e)
	}
	l.open, l.openCount, l.over = l.open[:0], [256]int{}, 0
	l.setLevels(l.cur)
	if next.Kind == EOF {
		l.newGroup()
	}
}
