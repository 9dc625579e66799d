package meaning

import (
	"hash/fnv"
	"sort"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// A symbol is a value that nobody computes: a name that the file does not bind, or what is made of one. It knows how it
// was made, which is all that is recorded of a target.
type symbol struct {
	fn     string  // "", or the name, the attribute, the operator
	recv   *symbol // what an attribute is of
	called bool
	args   []starlark.Value
	kwargs []starlark.Tuple
	run    *run
}

// A run is one evaluation of a file.
type run struct {
	truth    bool // whether symbols are true
	calls    []*symbol
	consumed map[*symbol]bool
}

// use notes that values became part of another, so that they are no statements.
func (r *run) use(values ...starlark.Value) {
	for _, v := range values {
		switch v := v.(type) {
		case *symbol:
			if !r.consumed[v] {
				r.consumed[v] = true
				r.use(v.parts()...)
			}
		case starlark.IterableMapping:
			for _, item := range v.Items() {
				r.use(item[0], item[1])
			}
		case starlark.Sequence:
			for e := range starlark.Elements(v) {
				r.use(e)
			}
		}
	}
}

func (s *symbol) parts() []starlark.Value {
	parts := append([]starlark.Value{}, s.args...)
	for _, kw := range s.kwargs {
		parts = append(parts, kw[1])
	}
	if s.recv != nil {
		parts = append(parts, s.recv)
	}
	return parts
}

// derive returns the symbol that an operation on others gives.
func (s *symbol) derive(operation string, args ...starlark.Value) *symbol {
	s.run.use(s)
	s.run.use(args...)
	return &symbol{fn: operation, recv: s, args: args, run: s.run}
}

// statements returns the calls that are not part of anything else.
func (r *run) statements() []*symbol {
	var found []*symbol
	for _, c := range r.calls {
		if !r.consumed[c] {
			found = append(found, c)
		}
	}
	return found
}

// String writes how the symbol was made, with keywords sorted.
func (s *symbol) String() string {
	var b strings.Builder
	if s.recv != nil {
		b.WriteString(s.recv.String() + ".")
	}
	b.WriteString(s.fn)
	if !s.called && len(s.args) == 0 {
		return b.String()
	}
	var parts []string
	for _, a := range s.args {
		parts = append(parts, a.String())
	}
	var keywords []string
	for _, kw := range s.kwargs {
		keywords = append(keywords, string(kw[0].(starlark.String))+"="+kw[1].String())
	}
	sort.Strings(keywords)
	b.WriteString("(" + strings.Join(append(parts, keywords...), ", ") + ")")
	return b.String()
}

// Name implements [starlark.Callable].
func (s *symbol) Name() string { return s.String() }

// CallInternal implements [starlark.Callable]: it records the call.
func (s *symbol) CallInternal(
	_ *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple,
) (starlark.Value, error) {
	call := &symbol{fn: s.fn, recv: s.recv, called: true, args: args, kwargs: kwargs, run: s.run}
	if s.called {
		call.fn, call.recv = "__call__", s
	}
	s.run.use(call.parts()...)
	s.run.calls = append(s.run.calls, call)
	return call, nil
}

// Attr implements [starlark.HasAttrs].
func (s *symbol) Attr(name string) (starlark.Value, error) { return s.derive(name), nil }

// AttrNames implements [starlark.HasAttrs].
func (s *symbol) AttrNames() []string { return nil }

// Binary implements [starlark.HasBinary].
func (s *symbol) Binary(op syntax.Token, y starlark.Value, side starlark.Side) (starlark.Value, error) {
	if side == starlark.Right {
		return s.derive("reverse "+op.String(), y), nil
	}
	return s.derive(op.String(), y), nil
}

// Unary implements [starlark.HasUnary].
func (s *symbol) Unary(op syntax.Token) (starlark.Value, error) { return s.derive(op.String()), nil }

// Get implements [starlark.Mapping].
func (s *symbol) Get(key starlark.Value) (starlark.Value, bool, error) {
	return s.derive("[]", key), true, nil
}

// Iterate implements [starlark.Iterable]: there is one element, which stands for all.
func (s *symbol) Iterate() starlark.Iterator {
	return starlark.NewList([]starlark.Value{s.derive("each")}).Iterate()
}

// CompareSameType implements [starlark.Comparable].
func (s *symbol) CompareSameType(op syntax.Token, y starlark.Value, _ int) (bool, error) {
	c := strings.Compare(s.String(), y.String())
	switch op {
	case syntax.EQL:
		return c == 0, nil
	case syntax.NEQ:
		return c != 0, nil
	}
	return s.run.truth, nil
}

// Type implements [starlark.Value].
func (s *symbol) Type() string { return "symbol" }

// Freeze implements [starlark.Value].
func (s *symbol) Freeze() {}

// Truth implements [starlark.Value]. What is asked for it is a condition, and no statement.
func (s *symbol) Truth() starlark.Bool {
	s.run.use(s)
	return starlark.Bool(s.run.truth)
}

// Hash implements [starlark.Value].
func (s *symbol) Hash() (uint32, error) {
	h := fnv.New32a()
	_, err := h.Write([]byte(s.String()))
	return h.Sum32(), err
}
