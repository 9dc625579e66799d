package workspace

import (
	"iter"
	"slices"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// Facts are what other packages may ask about a package. They hold no trees and are kept for the whole workspace, so
// they are numbers: what [Facts.Targets] yields is made when it is asked for.
type Facts struct {
	Complete bool

	elsewhere bool // they are not kept for a later run: more than BUILD files and modules say so, or they hold too much

	dir, root uint32
	names     *names
	files     []fileRecord
	targets   []targetRecord // by file and position
	edges     []edgeRecord   // of one target after the other
	byName    map[uint32]int // the first of each name, nil where there are few targets
	python    []pythonRecord // by target; most have none
}

// Dir returns the directory of the package.
func (f *Facts) Dir() string { return f.names.texts.value(f.dir) }

// FileFacts are what is kept of a BUILD file.
type FileFacts struct {
	Path string
	Hash uint64 // of the content that all offsets of the facts are read against
	Bad  int    // statements that could not be read
}

// TargetFacts are what is kept of a target. The zero value is of none.
type TargetFacts struct {
	pkg   *Facts
	index int
}

// An Edge is a use of a target by another.
type Edge struct {
	To   Address
	Span syntax.Span // the string
	Via  Via
	Bad  bool // the text is no address

	names  *names
	number uint32 // of To
}

// A Via says how a target uses another.
type Via uint8

// The ways to use a target.
const (
	ViaDependencies Via = iota
	ViaBinaries         // with_binaries
	ViaOther            // another field that holds addresses
	ViaReference        // a field whose addresses are no dependencies
)

// Depends reports whether the edge is a dependency, so that it can be a part of a circle.
func (e Edge) Depends() bool { return !e.Bad && e.Via != ViaReference }

// IsZero reports whether t is of no target.
func (t TargetFacts) IsZero() bool { return t.pkg == nil }

func (t TargetFacts) record() *targetRecord { return &t.pkg.targets[t.index] }

// Address returns the address of t. It is zero where the name is not known.
func (t TargetFacts) Address() Address {
	name := t.Name()
	if name == "" {
		return Address{}
	}
	return Address{Dir: t.pkg.Dir(), Name: name}
}

// Name returns the name of t, "" where it is not known.
func (t TargetFacts) Name() string { return t.pkg.names.texts.value(t.record().name) }

// Kind returns the kind of t, nil if the dialect does not know it.
func (t TargetFacts) Kind() *dialect.Kind { return t.pkg.names.kinds.value(t.record().kind).kind }

// KindName returns the name of the function that declares t.
func (t TargetFacts) KindName() string { return t.pkg.names.kinds.value(t.record().kind).name }

// Is reports whether the kind of t is known and has the role r.
func (t TargetFacts) Is(r dialect.Role) bool { return t.Kind().Is(r) }

// IsPrivate reports whether the name of t starts with an underscore.
func (t TargetFacts) IsPrivate() bool { return t.record().has(isPrivate) }

// Path returns the BUILD file that declares t.
func (t TargetFacts) Path() string { return t.pkg.pathOf(t.record().file()) }

// Head returns what [Target.Head] does.
func (t TargetFacts) Head() syntax.Span { return t.record().head.span() }

// NameSpan covers the value of the name field; it is empty where the name is the default.
func (t TargetFacts) NameSpan() syntax.Span { return t.record().nameSpan.span() }

// SourcesSpan covers the name of the field of the sources; it is empty where they are the default.
func (t TargetFacts) SourcesSpan() syntax.Span { return t.record().sourcesSpan.span() }

// Sources returns the patterns of the sources without nodes; nil if nothing is known of them.
func (t TargetFacts) Sources() *Sources { return t.pkg.names.specs.value(t.record().sources) }

// Open reports whether there may be more edges.
func (t TargetFacts) Open() bool { return t.record().has(isOpen) }

// Conditional reports what [Target.Conditional] says.
func (t TargetFacts) Conditional() bool { return t.record().has(isConditional) }

// Implicit reports whether a line of a requirements file declares t.
func (t TargetFacts) Implicit() bool { return t.record().has(isImplicit) }

// Provides reports whether t publishes something.
func (t TargetFacts) Provides() bool { return t.record().has(isProviding) }

// Edges yields what t uses, in the order of the fields.
func (t TargetFacts) Edges() iter.Seq[Edge] {
	return func(yield func(Edge) bool) {
		for _, e := range t.pkg.edgesOf(t.index) {
			if !yield(e.edge(t.pkg.names)) {
				return
			}
		}
	}
}

// Targets yields the targets by file and position.
func (f *Facts) Targets() iter.Seq[TargetFacts] {
	return func(yield func(TargetFacts) bool) {
		for i := range f.targets {
			if !yield(TargetFacts{f, i}) {
				return
			}
		}
	}
}

// Len returns the number of targets.
func (f *Facts) Len() int { return len(f.targets) }

// Size returns the number of targets and of edges, which bounds what may be done for each of them.
func (f *Facts) Size() int { return len(f.targets) + len(f.edges) }

// HasTarget reports whether a target matches. Nil is of no package.
func (f *Facts) HasTarget(match func(TargetFacts) bool) bool {
	if f == nil {
		return false
	}
	for t := range f.Targets() {
		if match(t) {
			return true
		}
	}
	return false
}

// IsOpen reports whether the package may depend on targets that are not seen: it has gaps, or targets whose fields or
// kinds are not known.
func (f *Facts) IsOpen() bool {
	return !f.Complete || f.HasTarget(func(t TargetFacts) bool { return t.Open() || t.Kind() == nil })
}

// Files returns what is kept of the BUILD files, sorted by name.
func (f *Facts) Files() []FileFacts {
	files := make([]FileFacts, len(f.files))
	for i, r := range f.files {
		files[i] = FileFacts{Path: f.pathOf(i), Hash: r.hash, Bad: int(r.bad)}
	}
	return files
}

func (f *Facts) pathOf(file int) string {
	return joinPath(f.Dir(), f.names.texts.value(f.files[file].name))
}

// Path returns the BUILD file that declares t.
func (f *Facts) Path(t TargetFacts) string { return t.Path() }

// Named returns the first target of the given name, zero if there is none.
func (f *Facts) Named(name string) TargetFacts {
	number, ok := f.names.texts.find(name)
	if !ok {
		return TargetFacts{}
	}
	return f.named(number)
}

// named is Named by the number of the name.
func (f *Facts) named(name uint32) TargetFacts {
	if f.byName != nil {
		if i, ok := f.byName[name]; ok {
			return TargetFacts{f, i}
		}
		return TargetFacts{}
	}
	for i := range f.targets {
		if f.targets[i].name == name {
			return TargetFacts{f, i}
		}
	}
	return TargetFacts{}
}

// PublicLibrary returns the only library of the language without an underscore; of several, the one that is named as
// the directory. It returns zero where there is none, or may be another that cannot be seen.
func (f *Facts) PublicLibrary(language string) TargetFacts {
	var found TargetFacts
	n, isDefault := 0, false
	for t := range f.Targets() {
		if t.IsPrivate() || !t.Is(dialect.Library) || t.Kind().Language != language || t.Name() == "" {
			continue
		}
		if n++; n == 1 || t.Address().IsDefault() {
			found, isDefault = t, t.Address().IsDefault()
		}
	}
	if n > 0 && !isDefault && (n > 1 || !f.Complete) {
		return TargetFacts{}
	}
	return found
}

// SameToOthers reports whether f and other are the same but for where things stand. Nil is of no package.
func (f *Facts) SameToOthers(other *Facts) bool {
	if f == nil || other == nil {
		return f == other
	}
	sameTarget := func(a, b TargetFacts) bool {
		return a.Address() == b.Address() && a.record().kindAndFlags(a.pkg) == b.record().kindAndFlags(b.pkg) &&
			a.Path() == b.Path() && samePython(a, b) && sameSources(a.Sources(), b.Sources()) &&
			slices.EqualFunc(slices.Collect(a.Edges()), slices.Collect(b.Edges()), sameButPlace)
	}
	sameFile := func(a, b FileFacts) bool { return a.Path == b.Path && a.Bad == b.Bad }
	return f.Dir() == other.Dir() && f.Complete == other.Complete &&
		slices.EqualFunc(f.Files(), other.Files(), sameFile) &&
		slices.EqualFunc(slices.Collect(f.Targets()), slices.Collect(other.Targets()), sameTarget)
}

func sameButPlace(a, b Edge) bool {
	return a.To == b.To && a.Via == b.Via && a.Bad == b.Bad
}

func sameSources(a, b *Sources) bool {
	if a == nil || b == nil {
		return a == b
	}
	return sourcesKey(a) == sourcesKey(b)
}
