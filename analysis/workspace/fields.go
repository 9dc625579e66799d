package workspace

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// eachItem calls f for all items that a value may have, in whichever branch they stand. It reports whether there may be
// more than are seen.
func (m *modeler) eachItem(v Value, f func(Item)) (open bool) {
	switch v := v.(type) {
	case *List:
		for _, item := range v.Items {
			f(item)
		}
		open = v.Open && (v.hidden || len(v.Rest) == 0)
		for _, call := range v.Rest {
			open = m.eachBranch(call, f) || open
		}
		return open
	case *Call:
		switch m.dialect.Functions[v.Func] {
		case dialect.Select, dialect.Parametrize:
			return m.eachBranch(v, f)
		}
		f(Item{Value: v, Node: v.Node()})
		return false
	case *String:
		f(Item{Value: v, Node: v.Node()})
		return false
	case *Dict:
		return m.eachGroup(v, f)
	case *Const: // None
		return false
	}
	return true
}

// eachGroup calls f for the items of all lists in a dict.
func (m *modeler) eachGroup(d *Dict, f func(Item)) (open bool) {
	if !m.dialect.Groups {
		return true
	}
	open = d.Open
	for _, e := range d.Entries {
		open = m.eachItem(e.Value, func(item Item) {
			item.Branch = true // what stands in two groups stands in neither twice
			f(item)
		}) || open
	}
	return open
}

// eachBranch calls f for the items of all values that a select or a parametrize may give.
func (m *modeler) eachBranch(c *Call, f func(Item)) (open bool) {
	fn := m.dialect.Functions[c.Func]
	if fn != dialect.Select && fn != dialect.Parametrize || c.Recv != nil {
		return true
	}
	branch := func(v Value) {
		open = m.eachItem(v, func(item Item) {
			item.Branch = true
			f(item)
		}) || open
	}
	for i, a := range c.Args {
		dict, isDict := a.Value.(*Dict)
		switch {
		case fn == dialect.Parametrize && a.Name != "*" && a.Name != "**":
			branch(a.Value)
		case fn == dialect.Select && i == 0 && a.Name == "" && isDict:
			open = open || dict.Open
			for _, e := range dict.Entries {
				branch(e.Value)
			}
		case fn == dialect.Select && i > 0 && a.Name != "" && a.Name != "**": // the message where no branch is taken
		default:
			open = true
		}
	}
	return open
}

// isParametrize reports whether n is a call of a function that makes several targets of one.
func (m *modeler) isParametrize(n syntax.Node) bool {
	return n.Kind() == syntax.Call && n.Func().Kind() == syntax.Ident &&
		m.dialect.Functions[n.Func().Name()] == dialect.Parametrize
}

// files adds the labels in a field of files. Others are names of files, or of targets that make them.
func (m *modeler) files(t *Target, f *Field) {
	open := m.eachItem(f.Value, func(item Item) {
		switch v := item.Value.(type) {
		case *String:
			if !m.isFileName(v.Text) || strings.HasPrefix(v.Text, "_") && !strings.ContainsAny(v.Text, "./") {
				m.dependency(t, f, item) // _name is taken for a private target
			}
		case *Call:
			t.DepsOpen = t.DepsOpen || m.dialect.Functions[v.Func] != dialect.Glob
		default:
			t.DepsOpen = true
		}
	})
	if open {
		t.DepsOpen = t.DepsOpen || !onlyGlobs(m.dialect, f.Value)
	}
}

// onlyGlobs reports whether what is not seen of a value are files alone.
func onlyGlobs(d *dialect.Dialect, v Value) bool {
	if groups, ok := v.(*Dict); ok && d.Groups && !groups.Open {
		return !slices.ContainsFunc(groups.Entries, func(e DictEntry) bool {
			l, ok := e.Value.(*List)
			return ok && l.Open && !onlyGlobs(d, l) || !ok && !isString(e.Value)
		})
	}
	l, ok := v.(*List)
	if !ok || l.hidden {
		return false
	}
	for _, call := range l.Rest {
		if d.Functions[call.Func] != dialect.Glob {
			return false
		}
	}
	return true
}

// isString reports whether a value is known to be a string.
func isString(v Value) bool {
	_, ok := Text(v)
	return ok
}

// isFileName reports whether an element of a field of files is the name of a file, and no label.
func (m *modeler) isFileName(text string) bool {
	return !strings.HasPrefix(text, ":") && !strings.HasPrefix(text, "@") && !strings.Contains(text, "//")
}

// outputs adds the files that t makes: each has an address.
func (m *modeler) outputs(t *Target, f *Field) {
	open := m.eachItem(f.Value, func(item Item) {
		name, ok := Text(item.Value)
		if !ok {
			m.gap(f.Arg.Span(), "an output whose name is not known")
			return
		}
		m.pkg.Targets = append(m.pkg.Targets, &Target{
			Package: m.pkg, File: m.file, KindName: t.KindName, Name: strings.TrimPrefix(name, ":"), Implicit: true,
			Conditional: t.Conditional, Sources: &Sources{Known: true}, node: t.node,
		})
	})
	if open {
		m.gap(f.Arg.Span(), "an output whose name is not known")
	}
}

// overrides adds the dependencies of what t generates, which stand in the values of a dict.
func (m *modeler) overrides(t *Target, f *Field) {
	all, complete := namedValues(f.Value)
	t.DepsOpen = t.DepsOpen || !complete
	for _, one := range all {
		fields, complete := namedValues(one.value)
		t.DepsOpen = t.DepsOpen || !complete
		for _, field := range fields {
			if field.name == m.dialect.DependenciesField {
				open := m.eachItem(field.value, func(item Item) {
					item.Branch = true
					m.dependency(t, f, item)
				})
				t.DepsOpen = t.DepsOpen || open
			}
		}
	}
}

// A namedValue is an entry of a dict. Its name is "" where the key is no string.
type namedValue struct {
	name  string
	value Value
}

// namedValues returns the entries of {'a': …} and of dict(a = …), and whether those are all.
func namedValues(v Value) (values []namedValue, complete bool) {
	switch v := v.(type) {
	case *Dict:
		for _, e := range v.Entries {
			name, _ := Text(e.Key)
			values = append(values, namedValue{name, e.Value})
		}
		return values, !v.Open
	case *Call:
		if v.Func != "dict" || v.Recv != nil {
			return nil, false
		}
		complete = true
		for _, a := range v.Args {
			if a.Name == "" || strings.HasPrefix(a.Name, "*") {
				complete = false
				continue
			}
			values = append(values, namedValue{a.Name, a.Value})
		}
	}
	return values, complete
}
