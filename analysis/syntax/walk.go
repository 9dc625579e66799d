package syntax

import (
	"iter"

	"github.com/bazelbuild/buildtools/build"
)

// Walk calls visit for n and, as long as visit returns true, for what is below it, in source order.
func Walk(n Node, visit func(Node) bool) {
	if n.IsZero() || !visit(n) {
		return
	}
	for c := range n.Children() {
		Walk(c, visit)
	}
}

// Children returns the direct children of n in source order. Those of a Call are what it calls and the values of its
// arguments, those of a Dict its keys and values, those of a compound statement its expressions and the statements of
// all its blocks.
func (n Node) Children() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		if n.expr == nil {
			return
		}
		eachChild(n.expr, func(e build.Expr) bool { return yield(n.node(e)) })
	}
}

// Blocks returns the statement lists of a compound statement, one a branch: of an If those of if, elif and else, of a
// Try those of try, except, else and finally.
func (n Node) Blocks() iter.Seq[[]Node] {
	return func(yield func([]Node) bool) {
		for _, block := range blocksOf(n.expr) {
			if !yield(n.stmts(block)) {
				return
			}
		}
	}
}

// stmts returns the nodes of the statements in block.
func (n Node) stmts(block []build.Expr) []Node {
	nodes := make([]Node, 0, len(block))
	for _, e := range block {
		if !isComment(e) {
			nodes = append(nodes, n.node(e))
		}
	}
	return nodes
}

func blocksOf(e build.Expr) [][]build.Expr {
	switch x := e.(type) {
	case *build.DefStmt:
		return [][]build.Expr{x.Body}
	case *build.ForStmt:
		return [][]build.Expr{x.Body}
	case *build.IfStmt:
		return ifBlocks(x)
	case *pyExpr:
		return x.blocks
	}
	return nil
}

func ifBlocks(x *build.IfStmt) [][]build.Expr {
	blocks := [][]build.Expr{x.True}
	for {
		next, ok := isElif(x)
		if !ok {
			break
		}
		blocks = append(blocks, next.True)
		x = next
	}
	if len(x.False) > 0 {
		blocks = append(blocks, x.False)
	}
	return blocks
}

// eachChild calls yield for the direct children of e until it returns false. It reports whether it never did.
func eachChild(e build.Expr, yield func(build.Expr) bool) bool {
	switch x := e.(type) {
	case *build.CallExpr:
		return yield(x.X) && eachArg(x.List, yield)
	case *build.DictExpr:
		return eachEntry(x.List, yield)
	case *build.Comprehension:
		return eachOf(yield, x.Body) && eachClause(x.Clauses, yield)
	case *build.IfStmt:
		return eachOfIf(x, yield)
	case *build.ForStmt:
		return eachOf(yield, x.Vars, x.X) && eachStmt(x.Body, yield)
	case *build.DefStmt:
		return eachOf(yield, x.Params...) && eachOf(yield, x.Type) && eachStmt(x.Body, yield)
	case *build.LambdaExpr:
		return eachOf(yield, x.Params...) && eachOf(yield, x.Body...)
	case *pyExpr:
		return eachOfPy(x, yield)
	}
	return eachOperand(e, yield)
}

// eachOperand is eachChild for the expressions and statements without structure of their own.
func eachOperand(e build.Expr, yield func(build.Expr) bool) bool {
	switch x := e.(type) {
	case *build.ListExpr:
		return eachOf(yield, x.List...)
	case *build.TupleExpr:
		return eachOf(yield, x.List...)
	case *build.SetExpr:
		return eachOf(yield, x.List...)
	case *build.AssignExpr:
		return eachOf(yield, x.LHS, x.RHS)
	case *build.BinaryExpr:
		return eachOf(yield, x.X, x.Y)
	case *build.DotExpr:
		return yield(x.X)
	case *build.UnaryExpr:
		return eachOf(yield, x.X)
	case *build.ParenExpr:
		return yield(x.X)
	case *build.ConditionalExpr:
		return eachOf(yield, x.Then, x.Test, x.Else)
	case *build.IndexExpr:
		return eachOf(yield, x.X, x.Y)
	case *build.SliceExpr:
		return eachOf(yield, x.X, x.From, x.To, x.Step)
	case *build.KeyValueExpr:
		return eachOf(yield, x.Key, x.Value)
	case *build.ReturnStmt:
		return eachOf(yield, x.Result)
	case *build.LoadStmt:
		return yield(x.Module)
	case *build.TypedIdent:
		return eachOf(yield, x.Ident, x.Type)
	case *build.TypeAppExpr:
		return yield(x.Type) && eachOf(yield, x.Args...)
	case *build.TypeAliasStmt:
		return eachOf(yield, x.Name, x.Type)
	}
	return true
}

// eachOf calls yield for those of exprs that are there.
func eachOf(yield func(build.Expr) bool, exprs ...build.Expr) bool {
	for _, e := range exprs {
		if e != nil && !yield(e) {
			return false
		}
	}
	return true
}

func eachStmt(stmts []build.Expr, yield func(build.Expr) bool) bool {
	for _, e := range stmts {
		if !isComment(e) && !yield(e) {
			return false
		}
	}
	return true
}

func eachArg(args []build.Expr, yield func(build.Expr) bool) bool {
	for _, e := range args {
		if _, value, ok := keyword(e); ok {
			e = value
		}
		if !yield(e) {
			return false
		}
	}
	return true
}

func eachEntry(entries []*build.KeyValueExpr, yield func(build.Expr) bool) bool {
	for _, kv := range entries {
		if !eachOf(yield, kv.Key, kv.Value) {
			return false
		}
	}
	return true
}

func eachClause(clauses []build.Expr, yield func(build.Expr) bool) bool {
	for _, c := range clauses {
		switch x := c.(type) {
		case *build.ForClause:
			if !eachOf(yield, x.Vars, x.X) {
				return false
			}
		case *build.IfClause:
			if !yield(x.Cond) {
				return false
			}
		}
	}
	return true
}

func eachOfIf(x *build.IfStmt, yield func(build.Expr) bool) bool {
	for {
		if !yield(x.Cond) || !eachStmt(x.True, yield) {
			return false
		}
		next, ok := isElif(x)
		if !ok {
			return eachStmt(x.False, yield)
		}
		x = next
	}
}

// eachOfPy yields the parts of x and the statements of its blocks, merged by position: the condition of an except
// stands between two blocks.
func eachOfPy(x *pyExpr, yield func(build.Expr) bool) bool {
	parts := x.parts
	for _, block := range x.blocks {
		for len(parts) > 0 && startOf(parts[0]) < startOf(block[0]) {
			if !yield(parts[0]) {
				return false
			}
			parts = parts[1:]
		}
		if !eachStmt(block, yield) {
			return false
		}
	}
	return eachOf(yield, parts...)
}
