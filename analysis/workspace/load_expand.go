package workspace

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// Bounds of following functions: of calls within calls, and of statements in all.
const (
	maxCalls = 24
	maxSteps = 4096
	// constantsPerStep is how many constants of a module are as good as a statement: a scope begins with all of them.
	constantsPerStep = 64
	// paramsPerStep is how many parameters are as good as a statement.
	paramsPerStep = 2
)

// An expansion is what a call of a function of the repository declares.
type expansion struct {
	targets []declaration
	gap     string // why there may be more, "" if there are not
}

// A declaration is a target that a function declares.
type declaration struct {
	name        string
	kind        *dialect.Kind // nil if the dialect does not know it
	kindName    string
	outputs     []string // the files that it makes, where they are targets of their own
	conditional bool
}

// An expander follows a call through the functions of the repository.
type expander struct {
	*resolver
	expansion
	calls, steps int
	maxSteps     int
}

// A scope is where the statements of a function are evaluated.
type scope struct {
	module *Module
	eval   *evaluator
	funcs  map[string]binding // the names of this scope that hold functions

	rest     string           // the name of the ** parameter
	keywords map[string]Value // what it holds
	open     bool             // it may hold more

	conditional bool
	opaque      bool // names of this scope may be bound anew: in comprehensions
}

// fail records why there may be targets that are not seen. The first reason counts.
func (x *expander) fail(reason string) {
	if x.gap == "" {
		x.gap = reason
	}
}

// step reports whether one more statement may be looked at.
func (x *expander) step() bool {
	if x.steps++; x.steps > x.maxSteps {
		x.fail("a macro that does too much")
		return false
	}
	return true
}

func (s *scope) lookup(r *resolver, name string) binding {
	if b, ok := s.funcs[name]; ok {
		return b
	}
	if c, ok := s.eval.consts[name]; ok && s.module.eval.consts[name] != c {
		return binding{} // a value
	}
	return r.lookup(s.module, name)
}

// block looks at statements in order. It reports whether the function returns there.
func (x *expander) block(s *scope, stmts []syntax.Node) (returns bool) {
	for _, stmt := range stmts {
		if !x.step() || x.statement(s, stmt) {
			return true
		}
	}
	return false
}

// statement reports whether the function returns there.
func (x *expander) statement(s *scope, stmt syntax.Node) (returns bool) {
	switch stmt.Kind() {
	case syntax.String, syntax.Simple, syntax.Load:
	case syntax.Assign:
		x.assign(s, stmt)
	case syntax.If:
		return x.branches(s, stmt)
	case syntax.For:
		x.loop(s, stmt)
	case syntax.Def:
		s.funcs[stmt.Name()] = binding{def: stmt, module: s.module}
	case syntax.Return:
		x.expression(s, stmt.X())
		return true
	default:
		x.expression(s, stmt)
	}
	return false
}

// assign binds a name of the scope, to a value or a function.
func (x *expander) assign(s *scope, stmt syntax.Node) {
	right := stmt.Y()
	value := x.value(s, right) // before a pop takes it away
	x.expression(s, right)
	left := stmt.X()
	if left.Kind() != syntax.Ident {
		s.forget(left)
		return
	}
	name := left.Name()
	delete(s.funcs, name)
	if b := x.callee(s, right); b.known() && (right.Kind() == syntax.Ident || right.Kind() == syntax.Attr) {
		s.funcs[name] = b
	}
	if stmt.Op() != "=" {
		s.forget(left)
		return
	}
	s.set(name, value)
}

// set binds a name to a value. In a branch that may not be taken it may keep what it has.
func (s *scope) set(name string, v Value) {
	if old := s.eval.consts[name]; s.conditional && old != nil {
		v = &Unknown{v.Node()}
	}
	s.eval.consts[name] = &constant{value: v}
}

