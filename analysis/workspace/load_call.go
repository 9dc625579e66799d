package workspace

import (
	"maps"
	"strconv"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// enter looks at the body of a function of the repository that is called.
func (x *expander) enter(caller *scope, b binding, call syntax.Node) {
	if x.calls >= maxCalls {
		x.fail("a macro that calls too deep")
		return
	}
	x.calls++
	defer func() { x.calls-- }()
	s := newScope(b.module)
	x.steps += len(s.eval.consts) / constantsPerStep
	s.conditional, s.opaque = caller.conditional, caller.opaque
	x.bind(caller, s, b.def, call)
	x.blocks(s, b.def)
}

func newScope(m *Module) *scope {
	return &scope{
		module: m, funcs: map[string]binding{}, keywords: map[string]Value{},
		eval: &evaluator{consts: maps.Clone(m.eval.consts), budget: minBudget},
	}
}

// bind gives the parameters of a function their values.
func (x *expander) bind(caller, s *scope, def, call syntax.Node) {
	given, open := x.arguments(caller, s, def, call)
	defaults, count := s.module.eval.fork(), 0
	for p := range def.Params() {
		if count++; count%paramsPerStep == 0 {
			x.steps++
		}
		v, ok := given[p.Name]
		delete(given, p.Name)
		switch {
		case p.Star == "**":
			s.rest = p.Name
		case ok:
		case open || p.Star != "" || p.Default.IsZero():
			v = &Unknown{call}
		default:
			v = defaults.value(p.Default)
			x.bindFunction(s, s, p.Name, p.Default)
		}
		if v == nil {
			v = &Unknown{call}
		}
		s.eval.consts[p.Name] = &constant{value: v}
	}
	s.keywords, s.open = given, open
}

// arguments returns the values of the arguments of a call by the names of parameters. It is open if there may be more.
func (x *expander) arguments(caller, s *scope, def, call syntax.Node) (given map[string]Value, open bool) {
	given = map[string]Value{}
	var positions []string
	for p := range def.Params() {
		if p.Star != "" {
			break
		}
		positions = append(positions, p.Name)
	}
	i := 0
	for a := range call.Args() {
		name := a.Name
		switch {
		case a.Value.Kind() == syntax.Star:
			open = x.unpack(caller, a.Value, given) || open
			continue
		case name == "" && i < len(positions):
			name = positions[i]
			i++
		case name == "":
			continue // for *args
		}
		given[name] = x.value(caller, a.Value)
		x.bindFunction(caller, s, name, a.Value)
	}
	return given, open
}

// unpack adds what `**kwargs` gives. It reports whether there may be more.
func (x *expander) unpack(s *scope, star syntax.Node, given map[string]Value) bool {
	if n := star.X(); n.Kind() == syntax.Ident && n.Name() == s.rest && s.rest != "" {
		maps.Copy(given, s.keywords)
		return s.open
	}
	d, ok := x.value(s, star.X()).(*Dict)
	if !ok || d.Open {
		return true
	}
	for _, e := range d.Entries {
		key, ok := Text(e.Key)
		if !ok {
			return true
		}
		given[key] = e.Value
	}
	return false
}

// bindFunction gives a parameter the function that an argument names.
func (x *expander) bindFunction(from, s *scope, name string, arg syntax.Node) {
	if arg.Kind() != syntax.Ident && arg.Kind() != syntax.Attr {
		return
	}
	if b := x.callee(from, arg); b.known() {
		s.funcs[name] = b
	}
}

// value evaluates an expression. What the ** parameter holds is looked up there.
func (x *expander) value(s *scope, n syntax.Node) Value {
	if key, fallback, ok := s.keyword(n); ok {
		if v := s.keywords[key]; v != nil {
			return v
		}
		if s.open || fallback.IsZero() {
			return &Unknown{n}
		}
		return x.value(s, fallback)
	}
	v := s.eval.value(n)
	if text, ok := x.text(s, v); ok {
		return &String{Text: text, node: n}
	}
	return v
}

// keyword reports whether an expression takes a keyword out of the ** parameter: kwargs["x"], kwargs.get("x", y),
// kwargs.pop("x", y).
func (s *scope) keyword(n syntax.Node) (key string, fallback syntax.Node, ok bool) {
	switch {
	case s.rest == "":
		return "", fallback, false
	case n.Kind() == syntax.Index && n.X().Kind() == syntax.Ident && n.X().Name() == s.rest:
		key, ok = n.Y().Value()
		return key, fallback, ok
	case n.Kind() != syntax.Call || n.Func().Kind() != syntax.Attr || n.Func().X().Name() != s.rest:
		return "", fallback, false
	case n.Func().Name() != "get" && n.Func().Name() != "pop":
		return "", fallback, false
	}
	i := 0
	for a := range n.Args() {
		if i == 0 {
			key, ok = a.Value.Value()
		} else {
			fallback = a.Value
		}
		i++
	}
	return key, fallback, ok
}

// text returns the text of a value: of a string, and of a format whose arguments are known.
func (x *expander) text(s *scope, v Value) (string, bool) {
	switch v := v.(type) {
	case *String:
		return v.Text, true
	case *Call:
		format, ok := Text(v.Recv)
		if v.Func == "format" && ok {
			return formatBraces(format, v.Args)
		}
	case *Unknown:
		if n := v.node; n.Kind() == syntax.String {
			return s.formatted(n.Text())
		}
	}
	return "", false
}

// formatBraces applies a format whose fields are {}, {0} and {name}.
func formatBraces(format string, args []Arg) (string, bool) {
	next := 0
	return replaceFields(format, func(field string) (string, bool) {
		if field == "" {
			field = strconv.Itoa(next)
			next++
		}
		for i, a := range args {
			if a.Name == field || a.Name == "" && strconv.Itoa(i) == field {
				return Text(a.Value)
			}
		}
		return "", false
	})
}

// formatted returns the text of f"…{name}…" where the names are known.
func (s *scope) formatted(literal string) (string, bool) {
	body, ok := strings.CutPrefix(literal, "f")
	if !ok || len(body) < 2 || body[0] != body[len(body)-1] || strings.ContainsRune(body, '\\') {
		return "", false
	}
	return replaceFields(body[1:len(body)-1], func(field string) (string, bool) {
		if c := s.eval.consts[field]; c != nil && c.value != nil {
			return Text(c.value)
		}
		return "", false
	})
}

// replaceFields replaces what stands in braces.
func replaceFields(format string, field func(string) (string, bool)) (string, bool) {
	var b strings.Builder
	for format != "" {
		i := strings.IndexAny(format, "{}")
		if i < 0 {
			b.WriteString(format)
			break
		}
		j := strings.IndexByte(format[i:], '}')
		if format[i] == '}' || j < 0 || strings.HasPrefix(format[i:], "{{") {
			return "", false
		}
		text, ok := field(format[i+1 : i+j])
		if !ok || b.Len()+len(text) > maxText {
			return "", false
		}
		b.WriteString(format[:i])
		b.WriteString(text)
		format = format[i+j+1:]
	}
	return b.String(), true
}

// truth tells whether a condition holds, if that is known.
func (x *expander) truth(s *scope, n syntax.Node) (holds, known bool) {
	switch n.Kind() {
	case syntax.Paren:
		return x.truth(s, n.X())
	case syntax.Unary:
		if n.Op() == "not" {
			holds, known = x.truth(s, n.X())
			return !holds, known
		}
		return false, false
	case syntax.Binary:
		return x.compare(s, n)
	}
	switch v := x.value(s, n).(type) {
	case *Const:
		return v.Text != "False" && v.Text != "None" && v.Text != "0", true
	case *String:
		return v.Text != "", true
	case *List:
		return len(v.Items) > 0, len(v.Items) > 0 || !v.Open
	case *Dict:
		return len(v.Entries) > 0, len(v.Entries) > 0 || !v.Open
	}
	return false, false
}

func (x *expander) compare(s *scope, n syntax.Node) (holds, known bool) {
	switch n.Op() {
	case "and", "or":
		a, aKnown := x.truth(s, n.X())
		b, bKnown := x.truth(s, n.Y())
		if decides := n.Op() == "or"; aKnown && a == decides || bKnown && b == decides {
			return decides, true
		}
		return b, aKnown && bKnown
	case "in", "not in":
		key, ok := n.X().Value()
		if !ok || n.Y().Kind() != syntax.Ident || n.Y().Name() != s.rest || s.rest == "" {
			return false, false
		}
		given := s.keywords[key] != nil
		return given == (n.Op() == "in"), given || !s.open
	case "==", "!=":
		equal, known := sameValue(x.value(s, n.X()), x.value(s, n.Y()))
		return equal == (n.Op() == "=="), known
	}
	return false, false
}

// sameValue tells whether two values are equal, if that is known: of strings and constants.
func sameValue(a, b Value) (equal, known bool) {
	at, aIsText := Text(a)
	bt, bIsText := Text(b)
	ac, aIsConst := a.(*Const)
	bc, bIsConst := b.(*Const)
	switch {
	case aIsText && bIsText:
		return at == bt, true
	case aIsConst && bIsConst:
		return ac.Text == bc.Text, true
	case isKnown(a) && isKnown(b):
		return false, aIsText != bIsText || aIsConst != bIsConst
	}
	return false, false
}

func isKnown(v Value) bool {
	switch v.(type) {
	case *Unknown, *Call:
		return false
	}
	return true
}
