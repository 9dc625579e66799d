package python

import "strings"

// maxSteps bounds the aliases and base classes that [Module.Resolve] follows: they may go in a circle.
const maxSteps = 64

// Resolve returns the binding of a dotted name such as "Class.method" as an entry point has it. It follows aliases and
// base classes within the module: `main = Harpoon.main` is Absent if it is known that Harpoon has no main. An attribute
// of anything but a class of the module is Unknown.
func (m *Module) Resolve(object string) Binding {
	r := resolver{m: m, steps: maxSteps}
	b := r.resolve(object)
	b.Name = object
	return b
}

// A resolver looks up one dotted name.
type resolver struct {
	m     *Module
	steps int // that are left
}

func (r *resolver) resolve(object string) Binding {
	if r.steps--; r.steps < 0 {
		return Binding{}
	}
	head, rest, dotted := strings.Cut(object, ".")
	b := r.followAlias(r.m.Binding(head))
	for name := ""; dotted; {
		name, rest, dotted = strings.Cut(rest, ".")
		b = r.attribute(b, name)
	}
	return b
}

// followAlias returns what b stands for. What its alias names may be a builtin or another module's: b itself is the
// answer then.
func (r *resolver) followAlias(b Binding) Binding {
	if b.Alias == "" || b.ambiguous {
		return b
	}
	head, _, dotted := strings.Cut(b.Alias, ".")
	if head == b.Name || r.m.Binding(head).State != Bound {
		return b
	}
	target := r.resolve(b.Alias)
	if target.State == Unknown || target.State == Absent && !dotted {
		return b
	}
	target.State = min(target.State, b.State)
	target.Span = b.Span
	return target
}

// attribute returns the attribute of what b is bound to.
func (r *resolver) attribute(b Binding, name string) Binding {
	if b.State == Absent {
		return b
	}
	if b.class == nil || b.ambiguous {
		return Binding{}
	}
	if attr, ok := b.class.names[name]; ok && attr.State != Absent {
		attr.State = min(attr.State, b.State)
		return attr
	}
	return r.inherited(b, name)
}

// inherited returns the attribute of a class that is not in its body.
func (r *resolver) inherited(b Binding, name string) Binding {
	if !b.class.sealed || r.m.open[b.Name] || r.m.Dynamic || r.m.Malformed || isDunder(name) || name == "mro" {
		return Binding{}
	}
	for _, base := range b.class.bases {
		if base == "object" && r.m.Binding(base).State == Absent {
			continue
		}
		c := r.resolve(base)
		if c.class == nil {
			return Binding{}
		}
		if attr := r.attribute(c, name); attr.State != Absent {
			return attr
		}
	}
	return Binding{State: Absent}
}
