package workspace

import (
	"fmt"
	"slices"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// binding returns what a name stands for that the file calls.
func (m *modeler) binding(name string) binding {
	switch l := m.dialect.Loads; {
	case m.dialect.Macros[name]:
	case l.Files, l.Subincludes:
		return m.resolver.lookup(m.module, name)
	case m.eval.bound[name] > 0:
		return binding{} // the file's own, whatever is built in under that name
	}
	return binding{kind: m.dialect.Kinds[name], fn: m.dialect.Functions[name]}
}

// mayDeclare reports whether a call of a function may declare a target.
func (m *modeler) mayDeclare(n syntax.Node) bool {
	b := m.binding(n.Func().Name())
	if b.module == nil {
		return b.fn == dialect.NoFunction
	}
	found := m.expand(n, b)
	return found.gap != "" || len(found.targets) > 0
}

// expand follows a call of a function of the repository.
func (m *modeler) expand(n syntax.Node, b binding) *expansion {
	x := &expander{resolver: m.resolver, maxSteps: min(maxSteps, m.steps)}
	if m.steps == 0 {
		x.step()
		return &x.expansion
	}
	s := newScope(m.module)
	if b.def.IsZero() {
		x.call(s, n)
	} else {
		x.enter(s, b, n)
	}
	m.steps = max(0, m.steps-x.steps)
	return &x.expansion
}

// macro adds what a call of a function of the repository declares. The target that has the name which the call gives is
// the call's own; the others are implicit.
func (m *modeler) macro(n syntax.Node, b binding, conditional bool) {
	found := m.expand(n, b)
	if found.gap != "" {
		m.gap(n.Span(), fmt.Sprintf("a call of `%s` (%s): %s", n.Func().Name(), b.module.Path, found.gap))
	}
	before := len(m.pkg.Targets)
	if hasName(n) && (len(found.targets) > 0 || found.gap != "") {
		m.target(n, nil, conditional)
	}
	var own *Target
	if len(m.pkg.Targets) > before {
		own = m.pkg.Targets[before]
		own.Macro, own.Open, own.DepsOpen = true, true, true
		own.Sources = &Sources{}
		if k := m.dialect.Kinds[own.KindName]; k.IsCircular() {
			own.Kind = k // the repository of the plugin itself: what it declares within tells less
		}
	}
	m.nameOwn(own, found)
	for _, d := range found.targets {
		m.declared(n, d, own, conditional)
	}
}

// nameOwn gives the target of a call the name that it has if the function adds something to the one that it is given.
func (m *modeler) nameOwn(own *Target, found *expansion) {
	if own == nil {
		return
	}
	named := func(d declaration) bool { return d.name == own.Name }
	certain := func(d declaration) bool { return named(d) && !d.conditional }
	if found.gap != "" || slices.ContainsFunc(found.targets, named) {
		// Else it may be declared where that is not seen.
		own.Conditional = own.Conditional || !slices.ContainsFunc(found.targets, certain)
		return
	}
	own.Name, own.NameField, own.Conditional = found.targets[0].name, nil, own.Conditional || found.targets[0].conditional
}

// declared adds a target that a function declares.
func (m *modeler) declared(n syntax.Node, d declaration, own *Target, conditional bool) {
	for _, output := range d.outputs {
		m.declared(n, declaration{name: output, kindName: d.kindName, conditional: d.conditional}, own, conditional)
	}
	if own != nil && d.name == own.Name {
		if own.Kind == nil {
			own.Kind = d.kind
		}
		return
	}
	if p := m.named(d.name); p != nil && p.node == n {
		return // in several branches
	}
	m.pkg.Targets = append(m.pkg.Targets, &Target{
		Package: m.pkg, File: m.file, Kind: d.kind, KindName: d.kindName, Name: d.name, Implicit: true,
		Conditional: conditional || d.conditional, Open: true, DepsOpen: true, Sources: &Sources{}, node: n,
	})
}

// named is [Package.Named] of the targets so far, whose names are settled.
func (m *modeler) named(name string) *Target {
	if m.byName == nil {
		m.byName = map[string]*Target{}
	}
	for ; m.indexed < len(m.pkg.Targets); m.indexed++ {
		if t := m.pkg.Targets[m.indexed]; m.byName[t.Name] == nil {
			m.byName[t.Name] = t
		}
	}
	return m.byName[name]
}

// undefined records a call of a name that the file does not bind and that is no kind.
func (m *modeler) undefined(kind *dialect.Kind, f syntax.Node) {
	if kind == nil && !m.eval.binds(f.Name()) {
		m.pkg.Undefined = append(m.pkg.Undefined, Undefined{File: m.file, Name: f.Name(), Span: f.Span()})
	}
}
