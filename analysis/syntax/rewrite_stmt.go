package syntax

// simpleStmts rewrites the simple statements of a line.
func (r *rewriter) simpleStmts(toks []Token) {
	for len(toks) > 0 {
		end := r.atDepth0(toks, ";")
		if end < 0 {
			r.simpleStmt(toks)
			return
		}
		r.simpleStmt(toks[:end])
		toks = toks[end+1:]
	}
}

// atDepth0 returns the index of the first token outside brackets that is word, -1 if there is none.
func (r *rewriter) atDepth0(toks []Token, word string) int {
	depth := 0
	for i, tok := range toks {
		if tok.Kind != OpTok && tok.Kind != NameTok {
			continue
		}
		switch w := r.word(tok); w {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case word:
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

func (r *rewriter) simpleStmt(toks []Token) {
	if len(toks) == 0 {
		return
	}
	start := toks[0].Span.Start
	span := Span{start, toks[len(toks)-1].Span.End}
	inTuple := false
	switch word := r.word(toks[0]); word {
	case "import", "from", "global", "nonlocal":
		if names, ok := readNames(r.src, toks); ok {
			r.names(word, span, names)
			return
		}
	case "raise", "assert", "del", "print", "exec":
		inTuple = r.command(toks, word)
	}
	r.exprs(toks, inTuple)
	r.annotation(toks)
	r.chain(toks)
	r.strayComma(toks)
}

// names makes one identifier of a statement of names.
func (r *rewriter) names(word string, span Span, names []string) {
	n := note{kind: Simple, span: span}
	if word == "import" || word == "from" {
		n.kind, n.names = Import, names
	}
	r.fill(span, '_')
	r.notes.exprs[span.Start] = n
}

// command rewrites a statement that is a keyword before an expression: `raise x` becomes the tuple `raise,x`.
// It reports whether it did.
func (r *rewriter) command(toks []Token, word string) bool {
	if len(toks) == 1 || (word == "print" || word == "exec") && !r.isCommand(toks[1]) {
		return false
	}
	key := toks[0]
	r.notes.stmts[key.Span.Start] = note{kind: Simple}
	if from := r.atDepth0(toks, "from"); from > 0 {
		r.replace(toks[from], "or")
		r.notes.exprs[toks[from].Span.Start] = note{kind: Binary, op: "from"}
	}
	switch {
	case r.is(toks, 1, ">>"): // print >>file, x is an expression to the parser
	case toks[1].Span.Start > key.Span.End:
		r.put(key.Span.End, ",")
	default:
		r.put(key.Span.End-1, ",")
	}
	return true
}

// isCommand reports whether a print or exec before next is a statement of Python 2, not a function's name.
func (r *rewriter) isCommand(next Token) bool {
	switch next.Kind {
	case StringTok, NumberTok:
		return true
	case NameTok:
		word := r.word(next)
		return !isOperatorWord(word) || word == "not" || word == "lambda"
	}
	switch r.word(next) {
	case "{", "`", "~", ">>":
		return true
	}
	return false
}

// annotation blanks the annotation of an assignment.
func (r *rewriter) annotation(toks []Token) {
	colon := r.atDepth0(toks, ":")
	if colon <= 0 || colon+1 == len(toks) || r.is(toks, colon+1, "=") || isPythonKeyword(r.word(toks[0])) ||
		r.inLambda(toks[:colon]) {
		return
	}
	end := toks[len(toks)-1].Span.End
	if assign := r.atDepth0(toks, "="); assign > colon {
		end = toks[assign].Span.Start
	}
	r.fill(Span{toks[colon].Span.Start, end}, ' ')
}

// chain makes one assignment of `a = b = c`: to the tuple `a, b`.
func (r *rewriter) chain(toks []Token) {
	last := -1
	depth, lambdas := 0, 0
	for i, tok := range toks {
		switch r.word(tok) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case "lambda":
			lambdas++ // what follows is no target
		case "=":
			if depth != 0 || lambdas > 0 {
				continue
			}
			if last >= 0 {
				r.joinTargets(toks, last)
			}
			last = i
		}
	}
}

// joinTargets puts a comma in place of the assignment at i.
func (r *rewriter) joinTargets(toks []Token, i int) {
	if r.is(toks, i-1, ",") {
		r.fill(toks[i].Span, ' ')
	} else {
		r.replace(toks[i], ",")
	}
}

// strayComma blanks the commas that end a tuple without parentheses, which the parser does not take.
func (r *rewriter) strayComma(toks []Token) {
	depth := 0
	for i, tok := range toks {
		switch r.word(tok) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case ",":
			if depth != 0 || i == 0 || !r.endsTuple(toks, i+1) || r.text[tok.Span.Start-r.start] != ',' {
				continue
			}
			r.fill(tok.Span, ' ')
			r.notes.commas[toks[i-1].Span.End] = true
		}
	}
}

// endsTuple reports whether a tuple without parentheses cannot go on with the token at i.
func (r *rewriter) endsTuple(toks []Token, i int) bool {
	return i == len(toks) || r.is(toks, i, "in") ||
		toks[i].Kind == OpTok && r.src[toks[i].Span.End-1] == '=' && !r.is(toks, i, "==")
}
