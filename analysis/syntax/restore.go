package syntax

import (
	"slices"

	"github.com/bazelbuild/buildtools/build"
)

// A restorer gives the tree of a rewritten text the meaning of the source: it renames what was renamed and puts a
// [pyExpr] where the parser has no type.
type restorer struct {
	src []byte
	notes
}

// restore returns the statements of the tree of a rewritten text with their true meaning.
func restore(src []byte, tree []build.Expr, n notes) []build.Expr {
	r := &restorer{src: src, notes: n}
	return r.block(tree)
}

// rel converts a place in the file to one in the parsed text.
func (r *restorer) rel(s Span) Span { return Span{s.Start - r.base, s.End - r.base} }

// block restores a list of statements.
func (r *restorer) block(stmts []build.Expr) []build.Expr {
	var out []build.Expr
	for len(stmts) > 0 {
		var s build.Expr
		s, stmts = r.stmt(stmts)
		out = append(out, s)
	}
	return out
}

// stmt restores the first of stmts, together with what follows and belongs to it, and returns the rest.
func (r *restorer) stmt(stmts []build.Expr) (stmt build.Expr, rest []build.Expr) {
	first, rest := stmts[0], stmts[1:]
	start := startOf(first)
	if at, ok := r.decorators[start+r.base]; ok && len(rest) > 0 {
		next, rest := r.stmt(rest)
		return r.decorate(at-r.base, r.expr(first), next), rest
	}
	n, noted := r.stmts[start+r.base]
	switch x := first.(type) {
	case *build.LiteralExpr:
		if noted && n.kind == Try {
			return r.try(n, rest)
		}
	case *build.ForStmt:
		return r.forStmt(x, rest)
	case *build.IfStmt:
		if noted {
			return r.compound(x, n), rest
		}
		r.ifStmt(x)
		return x, rest
	case *build.DefStmt:
		r.params(x.Params)
		x.Body = r.block(x.Body)
		return x, rest
	}
	s := r.expr(first)
	if noted {
		s = command(s, n)
	}
	return s, rest
}

// command returns the pyExpr of a statement that is a keyword before an expression.
func command(e build.Expr, n note) build.Expr {
	s := &pyExpr{kind: n.kind, span: spanOf(e), parts: []build.Expr{e}}
	if t, ok := e.(*build.TupleExpr); ok && t.NoBrackets {
		s.parts = t.List
		if _, isName := t.List[0].(*build.Ident); isName {
			s.parts = t.List[1:]
		}
	}
	return s
}

// params restores the parameters of a def.
func (r *restorer) params(params []build.Expr) {
	for i, p := range params {
		params[i] = r.expr(p)
	}
}

func (r *restorer) ifStmt(x *build.IfStmt) {
	for {
		x.Cond = r.expr(x.Cond)
		x.True = r.block(x.True)
		next, ok := isElif(x)
		if !ok {
			break
		}
		x = next
	}
	if len(x.False) > 0 {
		x.False = r.block(x.False)
	}
}

// forStmt restores a for with its else, which the parser does not know.
func (r *restorer) forStmt(x *build.ForStmt, rest []build.Expr) (stmt build.Expr, newRest []build.Expr) {
	x.Vars, x.X, x.Body = r.expr(x.Vars), r.expr(x.X), r.block(x.Body)
	if len(rest) == 0 {
		return x, rest
	}
	other, ok := rest[0].(*build.IfStmt)
	if !ok || r.stmts[other.If.Byte+r.base].as != loopElseRole {
		return x, rest
	}
	body := r.block(other.True)
	return &pyExpr{
		kind:   For,
		span:   Span{x.For.Byte, endOf(lastStmt(body))},
		names:  appendNames(nil, x.Vars),
		parts:  []build.Expr{x.Vars, x.X},
		blocks: [][]build.Expr{x.Body, body},
	}, rest[1:]
}

// compound restores a statement that was made an if.
func (r *restorer) compound(x *build.IfStmt, n note) build.Expr {
	r.ifStmt(x)
	s := &pyExpr{kind: n.kind, span: spanOf(x), names: n.names, blocks: ifBlocks(x)}
	if !isFiller(x.Cond) {
		s.parts = []build.Expr{x.Cond}
	}
	if n.kind != Class {
		return s
	}
	s.name, s.nameSpan = n.name.Span.Text(r.src), r.rel(n.name.Span)
	s.parts = nil
	if call, ok := x.Cond.(*build.CallExpr); ok {
		eachArg(call.List, func(e build.Expr) bool {
			s.parts = append(s.parts, e)
			return true
		})
	}
	return s
}

