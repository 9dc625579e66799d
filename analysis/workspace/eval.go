package workspace

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// Bounds of what is evaluated: of the nesting, of a text, and of what a few lines can grow to by doubling a constant.
const (
	maxDepth  = 64
	maxText   = 1 << 16
	minBudget = 1 << 16
	perByte   = 4 // what each byte of the file adds to the budget
	minDeps   = 1 << 14
)

// An evaluator tells the values of the expressions of one file. Constants of the file are folded where a name is bound
// exactly once, at the top level and not in a block, and what it is bound to is not changed.
type evaluator struct {
	consts map[string]*constant
	bound  map[string]int // how often each name is bound at the top level and in blocks; "*" is from x import *
	depth  int
	budget int // how many items and bytes may still be copied to fold constants
}

// A constant is a name that is bound once.
type constant struct {
	node  syntax.Node // the right-hand side
	value Value       // nil until the statement is reached: a use before it is an error
}

func newEvaluator(f *syntax.File) *evaluator {
	e := &evaluator{
		budget: minBudget + perByte*len(f.Src), consts: map[string]*constant{}, bound: map[string]int{},
	}
	for _, stmt := range f.Stmts {
		e.bind(stmt, e.bound, true)
	}
	for name, n := range e.bound {
		if n != 1 {
			delete(e.consts, name)
		}
	}
	e.dropChanged(f)
	for _, stmt := range f.Stmts { // in order, so that each needs those before it alone
		if c := e.consts[assigned(stmt)]; c != nil {
			c.value = e.value(c.node)
		}
	}
	return e
}

// fork returns an evaluator of the same file for one caller: a module is shared by all who load it, and what an
// evaluator counts while it works is not.
func (e *evaluator) fork() *evaluator {
	return &evaluator{consts: e.consts, bound: e.bound, budget: minBudget}
}

// binds reports whether the file may bind a name outside of functions.
func (e *evaluator) binds(name string) bool { return e.bound[name] > 0 || e.bound["*"] > 0 }

// assigned returns the name that a statement assigns to, "" if it is no plain assignment.
func assigned(stmt syntax.Node) string {
	if stmt.Kind() == syntax.Assign && stmt.X().Kind() == syntax.Ident {
		return stmt.X().Name()
	}
	return ""
}

// dropChanged forgets the constants that a method such as append changes.
func (e *evaluator) dropChanged(f *syntax.File) {
	if len(e.consts) == 0 {
		return
	}
	for _, stmt := range f.Stmts {
		syntax.Walk(stmt, func(n syntax.Node) bool {
			if n.Kind() == syntax.Call && n.Func().Kind() == syntax.Attr && changes(n.Func().Name()) {
				delete(e.consts, n.Func().X().Name())
			}
			return true
		})
	}
}

// changes reports whether a method of a list, a dict or a set changes it.
func changes(method string) bool {
	switch method {
	case "append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "update", "setdefault", "popitem",
		"add", "discard":
		return true
	}
	return false
}

// spend reports whether n more items or bytes may be copied.
func (e *evaluator) spend(n int) bool {
	e.budget -= n
	return e.budget >= 0
}

// bind counts the names that a statement binds and keeps the right-hand sides at the top level.
func (e *evaluator) bind(stmt syntax.Node, bound map[string]int, top bool) {
	switch stmt.Kind() {
	case syntax.Call, syntax.String:
		return
	case syntax.Assign:
		e.bindAssign(stmt, bound, top)
	case syntax.Simple: // del x
		bindAll(stmt, bound)
	case syntax.Import, syntax.Load, syntax.For, syntax.With:
		for _, name := range stmt.Names() {
			bound[name] += 2
		}
	case syntax.Def, syntax.Class:
		bound[stmt.Name()] += 2
		return // what is bound in it stays in it
	}
	for block := range stmt.Blocks() {
		for _, s := range block {
			e.bind(s, bound, false)
		}
	}
}

func (e *evaluator) bindAssign(stmt syntax.Node, bound map[string]int, top bool) {
	left := stmt.X()
	if left.Kind() != syntax.Ident {
		bindAll(left, bound) // a, b = … and a[0] = …
		return
	}
	if !top || stmt.Op() != "=" {
		bound[left.Name()] += 2
		return
	}
	bound[left.Name()]++
	e.consts[left.Name()] = &constant{node: stmt.Y()}
}

// bindAll makes all names in n be no constants.
func bindAll(n syntax.Node, bound map[string]int) {
	syntax.Walk(n, func(n syntax.Node) bool {
		if n.Kind() == syntax.Ident {
			bound[n.Name()] += 2
		}
		return true
	})
}

// value evaluates an expression.
func (e *evaluator) value(n syntax.Node) Value {
	if e.depth >= maxDepth {
		return &Unknown{n}
	}
	e.depth++
	defer func() { e.depth-- }()
	switch n.Kind() {
	case syntax.String:
		if text, ok := n.Value(); ok {
			return &String{Text: text, Literal: n, node: n}
		}
	case syntax.Concat:
		return e.concat(n)
	case syntax.Paren:
		return rebase(e.value(n.X()), n)
	case syntax.Ident:
		return e.ident(n)
	case syntax.Number:
		return &Const{Text: n.Text(), node: n}
	case syntax.List, syntax.Tuple:
		return e.list(n)
	case syntax.Dict:
		return e.dict(n)
	case syntax.Call:
		return e.call(n)
	case syntax.Binary:
		return e.binary(n)
	}
	return &Unknown{n}
}

