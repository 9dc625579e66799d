package syntax

import (
	"bytes"

	"github.com/bazelbuild/buildtools/build"
)

// An exprRewriter rewrites the expressions of one line.
type exprRewriter struct {
	*rewriter
	toks     []Token
	frames   []frame // the open brackets
	backtick bool    // a backtick is open
	comma    bool    // a comma makes a tuple outside brackets
}

// A frame is an open bracket.
type frame struct {
	open      int  // its offset
	bracket   byte // which one it is in src
	call      bool // it holds arguments or parameters
	index     bool // it holds an index
	entries   bool // it holds a colon, as a dict does
	comma     bool // it holds a comma
	generator bool // it holds a generator that was made a list of arguments
	list      bool // it was made a list
}

// exprs rewrites the expressions of toks. inTuple tells that they are made a part of a tuple.
func (r *rewriter) exprs(toks []Token, inTuple bool) {
	x := &exprRewriter{rewriter: r, toks: toks, comma: inTuple}
	for i := 0; i < len(toks); {
		i = x.token(i)
	}
}

// token rewrites what starts at the token i and returns the index of the token after it.
func (x *exprRewriter) token(i int) int {
	switch x.toks[i].Kind {
	case StringTok:
		return x.strings(i)
	case NameTok:
		return x.name(i)
	case OpTok:
		x.operator(i)
	}
	return i + 1
}

// strings rewrites the adjacent strings that start at i into one identifier, unless it is one string that the parser
// can read.
func (x *exprRewriter) strings(i int) int {
	end := i + 1
	for end < len(x.toks) && x.toks[end].Kind == StringTok {
		end++
	}
	parts := x.toks[i:end]
	if len(parts) == 1 && parserReads(parts[0].Span.of(x.src)) {
		return end
	}
	span := Span{parts[0].Span.Start, parts[len(parts)-1].Span.End}
	kind := String
	if len(parts) > 1 {
		kind = Concat
	}
	x.fill(span, '_')
	x.notes.exprs[span.Start] = note{kind: kind, span: span, parts: parts}
	return end
}

// parserReads reports whether the parser takes the string literal lit.
func parserReads(lit []byte) bool {
	if n := stringPrefixLen(lit); n > 1 || n == 1 && lit[0] != 'r' || bytes.IndexByte(lit, '\r') >= 0 {
		return false
	}
	_, _, err := build.Unquote(string(lit))
	return err == nil
}

// name rewrites the keyword at i, and returns the index of the token after it.
func (x *exprRewriter) name(i int) int {
	tok := x.toks[i]
	switch x.word(tok) {
	case "for":
		x.loop(tok)
	case "if":
		if f := x.top(); f != nil && f.generator || x.inTuple() {
			x.replaceOp(tok.Span.Start, "or", "if")
		}
	case "else":
		if x.inTuple() {
			x.replaceOp(tok.Span.Start, "or  ", "else")
		}
	case "async":
		x.fill(tok.Span, ' ')
	case "lambda":
		return x.lambda(i)
	case "yield", "await":
		x.prefix(i)
	case "as":
		x.replaceOp(tok.Span.Start, "or", "as")
	case "load":
		if x.is(x.toks, i-1, ".") || !x.isLoad(i) {
			x.fill(tok.Span, '_')
			x.notes.exprs[tok.Span.Start] = note{kind: Ident, as: nameRole, span: tok.Span}
		}
	}
	return i + 1
}

func (x *exprRewriter) top() *frame {
	if len(x.frames) == 0 {
		return nil
	}
	return &x.frames[len(x.frames)-1]
}

// inTuple reports whether a conditional expression would be an element of a tuple without parentheses, where the parser
// takes none.
func (x *exprRewriter) inTuple() bool {
	if f := x.top(); f != nil {
		return f.index && f.comma
	}
	return x.comma
}

// loop rewrites the for of a comprehension, where the parser knows none.
func (x *exprRewriter) loop(tok Token) {
	f := x.top()
	switch {
	case f == nil:
	case f.bracket == '(' && f.call && f.comma:
	case f.bracket == '(' && f.call:
		x.replace(tok, " , ")
		f.generator = true
		x.notes.exprs[f.open] = note{kind: Comp, as: generatorRole}
	case f.bracket == '(', f.bracket == '{' && !f.entries:
		x.put(f.open, "[")
		f.list = true
	}
}

// maxParams bounds the tokens between a lambda and its colon: looking for the colon must not take quadratic time.
const maxParams = 1000

// lambda makes one identifier of the parameters of the lambda at i: the parser does not know all of their forms.
func (x *exprRewriter) lambda(i int) int {
	depth, lambdas := 0, 0
	for j := i + 1; j < min(len(x.toks), i+maxParams) && depth >= 0; j++ {
		switch x.word(x.toks[j]) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case "lambda":
			lambdas++
		case ":":
			switch {
			case depth > 0:
			case lambdas > 0:
				lambdas--
			default:
				x.lambdaParams(x.toks[i+1 : j])
				return j + 1
			}
		}
	}
	return i + 1
}