// isFiller reports whether e stands for no condition at all.
func isFiller(e build.Expr) bool {
	lit, ok := e.(*build.LiteralExpr)
	return ok && lit.Token == "1"
}

// try restores a try statement from the statements after its header.
func (r *restorer) try(n note, rest []build.Expr) (stmt build.Expr, newRest []build.Expr) {
	span := r.rel(n.span)
	end := 0
	for end < len(rest) && startOf(rest[end]) < span.End {
		end++
	}
	s := &pyExpr{kind: Try, span: span}
	if end > 0 {
		s.blocks = append(s.blocks, r.block(rest[:end]))
	}
	rest = rest[end:]
	for len(rest) > 0 {
		x, ok := rest[0].(*build.IfStmt)
		if !ok || r.stmts[x.If.Byte+r.base].as != handlerRole {
			break
		}
		handler := r.compound(x, note{kind: OtherStmt}).(*pyExpr)
		s.parts = append(s.parts, handler.parts...)
		s.blocks = append(s.blocks, handler.blocks...)
		rest = rest[1:]
	}
	if len(s.blocks) > 0 {
		s.span.End = endOf(lastStmt(s.blocks[len(s.blocks)-1]))
	}
	return s, rest
}

// decorate adds a decorator, which starts at start, to a def or a class.
func (r *restorer) decorate(start int, decorator, stmt build.Expr) build.Expr {
	var s *pyExpr
	switch x := stmt.(type) {
	case *pyExpr:
		s = x
	case *build.DefStmt:
		n := Node{file: &File{Src: r.src}, base: r.base, expr: x}
		s = &pyExpr{kind: Def, name: x.Name, nameSpan: r.rel(n.NameSpan()), names: n.Names(), span: spanOf(x)}
		s.parts, s.blocks = x.Params, [][]build.Expr{x.Body}
	default:
		return stmt
	}
	s.span.Start = start
	s.parts = slices.Insert(slices.Clip(s.parts), 0, decorator)
	return s
}

// expr restores an expression. A simple statement is one too.
func (r *restorer) expr(e build.Expr) build.Expr {
	if e == nil {
		return nil
	}
	switch x := e.(type) {
	case *build.Ident:
		return r.ident(x)
	case *build.UnaryExpr:
		return r.unary(x)
	case *build.BinaryExpr:
		return r.grouped(regroup(x))
	case *build.CallExpr:
		r.call(x)
	case *build.AssignExpr:
		r.assign(x)
	case *build.ReturnStmt:
		x.Result = r.tuple(r.expr(x.Result))
	case *build.DictExpr:
		r.dict(x)
	case *build.ParenExpr:
		x.X = r.expr(x.X)
		if _, ok := r.exprs[x.Start.Byte+r.base]; ok {
			return &pyExpr{kind: Other, span: spanOf(x), parts: []build.Expr{x.X}}
		}
	case *build.TupleExpr:
		r.list(x.List)
		if _, ok := r.exprs[x.Start.Byte+r.base]; ok && !x.NoBrackets {
			return &pyExpr{kind: Other, span: spanOf(x), parts: x.List}
		}
	default:
		r.operands(e)
	}
	return e
}

// operands restores what is below an expression that is itself as it was parsed.
func (r *restorer) operands(e build.Expr) {
	switch x := e.(type) {
	case *build.DotExpr:
		x.X = r.expr(x.X)
		if n, ok := r.exprs[x.NamePos.Byte+r.base]; ok && n.as == nameRole {
			x.Name = n.span.Text(r.src)
		}
	case *build.ListExpr:
		r.list(x.List)
	case *build.SetExpr:
		r.list(x.List)
	case *build.ConditionalExpr:
		x.Then, x.Test, x.Else = r.expr(x.Then), r.expr(x.Test), r.expr(x.Else)
	case *build.IndexExpr:
		x.X, x.Y = r.expr(x.X), r.expr(x.Y)
	case *build.SliceExpr:
		x.X, x.From, x.To, x.Step = r.expr(x.X), r.expr(x.From), r.expr(x.To), r.expr(x.Step)
	case *build.KeyValueExpr:
		x.Key, x.Value = r.expr(x.Key), r.expr(x.Value)
	case *build.Comprehension:
		x.Body = r.expr(x.Body)
		r.list(x.Clauses)
	case *build.ForClause:
		x.Vars, x.X = r.expr(x.Vars), r.expr(x.X)
	case *build.IfClause:
		x.Cond = r.expr(x.Cond)
	case *build.LambdaExpr:
		r.list(x.Params)
		r.list(x.Body)
	}
}

