package python

import "github.com/buildlint/buildlint/analysis/syntax"

// A class is the body of a class definition.
type class struct {
	names scope
	bases []string // dotted names
	// sealed says that what is not among the names comes from the bases: there is no decorator, no metaclass, no base
	// that is an expression.
	sealed bool
}

// decorated reads decorators and what they decorate.
func (r *reader) decorated(ctx context, l line) (ends bool) {
	r.expression(ctx, l.tokens)
	for r.continues(l, "@") {
		r.expression(ctx, r.next().tokens)
	}
	if r.pos == len(r.lines) || r.lines[r.pos].indent != l.indent {
		r.m.Malformed = true
		return false
	}
	if next := r.lines[r.pos]; r.text(next.tokens[0]) == "class" {
		r.pos++
		r.class(ctx, next, true)
		return false
	}
	return r.statement(ctx)
}

func (r *reader) function(ctx context, l line) {
	colon := r.header(l)
	if len(l.tokens) < 2 || l.tokens[1].Kind != syntax.NameTok {
		r.m.Malformed = true
	} else {
		ctx.names.bind(r.binding(l.tokens[1], Function))
	}
	r.expression(ctx, l.tokens[:colon])
	r.suite(context{kind: inFunction, typeChecking: ctx.typeChecking}, l, colon)
}

func (r *reader) class(ctx context, l line, decorated bool) {
	colon := r.header(l)
	c := &class{names: scope{}}
	inner := context{names: c.names, kind: inClass, typeChecking: ctx.typeChecking}
	if ctx.kind == inFunction {
		inner = context{kind: inFunction, typeChecking: ctx.typeChecking}
	}
	r.expression(ctx, l.tokens[:colon])
	r.suite(inner, l, colon)
	if len(l.tokens) < 2 || l.tokens[1].Kind != syntax.NameTok {
		r.m.Malformed = true
		return
	}
	c.bases, c.sealed = r.bases(l.tokens[2:colon])
	c.sealed = c.sealed && !decorated
	b := r.binding(l.tokens[1], Class)
	b.class = c
	ctx.names.bind(b)
}

// bases reads `(a.b, c)`. It reports whether that is all there is.
func (r *reader) bases(tokens []syntax.Token) (bases []string, plain bool) {
	if len(tokens) == 0 {
		return nil, true
	}
	last := len(tokens) - 1
	if !r.is(tokens[0], "(") || !r.is(tokens[last], ")") {
		return nil, false
	}
	for _, base := range r.split(tokens[1:last], ",") {
		name, ok := r.dotted(base)
		if !ok {
			return nil, false
		}
		bases = append(bases, name)
	}
	return bases, true
}
