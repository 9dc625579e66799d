// Package dialect says what each build tool calls things: kinds of targets and their fields, names of BUILD files, the
// grammar of addresses, where sources are rooted. Dialects are data; rules ask for roles, never for names.
package dialect

import (
	"path"
	"slices"
	"strings"
)

// A Dialect is the vocabulary of one build tool. It is immutable.
type Dialect struct {
	Name    string   // as in buildlint.toml: "pants1"
	Title   string   // for people: "Pants v1"
	Source  string   // where the facts come from, with a version
	Markers []string // files at the root of a workspace that tell of the build tool

	// BuildFiles are the names of BUILD files; with Family, BUILD.x belongs to the same package as well.
	BuildFiles []string
	Family     bool

	// Kinds are the kinds of targets by the name of the function that declares one.
	Kinds map[string]*Kind
	// Closed says that kinds have no fields but those of the tables.
	Closed bool
	// Macros are those of Kinds that the configuration names, wherever a file takes them from.
	Macros map[string]bool
	// Functions are what else a BUILD file calls, by name.
	Functions map[string]Function
	// Removed are functions of earlier releases, with what takes their place.
	Removed map[string]string

	// Roots are the patterns of directories below which sources are looked up, such as src/*.
	Roots []RootPattern
	// Nearest says how Roots are matched: with it, a root is the nearest directory upward whose path ends with a pattern,
	// or is one that starts with a slash; without, it is the outermost that a pattern matches.
	Nearest bool
	// Languages are the last components of a source root, by language: "py" and "python" are both Python.
	Languages map[string]string

	// Grammar says how addresses are written.
	Grammar Grammar
	// DefaultName says that a target without a name is named as its directory; else it has to have one.
	DefaultName bool
	// Infers says that the build tool finds dependencies in the sources: those that are written are some of them.
	Infers bool
	// Groups says that a list of files or of addresses may be a dict of several by name.
	Groups bool
	// GlobParameters are the parameters of a glob by position; where there are none, each argument is a pattern.
	GlobParameters []string
	// GlobsStop says that globs do not look into directories that are packages of their own.
	GlobsStop bool

	// DependenciesField and SourcesField name the fields of most kinds, for messages.
	DependenciesField, SourcesField string

	// Ignored are the patterns, in the language of .gitignore, of what the build tool leaves out of the workspace.
	Ignored []string
	// First says that of several BUILD files in a directory the first of BuildFiles alone counts.
	First bool
	// Loads says how BUILD files take in what other files define.
	Loads Loads
	// Plugins says that the repository has plugins of the build tool: they may give the version of a distribution.
	Plugins bool
}

// A Role is what a target is for.
type Role uint8

// The roles of targets.
const (
	NoRole       Role = iota
	Library           // sources that others depend on
	Binary            // something that runs
	Test              //
	Resource          // files that are no code
	Requirement       // a third-party dependency
	Group             // stands for its dependencies
	Generated         // a library whose sources are generated from its own
	Distribution      // a package to publish, where it is a target of its own
)

// Python is the language of the kinds that the Python conventions are about.
const Python = "python"

// A Kind is a kind of target.
type Kind struct {
	Name     string
	Role     Role
	Language string // "python", "java", …; "" if none
	Doc      string // one sentence
	Fields   []*Field

	// Sources are the sources of a target that names none, without those that match Excludes.
	Sources, Excludes []string
	// Requirements is the file whose lines the call declares targets for, if the call names no other.
	Requirements string
	// Lists says how the file is read that a target generates requirements from, one for each that it lists.
	Lists Listing
	// Generates is the kind of the targets that a target stands for, such as one for each of its files; "" if it stands
	// for itself.
	Generates string
	// Circular says that dependencies may lead back to the target, since it stands for several: one for each file, or an
	// interface and what implements it.
	Circular bool
	// Deprecated says since when and why the kind should not be used, "" if it may be. Successor is the kind to use in its
	// place, "" if no other takes the same fields.
	Deprecated, Successor string
	// Since is the release that deprecated the kind, such as "2.8"; "" if it does not matter.
	Since string
	// NameAfter is the field that names a target without a name, before its directory does; "" if there is none.
	NameAfter string
	// Declares says that the call declares targets that cannot be seen.
	Declares bool
	// Loaded says that the kind is none of the build tool's own: a file has to load it.
	Loaded bool
	// Loose says that there are more fields than Fields.
	Loose bool
}

// A Listing is how a file lists requirements.
type Listing uint8

// The listings.
const (
	NoListing           Listing = iota
	RequirementsListing         // lines of a requirements file, or the table `project` of a pyproject.toml
	PoetryListing               // the tables of Poetry in a pyproject.toml
	UvListing                   // the table of uv in a pyproject.toml
	PipfileListing              // a Pipfile.lock
)

// Is reports whether k is known and has the role r.
func (k *Kind) Is(r Role) bool { return k != nil && k.Role == r }

// IsPython reports whether k is known and of Python.
func (k *Kind) IsPython() bool { return k != nil && k.Language == Python }

// IsCircular reports whether k is known and dependencies may lead back to its targets.
func (k *Kind) IsCircular() bool { return k != nil && k.Circular }

