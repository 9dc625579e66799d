package syntax

import (
	"bytes"
	"fmt"
)

// A rewriter turns a group into text of the same length that the parser accepts, where the group is Python that the
// parser does not know. What it changed it notes, for the restorer to give the tree its true meaning back.
type rewriter struct {
	src   []byte
	start int    // offset of text in src
	text  []byte // the rewritten group
	notes notes
}

// notes are what a rewriter changed. All keys are offsets in the file.
type notes struct {
	base       int          // offset of the rewritten text
	exprs      map[int]note // at the start of an expression or at its operator
	stmts      map[int]note // at the start of a statement
	commas     map[int]bool // ends of expressions after which a comma made a tuple
	decorators map[int]int  // start of a decorator's expression -> its @
}

// A note is one thing that was changed.
type note struct {
	kind  Kind
	as    role
	span  Span
	op    string
	name  Token
	names []string
	parts []Token // the strings of a Concat
}

// A role tells apart what has the same Kind, or none.
type role uint8

const (
	plainRole role = iota
	handlerRole
	loopElseRole
	nameRole      // an identifier that the parser takes for a keyword
	generatorRole // the only argument of a call
)

// rewrite returns the text of g, rewritten, and what was changed.
func rewrite(src []byte, g *group) ([]byte, notes) {
	start, end := g.toks[0].Span.Start, g.toks[len(g.toks)-1].Span.End
	r := &rewriter{src: src, start: start, text: bytes.Repeat([]byte{' '}, end-start)}
	r.notes = notes{
		base:       start,
		exprs:      map[int]note{},
		stmts:      map[int]note{},
		commas:     map[int]bool{},
		decorators: map[int]int{},
	}
	for _, tok := range g.toks {
		copy(r.text[tok.Span.Start-start:], tok.Span.of(src))
	}
	b := &blocks{rewriter: r, group: g}
	for i := range g.lines {
		b.line(i)
	}
	return r.text, r.notes
}

func (r *rewriter) word(tok Token) string { return tok.Span.Text(r.src) }

// is reports whether the token at i of toks is text.
func (r *rewriter) is(toks []Token, i int, text string) bool {
	return i >= 0 && i < len(toks) && string(toks[i].Span.of(r.src)) == text
}

// put overwrites the text at offset of the file.
func (r *rewriter) put(offset int, text string) { copy(r.text[offset-r.start:], text) }

// fill overwrites s with c.
func (r *rewriter) fill(s Span, c byte) {
	part := r.text[s.Start-r.start : s.End-r.start]
	for i := range part {
		part[i] = c
	}
}

// replace overwrites tok with text and blanks.
func (r *rewriter) replace(tok Token, text string) {
	r.fill(tok.Span, ' ')
	r.put(tok.Span.Start, text)
}

// blocks rewrites the compound statements of a group.
type blocks struct {
	*rewriter
	group   *group
	tries   []int    // levels of the try statements around the line
	headers []string // last statement's first word, by level
}

// line rewrites the i-th line of the group.
func (b *blocks) line(i int) {
	ln := b.group.lines[i]
	toks := b.group.toks[ln.first:ln.end]
	if len(toks) == 0 {
		return
	}
	for len(b.tries) > 0 && b.tries[len(b.tries)-1] >= ln.level {
		b.tries = b.tries[:len(b.tries)-1]
	}
	if i > 0 {
		b.indent(b.group.toks[ln.first-1].Span.End, toks[0].Span.Start, ln.level-len(b.tries))
	}
	if b.is(toks, 0, "@") {
		b.decorator(toks, i)
		toks = toks[1:]
	}
	toks = b.header(toks, i)
	b.simpleStmts(toks)
}

// decorator blanks the @ of a decorator.
func (b *blocks) decorator(toks []Token, i int) {
	b.fill(toks[0].Span, '\t') // a tab is no indentation to the parser
	if len(toks) > 1 {
		b.notes.decorators[toks[1].Span.Start] = toks[0].Span.Start
	}
	next := ""
	if lines := b.group.lines; i+1 < len(lines) && lines[i+1].level == lines[i].level {
		next = b.word(b.group.toks[lines[i+1].first])
	}
	switch next {
	case "@", "def", "class", "async":
	default:
		b.reject(toks[0], "this decorator stands before neither a function nor a class")
	}
}

// reject notes that the group cannot be read though the parser might accept it when rewritten.
func (b *blocks) reject(tok Token, message string) {
	if b.group.problem == nil {
		b.group.problem = &Error{Span: tok.Span, Message: message}
	}
}

// indent overwrites the line ends and the white space between two lines. Tabs do not count as indentation.
func (b *blocks) indent(from, to, level int) {
	gap := Span{from, to}
	b.fill(gap, '\n')
	lineStart := from + bytes.LastIndexAny(gap.of(b.src), "\r\n") + 1
	b.fill(Span{lineStart, to}, '\t')
	b.fill(Span{lineStart, min(lineStart+level, to)}, ' ')
}

