package python

import "github.com/buildlint/buildlint/analysis/syntax"

func (r *reader) loop(ctx context, l line, keyword string) {
	colon := r.header(l)
	if in := r.find(l.tokens[:colon], "in"); keyword == "for" && in > 0 {
		r.targets(l.tokens[1:in], func(t syntax.Token) { ctx.names.maybe(r.binding(t, Value)) })
	} else if keyword == "for" {
		r.m.Malformed = true
	}
	branches := []branch{r.branch(ctx, l)}
	if r.continues(l, "else") {
		branches = append(branches, r.branch(ctx, r.next()))
	}
	ctx.names.join(false, branches...)
}

// with binds its targets for certain. What stands in it is not: a context manager may swallow an exception.
func (r *reader) with(ctx context, l line) {
	colon := r.header(l)
	for i, t := range l.tokens[:colon] {
		if r.is(t, "as") {
			r.targets(r.target(l.tokens[i+1:colon]), func(t syntax.Token) { ctx.names.bind(r.binding(t, Value)) })
		}
	}
	ctx.names.join(false, r.branch(ctx, l))
}

// target returns the tokens up to the comma, the closing bracket or the `as` that ends a target.
func (r *reader) target(tokens []syntax.Token) []syntax.Token {
	depth := 0
	for i, t := range tokens {
		switch c := r.src[t.Span.Start]; {
		case isOpening(c):
			depth++
		case depth == 0 && (isClosing(c) || c == ',' || r.is(t, "as")):
			return tokens[:i]
		case isClosing(c):
			depth--
		}
	}
	return tokens
}
