package workspace

import (
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A binding is what a name that is called stands for. It is zero where that is not known.
type binding struct {
	kind   *dialect.Kind    // a kind that the dialect knows
	fn     dialect.Function // a function that the dialect knows
	rule   syntax.Node      // the call of rule(…) in a file of this repository: its calls declare one target each
	def    syntax.Node      // a function of this repository
	module *Module          // that rule or def stands in
}

func (b binding) known() bool {
	return b.kind != nil || b.fn != dialect.NoFunction || b.module != nil
}

// A resolver tells what the names of files stand for, and records which modules it looked into.
type resolver struct {
	snapshot *Snapshot
	used     map[string]bool // paths of modules, also of those that are not there
	// elsewhere says that something else was looked at: a file of requirements, the sources of a target.
	elsewhere bool
	included  map[*Module]map[string]*Module // what subincluded found
}

// requirements reads the targets that a requirements file stands for.
func (r *resolver) requirements(path string) ([]Requirement, error) {
	r.elsewhere = true
	return r.snapshot.requirements(path)
}

// listing reads a file that lists requirements.
func (r *resolver) listing(path string) ([]byte, error) {
	r.elsewhere = true
	r.used[path] = true
	return r.snapshot.tree.Read(path)
}

func (r *resolver) dialect() *dialect.Dialect { return r.snapshot.options.Dialect }

// module reads a module.
func (r *resolver) module(path string) *Module {
	r.used[path] = true
	return r.snapshot.Module(path)
}

// lookup returns what a name stands for that is called in a module. A BUILD file is one, too.
func (r *resolver) lookup(m *Module, name string) binding { return r.lookupIn(m, name, 0) }

func (r *resolver) lookupIn(m *Module, name string, depth int) binding {
	if depth > maxModules {
		return binding{}
	}
	def, bound := m.names[name]
	if !bound {
		return r.builtin(m, name, depth)
	}
	switch def.Kind() {
	case syntax.Def:
		return binding{def: def, module: m}
	case syntax.Load:
		return r.loaded(m, def, name, depth)
	case syntax.Assign:
		return r.assigned(m, def.Y(), depth)
	}
	return binding{}
}

// loaded returns what a name stands for that a load statement binds.
func (r *resolver) loaded(m *Module, load syntax.Node, name string, depth int) binding {
	label, _ := load.X().Value()
	for l := range load.Loaded() {
		if l.Name != name {
			continue
		}
		file, ok := r.snapshot.LoadPath(label, dirOf(m.Path))
		if !ok {
			return r.outside(label, l.From)
		}
		if next := r.module(file); next != nil {
			if _, bound := next.names[l.From]; bound {
				return r.lookupIn(next, l.From, depth+1)
			}
		}
	}
	return binding{}
}

// outside returns what a symbol of another repository stands for.
func (r *resolver) outside(label, symbol string) binding {
	kind, fn := r.dialect().Outside(label, symbol)
	return binding{kind: kind, fn: fn}
}

// assigned returns what `name = value` makes a name stand for.
func (r *resolver) assigned(m *Module, value syntax.Node, depth int) binding {
	switch value.Kind() {
	case syntax.Ident:
		return r.lookupIn(m, value.Name(), depth+1)
	case syntax.Attr:
		if isNative(value.X()) {
			return r.native(value.Name())
		}
	case syntax.Call:
		if f := value.Func(); f.Kind() == syntax.Ident && f.Name() == "rule" {
			return binding{rule: value, module: m}
		}
	}
	return binding{}
}

// isNative reports whether an expression is the struct of what is built in.
func isNative(n syntax.Node) bool { return n.Kind() == syntax.Ident && n.Name() == "native" }

// builtin returns what a name stands for that a file does not bind itself.
func (r *resolver) builtin(m *Module, name string, depth int) binding {
	if r.dialect().Loads.Subincludes {
		r.elsewhere = true
		if next := r.subincluded(m)[name]; next != nil {
			return r.lookupIn(next, name, depth+1)
		}
	}
	return r.native(name)
}

// subincluded returns the module that binds each of the names that a file takes in as a whole: the first.
func (r *resolver) subincluded(m *Module) map[string]*Module {
	if names, known := r.included[m]; known {
		return names
	}
	names := map[string]*Module{}
	for _, path := range r.snapshot.subincludes(m, r.used) {
		if next := r.module(path); next != nil {
			for name := range next.names {
				if names[name] == nil {
					names[name] = next
				}
			}
		}
	}
	if r.included == nil {
		r.included = map[*Module]map[string]*Module{}
	}
	r.included[m] = names
	return names
}

// native returns what is built in under a name.
func (r *resolver) native(name string) binding {
	d := r.dialect()
	if k := d.Kinds[name]; k != nil && !k.Loaded {
		return binding{kind: k}
	}
	return binding{fn: d.Functions[name]}
}
