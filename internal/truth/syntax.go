package truth

// A package's BUILD files are small trees until they are written, so that a mutation says what it breaks, and not how
// that is spelled. Each node carries the findings that are wanted where it is written.

// A Want is a finding that a repository must give.
type Want struct {
	Rule string
	Path string
	Line int // from 1
	// Fix is the applicability of the fix that it must offer: "", which is the rule's best, "none", "unsafe" or "safe".
	Fix string
}

// A mark is a want whose place is not known yet.
type mark struct {
	rule, fix string
	line      int // how many lines further down
}

// marks are the findings that are wanted where a node is written.
type marks []mark

func (m *marks) want(rules ...string) {
	for _, r := range rules {
		*m = append(*m, mark{rule: r})
	}
}

func (m *marks) wantFix(fix string, rules ...string) {
	for _, r := range rules {
		*m = append(*m, mark{rule: r, fix: fix})
	}
}

// A comment is what follows a #.
type comment struct {
	text string
	marks
}

type exprKind uint8

const (
	strExpr  exprKind = iota // a string
	rawExpr                  // as it is written
	listExpr                 // [elems]
	dictExpr                 // {fields}
	callExpr                 // text(elems, fields), or recv.text(elems, fields)
	refExpr                  // the address of target
	joinExpr                 // elems, with text between them
)

// An expr is an expression.
type expr struct {
	kind   exprKind
	text   string
	elems  []*expr
	fields []*field
	recv   *expr
	name   marks // for the name of the method
	target *target
	spell  func(t *target, from string) string // of a refExpr; nil for the shortest
	marks
	after   *comment // at the end of the line
	asIs    bool     // the elements are not to be sorted
	tall    bool     // an element a line, whatever the style
	noComma bool     // none behind the last element
}

// A field is a keyword argument, or an entry of a dict.
type field struct {
	name  string
	value *expr
	marks
	after *comment
}

// A target is a call that declares one.
type target struct {
	kind   string
	name   *expr // nil where it is the directory's
	fields []*field
	pkg    *pkg
	marks
	before  []*comment
	noComma bool
	tall    bool
	assign  string // the name that it is assigned to, "" for none
}

// A raw is a statement as it is written.
type raw struct {
	text string
	marks
}

// An assign is a statement that binds a name.
type assign struct {
	name  string
	value *expr
}

// A file is a BUILD file.
type file struct {
	name     string
	before   []*comment
	stmts    []any // *target, *raw or *assign
	noHeader bool
	header   string // in place of the usual one
	marks           // for line 1
}

// A pkg is a directory with BUILD files, and with other files.
type pkg struct {
	dir     string
	files   []*file
	sources map[string]*source
}

// A source is a file that is no BUILD file.
type source struct {
	text  string
	marks // for line 1
}

func str(s string) *expr             { return &expr{kind: strExpr, text: s} }
func code(s string) *expr            { return &expr{kind: rawExpr, text: s} }
func list(elems ...*expr) *expr      { return &expr{kind: listExpr, elems: elems} }
func dict(fields ...*field) *expr    { return &expr{kind: dictExpr, fields: fields} }
func ref(t *target) *expr            { return &expr{kind: refExpr, target: t} }
func entry(k string, v *expr) *field { return &field{name: k, value: v} }

func strs(texts ...string) *expr {
	l := list()
	for _, t := range texts {
		l.elems = append(l.elems, str(t))
	}
	return l
}

// join returns a + b, or other operators; with a blank it is implicit concatenation.
func join(operator string, elems ...*expr) *expr {
	return &expr{kind: joinExpr, text: operator, elems: elems}
}

func call(name string, elems ...*expr) *expr {
	return &expr{kind: callExpr, text: name, elems: elems}
}

func (e *expr) with(fields ...*field) *expr {
	e.fields = append(e.fields, fields...)
	return e
}

func (e *expr) method(name string, elems ...*expr) *expr {
	return &expr{kind: callExpr, text: name, elems: elems, recv: e}
}

func (e *expr) wants(rules ...string) *expr {
	e.want(rules...)
	return e
}

