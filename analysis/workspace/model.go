package workspace

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A modeler makes the targets of one BUILD file.
type modeler struct {
	dialect *dialect.Dialect
	pkg     *Package
	file    *BuildFile
	eval    *evaluator
	// resolver and module tell what the file's names stand for.
	resolver *resolver
	module   *Module
	steps    int // that may still be made in functions of the repository
	deps     int // dependencies that there may still be: a long list may be one constant that all targets use
	byName   map[string]*Target
	indexed  int // how many targets of the package byName knows
	// requirements returns the targets that the lines of a requirements file stand for.
	requirements func(path string) ([]Requirement, error)
}

// A Requirement is a target that a line of a requirements file stands for.
type Requirement struct {
	Name string
	Path string
	Span syntax.Span
	Line *python.Line
}

// model adds the targets of the file to its package.
func (m *modeler) model() {
	for _, stmt := range m.file.Syntax.Stmts {
		m.statement(stmt, false)
	}
	if errs := m.file.Syntax.Errors; len(errs) > 0 {
		m.gap(errs[0].Span, "a syntax error")
	}
}

func (m *modeler) gap(span syntax.Span, reason string) {
	m.pkg.Gaps = append(m.pkg.Gaps, Gap{File: m.file, Span: span, Reason: reason})
}

// statement adds the targets that a statement declares. In a block they are conditional.
func (m *modeler) statement(stmt syntax.Node, conditional bool) {
	switch stmt.Kind() {
	case syntax.Call:
		m.call(stmt, conditional)
	case syntax.Assign:
		m.assign(stmt, conditional)
	case syntax.If, syntax.For, syntax.With, syntax.Try, syntax.While:
		m.block(stmt)
	case syntax.Def, syntax.Class:
		if m.declares(stmt) {
			m.gap(stmt.Span(), "a target in a function")
		}
	case syntax.Bad:
		m.gap(stmt.Span(), "a syntax error")
	default:
		if m.declares(stmt) {
			m.gap(stmt.Span(), "a target in an expression")
		}
	}
}

func (m *modeler) block(stmt syntax.Node) {
	if !m.declares(stmt) {
		return
	}
	m.gap(stmt.Span(), "a target in a block")
	for block := range stmt.Blocks() {
		for _, s := range block {
			m.statement(s, true)
		}
	}
}

// declares reports whether a call somewhere below n may declare a target.
func (m *modeler) declares(n syntax.Node) bool {
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		if n.Kind() == syntax.Call && n.Func().Kind() == syntax.Ident {
			found = found || m.mayDeclare(n)
		}
		return !found
	})
	return found
}

func (m *modeler) assign(stmt syntax.Node, conditional bool) {
	right := stmt.Y()
	if right.Kind() == syntax.Call && right.Func().Kind() == syntax.Ident {
		if b := m.binding(right.Func().Name()); b.kind != nil {
			m.call(right, conditional)
			return
		}
	}
	if m.declares(right) {
		m.gap(stmt.Span(), "a call of a function that is not known")
	}
}

// call adds the target that a call at statement level declares.
func (m *modeler) call(n syntax.Node, conditional bool) {
	f := n.Func()
	if f.Kind() == syntax.Attr {
		m.methodCall(n, conditional)
		return
	}
	if f.Kind() != syntax.Ident {
		m.gap(n.Span(), "a call of a function that is not known")
		return
	}
	b := m.binding(f.Name())
	if b.module != nil {
		m.macro(n, b, conditional)
		return
	}
	kind := b.kind
	switch {
	case kind == nil && b.fn != dialect.NoFunction:
		// A value that nobody takes: python_requirement('x') declared a target once, and may again.
		if m.declares(n) || b.fn == dialect.Value {
			m.gap(n.Span(), "a call of a function that is not known")
		}
		return
	case kind == nil || kind.Declares:
		m.gap(n.Span(), "a call of a function that is not known")
		m.undefined(kind, f)
	case kind.Requirements != "":
		m.requirementsFile(n, kind)
		return
	}
	if kind == nil && !hasName(n) {
		return // a macro
	}
	m.target(n, kind, conditional)
}

// methodCall adds the target of python_library(…).method(…); a method of something else declares nothing unless it is
// given a name.
func (m *modeler) methodCall(n syntax.Node, conditional bool) {
	inner := n.Func().X()
	for inner.Kind() == syntax.Call && inner.Func().Kind() == syntax.Attr {
		inner = inner.Func().X()
	}
	if inner.Kind() != syntax.Call {
		if m.declares(n) || hasName(n) || m.dialect.Grammar.Labels && !changes(n.Func().Name()) {
			m.gap(n.Span(), "a call of a function that is not known")
		}
		return
	}
	before := len(m.pkg.Targets)
	m.call(inner, conditional)
	for _, t := range m.pkg.Targets[before:] {
		t.Open = true
		t.DepsOpen = true
	}
}

