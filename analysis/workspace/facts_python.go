package workspace

import (
	"cmp"
	"iter"
	"slices"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
)

// PythonFacts are what is kept of a target that publishes a distribution, stands for requirements, runs something or
// says on which interpreters it runs. Other targets have none, and nil answers as they do.
type PythonFacts struct {
	// Distribution is the name that the target is published by, "" if there is none or it is not known.
	Distribution string
	// Interpreters are the constraints of which one has to hold, such as ">=3.9,<4"; none where they are not given or
	// not known.
	Interpreters []string
	Requirements []*Specifier
	Generated    *Generated // as [Target.Generated]
	// EntryPoint is what the target runs, as written; "" if it runs nothing or it is not known.
	EntryPoint string
}

// Distribution returns the name that t is published by, "" if there is none or it is not known.
func (t *Target) Distribution() string {
	if t.Provides == nil {
		return ""
	}
	name, _ := Text(t.Provides.Name)
	return name
}

// EntryPoint returns what t runs, as written; "" if it runs nothing or it is not known.
func (t *Target) EntryPoint() string {
	f := t.FieldOf(dialect.EntryPointField)
	if f == nil {
		return ""
	}
	text, _ := Text(f.Value)
	return text
}

// Interpreters returns the constraints on interpreters of which one has to hold, none where they are not given or not
// known.
func (t *Target) Interpreters() []string {
	f := t.FieldOf(dialect.InterpretersField)
	if f == nil {
		return nil
	}
	if text, ok := Text(f.Value); ok {
		return []string{text}
	}
	list, ok := f.Value.(*List)
	if !ok || list.Open {
		return nil
	}
	var constraints []string
	for _, item := range list.Items {
		text, ok := Text(item.Value)
		if !ok {
			return nil
		}
		constraints = append(constraints, text)
	}
	return constraints
}

// pythonFacts returns what is kept of t; ok is false if that is nothing.
func (s *Snapshot) pythonFacts(t *Target) (p PythonFacts, ok bool) {
	distribution, interpreters, entryPoint := t.Distribution(), t.Interpreters(), t.EntryPoint()
	if distribution == "" && interpreters == nil && t.Requirements == nil && t.Generated == nil && entryPoint == "" {
		return p, false
	}
	p = PythonFacts{
		Distribution: s.names.keep(distribution), Requirements: t.Requirements, Generated: t.Generated,
		EntryPoint: s.names.keep(entryPoint),
	}
	for _, c := range interpreters {
		p.Interpreters = append(p.Interpreters, s.names.keep(c))
	}
	return p, true
}

// A pythonRecord holds what is kept of a target, by its index.
type pythonRecord struct {
	target int
	facts  PythonFacts
}

// Python returns what is kept of t, nil if that is nothing.
func (t TargetFacts) Python() *PythonFacts {
	i, ok := slices.BinarySearchFunc(t.pkg.python, t.index, func(r pythonRecord, target int) int {
		return cmp.Compare(r.target, target)
	})
	if !ok {
		return nil
	}
	return &t.pkg.python[i].facts
}

// samePython reports whether a and b say the same, wherever it stands.
func samePython(a, b *PythonFacts) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Distribution == b.Distribution && a.EntryPoint == b.EntryPoint && sameGenerated(a.Generated, b.Generated) &&
		slices.Equal(a.Interpreters, b.Interpreters) && slices.EqualFunc(a.Requirements, b.Requirements, sameSpecifier)
}

func sameSpecifier(a, b *Specifier) bool {
	return a.Path == b.Path && a.Target == b.Target && a.Resolve == b.Resolve && a.Constrains == b.Constrains &&
		a.Group == b.Group && a.Name == b.Name && a.URL == b.URL && a.Marker == b.Marker && len(a.Errors) == len(b.Errors) &&
		slices.EqualFunc(a.Extras, b.Extras, func(a, b python.Extra) bool { return a.Name == b.Name }) &&
		slices.EqualFunc(a.Clauses, b.Clauses, func(a, b python.Clause) bool {
			return a.Operator == b.Operator && a.Version == b.Version
		})
}

// Distribution returns the name that t is published by, "" if there is none or it is not known.
func (t TargetFacts) Distribution() string {
	if p := t.Python(); p != nil {
		return p.Distribution
	}
	return ""
}

// EntryPoint returns what t runs, as written; "" if it runs nothing or it is not known.
func (t TargetFacts) EntryPoint() string {
	if p := t.Python(); p != nil {
		return p.EntryPoint
	}
	return ""
}

// Requirements returns the third-party requirements that t stands for.
func (t TargetFacts) Requirements() []*Specifier {
	if p := t.Python(); p != nil {
		return p.Requirements
	}
	return nil
}

// Generated returns what [Target.Generated] does.
func (t TargetFacts) Generated() *Generated {
	if p := t.Python(); p != nil {
		return p.Generated
	}
	return nil
}

// Interpreters returns the constraints on interpreters of which one has to hold, none where they are not given or not
// known.
func (t TargetFacts) Interpreters() []string {
	if p := t.Python(); p != nil {
		return p.Interpreters
	}
	return nil
}

// Specifiers yields the third-party requirements that the targets of f stand for.
func (f *Facts) Specifiers() iter.Seq[*Specifier] {
	return func(yield func(*Specifier) bool) {
		if f == nil {
			return
		}
		for _, r := range f.python {
			for _, spec := range r.facts.Requirements {
				if !yield(spec) {
					return
				}
			}
		}
	}
}

// HasSpecifiers reports whether a target of f stands for a third-party requirement.
func (f *Facts) HasSpecifiers() bool {
	for range f.Specifiers() {
		return true
	}
	return false
}
