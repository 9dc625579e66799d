package workspace

import (
	"iter"

	"github.com/buildlint/buildlint/analysis/dialect"
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

// pythonFacts returns what is kept of t, nil if that is nothing.
func (s *Snapshot) pythonFacts(t *Target) *PythonFacts {
	distribution, interpreters, entryPoint := t.Distribution(), t.Interpreters(), t.EntryPoint()
	if distribution == "" && interpreters == nil && t.Requirements == nil && entryPoint == "" {
		return nil
	}
	p := &PythonFacts{
		Distribution: s.shared.string(distribution), Requirements: t.Requirements, EntryPoint: s.shared.string(entryPoint),
	}
	for _, c := range interpreters {
		p.Interpreters = append(p.Interpreters, s.shared.string(c))
	}
	return p
}

// Distribution returns the name that t is published by, "" if there is none or it is not known.
func (t *TargetFacts) Distribution() string {
	if t.Python == nil {
		return ""
	}
	return t.Python.Distribution
}

// EntryPoint returns what t runs, as written; "" if it runs nothing or it is not known.
func (t *TargetFacts) EntryPoint() string {
	if t.Python == nil {
		return ""
	}
	return t.Python.EntryPoint
}

// Requirements returns the third-party requirements that t stands for.
func (t *TargetFacts) Requirements() []*Specifier {
	if t.Python == nil {
		return nil
	}
	return t.Python.Requirements
}

// Interpreters returns the constraints on interpreters of which one has to hold, none where they are not given or not
// known.
func (t *TargetFacts) Interpreters() []string {
	if t.Python == nil {
		return nil
	}
	return t.Python.Interpreters
}

// Specifiers yields the third-party requirements that the targets of f stand for.
func (f *Facts) Specifiers() iter.Seq[*Specifier] {
	return func(yield func(*Specifier) bool) {
		if f == nil {
			return
		}
		for i := range f.Targets {
			for _, spec := range f.Targets[i].Requirements() {
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