// forget makes the names below n unknown.
func (s *scope) forget(n syntax.Node) {
	syntax.Walk(n, func(n syntax.Node) bool {
		if n.Kind() == syntax.Ident {
			s.eval.consts[n.Name()] = &constant{value: &Unknown{n}}
			delete(s.funcs, n.Name())
			if n.Name() == s.rest {
				s.keywords, s.open = nil, true
			}
		}
		return true
	})
}

// branches looks at the branch that is taken if that is known, else at all. If one of those returns, what follows may
// not be reached.
func (x *expander) branches(s *scope, stmt syntax.Node) (returns bool) {
	x.expression(s, stmt.X())
	var blocks [][]syntax.Node
	for b := range stmt.Blocks() {
		blocks = append(blocks, b)
	}
	truth, known := x.truth(s, stmt.X())
	switch {
	case known && truth && len(blocks) > 0:
		return x.block(s, blocks[0])
	case known && !truth && len(blocks) <= 2:
		return len(blocks) == 2 && x.block(s, blocks[1])
	}
	was, may := s.conditional, false
	s.conditional = true
	for _, b := range blocks {
		may = x.block(s, b) || may
	}
	s.conditional = was || may
	return false
}

// loop looks at the body for each item of a list that is known, else once with the names unknown.
func (x *expander) loop(s *scope, stmt syntax.Node) {
	x.expression(s, stmt.Y())
	list, ok := x.value(s, stmt.Y()).(*List)
	vars := stmt.X()
	if ok && !list.Open && vars.Kind() == syntax.Ident {
		for _, item := range list.Items {
			s.eval.consts[vars.Name()] = &constant{value: item.Value}
			x.blocks(s, stmt)
		}
		return
	}
	was := s.conditional
	s.conditional = true
	s.forget(vars)
	x.blocks(s, stmt)
	s.conditional = was
}

func (x *expander) blocks(s *scope, stmt syntax.Node) {
	for b := range stmt.Blocks() {
		x.block(s, b)
	}
}

// expression looks at the calls in an expression or in a statement of no other kind.
func (x *expander) expression(s *scope, n syntax.Node) {
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n.Kind() {
		case syntax.Call:
			if x.step() {
				x.call(s, n)
			}
		case syntax.Comp, syntax.Lambda:
			if !s.opaque {
				s.opaque = true
				x.expression(s, n)
				s.opaque = false
				return false
			}
		}
		return true
	})
}

// callee returns what the expression of a function stands for.
func (x *expander) callee(s *scope, f syntax.Node) binding {
	switch f.Kind() {
	case syntax.Ident:
		return s.lookup(x.resolver, f.Name())
	case syntax.Attr:
		if isNative(f.X()) {
			return x.native(f.Name())
		}
	}
	return binding{}
}

func (x *expander) call(s *scope, n syntax.Node) {
	f := n.Func()
	switch b := x.callee(s, f); {
	case b.kind != nil:
		x.declare(s, n, b.kind, b.kind.Name)
	case !b.rule.IsZero():
		x.declare(s, n, nil, f.Name())
		if computesOutputs(b.rule) {
			x.fail("a rule that makes files of its own")
		}
	case !b.def.IsZero():
		x.enter(s, b, n)
	case b.fn != dialect.NoFunction, isHarmless(f.Name()) && f.Kind() == syntax.Ident:
	case f.Kind() == syntax.Attr && !isNative(f.X()):
		x.method(s, n)
	default:
		x.unknown(s, n)
	}
}

// method looks at a call of a method. Those of strings, lists and dicts declare nothing.
func (x *expander) method(s *scope, n syntax.Node) {
	recv := n.Func().X()
	if key, _, ok := s.keyword(n); ok {
		if n.Func().Name() == "pop" && !s.conditional {
			delete(s.keywords, key)
		}
	} else if changes(n.Func().Name()) {
		s.forget(recv)
	}
	if hasName(n) {
		x.unknown(s, n)
	}
}