func (r *restorer) list(exprs []build.Expr) {
	for i, e := range exprs {
		exprs[i] = r.expr(e)
	}
}

func (r *restorer) ident(x *build.Ident) build.Expr {
	n, ok := r.exprs[x.NamePos.Byte+r.base]
	if !ok {
		return x
	}
	if n.as == nameRole {
		x.Name = n.span.Text(r.src)
		return x
	}
	if n.span.Len() == 0 {
		return x
	}
	s := &pyExpr{kind: n.kind, span: r.rel(n.span), names: n.names}
	if n.kind == Concat {
		for _, tok := range n.parts {
			s.parts = append(s.parts, &pyExpr{kind: String, span: r.rel(tok.Span)})
		}
	}
	return s
}

func (r *restorer) unary(x *build.UnaryExpr) build.Expr {
	x.X = r.expr(x.X)
	n, ok := r.exprs[x.OpStart.Byte+r.base]
	if !ok {
		return x
	}
	s := &pyExpr{kind: n.kind, op: n.op, span: Span{x.OpStart.Byte, endOf(x)}, parts: []build.Expr{x.X}}
	return s
}

// grouped restores an expression of operators that bind as they do in Python.
func (r *restorer) grouped(e build.Expr) build.Expr {
	switch x := e.(type) {
	case *build.BinaryExpr:
		x.X, x.Y = r.grouped(x.X), r.grouped(x.Y)
		return r.binary(x)
	case *build.UnaryExpr:
		if x.Op == "not" {
			x.X = r.grouped(x.X)
			return x
		}
	}
	return r.expr(e)
}

// binary restores the operator of x.
func (r *restorer) binary(x *build.BinaryExpr) build.Expr {
	n, ok := r.exprs[x.OpStart.Byte+r.base]
	if !ok || n.kind != Binary {
		return x
	}
	x.Op = n.op
	if n.op == ":=" {
		return &pyExpr{kind: Other, op: n.op, span: spanOf(x), parts: []build.Expr{x.X, x.Y}}
	}
	return x
}

func (r *restorer) call(x *build.CallExpr) {
	x.X = r.expr(x.X)
	r.list(x.List)
	if r.exprs[x.ListStart.Byte+r.base].as == generatorRole && len(x.List) > 0 {
		span := Span{startOf(x.List[0]), endOf(x.List[len(x.List)-1])}
		x.List = []build.Expr{&pyExpr{kind: Comp, span: span, parts: x.List}}
	}
}

func (r *restorer) assign(x *build.AssignExpr) {
	x.LHS, x.RHS = r.tuple(r.expr(x.LHS)), r.tuple(r.expr(x.RHS))
	if n, ok := r.exprs[x.OpPos.Byte+r.base]; ok && n.kind == Binary {
		x.Op = n.op
	}
}

// tuple makes e a tuple of one element if a comma follows it.
func (r *restorer) tuple(e build.Expr) build.Expr {
	if e == nil || !r.commas[endOf(e)+r.base] {
		return e
	}
	if t, ok := e.(*build.TupleExpr); ok && t.NoBrackets {
		return e
	}
	return &build.TupleExpr{NoBrackets: true, List: []build.Expr{e}}
}

func (r *restorer) dict(x *build.DictExpr) {
	for _, kv := range x.List {
		n, ok := r.exprs[startOf(kv.Key)+r.base]
		kv.Value = r.expr(kv.Value)
		if !ok || n.kind != Star {
			kv.Key = r.expr(kv.Key)
			continue
		}
		span := Span{startOf(kv.Key), endOf(kv.Value)}
		kv.Key, kv.Value = nil, &pyExpr{kind: Star, op: n.op, span: span, parts: []build.Expr{kv.Value}}
	}
}
