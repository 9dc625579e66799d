package workspace

import (
	"errors"
	"path"
	"slices"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// The records are what facts are kept as: numbers of a [names], offsets and flags. A repository has millions, so they
// are small, and hold no pointers that the garbage collector would have to follow.

type fileRecord struct {
	hash uint64
	name uint32 // of the file in its directory
	bad  uint32
}

type targetRecord struct {
	name, kind, sources         uint32
	edges                       uint32 // where those of the next target begin
	head, nameSpan, sourcesSpan smallSpan
	fileAndFlags                uint32 // index of the file, shifted by flagBits
}

// An edgeRecord is an [Edge].
type edgeRecord struct {
	use  uint32 // the number of the address, shifted by useBits; bad, and via
	span smallSpan
}

// A smallSpan is a [syntax.Span] in a file, which has at most a gigabyte.
type smallSpan struct{ start, end uint32 }

// The flags of a target.
const (
	isPrivate = 1 << iota
	isOpen
	isConditional
	isImplicit
	isProviding
	isNameless
	flagBits = iota
)

// The bits of the use of an edge.
const (
	viaMask = 3
	badBit  = 4
	useBits = 3
)

// fewTargets are looked through faster than looked up.
const fewTargets = 32

func small(s syntax.Span) smallSpan { return smallSpan{uint32(s.Start), uint32(s.End)} }

func (s smallSpan) span() syntax.Span { return syntax.Span{Start: int(s.start), End: int(s.end)} }

func (r *targetRecord) has(flag uint32) bool { return r.fileAndFlags&flag != 0 }

func (r *targetRecord) noName() bool { return r.has(isNameless) }

func (r *targetRecord) file() int { return int(r.fileAndFlags >> flagBits) }

// A kindAndFlags is what other packages know of a target but for its name, its sources and its edges.
type kindAndFlags struct {
	kind  kindKey
	flags uint32
}

func (r *targetRecord) kindAndFlags(f *Facts) kindAndFlags {
	return kindAndFlags{f.names.kinds.value(r.kind), r.fileAndFlags & (1<<flagBits - 1)}
}

func (e edgeRecord) to() uint32 { return e.use >> useBits }

func (e edgeRecord) bad() bool { return e.use&badBit != 0 }

func (e edgeRecord) depends() bool { return !e.bad() && Via(e.use&viaMask) != ViaReference }

func (e edgeRecord) edge(n *names) Edge {
	return Edge{
		To: n.addressOf(e.to()), Span: e.span.span(), Via: Via(e.use & viaMask), Bad: e.bad(), names: n, number: e.to(),
	}
}

// edgesOf returns the edges of a target.
func (f *Facts) edgesOf(target int) []edgeRecord {
	from := uint32(0)
	if target > 0 {
		from = f.targets[target-1].edges
	}
	return f.edges[from:f.targets[target].edges]
}

// addressOf returns the number of the address of a target; ok is false where its name is not known.
func (f *Facts) addressOf(target int) (number uint32, ok bool) {
	if f.targets[target].noName() {
		return 0, false
	}
	return f.names.addresses.number(addressKey{f.dir, f.targets[target].name}), true
}

// noFacts returns what is known of a package that cannot be read.
func (s *Snapshot) noFacts(dir string) *Facts {
	f := s.names.arenas.facts.New()
	*f = Facts{dir: s.names.text(dir), root: s.names.root(s.options, dir), names: s.names, elsewhere: true}
	return f
}

// facts boils a package down.
func (s *Snapshot) facts(p *Package) *Facts {
	b := &recorder{names: s.names, dependencies: s.Dialect().DependenciesField}
	f := s.noFacts(p.Dir)
	f.Complete = p.Complete()
	f.files = s.names.arenas.files.Make(len(p.Files))
	for _, file := range p.Files {
		f.files = append(f.files, b.file(file))
	}
	f.targets, f.edges = s.names.arenas.targets.Make(len(p.Targets)), s.names.arenas.edges.Make(countEdges(p))
	var few [8]pythonRecord
	python := few[:0]
	for _, t := range p.Targets {
		f.edges = b.appendEdges(f.edges, t)
		r := b.target(t, slices.Index(p.Files, t.File))
		r.edges = uint32(len(f.edges))
		if kept, ok := b.python(t, len(f.targets)); ok {
			python = append(python, kept)
		}
		f.targets = append(f.targets, r)
	}
	f.python = append(s.names.arenas.python.Make(len(python)), python...)
	f.indexNames()
	return f
}

func countEdges(p *Package) int {
	n := 0
	for _, t := range p.Targets {
		n += len(t.Deps) + len(t.binaries())
	}
	return n
}

// indexNames makes a large package's targets be found by their names.
func (f *Facts) indexNames() {
	if len(f.targets) <= fewTargets {
		return
	}
	f.byName = make(map[uint32]int, len(f.targets))
	for i := range slices.Backward(f.targets) {
		f.byName[f.targets[i].name] = i
	}
}

// A recorder makes records of the model.
type recorder struct {
	names        *names
	dependencies string // the field of them
}

func (b *recorder) file(f *BuildFile) fileRecord {
	bad := 0
	for _, stmt := range f.Syntax.Stmts {
		if stmt.Kind() == syntax.Bad {
			bad++
		}
	}
	return fileRecord{hash: hash(f.Syntax.Src), name: b.names.text(path.Base(f.Path)), bad: uint32(bad)}
}

func (b *recorder) target(t *Target, file int) targetRecord {
	r := targetRecord{
		name: b.names.text(t.Name), kind: b.names.kind(t.Kind, t.KindName), sources: b.names.specs.number(t.Sources),
		head: small(t.Head()), fileAndFlags: uint32(file)<<flagBits | flagsOf(t),
	}
	if f := t.SourcesField(); f != nil {
		r.sourcesSpan = small(f.Arg.NameSpan)
	}
	if t.NameField != nil {
		r.nameSpan = small(t.NameField.Arg.Value.Span())
	}
	return r
}

func flagsOf(t *Target) uint32 {
	var flags uint32
	for _, f := range []struct {
		is   bool
		flag uint32
	}{
		{t.IsPrivate(), isPrivate}, {t.DepsOpen || t.Provides != nil && t.Provides.Open, isOpen},
		{t.Conditional, isConditional}, {t.Implicit, isImplicit}, {t.Provides != nil, isProviding},
		{t.Name == "", isNameless},
	} {
		if f.is {
			flags |= f.flag
		}
	}
	return flags
}

func (b *recorder) appendEdges(edges []edgeRecord, t *Target) []edgeRecord {
	for _, d := range t.Deps {
		if !errors.Is(d.Err, dialect.ErrElsewhere) {
			edges = append(edges, b.edge(d.Address, d.Span(), b.via(t, d), d.Err))
		}
	}
	for _, p := range t.binaries() {
		if _, ok := Text(p.Value); ok {
			edges = append(edges, b.edge(p.Address, p.Value.Node().Span(), ViaBinaries, p.Err))
		}
	}
	return edges
}

func (b *recorder) via(t *Target, d Dep) Via {
	switch {
	case t.Kind.IsCircular(), d.Item.Branch, d.Err == nil && (!d.Depends() || d.Label.File != ""):
		return ViaReference
	case d.Field.Name != b.dependencies:
		return ViaOther
	default:
		return ViaDependencies
	}
}

func (b *recorder) edge(to Address, span syntax.Span, via Via, err error) edgeRecord {
	use := b.names.address(to)<<useBits | uint32(via)
	if err != nil {
		use |= badBit
	}
	return edgeRecord{use, small(span)}
}
