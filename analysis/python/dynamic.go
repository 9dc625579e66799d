package python

import "github.com/buildlint/buildlint/analysis/syntax"

// expression looks through the tokens of a statement for what binds names within expressions, and for what changes the
// module's namespace behind its back.
func (r *reader) expression(ctx context, tokens []syntax.Token) {
	brackets := r.brackets[:0]
	for i, t := range tokens {
		switch t.Kind {
		case syntax.NameTok:
			if r.is(t, "for") && len(brackets) > 0 && brackets[len(brackets)-1] == '[' {
				r.listComprehension(ctx, tokens[i+1:])
			}
			r.dynamicName(ctx, tokens, i)
		case syntax.OpTok:
			switch c := r.src[t.Span.Start]; {
			case isOpening(c):
				brackets = append(brackets, c)
			case isClosing(c) && len(brackets) > 0:
				brackets = brackets[:len(brackets)-1]
			case c == ':' && i > 0 && r.is(t, ":=") && tokens[i-1].Kind == syntax.NameTok:
				ctx.names.maybe(r.binding(tokens[i-1], Value))
			}
		}
	}
	r.brackets = brackets
}

// maxTargets bounds how far the `in` of a comprehension is looked for.
const maxTargets = 256

// listComprehension binds the names of `[… for names in …]`: in Python 2 they are the module's.
func (r *reader) listComprehension(ctx context, tokens []syntax.Token) {
	if ctx.names == nil {
		return
	}
	if in := r.find(tokens[:min(len(tokens), maxTargets)], "in"); in > 0 {
		r.targets(tokens[:in], func(t syntax.Token) { ctx.names.maybe(r.binding(t, Value)) })
	}
}

// dynamicName looks at the name at tokens[i] and what stands around it.
func (r *reader) dynamicName(ctx context, tokens []syntax.Token, i int) {
	called := i+1 < len(tokens) && r.is(tokens[i+1], "(")
	switch r.text(tokens[i]) {
	case "extend_path":
		r.namespace(Pkgutil, called && ctx.kind == inModule)
	case "declare_namespace":
		r.namespace(PkgResources, called && ctx.kind == inModule)
	case "_convert", "_convert_", "global_enum": // of enum: it makes the members names of the module
		r.m.Dynamic = r.m.Dynamic || ctx.kind != inFunction
	case "execfile":
		r.m.Dynamic = r.m.Dynamic || called && ctx.kind != inFunction
	case "globals":
		r.m.Dynamic = r.m.Dynamic || called && r.mayWrite(tokens, i)
	case "locals", "vars":
		r.m.Dynamic = r.m.Dynamic || called && ctx.kind != inFunction && r.mayWrite(tokens, i)
	case "__name__":
		r.m.Dynamic = r.m.Dynamic || r.isOwnModule(tokens, i)
	case "setattr":
		r.setattr(tokens[i+1:])
	}
}

// setattr reads `(x, …)`: x may be a class, or a module that is this one.
func (r *reader) setattr(tokens []syntax.Token) {
	if len(tokens) < 2 || !r.is(tokens[0], "(") {
		return
	}
	first := tokens[1:r.afterBracket(tokens)]
	if comma := r.find(first, ","); comma > 0 {
		first = first[:comma]
	}
	if r.indexOf(first, "modules") >= 0 {
		r.m.Dynamic = true
	}
	r.m.open[r.text(first[0])] = true
}

// mayWrite reports whether the namespace that the call at tokens[i] returns may be written to.
func (r *reader) mayWrite(tokens []syntax.Token, i int) bool {
	if i+2 >= len(tokens) || !r.is(tokens[i+2], ")") {
		return false // vars(x) is another's
	}
	if i > 0 && r.isReadBefore(tokens[i-1]) {
		return false
	}
	if i+3 == len(tokens) {
		return true
	}
	switch rest := tokens[i+3:]; r.text(rest[0]) {
	case "[":
		after := r.afterBracket(rest)
		return r.is(tokens[0], "del") || after < len(rest) && r.isTargetEnd(rest[after])
	case ".":
		return len(rest) < 2 || !isReadMethod(r.text(rest[1]))
	}
	return true
}

// isTargetEnd reports whether what stands before t may be a target: the comma may be one of `a, b = …`.
func (r *reader) isTargetEnd(t syntax.Token) bool {
	return r.is(t, ",") || r.is(t, "in") || t.Kind == syntax.OpTok && isAssignment(r.text(t))
}

func (r *reader) isReadBefore(t syntax.Token) bool {
	return r.is(t, "in") || r.is(t, "%") || r.is(t, "**")
}

func isReadMethod(name string) bool {
	switch name {
	case "get", "keys", "values", "items", "iterkeys", "itervalues", "iteritems", "copy", "has_key":
		return true
	}
	return false
}

// isOwnModule reports whether the `__name__` at tokens[i] fetches the module itself: `sys.modules[__name__]`.
func (r *reader) isOwnModule(tokens []syntax.Token, i int) bool {
	if i < 2 || !r.is(tokens[i-1], "(") && !r.is(tokens[i-1], "[") {
		return false
	}
	switch r.text(tokens[i-2]) {
	case "modules", "get", "pop", "setdefault", "import_module", "__import__":
		return true
	}
	return false
}

// namespace notes a form of namespace package if it is declared.
func (r *reader) namespace(form Namespace, declared bool) {
	switch {
	case !declared || r.m.Namespace == form:
	case r.m.Namespace == NoNamespace:
		r.m.Namespace = form
	default:
		r.m.Namespace = MixedNamespace
	}
}