func (x *exprRewriter) lambdaParams(params []Token) {
	if len(params) == 0 {
		return
	}
	span := Span{params[0].Span.Start, params[len(params)-1].Span.End}
	x.fill(span, '_')
	x.notes.exprs[span.Start] = note{kind: Other, span: span}
}

// prefix rewrites the yield or await at i into a unary operator, if an operand follows.
func (x *exprRewriter) prefix(i int) {
	tok, next := x.toks[i], i+1
	op := x.word(tok)
	if x.is(x.toks, next, "from") {
		x.fill(x.toks[next].Span, ' ')
		op = "yield from"
		next++
	}
	if next < len(x.toks) && x.startsOperand(x.toks[next]) {
		x.replace(tok, "-")
		x.notes.exprs[tok.Span.Start] = note{kind: Other, op: op}
	}
}

func (x *exprRewriter) startsOperand(tok Token) bool {
	if tok.Kind != OpTok {
		return true
	}
	switch x.word(tok) {
	case "(", "[", "{", "-", "+", "~", "`", "...":
		return true
	}
	return false
}

// isLoad reports whether the name load at i starts what the parser takes for a load statement.
func (x *exprRewriter) isLoad(i int) bool {
	t := x.toks
	if !x.is(t, i+1, "(") || i+4 >= len(t) || t[i+2].Kind != StringTok || !x.is(t, i+3, ",") {
		return false
	}
	return t[i+4].Kind == StringTok || x.is(t, i+5, "=") && i+6 < len(t) && t[i+6].Kind == StringTok
}

// operator rewrites the operator or bracket at i.
func (x *exprRewriter) operator(i int) {
	tok := x.toks[i]
	start := tok.Span.Start
	switch word := x.word(tok); word {
	case "(", "[", "{":
		after := x.endsOperand(i - 1)
		f := frame{open: start, bracket: word[0], call: after && word == "(", index: after && word == "["}
		x.frames = append(x.frames, f)
	case ")", "]", "}":
		x.closeBracket(tok)
	case ":":
		if f := x.top(); f != nil {
			f.entries = true
		}
	case ",":
		if f := x.top(); f == nil {
			x.comma = true
		} else if !f.generator {
			f.comma = true
		}
	case "*", "**":
		x.star(i, word)
	case "**=":
		x.replaceOp(start+1, " *=", word)
	case "@", "@=":
		x.replaceOp(start, "*"+word[1:], word)
	case "<>":
		x.replaceOp(start, "!=", word)
	case ":=":
		x.replaceOp(start, "==", word)
	case "...":
		x.fill(tok.Span, '_')
		x.notes.exprs[start] = note{kind: Other, span: tok.Span}
	case "`":
		x.backquote(tok)
	}
}

// replaceOp writes text, whose operator starts at offset, in place of op.
func (x *exprRewriter) replaceOp(offset int, text, op string) {
	x.put(offset-(len(text)-len(bytes.TrimLeft([]byte(text), " "))), text)
	x.notes.exprs[offset] = note{kind: Binary, op: op}
}

func (x *exprRewriter) closeBracket(tok Token) {
	f := x.top()
	if f == nil {
		return
	}
	if f.list {
		x.replace(tok, "]")
	}
	x.frames = x.frames[:len(x.frames)-1]
}

// star rewrites a star: as a binary operator, or in front of what is unpacked outside a call.
func (x *exprRewriter) star(i int, word string) {
	start := x.toks[i].Span.Start
	f := x.top()
	switch {
	case x.endsOperand(i - 1):
		if word == "**" {
			x.replaceOp(start+1, " *", word)
		}
	case f != nil && f.call:
	case word == "*":
		x.put(start, "+")
		x.notes.exprs[start] = note{kind: Star, op: word}
	default:
		x.put(start, "0:")
		if f != nil {
			f.entries = true
		}
		x.notes.exprs[start] = note{kind: Star, op: word}
	}
}

// endsOperand reports whether an operand can end with the token at i.
func (x *exprRewriter) endsOperand(i int) bool {
	if i < 0 {
		return false
	}
	switch tok := x.toks[i]; tok.Kind {
	case StringTok, NumberTok:
		return true
	case NameTok:
		return !isPythonKeyword(x.word(tok))
	case OpTok:
		switch x.src[tok.Span.Start] {
		case ')', ']', '}':
			return true
		case '`':
			return !x.backtick
		}
	}
	return false
}

// backquote rewrites the backticks of Python 2 into parentheses.
func (x *exprRewriter) backquote(tok Token) {
	if x.backtick {
		x.put(tok.Span.Start, ")")
	} else {
		x.put(tok.Span.Start, "(")
		x.notes.exprs[tok.Span.Start] = note{kind: Other, op: "`"}
	}
	x.backtick = !x.backtick
}

// isPythonKeyword reports whether word is a keyword after which no operand has ended.
func isPythonKeyword(word string) bool {
	switch word {
	case "and", "as", "assert", "async", "await", "class", "def", "del", "elif", "else", "except", "finally", "for",
		"from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "raise", "return", "try",
		"while", "with", "yield":
		return true
	}
	return false
}