// Field returns the field of the given name, nil if k has none.
func (k *Kind) Field(name string) *Field {
	if k == nil {
		return nil
	}
	for _, f := range k.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// A FieldRole is what a field is for.
type FieldRole uint8

// The roles of fields.
const (
	OtherField FieldRole = iota
	NameField
	DependenciesField
	SourcesField    // a list or a glob
	SourceField     // one file
	EntryPointField // module or module:function
	ProvidesField   // what the target publishes
	RequirementsField
	VisibilityField
	ReferencesField   // addresses of targets that are no dependencies: they may refer back
	FilesField        // further files, or addresses of what makes them: headers, data
	OutputsField      // the names of files that the target makes, each of which is an address as well
	OverridesField    // a dict of fields by file or name, for what a target generates
	ModuleField       // the file whose lines the call declares targets for
	ResolveField      // the set of requirements that are resolved together which the target belongs to
	InterpretersField // the Python interpreters that the target runs on, such as ">=3.9"
)

// A FieldType is what a field takes.
type FieldType uint8

// The types of fields.
const (
	AnyType FieldType = iota
	StringType
	BoolType
	NumberType
	StringListType
	AddressListType
	SourcesType
	DictType
	CallType
)

// A Field is a field of a kind of target.
type Field struct {
	Name     string
	Role     FieldRole
	Type     FieldType
	Required bool
	Doc      string // one sentence
	// Deprecated says since when and why the field should not be used, "" if it may be. Successor is the field that takes
	// the same value in its place, "" if there is none.
	Deprecated, Successor string
}

// A Function is what a call that declares no target means.
type Function uint8

// The functions.
const (
	NoFunction      Function = iota
	Value                    // gives a value that is nobody's business: artifact(…), exclude(…)
	Effect                   // changes something that declares no target
	Wrapper                  // gives its argument back: pants('x')
	Scoped                   // gives its argument back for one scope: scoped('x', scope='runtime')
	Glob                     // the patterns as they are: globs('*.py')
	RecursiveGlob            // the patterns at any depth: rglobs('*.py')
	Artifact                 // what a library provides: setup_py(…)
	Import                   // load(…)
	Select                   // gives one of the values of a dict: select({…})
	Parametrize              // gives each of its arguments, to a target of its own: parametrize('a', 'b')
	Defaults                 // sets fields of targets from here on down: __defaults__({…})
	PackageDefaults          // sets what the targets of the file have by default: package(default_visibility = […])
)

// IsBuildFile reports whether a file of the given name is a BUILD file.
func (d *Dialect) IsBuildFile(name string) bool {
	for _, b := range d.BuildFiles {
		if name == b {
			return true
		}
		if d.Family && strings.HasPrefix(name, b) && isSuffix(name[len(b):]) {
			return true
		}
	}
	return false
}

// isSuffix reports whether s is a dot and one or more letters, digits, underscores or dashes.
func isSuffix(s string) bool {
	if len(s) < 2 || s[0] != '.' {
		return false
	}
	for _, c := range []byte(s[1:]) {
		ok := c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !ok {
			return false
		}
	}
	return true
}

// Choose returns those of the BUILD files in a directory that count.
func (d *Dialect) Choose(names []string) []string {
	if !d.First || len(names) < 2 {
		return names
	}
	for _, b := range d.BuildFiles {
		if slices.Contains(names, b) {
			return []string{b}
		}
	}
	return names
}

// KindNames returns the names of all kinds, sorted.
func (d *Dialect) KindNames() []string {
	names := make([]string, 0, len(d.Kinds))
	for name := range d.Kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// WithKinds returns d with macros that stand for known kinds. A macro of an unknown kind is left out.
func (d *Dialect) WithKinds(macros map[string]string) *Dialect {
	if len(macros) == 0 {
		return d
	}
	c := *d
	c.Kinds = make(map[string]*Kind, len(d.Kinds)+len(macros))
	for name, kind := range d.Kinds {
		c.Kinds[name] = kind
	}
	c.Macros = map[string]bool{}
	for macro, kind := range macros {
		if k := d.Kinds[kind]; k != nil {
			c.Kinds[macro] = k
			c.Macros[macro] = true
		}
	}
	return &c
}

// A table makes the dialect of a name. To make one takes longer than to check a small package.
type table struct {
	name string
	make func() *Dialect
}

func tables() []table {
	return []table{
		{"pants1", Pants1}, {"pants2", Pants2}, {BazelName, Bazel}, {"please", Please}, {"buck2", Buck2},
	}
}

// All returns the dialects that there are tables for.
func All() []*Dialect {
	var all []*Dialect
	for _, t := range tables() {
		all = append(all, t.make())
	}
	return all
}

// Names returns the names of the dialects that there are tables for.
func Names() []string {
	var names []string
	for _, t := range tables() {
		names = append(names, t.name)
	}
	return names
}

// Named returns the dialect of the given name, nil if there is none.
func Named(name string) *Dialect {
	for _, t := range tables() {
		if t.name == name {
			return t.make()
		}
	}
	return nil
}

// base returns the last component of a directory, "" of the root.
func base(dir string) string {
	if dir == "" {
		return ""
	}
	return path.Base(dir)
}
