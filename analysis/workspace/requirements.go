package workspace

import (
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Specifier is a requirement specifier, as PEP 508 has it, with its place: a line of a requirements file, or a string
// in a target.
type Specifier struct {
	python.Requirement // its spans are of the file if Exact
	Path               string
	// Place is where to report it: the specifier, or the whole expression where that is no plain string.
	Place  syntax.Span
	Exact  bool
	Errors []python.Error
	// Line is the line of a requirements file, nil for a string in a target.
	Line *python.Line
	// Target is what brings it, zero for a line that no target stands for.
	Target Address
	// Resolve is the set of requirements that the target belongs to, "" for the default one; see [UnknownResolve].
	Resolve string
	// Group is the list of a pyproject.toml that it stands in, "" in any other file.
	Group string
	// Constrains says that it stands in a constraints file: it bounds what others ask for, and asks for nothing.
	Constrains bool
}

// UnknownResolve is the resolve of a target that does not say it statically. No resolve has this name.
const UnknownResolve = "?"

// resolve returns the resolve that a field names.
func resolve(v Value) string {
	if text, ok := Text(v); ok {
		return text
	}
	return UnknownResolve
}

// A RequirementsFile is a requirements or constraints file.
type RequirementsFile struct {
	Path  string
	Lines []python.Line
	// Constrains says that it is a constraints file, by its name or since another names it by `-c`.
	Constrains bool
	// Includes are the files of the workspace that its lines name by `-r` and `-c`, by position.
	Includes []Include
}

// An Include is a file that a requirements file names.
type Include struct {
	Path       string
	Constraint bool        // by `-c`
	Span       syntax.Span // of the name
}

// ParseRequirementsFile reads a requirements file.
func ParseRequirementsFile(file string, src []byte) *RequirementsFile {
	f := &RequirementsFile{
		Path: file, Lines: python.ParseRequirements(src), Constrains: python.IsConstraintsFile(file),
	}
	for _, l := range f.Lines {
		for _, o := range l.Options {
			isFile := o.Name == "--requirement" || o.Name == "--constraint"
			if !isFile || o.Value == "" || strings.Contains(o.Value, "://") || path.IsAbs(o.Value) {
				continue
			}
			f.Includes = append(f.Includes, Include{
				Path: path.Join(path.Dir(file), o.Value), Constraint: o.Name == "--constraint", Span: o.ValueSpan,
			})
		}
	}
	return f
}

// Specifiers returns what the lines of f ask for.
func (f *RequirementsFile) Specifiers() []*Specifier {
	var found []*Specifier
	for i := range f.Lines {
		if f.Lines[i].Requirement != nil {
			s := lineSpecifier(f.Path, &f.Lines[i], Address{})
			s.Constrains = f.Constrains
			found = append(found, s)
		}
	}
	return found
}

// lineSpecifier returns what a line of a file asks for, for the target that stands for it.
func lineSpecifier(file string, l *python.Line, target Address) *Specifier {
	return &Specifier{
		Requirement: *l.Requirement, Path: file, Place: l.Requirement.Span, Exact: true, Errors: l.Errors, Line: l,
		Target: target, Constrains: python.IsConstraintsFile(file),
	}
}

// requirementStrings adds the specifiers that stand in the fields of t.
func (m *modeler) requirementStrings(t *Target) {
	for _, f := range t.Fields {
		if f.Spec == nil || f.Spec.Role != dialect.RequirementsField {
			continue
		}
		list, ok := f.Value.(*List)
		if !ok {
			continue
		}
		for _, item := range list.Items {
			if s := requirementString(item.Value); s != nil {
				t.Requirements = append(t.Requirements, m.specifier(t, s))
			}
		}
	}
}

// requirementString returns the specifier in 'x>=1' or in python_requirement('x>=1'), nil if there is none.
func requirementString(v Value) *String {
	if call, ok := v.(*Call); ok && len(call.Args) > 0 {
		a, named := call.Arg("requirement")
		if !named {
			a = call.Args[0]
		}
		if named || a.Name == "" {
			v = a.Value
		}
	}
	s, _ := v.(*String)
	return s
}

func (m *modeler) specifier(t *Target, s *String) *Specifier {
	text := strings.Clone(s.Text) // facts keep it, and must not keep the file
	spec := &Specifier{Path: m.file.Path, Place: s.Node().Span(), Target: t.Address()}
	if f := t.FieldOf(dialect.ResolveField); f != nil {
		spec.Resolve = strings.Clone(resolve(f.Value))
	}
	offset, exact := contentOffset(s)
	spec.Requirement, spec.Errors = python.ParseRequirementAt(text, offset)
	if spec.Exact = exact; exact {
		spec.Place = spec.Span
	}
	return spec
}

// contentOffset returns where the text of a string begins in the file. It reports false where the text is not what is
// written between the quotes.
func contentOffset(s *String) (int, bool) {
	if !s.IsLiteral() {
		return 0, false
	}
	written := s.node.Text()
	for _, quotes := range []int{3, 1} {
		if len(written) >= 2*quotes && written[quotes:len(written)-quotes] == s.Text {
			return s.node.Span().Start + quotes, true
		}
	}
	return 0, false
}
