package syntax

import "fmt"

// bracketsMatch reports whether each bracket of src is closed by its like.
func bracketsMatch(src []byte) bool {
	var open []byte
	for tok := range Scan(src) {
		if tok.Kind == BadTok {
			return false
		}
		if tok.Kind != OpTok {
			continue
		}
		switch c := src[tok.Span.Start]; c {
		case '(', '[', '{':
			open = append(open, c)
		case ')', ']', '}':
			if len(open) == 0 || closer(open[len(open)-1]) != c {
				return false
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

func closer(open byte) byte {
	switch open {
	case '(':
		return ')'
	case '[':
		return ']'
	}
	return '}'
}

// checkToken notes what is wrong with tok, and keeps the open brackets.
func (l *layout) checkToken(tok Token) {
	if tok.Kind == BadTok {
		l.problem(Error{Span: tok.Span, Message: badTokenMessage(tok.Span.Text(l.src))})
		return
	}
	if tok.Kind != OpTok {
		return
	}
	switch c := l.src[tok.Span.Start]; c {
	case '(', '[', '{':
		l.openBracket(tok, c)
	case ')', ']', '}':
		l.closeBracket(tok, c)
	}
}

func badTokenMessage(text string) string {
	if n := stringPrefixLen([]byte(text)); n < len(text) && (text[n] == '"' || text[n] == '\'') {
		return "this string is never closed"
	}
	return fmt.Sprintf("the character %q cannot stand here", text)
}

// problem notes the first problem of the current group. The others follow from it in most cases.
func (l *layout) problem(e Error) {
	if l.cur.problem == nil {
		l.cur.problem = &e
	}
}

func (l *layout) openBracket(tok Token, c byte) {
	if len(l.open) >= maxBrackets {
		l.over++
		l.problem(Error{Span: tok.Span, Message: "brackets are nested too deeply here"})
		return
	}
	l.open = append(l.open, tok)
	l.openCount[closer(c)]++
	l.flush = false
}

func (l *layout) closeBracket(tok Token, c byte) {
	if l.over > 0 {
		l.over--
		return
	}
	if len(l.open) == 0 {
		l.problem(Error{Span: tok.Span, Message: fmt.Sprintf("this `%c` closes nothing", c)})
		l.cur.stray = true
		return
	}
	last := l.open[len(l.open)-1]
	if opened := l.src[last.Span.Start]; closer(opened) != c {
		l.problem(Error{
			Span:    tok.Span,
			Message: fmt.Sprintf("`%c` does not close `%c`", c, opened),
			Related: []Related{{last.Span, fmt.Sprintf("this `%c` is open here", opened)}},
		})
		if l.openCount[c] == 0 {
			return
		}
	}
	l.popUntil(c)
}

// popUntil closes the brackets up to the innermost that c closes; there is one.
func (l *layout) popUntil(c byte) {
	for {
		last := closer(l.src[l.open[len(l.open)-1].Span.Start])
		l.open = l.open[:len(l.open)-1]
		l.openCount[last]--
		if last == c {
			return
		}
	}
}

// lookAhead times the length of the file is what closesLater may read in all, so that it takes linear time.
const lookAhead = 8

// closesLater reports whether all open brackets are closed by their like from tok on: then tok is inside them, though
// it is at column 0 and looks like a statement.
func (l *layout) closesLater(tok Token) bool {
	if tok.Span.Start < l.closesAt {
		return true
	}
	var open []byte
	for _, o := range l.open {
		open = append(open, closer(l.src[o.Span.Start]))
	}
	rest := l.src[tok.Span.Start:]
	rest = rest[:min(len(rest), l.budget)]
	read := 0
	defer func() { l.budget -= read }()
	for t := range Scan(rest) {
		read = t.Span.End
		if t.Kind == BadTok {
			read = len(rest) // as far as the scanner looked for the end of a string
			return false
		}
		if t.Kind != OpTok {
			continue
		}
		switch c := rest[t.Span.Start]; c {
		case '(', '[', '{':
			open = append(open, closer(c))
		case ')', ']', '}':
			if open[len(open)-1] != c {
				return false
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				l.closesAt = tok.Span.Start + t.Span.End
				return true
			}
		}
	}
	return false
}