// header rewrites what starts a block, and returns the tokens after its colon.
func (b *blocks) header(toks []Token, i int) []Token {
	if b.is(toks, 0, "async") && len(toks) > 1 && toks[1].Kind == NameTok {
		b.fill(Span{toks[0].Span.Start, toks[1].Span.Start}, '\t')
		toks = toks[1:]
	}
	word := ""
	if len(toks) > 0 {
		word = b.word(toks[0])
	}
	last := b.lastHeader(b.group.lines[i].level)
	colon := -1
	if isCompoundWord(word) || b.isMatch(toks) {
		colon = b.colon(toks)
	}
	b.headers = append(b.headers, word)
	if colon < 0 {
		return toks
	}
	head := toks[:colon+1]
	if !b.fits(head, word, last) {
		b.reject(toks[0], fmt.Sprintf("`%s` cannot stand here", word))
		return toks[colon+1:]
	}
	b.headerWord(head, word, last, i)
	if colon > 0 {
		b.exprs(head[1:], word == "case")
		b.strayComma(head[:colon])
	}
	if word == "def" {
		b.params(head)
	}
	return toks[colon+1:]
}

// lastHeader returns the first word of the statement before, at the given level, and forgets those below.
func (b *blocks) lastHeader(level int) string {
	word := ""
	if level < len(b.headers) {
		word = b.headers[level]
	}
	for len(b.headers) < level {
		b.headers = append(b.headers, "")
	}
	b.headers = b.headers[:level]
	return word
}

// isMatch reports whether toks is the header of a match statement or of one of its cases.
func (b *blocks) isMatch(toks []Token) bool {
	return (b.is(toks, 0, "match") || b.is(toks, 0, "case")) && len(toks) > 2 && endsWithColon(b.src, toks) &&
		(toks[1].Kind != OpTok || bytes.IndexByte([]byte("([{*-"), b.src[toks[1].Span.Start]) >= 0)
}

// colon returns the index of the colon that ends a header, -1 if there is none.
func (b *blocks) colon(toks []Token) int {
	depth, lambdas := 0, 0
	for i, tok := range toks {
		switch b.word(tok) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case "lambda":
			if depth == 0 {
				lambdas++
			}
		case ":":
			if depth == 0 && lambdas == 0 {
				return i
			}
			if depth == 0 {
				lambdas--
			}
		}
	}
	return -1
}

// fits reports whether a header may stand behind a statement whose first word is last, as far as the parser would not
// notice it.
func (b *blocks) fits(head []Token, word, last string) bool {
	alone := len(head) == 2
	switch word {
	case "class":
		return len(head) > 2 && head[1].Kind == NameTok && !isPythonKeyword(b.word(head[1]))
	case "with", "while":
		return !alone
	case "try":
		return alone
	case "except":
		return last == "try" || last == "except"
	case "finally":
		return alone && (last == "try" || last == "except" || last == "else")
	case "else":
		switch last {
		case "if", "elif", "while", "for", "except":
			return alone
		}
		return false
	}
	return true
}

// headerWord rewrites the keyword of a header into one that the parser knows.
func (b *blocks) headerWord(head []Token, word, last string, i int) {
	key := head[0]
	n := note{span: key.Span}
	switch word {
	case "class":
		n.kind, n.name = Class, head[min(1, len(head)-1)]
	case "with":
		n.kind, n.names = With, b.asNames(head)
	case "while":
		n.kind = While
	case "match", "case":
		n.kind = OtherStmt
	case "except", "finally":
		n.kind, n.as = OtherStmt, handlerRole
		if b.is(head, 1, "*") {
			b.fill(head[1].Span, ' ')
		}
	case "else":
		if last != "for" {
			return
		}
		n.kind, n.as = OtherStmt, loopElseRole
	case "try":
		b.try(head, i)
		return
	default:
		return
	}
	b.replace(key, "if")
	if len(head) == 2 {
		b.put(key.Span.End-1, "1")
	}
	b.notes.stmts[key.Span.Start] = n
}

// try rewrites the header of a try statement into a statement of its own. Its body follows at the same level.
func (b *blocks) try(head []Token, i int) {
	b.replace(head[0], "0")
	b.put(head[1].Span.Start, ";")
	ln := b.group.lines[i]
	if b.group.toks[ln.end-1] == head[1] {
		b.tries = append(b.tries, ln.level)
	}
	last, next := i, ""
	for _, after := range b.group.lines[i+1:] {
		if after.level <= ln.level {
			next = b.word(b.group.toks[after.first])
			break
		}
		last++
	}
	if next != "except" && next != "finally" {
		b.reject(head[0], "this `try` has neither an `except` nor a `finally`")
	}
	end := b.group.toks[b.group.lines[last].end-1].Span.End
	b.notes.stmts[head[0].Span.Start] = note{kind: Try, span: Span{head[0].Span.Start, end}}
}

// asNames returns the names that follow an as.
func (r *rewriter) asNames(toks []Token) []string {
	var names []string
	for i, tok := range toks {
		if tok.Kind == NameTok && r.is(toks, i-1, "as") {
			names = append(names, r.word(tok))
		}
	}
	return names
}

// inLambda reports whether toks end in the parameters of a lambda.
func (r *rewriter) inLambda(toks []Token) bool {
	for i := len(toks) - 1; i >= 0; i-- {
		switch r.word(toks[i]) {
		case "lambda":
			return true
		case ":":
			return false
		}
	}
	return false
}
