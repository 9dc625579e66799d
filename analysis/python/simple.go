package python

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// simple reads simple statements with semicolons between them and reports whether one of them raises.
func (r *reader) simple(ctx context, tokens []syntax.Token) (ends bool) {
	for _, s := range r.split(tokens, ";") {
		ends = r.simpleStatement(ctx, s) || ends
	}
	return ends
}

func (r *reader) simpleStatement(ctx context, tokens []syntax.Token) (ends bool) {
	switch r.text(tokens[0]) {
	case "import":
		r.importStatement(ctx, tokens)
		return false
	case "from":
		r.fromStatement(ctx, tokens)
		return false
	case "global":
		r.global(ctx, tokens)
		return false
	case "del":
		r.targets(tokens[1:], func(t syntax.Token) { ctx.names.remove(r.text(t)) })
	case "exec":
		r.exec(ctx, tokens)
	case "type":
		r.typeAlias(ctx, tokens)
	default:
		r.assignment(ctx, tokens)
	}
	r.expression(ctx, tokens)
	return r.raises(tokens)
}

// raises reports whether control does not come out of a statement.
func (r *reader) raises(tokens []syntax.Token) bool {
	if r.is(tokens[0], "raise") {
		return true
	}
	callee, ok := r.dotted(tokens[:max(0, r.indexOf(tokens, "("))])
	return ok && (callee == "sys.exit" || callee == "os._exit") && r.afterBracket(tokens) == len(tokens)
}

func (r *reader) indexOf(tokens []syntax.Token, text string) int {
	for i, t := range tokens {
		if r.is(t, text) {
			return i
		}
	}
	return -1
}

// global makes module names of a function's or a class's: whether the function runs is not known.
func (r *reader) global(ctx context, tokens []syntax.Token) {
	if ctx.kind == inModule {
		return
	}
	for _, t := range tokens[1:] {
		if t.Kind == syntax.NameTok {
			r.m.names.maybe(r.binding(t, Value))
		}
	}
}

// exec reads the statement of Python 2, and the function's calls where nothing is done with their value.
func (r *reader) exec(ctx context, tokens []syntax.Token) {
	if len(tokens) > 1 && r.is(tokens[1], "=") {
		r.assignment(ctx, tokens)
	} else if ctx.kind != inFunction {
		r.m.Dynamic = true
	}
}

// typeAlias reads `type X[T] = …`; `type` is a name as well.
func (r *reader) typeAlias(ctx context, tokens []syntax.Token) {
	if len(tokens) > 2 && tokens[1].Kind == syntax.NameTok && r.find(tokens, "=") > 1 {
		ctx.names.bind(r.binding(tokens[1], Value))
		return
	}
	r.assignment(ctx, tokens)
}

// assignment reads `a = b, c = …`, `a += …` and `a: t = …`. What is none binds nothing.
func (r *reader) assignment(ctx context, tokens []syntax.Token) {
	if i := r.findAssignment(tokens); i < 0 {
		return
	} else if !r.is(tokens[i], "=") { // augmented
		r.targets(tokens[:i], func(t syntax.Token) { ctx.names.bind(r.binding(t, Value)) })
		return
	}
	if colon := r.find(tokens, ":"); colon >= 0 && colon < r.findAssignment(tokens) {
		tokens = append(tokens[:colon:colon], tokens[r.findAssignment(tokens):]...)
	}
	alias := ""
	for {
		i := r.findAssignment(tokens)
		if i < 0 {
			return
		}
		if next := tokens[i+1:]; r.findAssignment(next) < 0 {
			alias, _ = r.dotted(next)
		}
		r.assign(ctx, tokens[:i], alias)
		tokens = tokens[i+1:]
	}
}

func (r *reader) assign(ctx context, target []syntax.Token, alias string) {
	single := len(target) == 1
	r.targets(target, func(t syntax.Token) {
		b := r.binding(t, Value)
		if single {
			b.Alias = alias
		}
		ctx.names.bind(b)
	})
}

// findAssignment returns the index of the first `=` or augmented assignment outside of brackets and before any lambda.
func (r *reader) findAssignment(tokens []syntax.Token) int {
	depth := 0
	for i, t := range tokens {
		switch c := r.src[t.Span.Start]; {
		case isOpening(c):
			depth++
		case isClosing(c):
			depth--
		case depth > 0:
		case t.Kind == syntax.NameTok && r.is(t, "lambda"):
			return -1
		case t.Kind == syntax.OpTok && isAssignment(r.text(t)):
			return i
		}
	}
	return -1
}

func isAssignment(op string) bool {
	switch op {
	case "==", "!=", "<=", ">=", ":=":
		return false
	}
	return strings.HasSuffix(op, "=")
}

// targets calls bind for each name that assigning to tokens binds: not for `x.a`, `x[i]` and what stands in them.
func (r *reader) targets(tokens []syntax.Token, bind func(syntax.Token)) {
	for i := 0; i < len(tokens); {
		t := tokens[i]
		end := r.afterAtom(tokens, i)
		after := r.afterTrailers(tokens, end)
		switch {
		case t.Kind == syntax.OpTok && (end == i || after == end): // a comma, a star, a bracket around targets
			i++
			continue
		case t.Kind == syntax.NameTok && after == end:
			bind(t)
		case t.Kind == syntax.NameTok:
			r.m.open[r.text(t)] = true
		}
		i = after
	}
}

// afterAtom returns the index behind the name, the literal or the brackets at i; i itself if there is none of these.
func (r *reader) afterAtom(tokens []syntax.Token, i int) int {
	switch t := tokens[i]; {
	case t.Kind != syntax.OpTok:
		return i + 1
	case isOpening(r.src[t.Span.Start]):
		return i + r.afterBracket(tokens[i:])
	}
	return i
}

// afterTrailers returns the index behind all of `.a`, `[i]` and `(x)` that begin at i.
func (r *reader) afterTrailers(tokens []syntax.Token, i int) int {
	for i < len(tokens) {
		switch r.text(tokens[i]) {
		case ".":
			i = min(i+2, len(tokens))
		case "(", "[":
			i += r.afterBracket(tokens[i:])
		default:
			return i
		}
	}
	return i
}