// rebase returns v as the value of the expression n that stands for it.
func rebase(v Value, n syntax.Node) Value {
	switch v := v.(type) {
	case *String:
		c := *v
		c.node = n
		return &c
	case *List:
		c := *v
		c.node = n
		return &c
	case *Dict:
		c := *v
		c.node = n
		return &c
	case *Call:
		return v // a call is looked at where it stands
	case *Const:
		return &Const{Text: v.Text, node: n}
	}
	return &Unknown{n}
}

func (e *evaluator) ident(n syntax.Node) Value {
	switch name := n.Name(); name {
	case "True", "False", "None":
		return &Const{Text: name, node: n}
	default:
		if c := e.consts[name]; c != nil && c.value != nil {
			return rebase(c.value, n)
		}
	}
	return &Unknown{n}
}

func (e *evaluator) concat(n syntax.Node) Value {
	var b strings.Builder
	for part := range n.Elems() {
		text, ok := part.Value()
		if !ok {
			return &Unknown{n}
		}
		b.WriteString(text)
	}
	return &String{Text: b.String(), node: n}
}

func (e *evaluator) list(n syntax.Node) Value {
	l := &List{Items: make([]Item, 0, n.Len()), node: n}
	for el := range n.Elems() {
		if el.Kind() != syntax.Star {
			l.Items = append(l.Items, Item{Value: e.value(el), Node: el, List: n})
			continue
		}
		if inner, ok := e.value(el.X()).(*List); ok && e.spend(len(inner.Items)) {
			l.Items = append(l.Items, inner.Items...)
			l.Open, l.hidden = l.Open || inner.Open, l.hidden || inner.Open
			continue
		}
		l.Open, l.hidden = true, true
	}
	return l
}

func (e *evaluator) dict(n syntax.Node) Value {
	d := &Dict{node: n}
	for entry := range n.Entries() {
		if entry.Key.IsZero() {
			d.Open = true
			continue
		}
		d.Entries = append(d.Entries, DictEntry{Key: e.value(entry.Key), Value: e.value(entry.Value), Node: entry})
	}
	return d
}

func (e *evaluator) call(n syntax.Node) Value {
	c := &Call{Args: make([]Arg, 0, n.Len()), node: n}
	switch f := n.Func(); f.Kind() {
	case syntax.Ident:
		c.Func = f.Name()
	case syntax.Attr:
		c.Func, c.Recv = f.Name(), e.value(f.X())
	default:
		return &Unknown{n}
	}
	for a := range n.Args() {
		arg := Arg{Name: a.Name, Node: a}
		if a.Value.Kind() == syntax.Star {
			arg.Name, arg.Value = a.Value.Op(), e.value(a.Value.X())
		} else {
			arg.Value = e.value(a.Value)
		}
		c.Args = append(c.Args, arg)
	}
	return c
}

func (e *evaluator) binary(n syntax.Node) Value {
	switch n.Op() {
	case "+":
		return e.add(n)
	case "%":
		format, ok := Text(e.value(n.X()))
		if !ok {
			break
		}
		if text, ok := formatPercent(format, e.value(n.Y())); ok && e.spend(len(text)) {
			return &String{Text: text, node: n}
		}
	}
	return &Unknown{n}
}

// add evaluates x + y for strings and lists. A list to which something unknown is added is open.
func (e *evaluator) add(n syntax.Node) Value {
	x, y := e.value(n.X()), e.value(n.Y())
	if a, ok := Text(x); ok {
		if b, ok := Text(y); ok && len(a)+len(b) <= maxText && e.spend(len(a)+len(b)) {
			return &String{Text: a + b, node: n}
		}
		return &Unknown{n}
	}
	a, aok := x.(*List)
	b, bok := y.(*List)
	switch {
	case aok && bok && !e.spend(len(a.Items)+len(b.Items)+len(a.Rest)+len(b.Rest)):
		return &Unknown{n}
	case aok && bok:
		return &List{
			Items: slices.Concat(a.Items, b.Items), Open: a.Open || b.Open, Rest: slices.Concat(a.Rest, b.Rest),
			hidden: a.hidden || b.hidden, node: n,
		}
	case aok:
		return a.plus(y, n)
	case bok:
		return b.plus(x, n)
	}
	c, cok := x.(*Call)
	if _, ok := y.(*Call); ok && cok {
		return (&List{}).plus(c, n).plus(y, n)
	}
	return &Unknown{n}
}

// plus returns the list with a value added that is no list.
func (v *List) plus(added Value, n syntax.Node) *List {
	l := &List{Items: v.Items, Open: true, Rest: v.Rest, hidden: v.hidden, node: n}
	if c, ok := added.(*Call); ok {
		l.Rest = append(slices.Clip(l.Rest), c)
	} else {
		l.hidden = true
	}
	return l
}

// formatPercent applies a format whose only verbs are %s and %%. It refuses what would be longer than maxText.
func formatPercent(format string, v Value) (string, bool) {
	args, ok := formatArgs(v)
	if !ok {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		i++
		switch {
		case i < len(format) && format[i] == '%':
			b.WriteByte('%')
		case i < len(format) && format[i] == 's' && len(args) > 0 && b.Len()+len(args[0]) <= maxText:
			b.WriteString(args[0])
			args = args[1:]
		default:
			return "", false
		}
	}
	return b.String(), len(args) == 0
}

// formatArgs returns the arguments of a format: one string, or a tuple of them.
func formatArgs(v Value) ([]string, bool) {
	switch v := v.(type) {
	case *String:
		return []string{v.Text}, true
	case *List:
		if v.node.Kind() != syntax.Tuple || v.Open {
			return nil, false
		}
		var args []string
		for _, item := range v.Items {
			text, ok := Text(item.Value)
			if !ok {
				return nil, false
			}
			args = append(args, text)
		}
		return args, true
	}
	return nil, false
}