func (e *expr) wantsFix(fix string, rules ...string) *expr {
	e.wantFix(fix, rules...)
	return e
}

func (e *expr) spelled(f func(t *target, from string) string) *expr {
	e.spell = f
	return e
}

// address returns the address in pants(…) and the like.
func (e *expr) address() *expr {
	if e.kind == callExpr {
		return e.elems[0]
	}
	return e
}

// ordered keeps a list from being sorted.
func (e *expr) ordered() *expr {
	e.asIs = true
	return e
}

// methodWants wants findings where the name of the last method stands.
func (e *expr) methodWants(rules ...string) { e.name.want(rules...) }

func (e *expr) add(elems ...*expr) { e.elems = append(e.elems, elems...) }

func (f *field) wants(rules ...string) *field {
	f.want(rules...)
	return f
}

// get returns the field of a name, nil if there is none.
func (t *target) get(name string) *field { return find(t.fields, name) }

func find(fields []*field, name string) *field {
	for _, f := range fields {
		if f.name == name {
			return f
		}
	}
	return nil
}

// set gives a field a value, and returns the field.
func (t *target) set(name string, value *expr) *field {
	if f := t.get(name); f != nil {
		f.value = value
		return f
	}
	f := entry(name, value)
	t.fields = append(t.fields, f)
	return f
}

func (t *target) remove(name string) { t.fields = without(t.fields, name) }

func without(fields []*field, name string) []*field {
	var kept []*field
	for _, f := range fields {
		if f.name != name {
			kept = append(kept, f)
		}
	}
	return kept
}

// depend adds dependencies.
func (t *target) depend(deps ...*expr) {
	if t.get("dependencies") == nil {
		t.set("dependencies", list())
	}
	t.get("dependencies").value.add(deps...)
}

// setup returns the setup_py(…) of the target, inside of its methods.
func (t *target) setup() *expr {
	e := t.get("provides").value
	for e.recv != nil {
		e = e.recv
	}
	return e
}

// label returns the name of the target.
func (t *target) label() string {
	if t.name == nil {
		return base(t.pkg.dir)
	}
	return literal(t.name)
}

// literal returns the text of strings that are joined.
func literal(e *expr) string {
	text := e.text
	if e.kind == joinExpr {
		text = ""
		for _, part := range e.elems {
			text += literal(part)
		}
	}
	return text
}

// rename names the target; what refers to it follows.
func (t *target) rename(name string) { t.name = str(name) }

// new adds a target to the i-th BUILD file of the package.
func (p *pkg) new(i int, kind string, name *expr, fields ...*field) *target {
	t := &target{kind: kind, name: name, fields: fields, pkg: p}
	p.file(i).add(t)
	return t
}

// file returns the i-th BUILD file of the package.
func (p *pkg) file(i int) *file {
	for len(p.files) <= i {
		p.files = append(p.files, &file{name: []string{"BUILD", "BUILD.tools", "BUILD.x-1"}[len(p.files)]})
	}
	return p.files[i]
}

func (f *file) add(stmts ...any) { f.stmts = append(f.stmts, stmts...) }

func (f *file) insert(stmts ...any) { f.stmts = append(stmts, f.stmts...) }

// fileOf returns the BUILD file that a target stands in.
func (p *pkg) fileOf(t *target) *file {
	for _, f := range p.files {
		for _, s := range f.stmts {
			if s == any(t) {
				return f
			}
		}
	}
	return nil
}

// drop removes a target.
func (p *pkg) drop(t *target) {
	f := p.fileOf(t)
	var kept []any
	for _, s := range f.stmts {
		if s != any(t) {
			kept = append(kept, s)
		}
	}
	f.stmts = kept
}

// move puts a target into another BUILD file of the package.
func (p *pkg) move(t *target, i int) {
	p.drop(t)
	p.file(i).add(t)
}

// write adds a file that is no BUILD file.
func (p *pkg) write(name, text string) *source {
	s := &source{text: text}
	p.sources[name] = s
	return s
}
