package workspace

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Package is what the BUILD files of one directory declare, with all fields. It is immutable.
type Package struct {
	Dir     string // relative to the root, "" for the root
	Files   []*BuildFile
	Targets []*Target // by file and position
	// Gaps are the places that may declare targets which cannot be seen. A package without gaps is complete.
	Gaps []Gap
	// Undefined are the calls of names that the files neither define nor take from others.
	Undefined []Undefined
	// Loads are the other files that the targets depend on: those of functions that the BUILD files load, and those that
	// list requirements.
	Loads []string

	byName map[string]int // indices of the first target of each name; nil where there are few, or not all yet
	twice  map[string]bool
}

// Undefined is a call of a name that is not known.
type Undefined struct {
	File *BuildFile
	Name string
	Span syntax.Span // of the name
}

// A BuildFile is a BUILD file of a package.
type BuildFile struct {
	Path   string // relative to the root
	Syntax *syntax.File
}

// A Gap is a place where targets may be declared that cannot be seen.
type Gap struct {
	File   *BuildFile
	Span   syntax.Span
	Reason string // "a call of a function that is not known"
}

// Complete reports whether the package has no targets but those that are seen.
func (p *Package) Complete() bool { return len(p.Gaps) == 0 }

// Named returns the first target of the given name, nil if there is none.
func (p *Package) Named(name string) *Target {
	if p.byName != nil {
		if i, ok := p.byName[name]; ok {
			return p.Targets[i]
		}
		return nil
	}
	for _, t := range p.Targets {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// IsTwice reports whether several targets have a name.
func (p *Package) IsTwice(name string) bool {
	if p.byName != nil {
		return p.twice[name]
	}
	n := 0
	for _, t := range p.Targets {
		if t.Name == name {
			n++
		}
	}
	return n > 1
}

// indexNames makes a large package's targets be found by their names.
func (p *Package) indexNames() {
	if len(p.Targets) <= fewTargets {
		return
	}
	p.byName, p.twice = make(map[string]int, len(p.Targets)), map[string]bool{}
	for i, t := range p.Targets {
		if _, again := p.byName[t.Name]; again {
			p.twice[t.Name] = true
		} else {
			p.byName[t.Name] = i
		}
	}
}

// A Target is what a BUILD file declares.
type Target struct {
	Package *Package
	File    *BuildFile
	// Kind is nil if KindName is none that the dialect knows.
	Kind     *dialect.Kind
	KindName string
	// Name is "" if it is not known.
	Name string
	// NameField is nil where the name is the default.
	NameField *Field
	Fields    []*Field
	// Open says that there may be fields that are not seen.
	Open bool
	// Conditional says that the target stands in a block, and may not be declared or be declared several times.
	Conditional bool
	// Implicit says that the target is declared by a line of a requirements file, or by a function that the BUILD file
	// calls for something else.
	Implicit bool
	// Macro says that KindName is a function of the repository: Kind is that of the target which it declares under the
	// name that it is given, and Fields are its arguments.
	Macro bool

	Deps []Dep
	// DepsOpen says that there may be dependencies that are not seen.
	DepsOpen bool
	Sources  *Sources
	// Provides is nil if the target publishes nothing that is seen.
	Provides *Provides
	// Requirements are the third-party requirements that the target stands for.
	Requirements []*Specifier
	// Generated is what the target generates from a file that lists requirements, nil if that is not known.
	Generated *Generated

	node syntax.Node
}

// A Field is a field that a target gives a value.
type Field struct {
	Name  string
	Value Value
	Arg   syntax.Arg
	// Spec is nil if the dialect does not know the field.
	Spec *dialect.Field
}

// A Dep is a dependency that is written out.
type Dep struct {
	Text    string
	Label   dialect.Label
	Address Address // of the label: the target that is declared
	Err     error   // why Text is no address, or [dialect.ErrElsewhere]
	Field   *Field
	Item    Item    // the list element, without List where the address does not stand in a list
	Value   *String // the string, inside of wrappers
	Scoped  bool    // holds for one scope only
	Binary  bool    // from with_binaries
}

// Depends reports whether the target needs what d names: it is a dependency of this repository, and none that is taken
// out.
func (d Dep) Depends() bool {
	return d.Err == nil && d.Label.Prefix == "" && (d.Field.Spec == nil || d.Field.Spec.Role != dialect.ReferencesField)
}

// Whole reports whether d names all of a target, and not a file or another part of it.
func (d Dep) Whole() bool { return d.Label.Prefix == "" && d.Label.File == "" && d.Label.Part == "" }

// Span covers the string.
func (d Dep) Span() syntax.Span { return d.Value.Node().Span() }

// Provides is what a library publishes: setup_py(…).with_binaries(…).
type Provides struct {
	Field   *Field
	Call    *Call // the artifact itself
	Name    Value // nil if not given
	Version Value // nil if not given; Unknown where it is computed
	// With are the calls of with_binaries in order.
	With []*Call
	// Binaries are the entries of all of them, and those of `entry_points` that are addresses.
	Binaries []ProvidedBinary
	// Open says that there may be binaries that are not seen.
	Open bool
}

// A ProvidedBinary is an entry of with_binaries, or of the entry points of a distribution.
type ProvidedBinary struct {
	Script  string // "" for an entry point that is no script
	Key     Value  // nil for a keyword
	Address Address
	Err     error
	Value   Value       // the address as written
	Call    *Call       // nil for an entry point
	Span    syntax.Span // the entry as a whole
}

// Address is an address of a target.
type Address = dialect.Address

// Address returns the address of t. It is zero where the name is not known.
func (t *Target) Address() Address {
	if t.Name == "" {
		return Address{}
	}
	return Address{Dir: t.Package.Dir, Name: t.Name}
}

// Node is the call that declares t; zero if t is implicit.
func (t *Target) Node() syntax.Node { return t.node }

// Is reports whether the kind of t is known and has the role r.
func (t *Target) Is(r dialect.Role) bool { return t.Kind.Is(r) }

// IsPrivate reports whether the name of t starts with an underscore.
func (t *Target) IsPrivate() bool { return strings.HasPrefix(t.Name, "_") }

// Field returns the field of the given name, nil if t does not give it.
func (t *Target) Field(name string) *Field {
	for _, f := range t.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// FieldOf returns the first field of the given role, nil if t gives none.
func (t *Target) FieldOf(role dialect.FieldRole) *Field {
	for _, f := range t.Fields {
		if f.Spec != nil && f.Spec.Role == role {
			return f
		}
	}
	return nil
}

// SourcesField returns the field that gives t its sources, nil where they are the default.
func (t *Target) SourcesField() *Field {
	if f := t.FieldOf(dialect.SourcesField); f != nil {
		return f
	}
	return t.FieldOf(dialect.SourceField)
}

// Head covers the name of the function that declares t, up to the end of the name field where that comes first.
func (t *Target) Head() syntax.Span {
	if t.node.IsZero() {
		return syntax.Span{}
	}
	s := t.node.Func().Span()
	if t.NameField != nil && len(t.Fields) > 0 && t.Fields[0] == t.NameField {
		s.End = t.NameField.Arg.Span().End
	}
	return s
}

// binaries returns what the distribution of t lists as its binaries.
func (t *Target) binaries() []ProvidedBinary {
	if t.Provides == nil {
		return nil
	}
	return t.Provides.Binaries
}

// DependsOn reports whether t names a among its dependencies.
func (t *Target) DependsOn(a Address) bool {
	for _, d := range t.Deps {
		if d.Err == nil && d.Label.Prefix == "" && d.Address == a {
			return true
		}
	}
	return false
}

// Concatenations returns the lists' elements that are two adjacent strings, by position.
func (f *BuildFile) Concatenations() []syntax.Node {
	var found []syntax.Node
	for _, stmt := range f.Syntax.Stmts {
		syntax.Walk(stmt, func(n syntax.Node) bool {
			if k := n.Kind(); k == syntax.List || k == syntax.Tuple || k == syntax.Set {
				for el := range n.Elems() {
					if el.Kind() == syntax.Concat {
						found = append(found, el)
					}
				}
			}
			return true
		})
	}
	return found
}
