package syntax

import "github.com/bazelbuild/buildtools/build"

// A pyExpr is what the parser's tree has no type for. It stands in the tree where the rewritten text was parsed as
// something else.
type pyExpr struct {
	build.Comments
	kind     Kind
	span     Span // relative to the parsed text, like all positions of the tree
	op       string
	name     string
	nameSpan Span
	names    []string
	parts    []build.Expr // direct children that are no statements, in source order
	blocks   [][]build.Expr
}

func (x *pyExpr) Span() (start, end build.Position) {
	return build.Position{Byte: x.span.Start}, build.Position{Byte: x.span.End}
}

func (x *pyExpr) Copy() build.Expr {
	c := *x
	return &c
}

func spanOf(e build.Expr) Span { return Span{startOf(e), endOf(e)} }

// startOf returns the offset of the first byte of e. Unlike the parser's own Span it does not recurse, and it counts no
// lines.
func startOf(e build.Expr) int {
	for {
		switch x := e.(type) {
		case *build.CallExpr:
			e = x.X
		case *build.DotExpr:
			e = x.X
		case *build.IndexExpr:
			e = x.X
		case *build.SliceExpr:
			e = x.X
		case *build.BinaryExpr:
			e = x.X
		case *build.AssignExpr:
			e = x.LHS
		case *build.ConditionalExpr:
			e = x.Then
		case *build.TypedIdent:
			e = x.Ident
		case *build.TypeAppExpr:
			e = x.Type
		case *build.KeyValueExpr:
			e = x.Key
			if e == nil {
				e = x.Value
			}
		case *build.TupleExpr:
			if !x.NoBrackets {
				return x.Start.Byte
			}
			e = x.List[0]
		default:
			return startOfToken(e)
		}
	}
}

// startOfToken returns the start of an expression that starts with a token of its own.
func startOfToken(e build.Expr) int {
	switch x := e.(type) {
	case *build.Ident:
		return x.NamePos.Byte
	case *build.StringExpr:
		return x.Start.Byte
	case *build.UnaryExpr:
		return x.OpStart.Byte
	case *build.IfStmt:
		return x.If.Byte
	case *build.ForStmt:
		return x.For.Byte
	case *build.DefStmt:
		return x.StartPos.Byte
	case *build.LambdaExpr:
		return x.StartPos.Byte
	}
	start, _ := e.Span()
	return start.Byte
}

// endOf returns the offset after the last byte of e.
func endOf(e build.Expr) int {
	for {
		switch x := e.(type) {
		case *build.BinaryExpr:
			e = x.Y
		case *build.AssignExpr:
			e = x.RHS
		case *build.ConditionalExpr:
			e = x.Else
		case *build.KeyValueExpr:
			e = x.Value
		case *build.TypedIdent:
			e = x.Type
		case *build.TypeAliasStmt:
			e = x.Type
		case *build.ForClause:
			e = x.X
		case *build.IfClause:
			e = x.Cond
		case *build.UnaryExpr:
			if x.X == nil {
				return x.OpStart.Byte + len(x.Op)
			}
			e = x.X
		case *build.ReturnStmt:
			if x.Result == nil {
				return x.Return.Byte + len("return")
			}
			e = x.Result
		case *build.TupleExpr:
			if !x.NoBrackets {
				return x.End.Pos.Byte + 1
			}
			e = x.List[len(x.List)-1]
		case *build.LambdaExpr:
			e = x.Body[len(x.Body)-1]
		case *build.DefStmt:
			e = lastStmt(x.Body)
		case *build.ForStmt:
			e = lastStmt(x.Body)
		case *build.IfStmt:
			e = lastStmt(x.True)
			if len(x.False) > 0 {
				e = lastStmt(x.False)
			}
		default:
			return endOfToken(e)
		}
	}
}

// endOfToken returns the end of an expression that ends with a token of its own.
func endOfToken(e build.Expr) int {
	switch x := e.(type) {
	case *build.Ident:
		return x.NamePos.Byte + len(x.Name)
	case *build.StringExpr:
		return x.End.Byte
	case *build.LiteralExpr:
		return x.Start.Byte + len(x.Token)
	case *build.DotExpr:
		return x.NamePos.Byte + len(x.Name)
	case *build.CallExpr:
		return x.End.Pos.Byte + 1
	case *build.ListExpr:
		return x.End.Pos.Byte + 1
	case *build.DictExpr:
		return x.End.Pos.Byte + 1
	case *build.ParenExpr:
		return x.End.Pos.Byte + 1
	}
	_, end := e.Span()
	return end.Byte
}

// lastStmt returns the last statement of a block. The parser also lists comments there, but a block has a statement.
func lastStmt(stmts []build.Expr) build.Expr {
	for i := len(stmts) - 1; i > 0; i-- {
		if !isComment(stmts[i]) {
			return stmts[i]
		}
	}
	return stmts[0]
}

func isComment(e build.Expr) bool {
	_, ok := e.(*build.CommentBlock)
	return ok
}

// isElif reports whether the else branch of x is an elif.
func isElif(x *build.IfStmt) (*build.IfStmt, bool) {
	if len(x.False) != 1 {
		return nil, false
	}
	next, ok := x.False[0].(*build.IfStmt)
	return next, ok && next.If.Byte == x.ElsePos.Pos.Byte
}