// hasName reports whether a call gives a name.
func hasName(call syntax.Node) bool {
	for a := range call.Args() {
		if a.Name == "name" {
			return true
		}
	}
	return false
}

// target adds the target that the call n declares.
func (m *modeler) target(n syntax.Node, kind *dialect.Kind, conditional bool) {
	t := &Target{
		Package: m.pkg, File: m.file, Kind: kind, KindName: n.Func().Name(), Conditional: conditional, node: n,
		Fields: make([]*Field, 0, n.Len()),
	}
	positional, unnamed := false, false
	for a := range n.Args() {
		switch {
		case a.Value.Kind() == syntax.Star:
			t.Open = true
			unnamed = unnamed || !m.isParametrize(a.Value.X())
		case a.Name == "":
			positional = true
		default:
			t.Fields = append(t.Fields, &Field{Name: a.Name, Value: m.eval.value(a.Value), Arg: a, Spec: kind.Field(a.Name)})
		}
	}
	m.name(t, positional || unnamed)
	t.DepsOpen = t.Open
	for _, f := range t.Fields {
		m.dependencies(t, f)
	}
	m.targetSources(t)
	m.provides(t)
	m.requirementStrings(t)
	m.generate(t)
	m.pkg.Targets = append(m.pkg.Targets, t)
}

// name finds the name of t: the field's, else the directory's unless it may be given in a way that is not seen.
func (m *modeler) name(t *Target, unseen bool) {
	t.NameField = t.Field("name")
	switch {
	case t.NameField != nil:
		t.Name, _ = Text(t.NameField.Value)
		if t.Name == "" {
			m.gap(t.node.Span(), "a target whose name is not known")
		}
	case unseen || !m.dialect.DefaultName:
		m.gap(t.node.Span(), "a target whose name is not known")
	case t.Kind != nil && t.Field(t.Kind.NameAfter) != nil:
		if t.Name, _ = Text(t.Field(t.Kind.NameAfter).Value); t.Name == "" {
			m.gap(t.node.Span(), "a target whose name is not known")
		}
	default:
		t.Name = Address{Dir: m.pkg.Dir, Name: lastComponent(m.pkg.Dir)}.Name
	}
}

func lastComponent(dir string) string {
	return dir[strings.LastIndexByte(dir, '/')+1:]
}

// dependencies adds the addresses that stand in the field f.
func (m *modeler) dependencies(t *Target, f *Field) {
	switch role := m.addressRole(t, f); role {
	case dialect.DependenciesField, dialect.ReferencesField:
		if l, ok := f.Value.(*List); ok {
			t.Deps = slices.Grow(t.Deps, len(l.Items))
		}
		open := m.eachItem(f.Value, func(item Item) { m.dependency(t, f, item) })
		t.DepsOpen = t.DepsOpen || open
	case dialect.SourcesField, dialect.SourceField, dialect.FilesField:
		if m.dialect.Grammar.Labels {
			m.files(t, f)
		}
	case dialect.OutputsField:
		m.outputs(t, f)
	case dialect.OverridesField:
		m.overrides(t, f)
	}
}

// addressRole returns the role of a field. A kind that is not known has the common one alone.
func (m *modeler) addressRole(t *Target, f *Field) dialect.FieldRole {
	switch {
	case f.Spec != nil:
		return f.Spec.Role
	case t.Kind == nil && f.Name == m.dialect.DependenciesField && !m.dialect.Loads.Rewritten:
		return dialect.DependenciesField
	}
	return dialect.OtherField
}

// dependency adds one address, through the wrappers around it.
func (m *modeler) dependency(t *Target, f *Field, item Item) {
	if m.deps--; m.deps < 0 {
		t.DepsOpen = true
		return
	}
	scoped := false
	v := item.Value
	for {
		call, ok := v.(*Call)
		if !ok {
			break
		}
		fn := m.dialect.Functions[call.Func]
		if fn != dialect.Wrapper && fn != dialect.Scoped || len(call.Args) == 0 || call.Args[0].Name != "" {
			break
		}
		scoped = scoped || fn == dialect.Scoped
		v = call.Args[0].Value
	}
	s, ok := v.(*String)
	if !ok {
		t.DepsOpen = true
		return
	}
	label, err := m.dialect.ParseLabel(s.Text, m.pkg.Dir)
	if err != nil {
		label = dialect.Label{}
	}
	t.Deps = append(t.Deps, Dep{
		Text: s.Text, Label: label, Address: label.Address, Err: err, Field: f, Item: item, Value: s, Scoped: scoped,
	})
}