// unknown records a call of something that is not known. If it has a name, that is a target's.
func (x *expander) unknown(s *scope, n syntax.Node) {
	x.fail("a call of `" + n.Func().Text() + "`, which is not known, in a macro")
	if hasName(n) {
		x.declare(s, n, nil, n.Func().Name())
	}
}

// isHarmless reports whether a function of Starlark declares nothing.
func isHarmless(name string) bool {
	switch name {
	case "abs", "all", "any", "bool", "bytes", "chr", "dict", "dir", "enumerate", "fail", "filter", "float", "format",
		"getattr", "hasattr", "hash", "int", "isinstance", "len", "list", "map", "max", "min", "ord", "print", "range",
		"repr", "reversed", "set", "sorted", "str", "tuple", "type", "zip", "depset", "struct", "select", "Label",
		"provider", "aspect", "glob", "package_name", "repository_name", "existing_rules", "existing_rule", "basename",
		"dirname", "join_path", "splitext", "canonicalise", "looks_like_build_label", "read_config", "read_root_config",
		"host_info", "rule_exists", "get_cell_name", "get_base_path", "implicit_package_symbol", "attrs_coerce_label":
		return true
	}
	return false
}

// computesOutputs reports whether a rule of the repository makes files whose names neither the call gives nor the
// target's name is a part of.
func computesOutputs(rule syntax.Node) bool {
	for a := range rule.Args() {
		if a.Name == "outputs" && a.Value.Kind() != syntax.Dict || a.Value.Kind() == syntax.Star {
			return true
		}
	}
	return false
}

// declare records the target of a call of a kind or of a rule.
func (x *expander) declare(s *scope, n syntax.Node, kind *dialect.Kind, kindName string) {
	name, known := x.text(s, x.argument(s, n, "name"))
	if s.opaque || !known || name == "" {
		x.fail("a target whose name is not known in a macro")
		return
	}
	d := declaration{name: name, kind: kind, kindName: kindName, conditional: s.conditional}
	for a := range n.Args() {
		if kind == nil || isOutputs(kind.Field(a.Name)) {
			d.outputs = append(d.outputs, x.outputs(s, x.value(s, a.Value), kind != nil)...)
		}
	}
	x.targets = append(x.targets, d)
}

func isOutputs(f *dialect.Field) bool { return f != nil && f.Role == dialect.OutputsField }

// outputs returns the files that are named in the value of a field of outputs; of a rule that is not known any may be.
func (x *expander) outputs(s *scope, v Value, certain bool) []string {
	switch v := v.(type) {
	case nil, *Const:
		return nil
	case *List:
		var names []string
		for _, item := range v.Items {
			names = append(names, x.outputs(s, item.Value, certain)...)
		}
		if v.Open && certain {
			x.fail("a macro that makes files whose names are not known")
		}
		return names
	default:
		name, ok := x.text(s, v)
		if !ok && certain {
			x.fail("a macro that makes files whose names are not known")
		}
		if !ok || !certain && (!strings.Contains(name, ".") || strings.ContainsAny(name, " :*")) {
			return nil
		}
		return []string{strings.TrimPrefix(name, ":")}
	}
}

// argument returns the value of an argument of a call, nil if it is not given.
func (x *expander) argument(s *scope, n syntax.Node, name string) Value {
	var rest Value
	first := true
	for a := range n.Args() {
		switch {
		case a.Name == name:
			return x.value(s, a.Value)
		case a.Value.Kind() == syntax.Star && a.Value.X().Kind() == syntax.Ident && a.Value.X().Name() == s.rest:
			if v := s.keywords[name]; v != nil {
				rest = v
			} else if s.open {
				rest = &Unknown{a.Value}
			}
		case a.Value.Kind() == syntax.Star:
			rest = &Unknown{a.Value}
		case first && a.Name == "" && name == "name":
			rest = x.value(s, a.Value)
		}
		first = false
	}
	return rest
}
