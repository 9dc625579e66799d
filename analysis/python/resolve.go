package python

import "strings"

// maxSteps bounds the aliases, imports and base classes that [Module.Resolve] follows: they may go in a circle.
const maxSteps = 64

// A Loader returns the module that an import in the file at path names: Origin.Module at Origin.Level. Origin.Name is
// of no account.
type Loader func(path string, o Origin) Loaded

// Loaded is what a [Loader] knows of a module.
type Loaded struct {
	State  State   // Bound if it is there, Absent if it is known not to be, else Unknown
	Module *Module // nil unless Bound
	Path   string
}

// Resolve returns the binding of a dotted name such as "Class.method" as an entry point has it. It follows aliases and
// base classes within the module: `main = Harpoon.main` is Absent if it is known that Harpoon has no main. An attribute
// of anything but a class of the module is Unknown.
func (m *Module) Resolve(object string) Binding { return m.ResolveFrom("", object, nil) }

// ResolveFrom is Resolve for the module of the file at path. It follows imports, too: load finds the modules. What was
// found through an import may have the span of a name in another module.
func (m *Module) ResolveFrom(path, object string, load Loader) Binding {
	r := resolver{load: load, steps: maxSteps}
	b := r.resolve(place{m, path}, object).Binding
	b.Name = object
	return b
}

// A resolver looks up one dotted name.
type resolver struct {
	load  Loader // nil if imports are not followed
	steps int    // that are left
}

// A place is a module with its file.
type place struct {
	m    *Module
	path string
}

// A finding is a binding with the module that it was found in.
type finding struct {
	Binding

	at       place
	isModule bool // what is bound is the module itself
}

func (r *resolver) resolve(at place, object string) finding {
	if r.steps--; r.steps < 0 {
		return finding{}
	}
	head, rest, dotted := strings.Cut(object, ".")
	f := r.follow(finding{Binding: at.m.Binding(head), at: at})
	for name := ""; dotted; {
		name, rest, dotted = strings.Cut(rest, ".")
		f = r.attribute(f, name)
	}
	return f
}

// follow returns what f stands for: what it is an alias of, what it imports.
func (r *resolver) follow(f finding) finding {
	switch {
	case f.ambiguous:
		return f
	case f.Alias != "":
		return r.followAlias(f)
	case f.Kind == ImportBinding && f.State == Bound && r.load != nil:
		return r.followImport(f)
	}
	return f
}

// followAlias returns what f stands for. What its alias names may be a builtin: f itself is the answer then.
func (r *resolver) followAlias(f finding) finding {
	head, _, dotted := strings.Cut(f.Alias, ".")
	if head == f.Name || f.at.m.Binding(head).State != Bound {
		return f
	}
	target := r.resolve(f.at, f.Alias)
	if target.State == Unknown || target.State == Absent && !dotted {
		return f
	}
	return target.boundAs(f)
}

// followImport returns what f imports, f itself where that cannot be told.
func (r *resolver) followImport(f finding) finding {
	loaded := r.load(f.at.path, Origin{Module: f.Origin.Module, Level: f.Origin.Level})
	if loaded.State != Bound {
		return f
	}
	if f.Origin.Name == "" {
		return finding{Binding: f.Binding, at: place{loaded.Module, loaded.Path}, isModule: true}
	}
	if loaded.Module == f.at.m { // from . import module
		return r.followSubmodule(f, loaded)
	}
	target := r.resolve(place{loaded.Module, loaded.Path}, f.Origin.Name)
	switch {
	case target.State == Absent:
		return r.followSubmodule(f, loaded)
	case target.State == Unknown:
		return f
	}
	return target.boundAs(f)
}

// followSubmodule returns what f imports of a package that does not bind the name: one of its modules, or nothing.
func (r *resolver) followSubmodule(f finding, pkg Loaded) finding {
	module := strings.TrimPrefix(f.Origin.Module+"."+f.Origin.Name, ".")
	sub := r.load(f.at.path, Origin{Module: module, Level: f.Origin.Level})
	switch {
	case sub.State == Bound:
		return finding{Binding: f.Binding, at: place{sub.Module, sub.Path}, isModule: true}
	case sub.State == Absent && pkg.Module.Namespace == NoNamespace:
		f.State = Absent
	}
	return f
}

// boundAs returns f as another name has it, which may be bound less certainly.
func (f finding) boundAs(name finding) finding {
	f.State = min(f.State, name.State)
	f.Span = name.Span
	return f
}

// attribute returns the attribute of what f is bound to.
func (r *resolver) attribute(f finding, name string) finding {
	switch {
	case f.State == Absent:
		return f
	case f.isModule:
		return r.moduleAttribute(f, name)
	case f.class == nil || f.ambiguous:
		return finding{}
	}
	if attr, ok := f.class.names[name]; ok && attr.State != Absent {
		attr.State = min(attr.State, f.State)
		return finding{Binding: attr, at: f.at}
	}
	return r.inherited(f, name)
}

// moduleAttribute returns an attribute of a module. One that it does not bind may be a module of the package that
// somebody imports.
func (r *resolver) moduleAttribute(f finding, name string) finding {
	attr := r.resolve(f.at, name)
	if attr.State == Absent || attr.State == Unknown {
		return finding{}
	}
	return attr.boundAs(f)
}

// inherited returns the attribute of a class that is not in its body.
func (r *resolver) inherited(f finding, name string) finding {
	m := f.at.m
	if !f.class.sealed || m.open[f.Name] || m.Dynamic || m.Malformed || isDunder(name) || name == "mro" {
		return finding{}
	}
	for _, base := range f.class.bases {
		if base == "object" && m.Binding(base).State == Absent {
			continue
		}
		c := r.resolve(f.at, base)
		if c.class == nil {
			return finding{}
		}
		if attr := r.attribute(c, name); attr.State != Absent {
			return attr
		}
	}
	return finding{Binding: Binding{State: Absent}}
}
