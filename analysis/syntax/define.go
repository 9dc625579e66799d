package syntax

import (
	"iter"

	"github.com/bazelbuild/buildtools/build"
)

// A Loaded is a name that a Load binds.
type Loaded struct {
	Name  string // in the BUILD file
	From  string // in the file that is loaded
	Place Span   // where From stands, without its quotes
}

// Loaded returns the names that a Load binds, in order.
func (n Node) Loaded() iter.Seq[Loaded] {
	return func(yield func(Loaded) bool) {
		x, ok := n.expr.(*build.LoadStmt)
		if !ok {
			return
		}
		for i, to := range x.To {
			from := x.From[i]
			at := n.abs(Span{from.NamePos.Byte, from.NamePos.Byte + len(from.Name)})
			if !yield(Loaded{Name: to.Name, From: from.Name, Place: at}) {
				return
			}
		}
	}
}

// A Param is a parameter of a Def.
type Param struct {
	Name    string
	Star    string // "", "*" or "**"
	Default Node   // zero if there is none
}

// Params returns the parameters of a Def in order. A bare * is none.
func (n Node) Params() iter.Seq[Param] {
	return func(yield func(Param) bool) {
		x, ok := n.expr.(*build.DefStmt)
		if !ok {
			return
		}
		for _, e := range x.Params {
			if p, ok := n.param(e); ok && !yield(p) {
				return
			}
		}
	}
}

func (n Node) param(e build.Expr) (Param, bool) {
	var p Param
	if assign, ok := e.(*build.AssignExpr); ok {
		p.Default, e = n.node(assign.RHS), assign.LHS
	}
	if star, ok := n.node(e).star(); ok {
		p.Star, e = star.Op(), star.x()
	}
	names := appendNames(nil, e)
	if len(names) != 1 {
		return p, false
	}
	p.Name = names[0]
	return p, true
}

// star returns n if it is a Star.
func (n Node) star() (Node, bool) { return n, n.Kind() == Star }
