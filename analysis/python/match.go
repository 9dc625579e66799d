package python

import "github.com/buildlint/buildlint/analysis/syntax"

// isMatch reports whether l begins a match statement: `match` is a name as well.
func (r *reader) isMatch(l line) bool {
	if !r.is(l.tokens[len(l.tokens)-1], ":") || r.pos == len(r.lines) {
		return false
	}
	next := r.lines[r.pos]
	return next.indent > l.indent && r.is(next.tokens[0], "case")
}

// match reads a match statement. Any name in a pattern may be bound by it.
func (r *reader) match(ctx context, l line) (ends bool) {
	r.expression(ctx, l.tokens)
	indent := r.lines[r.pos].indent
	var branches []branch
	for r.pos < len(r.lines) && r.lines[r.pos].indent == indent && r.is(r.lines[r.pos].tokens[0], "case") {
		next := r.next()
		for _, t := range next.tokens[1:r.header(next)] {
			if t.Kind == syntax.NameTok && !isPatternWord(r.text(t)) {
				ctx.names.maybe(r.binding(t, Value))
			}
		}
		branches = append(branches, r.branch(ctx, next))
	}
	if r.pos < len(r.lines) && r.lines[r.pos].indent > l.indent {
		r.m.Malformed = true
	}
	ctx.names.join(false, branches...)
	return false
}

func isPatternWord(word string) bool {
	switch word {
	case "_", "if", "as", "and", "or", "not", "in", "is", "None", "True", "False", "lambda", "else", "for":
		return true
	}
	return false
}
