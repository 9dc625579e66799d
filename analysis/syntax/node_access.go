package syntax

import (
	"iter"

	"github.com/bazelbuild/buildtools/build"
)

// An Arg is an argument of a call.
type Arg struct {
	Name     string // "" if positional
	NameSpan Span
	Value    Node // a Star node if it unpacks
}

// Span covers the argument as a whole, its name included.
func (a Arg) Span() Span {
	s := a.Value.Span()
	if a.Name != "" {
		s.Start = a.NameSpan.Start
	}
	return s
}

// An Entry is a key and its value in a dict. For `**x` the key is zero and the value is a Star node.
type Entry struct {
	Key, Value Node
}

// Span covers the entry from its key to its value.
func (e Entry) Span() Span {
	s := e.Value.Span()
	if !e.Key.IsZero() {
		s.Start = e.Key.Span().Start
	}
	return s
}

// Name returns the name of an Ident, the attribute of an Attr, and the name that a Def or a Class defines.
func (n Node) Name() string {
	switch x := n.expr.(type) {
	case *build.Ident:
		return x.Name
	case *build.DotExpr:
		return x.Name
	case *build.DefStmt:
		return x.Name
	case *pyExpr:
		return x.name
	}
	return ""
}

// NameSpan returns the place of [Node.Name].
func (n Node) NameSpan() Span {
	switch x := n.expr.(type) {
	case *build.Ident:
		return n.Span()
	case *build.DotExpr:
		return n.abs(Span{x.NamePos.Byte, x.NamePos.Byte + len(x.Name)})
	case *build.DefStmt:
		start := skipBlank(n.file.Src, n.base+x.StartPos.Byte+len("def"))
		return Span{start, start + len(x.Name)}
	case *pyExpr:
		if x.name != "" {
			return n.abs(x.nameSpan)
		}
	}
	return Span{}
}

// skipBlank returns the offset of the first byte from offset on that is neither white space nor a continuation.
func skipBlank(src []byte, offset int) int {
	for offset < len(src) {
		switch src[offset] {
		case ' ', '\t', '\f', '\v', '\\', '\r', '\n':
			offset++
		default:
			return offset
		}
	}
	return offset
}

// X returns the first operand, see the kinds.
func (n Node) X() Node { return n.node(n.x()) }

func (n Node) x() build.Expr {
	switch x := n.expr.(type) {
	case *build.DotExpr:
		return x.X
	case *build.IndexExpr:
		return x.X
	case *build.SliceExpr:
		return x.X
	case *build.UnaryExpr:
		return x.X
	case *build.BinaryExpr:
		return x.X
	case *build.ConditionalExpr:
		return x.Then
	case *build.Comprehension:
		return x.Body
	case *build.ParenExpr:
		return x.X
	case *build.AssignExpr:
		if typed, ok := x.LHS.(*build.TypedIdent); ok {
			return typed.Ident
		}
		return x.LHS
	case *build.LoadStmt:
		return x.Module
	case *build.IfStmt:
		return x.Cond
	case *build.ForStmt:
		return x.Vars
	case *build.ReturnStmt:
		return x.Result
	case *pyExpr:
		return x.operand(0)
	}
	return nil
}

// Y returns the second operand, see the kinds.
func (n Node) Y() Node {
	switch x := n.expr.(type) {
	case *build.IndexExpr:
		return n.node(x.Y)
	case *build.BinaryExpr:
		return n.node(x.Y)
	case *build.ConditionalExpr:
		return n.node(x.Else)
	case *build.AssignExpr:
		return n.node(x.RHS)
	case *build.ForStmt:
		return n.node(x.X)
	case *pyExpr:
		return n.node(x.operand(1))
	}
	return Node{}
}

// operand returns an operand of the kinds that have X and Y.
func (x *pyExpr) operand(i int) build.Expr {
	switch x.kind {
	case Binary, Comp, Star, For, While, Paren, Lambda:
		if i < len(x.parts) && (i == 0 || x.kind != Comp) {
			return x.parts[i]
		}
	}
	return nil
}

// Cond returns the condition of a Cond.
func (n Node) Cond() Node {
	if x, ok := n.expr.(*build.ConditionalExpr); ok {
		return n.node(x.Test)
	}
	return Node{}
}

// Op returns the operator of a Unary, Binary, Star or Assign.
func (n Node) Op() string {
	switch x := n.expr.(type) {
	case *build.UnaryExpr:
		return x.Op
	case *build.BinaryExpr:
		return x.Op
	case *build.AssignExpr:
		return x.Op
	case *pyExpr:
		return x.op
	}
	return ""
}

// Func returns what a Call calls.
func (n Node) Func() Node {
	if x, ok := n.expr.(*build.CallExpr); ok {
		return n.node(x.X)
	}
	return Node{}
}

