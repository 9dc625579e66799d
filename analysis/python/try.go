package python

import "github.com/buildlint/buildlint/analysis/syntax"

func (r *reader) try(ctx context, l line) (ends bool) {
	imports := len(r.m.Imports)
	branches := []branch{r.branch(ctx, l)}
	var caught []string
	for r.continues(l, "except") {
		b, name := r.handler(ctx, r.next())
		branches = append(branches, b)
		caught = append(caught, name...)
	}
	if len(branches) > 1 {
		for i := range r.m.Imports[imports:] {
			r.m.Imports[imports+i].Guarded = true
		}
	}
	if r.continues(l, "else") { // goes on where the body ends
		inner := ctx
		inner.names = branches[0].names
		next := r.next()
		branches[0].ends = r.suite(inner, next, r.header(next)) || branches[0].ends
	}
	ends = ctx.names.join(true, branches...)
	for _, name := range caught {
		ctx.names.weaken(name)
	}
	if r.continues(l, "finally") {
		next := r.next()
		ends = r.suite(ctx, next, r.header(next)) || ends
	}
	return ends
}

// handler reads an except clause. The names that it catches exceptions by are unbound at its end in Python 3.
func (r *reader) handler(ctx context, l line) (b branch, caught []string) {
	colon := r.header(l)
	inner := ctx
	inner.names = ctx.names.child()
	from := r.find(l.tokens[:colon], "as")
	if from < 0 {
		from = r.find(l.tokens[:colon], ",") // Python 2
	}
	if from >= 0 {
		r.targets(l.tokens[from+1:colon], func(t syntax.Token) {
			inner.names.bind(r.binding(t, Value))
			caught = append(caught, r.text(t))
		})
	}
	r.expression(inner, l.tokens[:colon])
	b = branch{names: inner.names, ends: r.suite(inner, l, colon)}
	for _, name := range caught {
		inner.names.weaken(name)
	}
	return b, caught
}
