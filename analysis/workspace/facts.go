package workspace

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// Facts are what other packages may ask about a package. They hold no trees and are kept for the whole workspace.
type Facts struct {
	Dir      string
	Files    []FileFacts
	Targets  []TargetFacts // by file and position
	Complete bool

	byName map[string]int // the first of each name, nil where there are few targets
}

// fewTargets are looked through faster than looked up.
const fewTargets = 16

// FileFacts are what is kept of a BUILD file.
type FileFacts struct {
	Path string
	Hash uint64 // of the content that all offsets of the facts are read against
	Bad  int    // statements that could not be read
}

// TargetFacts are what is kept of a target.
type TargetFacts struct {
	Address     Address // zero where the name is not known
	Kind        *dialect.Kind
	KindName    string
	File        uint32      // index of the file
	Head        syntax.Span // see [Target.Head]
	NameSpan    syntax.Span // the value of the name field; empty where the name is the default
	Edges       []Edge
	Open        bool // there may be more edges
	Conditional bool
	Implicit    bool
	Provides    bool        // it publishes something
	Sources     *Sources    // the patterns alone: no nodes
	SourcesSpan syntax.Span // the name of the field of the sources; empty where they are the default
	Python      *PythonFacts
}

// An Edge is a use of a target by another.
type Edge struct {
	To   Address
	Span syntax.Span // the string
	Via  Via
	Bad  bool // the text is no address
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
func (e *Edge) Depends() bool { return !e.Bad && e.Via != ViaReference }

// Is reports whether the kind of t is known and has the role r.
func (t *TargetFacts) Is(r dialect.Role) bool { return t.Kind.Is(r) }

// IsPrivate reports whether the name of t starts with an underscore.
func (t *TargetFacts) IsPrivate() bool { return strings.HasPrefix(t.Address.Name, "_") }

// Path returns the BUILD file that declares t.
func (f *Facts) Path(t *TargetFacts) string { return f.Files[t.File].Path }

// Named returns the first target of the given name, nil if there is none.
func (f *Facts) Named(name string) *TargetFacts {
	if f.byName != nil {
		if i, ok := f.byName[name]; ok {
			return &f.Targets[i]
		}
		return nil
	}
	for i := range f.Targets {
		if f.Targets[i].Address.Name == name {
			return &f.Targets[i]
		}
	}
	return nil
}

// IsOpen reports whether the package may depend on targets that are not seen: it has gaps, or targets whose fields or
// kinds are not known.
func (f *Facts) IsOpen() bool {
	return !f.Complete || slices.ContainsFunc(f.Targets, func(t TargetFacts) bool { return t.Open || t.Kind == nil })
}

// index makes a large package's targets be found by their names.
func (f *Facts) index() {
	if len(f.Targets) <= fewTargets {
		return
	}
	f.byName = make(map[string]int, len(f.Targets))
	for i := range slices.Backward(f.Targets) {
		f.byName[f.Targets[i].Address.Name] = i
	}
}

// PublicLibrary returns the only library of the language without an underscore; of several, the one that is named as
// the directory. It returns nil where there is none, or may be another that cannot be seen.
func (f *Facts) PublicLibrary(language string) *TargetFacts {
	var found *TargetFacts
	n := 0
	for i := range f.Targets {
		t := &f.Targets[i]
		if !t.Is(dialect.Library) || t.Kind.Language != language || t.IsPrivate() || t.Address.Name == "" {
			continue
		}
		if n++; n == 1 || t.Address.IsDefault() {
			found = t
		}
	}
	if found != nil && !found.Address.IsDefault() && (n > 1 || !f.Complete) {
		return nil
	}
	return found
}

// facts boils a package down.
func (s *Snapshot) facts(p *Package) *Facts {
	f := &Facts{Dir: p.Dir, Complete: p.Complete(), Targets: make([]TargetFacts, 0, len(p.Targets))}
	index := make(map[*BuildFile]uint32, len(p.Files))
	for i, file := range p.Files {
		index[file] = uint32(i)
		f.Files = append(f.Files, FileFacts{Path: file.Path, Hash: hash(file.Syntax.Src), Bad: badStatements(file.Syntax)})
	}
	for _, t := range p.Targets {
		f.Targets = append(f.Targets, s.targetFacts(t, index[t.File]))
	}
	f.index()
	return f
}

func badStatements(f *syntax.File) int {
	n := 0
	for _, stmt := range f.Stmts {
		if stmt.Kind() == syntax.Bad {
			n++
		}
	}
	return n
}

func (s *Snapshot) targetFacts(t *Target, file uint32) TargetFacts {
	facts := TargetFacts{
		Address: s.shared.address(t.Address()), Kind: t.Kind, KindName: s.shared.string(t.KindName), File: file,
		Head: t.Head(), Open: t.DepsOpen, Conditional: t.Conditional, Implicit: t.Implicit,
		Sources: s.shared.sources(t.Sources), Provides: t.Provides != nil,
	}
	if f := t.SourcesField(); f != nil {
		facts.SourcesSpan = f.Arg.NameSpan
	}
	if t.NameField != nil {
		facts.NameSpan = t.NameField.Arg.Value.Span()
	}
	facts.Python = s.pythonFacts(t)
	facts.Edges = make([]Edge, 0, len(t.Deps)+len(t.binaries()))
	for _, d := range t.Deps {
		via := ViaDependencies
		switch {
		case d.Field.Spec != nil && d.Field.Spec.Role == dialect.ReferencesField:
			via = ViaReference
		case d.Field.Name != s.Dialect().DependenciesField:
			via = ViaOther
		}
		facts.Edges = append(facts.Edges, Edge{To: s.shared.address(d.Address), Span: d.Span(), Via: via, Bad: d.Err != nil})
	}
	if t.Provides == nil {
		return facts
	}
	facts.Open = facts.Open || t.Provides.Open
	for _, b := range t.binaries() {
		if _, ok := Text(b.Value); !ok {
			continue
		}
		facts.Edges = append(facts.Edges, Edge{
			To: s.shared.address(b.Address), Span: b.Value.Node().Span(), Via: ViaBinaries, Bad: b.Err != nil,
		})
	}
	return facts
}