// Args returns the arguments of a Call in order.
func (n Node) Args() iter.Seq[Arg] {
	return func(yield func(Arg) bool) {
		call, ok := n.expr.(*build.CallExpr)
		if !ok {
			return
		}
		for _, e := range call.List {
			if !yield(n.arg(e)) {
				return
			}
		}
	}
}

func (n Node) arg(e build.Expr) Arg {
	if name, value, ok := keyword(e); ok {
		id := n.node(name)
		return Arg{Name: name.Name, NameSpan: id.Span(), Value: n.node(value)}
	}
	return Arg{Value: n.node(e)}
}

// keyword returns the parts of an argument of the form name=value.
func keyword(e build.Expr) (name *build.Ident, value build.Expr, ok bool) {
	if x, isAssign := e.(*build.AssignExpr); isAssign {
		if id, isIdent := x.LHS.(*build.Ident); isIdent {
			return id, x.RHS, true
		}
	}
	return nil, nil, false
}

// Elems returns the elements of a List, Tuple or Set, and the parts of a Concat.
func (n Node) Elems() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for _, e := range n.elems() {
			if !yield(n.node(e)) {
				return
			}
		}
	}
}

func (n Node) elems() []build.Expr {
	switch x := n.expr.(type) {
	case *build.ListExpr:
		return x.List
	case *build.TupleExpr:
		return x.List
	case *build.SetExpr:
		return x.List
	case *pyExpr:
		if x.kind == Concat {
			return x.parts
		}
	}
	return nil
}

// Entries returns the entries of a Dict.
func (n Node) Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		dict, ok := n.expr.(*build.DictExpr)
		if !ok {
			return
		}
		for _, kv := range dict.List {
			if !yield(Entry{Key: n.node(kv.Key), Value: n.node(kv.Value)}) {
				return
			}
		}
	}
}

// Len returns the number of elements, entries or arguments.
func (n Node) Len() int {
	switch x := n.expr.(type) {
	case *build.DictExpr:
		return len(x.List)
	case *build.CallExpr:
		return len(x.List)
	}
	return len(n.elems())
}

// Open returns the place of the opening bracket of a Call, List, Tuple, Set, Dict, Comp, Paren or Index. It is empty,
// at the start, where there is none.
func (n Node) Open() Span {
	open, _ := n.brackets()
	return open
}

// Close returns the place of the closing bracket, see [Node.Open]. It is empty, at the end, where there is none.
func (n Node) Close() Span {
	_, end := n.brackets()
	return end
}

func (n Node) brackets() (open, end Span) {
	at := func(open, end build.Position) (Span, Span) {
		return n.abs(Span{open.Byte, open.Byte + 1}), n.abs(Span{end.Byte, end.Byte + 1})
	}
	switch x := n.expr.(type) {
	case *build.CallExpr:
		return at(x.ListStart, x.End.Pos)
	case *build.ListExpr:
		return at(x.Start, x.End.Pos)
	case *build.SetExpr:
		return at(x.Start, x.End.Pos)
	case *build.DictExpr:
		return at(x.Start, x.End.Pos)
	case *build.ParenExpr:
		return at(x.Start, x.End.Pos)
	case *build.Comprehension:
		return at(x.Lbrack, x.End.Pos)
	case *build.IndexExpr:
		return at(x.IndexStart, x.End)
	case *build.TupleExpr:
		if !x.NoBrackets {
			return at(x.Start, x.End.Pos)
		}
	}
	s := n.Span()
	return Span{s.Start, s.Start}, Span{s.End, s.End}
}

// Names returns the names that an Import, a Load, a For or a With binds, and the parameters of a Def.
func (n Node) Names() []string {
	var names []string
	switch x := n.expr.(type) {
	case *build.LoadStmt:
		for _, id := range x.To {
			names = append(names, id.Name)
		}
	case *build.DefStmt:
		for _, p := range x.Params {
			names = appendNames(names, p)
		}
	case *build.ForStmt:
		names = appendNames(names, x.Vars)
	case *pyExpr:
		return x.names
	}
	return names
}

// appendNames appends the names that the target e of an assignment or the parameter e binds.
func appendNames(names []string, e build.Expr) []string {
	switch x := e.(type) {
	case *build.Ident:
		return append(names, x.Name)
	case *build.AssignExpr:
		return appendNames(names, x.LHS)
	case *build.TypedIdent:
		return appendNames(names, x.Ident)
	case *build.UnaryExpr:
		return appendNames(names, x.X)
	case *build.ParenExpr:
		return appendNames(names, x.X)
	case *build.TupleExpr:
		for _, elem := range x.List {
			names = appendNames(names, elem)
		}
	case *build.ListExpr:
		for _, elem := range x.List {
			names = appendNames(names, elem)
		}
	case *pyExpr:
		if x.kind == Star || x.kind == Paren {
			return appendNames(names, x.parts[0])
		}
	}
	return names
}