func (m *modeler) targetSources(t *Target) {
	if f := t.SourcesField(); f != nil {
		t.Sources = m.sources(f.Arg.Value)
		return
	}
	t.Sources = defaultSources(t.Kind)
	if t.Open {
		t.Sources.Known = false
	}
}

// provides reads setup_py(…).with_binaries(…).with_binaries(…).
func (m *modeler) provides(t *Target) {
	f := t.FieldOf(dialect.ProvidesField)
	if f == nil {
		return
	}
	call, ok := f.Value.(*Call)
	if !ok {
		return
	}
	p := &Provides{Field: f}
	for ok && call.Recv != nil {
		if call.Func == "with_binaries" {
			p.With = append([]*Call{call}, p.With...)
		} else {
			p.Open = true
		}
		call, ok = call.Recv.(*Call)
	}
	if !ok || m.dialect.Functions[call.Func] != dialect.Artifact {
		return
	}
	p.Call = call
	p.Open = p.Open || call.Unpacks()
	if a, ok := call.Arg("name"); ok {
		p.Name = a.Value
	}
	if a, ok := call.Arg("version"); ok {
		p.Version = a.Value
	}
	for _, with := range p.With {
		m.binaries(p, with)
	}
	if f := t.Field("entry_points"); f != nil && t.Is(dialect.Distribution) {
		m.entryPoints(p, f.Value)
	}
	t.Provides = p
}

// binaries adds the entries of one with_binaries. Positional arguments that are no dicts are ignored by Pants; keywords
// override dicts.
func (m *modeler) binaries(p *Provides, with *Call) {
	for _, a := range with.Args {
		switch v := a.Value.(type) {
		case *Dict:
			if a.Name != "" && a.Name != "**" {
				break
			}
			p.Open = p.Open || v.Open
			for _, e := range v.Entries {
				key, ok := Text(e.Key)
				p.Open = p.Open || !ok
				m.binary(p, ProvidedBinary{Script: key, Key: e.Key, Value: e.Value, Call: with, Span: e.Node.Span()})
			}
		default:
			switch a.Name {
			case "*", "**":
				p.Open = true
			case "":
				p.Open = p.Open || mayBeDict(v)
			default:
				m.binary(p, ProvidedBinary{Script: a.Name, Value: a.Value, Call: with, Span: a.Node.Span()})
			}
		}
	}
}

// mayBeDict reports whether a value that is no dict literal may be a dict.
func mayBeDict(v Value) bool {
	switch v.(type) {
	case *Unknown, *Call:
		return true
	}
	return false
}

// binary adds an entry. It takes the place of one for the same script.
func (m *modeler) binary(p *Provides, b ProvidedBinary) {
	text, ok := Text(b.Value)
	if !ok {
		p.Open = true
	} else {
		b.Address, b.Err = m.dialect.ParseAddress(text, m.pkg.Dir)
	}
	p.Binaries = slices.DeleteFunc(p.Binaries, func(o ProvidedBinary) bool {
		return b.Script != "" && o.Script == b.Script
	})
	p.Binaries = append(p.Binaries, b)
}

// requirementsFile adds the targets of python_requirements().
func (m *modeler) requirementsFile(n syntax.Node, kind *dialect.Kind) {
	file, ok := kind.Requirements, true
	for a := range n.Args() {
		file, ok = Text(m.eval.value(a.Value))
		break
	}
	if !ok || strings.Contains(file, "/") {
		m.gap(n.Span(), "a requirements file elsewhere")
		return
	}
	full := joinPath(m.pkg.Dir, file)
	requirements, err := m.requirements(full)
	if err != nil {
		m.gap(n.Span(), "a requirements file that cannot be read")
		return
	}
	requirements = append(requirements, Requirement{Name: file, Path: full})
	for _, r := range requirements {
		t := &Target{
			Package: m.pkg, File: m.file, Kind: kind, KindName: kind.Name, Name: r.Name, Implicit: true,
			Sources: &Sources{Known: true}, node: n,
		}
		if r.Line != nil {
			t.Requirements = []*Specifier{lineSpecifier(r.Path, r.Line, t.Address())}
			t.Requirements[0].Resolve = m.resolveArg(n, kind)
		}
		m.pkg.Targets = append(m.pkg.Targets, t)
	}
}

// resolveArg returns the resolve that a call for a requirements file names.
func (m *modeler) resolveArg(n syntax.Node, kind *dialect.Kind) string {
	for a := range n.Args() {
		if f := kind.Field(a.Name); f != nil && f.Role == dialect.ResolveField {
			return resolve(m.eval.value(a.Value))
		}
	}
	return ""
}

func joinPath(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}
