package syntax

import "github.com/bazelbuild/buildtools/build"

// A Kind says what a [Node] is.
type Kind uint8

// The kinds of nodes. Python that the model has no use for is Other (an expression) or OtherStmt (a statement, whose
// blocks are still there through [Node.Blocks]).
const (
	Invalid   Kind = iota // the zero Node
	Bad                   // a statement that could not be read
	Ident                 // x: Name
	String                // 'x', also as part of a Concat: Value, Content
	Concat                // 'a' 'b', implicit: Elems are its parts, Value
	Number                // 1
	List                  // [a, b]: Elems
	Tuple                 // (a, b) or a, b: Elems; a statement `f(),` is the Call alone
	Set                   // {a, b}: Elems
	Dict                  // {a: b}: Entries
	Call                  // f(a, k=b): Func, Args
	Attr                  // x.name: X, Name, NameSpan
	Index                 // x[y]: X, Y
	Slice                 // x[a:b]: X
	Unary                 // not x, -x: Op, X
	Binary                // x + y: Op, X, Y
	Cond                  // x if c else y: X, Cond, Y
	Comp                  // [x for y in z]: X is the body
	Paren                 // (x): X
	Lambda                // lambda a: x
	Star                  // *x or **x in a list, a dict or a call: Op is "*" or "**", X
	Other                 // any other expression (yield, await, …)
	Assign                // x = y, x += y: Op, X, Y; of x = y = z, X is the Tuple of x and y
	Import                // import a, from a import b: Names are what it binds
	Load                  // load("//x", "a", b = "c"): X is the first string, Names
	Def                   // def f(…): Name, NameSpan, Names are the parameters, Blocks
	Class                 // class C: Name, NameSpan, Blocks
	If                    // if/elif/else: X is the condition, Blocks are the branches
	For                   // for x in y: X, Y, Blocks
	With                  // with x as y: Blocks
	Try                   // try/except/else/finally: Blocks
	While                 // while x: X, Blocks
	Return                // return x: X, zero if there is none
	Simple                // pass, break, continue, raise, assert, del, global
	OtherStmt             // any other statement
)

//go:generate go tool stringer -type=Kind

// A Node is an expression or a statement of a [File]. It is a small value: pass it by value. The zero Node has the kind
// Invalid. An accessor that does not fit the node's kind returns a zero value.
type Node struct {
	file *File
	expr build.Expr
	base int  // offset in the file of the text that expr was parsed from
	bad  Span // of a Bad statement
}

// node returns the Node of e, which was parsed from the same text as n. A nil e gives the zero Node.
func (n Node) node(e build.Expr) Node {
	if e == nil {
		return Node{}
	}
	return Node{file: n.file, expr: e, base: n.base}
}

// File returns the file that n is of.
func (n Node) File() *File { return n.file }

// IsZero reports whether n is the zero Node.
func (n Node) IsZero() bool { return n.file == nil }

// Span returns the place of n: with its parentheses or brackets, without comments around it. The span of a compound
// statement ends with its last statement.
func (n Node) Span() Span {
	if n.expr == nil {
		return n.bad
	}
	return n.abs(spanOf(n.expr))
}

func (n Node) abs(s Span) Span { return Span{s.Start + n.base, s.End + n.base} }

// Text returns the source of n.
func (n Node) Text() string {
	if n.file == nil {
		return ""
	}
	return n.Span().Text(n.file.Src)
}

// Kind returns what n is.
func (n Node) Kind() Kind {
	switch x := n.expr.(type) {
	case nil:
		if n.file == nil {
			return Invalid
		}
		return Bad
	case *pyExpr:
		return x.kind
	case *build.Ident:
		return identKind(x.Name)
	case *build.CallExpr:
		if id, ok := x.X.(*build.Ident); ok && isStatementName(id.Name) {
			return Simple // assert(x)
		}
		return Call
	case *build.UnaryExpr:
		if x.Op == "*" || x.Op == "**" {
			return Star
		}
		return Unary
	}
	return kindOfType(n.expr)
}

// kindOfType returns the kind of an expression whose type alone tells it.
func kindOfType(e build.Expr) Kind {
	switch e.(type) {
	case *build.StringExpr:
		return String
	case *build.LiteralExpr:
		return Number
	case *build.ListExpr:
		return List
	case *build.TupleExpr:
		return Tuple
	case *build.SetExpr:
		return Set
	case *build.DictExpr:
		return Dict
	case *build.DotExpr:
		return Attr
	case *build.IndexExpr:
		return Index
	case *build.SliceExpr:
		return Slice
	case *build.BinaryExpr:
		return Binary
	case *build.ConditionalExpr:
		return Cond
	case *build.Comprehension:
		return Comp
	case *build.ParenExpr:
		return Paren
	case *build.LambdaExpr:
		return Lambda
	}
	return kindOfStmt(e)
}

func kindOfStmt(e build.Expr) Kind {
	switch e.(type) {
	case *build.AssignExpr:
		return Assign
	case *build.LoadStmt:
		return Load
	case *build.DefStmt:
		return Def
	case *build.IfStmt:
		return If
	case *build.ForStmt:
		return For
	case *build.ReturnStmt:
		return Return
	case *build.BranchStmt:
		return Simple
	case *build.TypeAliasStmt:
		return OtherStmt
	}
	return Other
}

// identKind returns the kind of what the parser takes for an identifier.
func identKind(name string) Kind {
	switch {
	case isStatementName(name):
		return Simple // a bare raise
	case name == "yield":
		return Other
	}
	return Ident
}

// isStatementName reports whether name is a keyword of Python that the parser takes for an identifier.
func isStatementName(name string) bool {
	switch name {
	case "raise", "assert", "del":
		return true
	}
	return false
}
