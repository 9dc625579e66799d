package syntax

import (
	"slices"

	"github.com/bazelbuild/buildtools/build"
)

// The parser reads `not a == b` as `(not a) == b` and `a is b or c` as `a is (b or c)`. What follows groups such
// operators as Python does.

// misgrouped reports whether x, as the parser grouped it, may differ from what Python reads.
func misgrouped(x *build.BinaryExpr) bool {
	return x.Op == "is" || x.Op == "is not" || isNot(x.X) || isNot(x.Y)
}

func isNot(e build.Expr) bool {
	x, ok := e.(*build.UnaryExpr)
	return ok && x.Op == "not"
}

// regroup returns x grouped as Python does: another binary expression, or the negation of one.
func regroup(x *build.BinaryExpr) build.Expr {
	if !slices.ContainsFunc(binaries(x, nil), misgrouped) {
		return x
	}
	g := grouper{items: flatten(x, nil)}
	return g.expr(0)
}

// binaries appends the binary expressions that x consists of, without what is in parentheses.
func binaries(e build.Expr, list []*build.BinaryExpr) []*build.BinaryExpr {
	switch x := e.(type) {
	case *build.BinaryExpr:
		return binaries(x.Y, binaries(x.X, append(list, x)))
	case *build.UnaryExpr:
		if x.Op == "not" {
			return binaries(x.X, list)
		}
	}
	return list
}

// An opItem is an operator or an operand of a flat expression.
type opItem struct {
	op      string // "" for an operand
	pos     build.Position
	operand build.Expr
}

// flatten appends the operators and operands of e.
func flatten(e build.Expr, items []opItem) []opItem {
	switch x := e.(type) {
	case *build.BinaryExpr:
		items = append(flatten(x.X, items), opItem{op: x.Op, pos: x.OpStart})
		return flatten(x.Y, items)
	case *build.UnaryExpr:
		if x.Op == "not" {
			return flatten(x.X, append(items, opItem{op: x.Op, pos: x.OpStart}))
		}
	}
	return append(items, opItem{operand: e})
}

// A grouper builds an expression by the precedence of its operators.
type grouper struct {
	items []opItem
}

// next consumes an item.
func (g *grouper) next() opItem {
	item := g.items[0]
	g.items = g.items[1:]
	return item
}

// expr consumes an expression whose operators bind at least as tightly as least.
func (g *grouper) expr(least int) build.Expr {
	item := g.next()
	x := item.operand
	if item.op == "not" {
		x = &build.UnaryExpr{OpStart: item.pos, Op: item.op, X: g.expr(precedence("not"))}
	}
	for len(g.items) > 0 && precedence(g.items[0].op) >= least {
		op := g.next()
		if op.op == "is" && g.items[0].op == "not" {
			g.next()
			op.op = "is not"
		}
		x = &build.BinaryExpr{X: x, OpStart: op.pos, Op: op.op, Y: g.expr(precedence(op.op) + 1)}
	}
	return x
}

// precedence returns how tightly an operator binds.
func precedence(op string) int {
	switch op {
	case "or":
		return 1
	case "and":
		return 2
	case "not":
		return 3
	case "|":
		return 5
	case "^":
		return 6
	case "&":
		return 7
	case "<<", ">>":
		return 8
	case "+", "-":
		return 9
	case "*", "/", "//", "%":
		return 10
	}
	return 4 // comparisons
}
