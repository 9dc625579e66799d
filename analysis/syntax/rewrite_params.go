package syntax

// params rewrites the parameters of a def: it blanks annotations, markers and tuples.
func (b *blocks) params(head []Token) {
	if arrow := b.atDepth0(head, "->"); arrow >= 0 {
		b.fill(Span{head[arrow].Span.Start, head[len(head)-1].Span.Start}, ' ')
		head = head[:arrow]
	}
	p := paramRewriter{rewriter: b.rewriter, from: -1}
	for i := range head {
		p.token(head, i)
	}
}

// A paramRewriter rewrites the parameters of one def.
type paramRewriter struct {
	*rewriter
	depth int
	from  int  // start of what is to be blanked, -1 if nothing is
	tuple bool // it is a tuple
}

// blank blanks what is to be blanked, up to an offset.
func (p *paramRewriter) blank(to int) {
	if p.from >= 0 {
		p.fill(Span{p.from, to}, ' ')
	}
	p.from, p.tuple = -1, false
}

// token rewrites the i-th token of a def's header.
func (p *paramRewriter) token(head []Token, i int) {
	tok := head[i]
	switch word := p.word(tok); word {
	case "(", "[", "{":
		if p.depth == 1 && (p.is(head, i-1, "(") || p.is(head, i-1, ",")) {
			p.fill(tok.Span, '_')
			p.from, p.tuple = tok.Span.End, true
		}
		p.depth++
	case ")", "]", "}":
		p.depth--
		if p.depth == 1 && p.tuple {
			p.blank(tok.Span.End)
		} else if p.depth == 0 {
			p.blank(tok.Span.Start)
		}
	case ",", "=":
		if p.depth == 1 {
			p.blank(tok.Span.Start)
		}
	case ":":
		if p.depth == 1 && p.from < 0 && !p.inLambda(head[:i]) {
			p.from = tok.Span.Start
		}
	case "/":
		if p.depth == 1 {
			p.fill(tok.Span, '_')
			p.notes.exprs[tok.Span.Start] = note{kind: Other, span: tok.Span}
		}
	}
}
