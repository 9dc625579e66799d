package workspace

import "github.com/buildlint/buildlint/analysis/syntax"

// A Value is what an expression is statically known to be: a [*String], [*List], [*Dict], [*Call], [*Const] or
// [*Unknown].
type Value interface {
	// Node is the expression as written. Where a constant is used this is the use, not the definition.
	Node() syntax.Node
	isValue()
}

// A String is a string that is known.
type String struct {
	Text string
	// Literal is the literal that holds the text, possibly at the definition of a constant; zero if the text was folded
	// from several.
	Literal syntax.Node
	node    syntax.Node
}

// A List is a list or a tuple, or several that are added.
type List struct {
	Items []Item
	// Open says that there may be more items than are seen.
	Open bool
	// Rest are the calls that are added to the list, such as a select(…): Open is true.
	Rest []*Call
	// hidden says that Open is true for something else than Rest.
	hidden bool
	node   syntax.Node
}

// An Item is an element of a list.
type Item struct {
	Value Value
	// Node is the element as written, a wrapper such as pants('…') included.
	Node syntax.Node
	// List is the literal that the element stands in.
	List syntax.Node
	// Branch says that the element is there in one branch of a select(…) or the like only.
	Branch bool
}

// A Dict is a dict literal.
type Dict struct {
	Entries []DictEntry
	// Open says that there may be more entries than are seen.
	Open bool
	node syntax.Node
}

// A DictEntry is an entry of a dict.
type DictEntry struct {
	Key, Value Value
	Node       syntax.Entry
}

// A Call is a call of a function that is not evaluated.
type Call struct {
	// Func is the name of the function or of the method.
	Func string
	// Recv is what the method is called on, nil for a function.
	Recv Value
	Args []Arg
	node syntax.Node
}

// An Arg is an argument of a call.
type Arg struct {
	Name  string // "" if positional, "*" or "**" if it unpacks
	Value Value
	Node  syntax.Arg
}

// A Const is a number, True, False or None.
type Const struct {
	Text string
	node syntax.Node
}

// An Unknown is a value that is not statically known.
type Unknown struct {
	node syntax.Node
}

// Node implements [Value].
func (v *String) Node() syntax.Node { return v.node }

// Node implements [Value].
func (v *List) Node() syntax.Node { return v.node }

// Node implements [Value].
func (v *Dict) Node() syntax.Node { return v.node }

// Node implements [Value].
func (v *Call) Node() syntax.Node { return v.node }

// Node implements [Value].
func (v *Const) Node() syntax.Node { return v.node }

// Node implements [Value].
func (v *Unknown) Node() syntax.Node { return v.node }

func (*String) isValue()  {}
func (*List) isValue()    {}
func (*Dict) isValue()    {}
func (*Call) isValue()    {}
func (*Const) isValue()   {}
func (*Unknown) isValue() {}

// Text returns the text of v if it is a known string.
func Text(v Value) (string, bool) {
	if s, ok := v.(*String); ok {
		return s.Text, true
	}
	return "", false
}

// IsLiteral reports whether the string is written out where it is used, as one literal.
func (v *String) IsLiteral() bool {
	return !v.Literal.IsZero() && v.Literal.Span() == v.node.Span()
}

// Arg returns the keyword argument of the given name.
func (v *Call) Arg(name string) (Arg, bool) {
	for _, a := range v.Args {
		if a.Name == name {
			return a, true
		}
	}
	return Arg{}, false
}

// Unpacks reports whether an argument is unpacked, so that there may be more than are seen.
func (v *Call) Unpacks() bool {
	for _, a := range v.Args {
		if a.Name == "*" || a.Name == "**" {
			return true
		}
	}
	return false
}

// NameSpan covers the name of the function or of the method.
func (v *Call) NameSpan() syntax.Span {
	f := v.node.Func()
	if f.Kind() == syntax.Attr {
		return f.NameSpan()
	}
	return f.Span()
}
