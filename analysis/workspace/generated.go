package workspace

import (
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
)

// A Generated is what a target generates from a file that lists requirements: a target for each, whose address is that
// of the generator with `#` and its name behind it.
type Generated struct {
	Path string // the file
	// Names are as written, with their places in the file, in its order.
	Names []python.Named
	// Complete says that there are no more.
	Complete bool
}

// Named returns the place of a requirement, by its name or else by one that is the same to indexes of packages.
func (g *Generated) Named(name string) (found python.Named, ok bool) {
	if g == nil {
		return python.Named{}, false
	}
	i := slices.IndexFunc(g.Names, func(n python.Named) bool { return n.Name == name })
	if i < 0 {
		normal := python.Normalise(name)
		i = slices.IndexFunc(g.Names, func(n python.Named) bool { return python.Normalise(n.Name) == normal })
	}
	if i < 0 {
		return python.Named{}, false
	}
	return g.Names[i], true
}

// sameGenerated reports whether a and b say the same, wherever it stands.
func sameGenerated(a, b *Generated) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Path == b.Path && a.Complete == b.Complete &&
		slices.EqualFunc(a.Names, b.Names, func(a, b python.Named) bool { return a.Name == b.Name })
}

// A listed is what a file that lists requirements holds.
type listed struct {
	specifiers []*Specifier
	names      []python.Named
	complete   bool
}

// generate adds what t generates from the file that lists requirements. In another directory than that of the package,
// the file is checked there.
func (m *modeler) generate(t *Target) {
	file, ok := requirementsSource(t)
	if !ok || path.IsAbs(file) || file != path.Clean(file) || strings.HasPrefix(file, "../") {
		return
	}
	full := joinPath(m.pkg.Dir, file)
	src, err := m.resolver.listing(full)
	if err != nil {
		return
	}
	var found *listed
	if t.Kind.Lists == dialect.RequirementsListing && path.Base(file) != "pyproject.toml" {
		found = requirementLines(t, full, src)
	} else {
		found = requirementList(t, full, src)
	}
	t.Generated = &Generated{Path: full, Names: found.names, Complete: found.complete && !t.Conditional}
	if path.Base(file) != file {
		return
	}
	for _, spec := range found.specifiers {
		if f := t.FieldOf(dialect.ResolveField); f != nil {
			spec.Resolve = resolve(f.Value)
		}
	}
	t.Requirements = append(t.Requirements, found.specifiers...)
}

// requirementLines returns what a requirements file lists. Its lines are requirements of t where it is named as one.
func requirementLines(t *Target, full string, src []byte) *listed {
	found := &listed{complete: true}
	lines := python.ParseRequirements(src)
	known := path.Ext(full) == ".txt" || python.IsRequirementsFile(full)
	for i := range lines {
		r := lines[i].Requirement
		switch {
		case r == nil:
		case r.Name == "":
			found.complete = false
		default:
			if known && lines[i].Kind == python.RequirementLine { // no `-e`
				found.specifiers = append(found.specifiers, lineSpecifier(full, &lines[i], t.Address()))
			}
			found.names = append(found.names, python.Named{Name: r.Name, Span: r.NameSpan})
		}
	}
	return found
}

// requirementList returns what a pyproject.toml or a Pipfile.lock lists.
func requirementList(t *Target, full string, src []byte) *listed {
	requirements, complete := listedBy(t.Kind.Lists)(src)
	found := &listed{complete: complete}
	for _, r := range requirements {
		found.names = append(found.names, python.Named{Name: r.Name, Span: r.Span})
		if r.Requirement != nil {
			found.specifiers = append(found.specifiers, &Specifier{
				Requirement: *r.Requirement, Path: full, Place: r.Span, Exact: r.Exact, Errors: r.Errors, Target: t.Address(),
				Group: r.Group,
			})
		}
	}
	return found
}

// listedBy returns what reads a file that is no requirements file.
func listedBy(l dialect.Listing) func([]byte) ([]python.Listed, bool) {
	switch l {
	case dialect.PoetryListing:
		return python.PoetryRequirements
	case dialect.UvListing:
		return python.UvRequirements
	case dialect.PipfileListing:
		return python.PipfileLockRequirements
	}
	return python.ProjectRequirements
}

// requirementsSource returns the file that a target generates requirements from. It reports whether it is known.
func requirementsSource(t *Target) (string, bool) {
	switch {
	case t.Kind == nil || t.Kind.Lists == dialect.NoListing || t.Open:
		return "", false
	case t.SourcesField() != nil:
		return Text(t.SourcesField().Value)
	case len(t.Kind.Sources) == 1:
		return t.Kind.Sources[0], true
	}
	return "", false
}

// ListsRequirements reports whether a file, by its name, may list requirements that targets of its directory are
// generated from.
func ListsRequirements(name string) bool {
	switch base := path.Base(name); {
	case base == "pyproject.toml", base == "Pipfile.lock":
		return true
	default:
		return strings.HasSuffix(base, ".txt") || strings.HasSuffix(base, ".in")
	}
}
