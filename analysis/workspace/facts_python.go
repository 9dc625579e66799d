package workspace

import (
	"cmp"
	"iter"
	"slices"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
)

// A pythonRecord is what is kept of a target that publishes a distribution, stands for requirements, runs something or
// says on which interpreters it runs. Other targets have none.
type pythonRecord struct {
	target                   uint32 // its index
	distribution, entryPoint uint32 // texts
	more                     *pythonMore
}

// A pythonMore is what few targets have.
type pythonMore struct {
	interpreters []string
	requirements []*Specifier
	generated    *Generated
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

// python keeps what there is of t; ok is false if that is nothing.
func (b *recorder) python(t *Target, index int) (r pythonRecord, ok bool) {
	distribution, interpreters, entryPoint := t.Distribution(), t.Interpreters(), t.EntryPoint()
	r = pythonRecord{target: uint32(index), more: b.pythonMore(t, interpreters)}
	if distribution == "" && entryPoint == "" && r.more == nil {
		return r, false
	}
	r.distribution, r.entryPoint = b.names.text(distribution), b.names.text(entryPoint)
	return r, true
}

func (b *recorder) pythonMore(t *Target, interpreters []string) *pythonMore {
	if interpreters == nil && t.Requirements == nil && t.Generated == nil {
		return nil
	}
	more := &pythonMore{requirements: t.Requirements, generated: t.Generated}
	for _, c := range interpreters {
		more.interpreters = append(more.interpreters, b.names.keep(c))
	}
	return more
}

// python returns what is kept of t, nil if that is nothing.
func (t TargetFacts) python() *pythonRecord {
	i, ok := slices.BinarySearchFunc(t.pkg.python, uint32(t.index), func(r pythonRecord, target uint32) int {
		return cmp.Compare(r.target, target)
	})
	if !ok {
		return nil
	}
	return &t.pkg.python[i]
}

// IsPython reports whether t publishes a distribution, stands for requirements, runs something or says on which
// interpreters it runs.
func (t TargetFacts) IsPython() bool { return t.python() != nil }

func (t TargetFacts) pythonMore() pythonMore {
	if r := t.python(); r != nil && r.more != nil {
		return *r.more
	}
	return pythonMore{}
}

// samePython reports whether the same is kept of a and b, wherever it stands.
func samePython(a, b TargetFacts) bool {
	m, n := a.pythonMore(), b.pythonMore()
	return a.IsPython() == b.IsPython() && a.Distribution() == b.Distribution() && a.EntryPoint() == b.EntryPoint() &&
		sameGenerated(m.generated, n.generated) && slices.Equal(m.interpreters, n.interpreters) &&
		slices.EqualFunc(m.requirements, n.requirements, sameSpecifier)
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
	if r := t.python(); r != nil {
		return t.pkg.names.texts.value(r.distribution)
	}
	return ""
}

// EntryPoint returns what t runs, as written; "" if it runs nothing or it is not known.
func (t TargetFacts) EntryPoint() string {
	if r := t.python(); r != nil {
		return t.pkg.names.texts.value(r.entryPoint)
	}
	return ""
}

// Requirements returns the third-party requirements that t stands for.
func (t TargetFacts) Requirements() []*Specifier { return t.pythonMore().requirements }

// Generated returns what [Target.Generated] does.
func (t TargetFacts) Generated() *Generated { return t.pythonMore().generated }

// Interpreters returns the constraints on interpreters of which one has to hold, none where they are not given or not
// known.
func (t TargetFacts) Interpreters() []string { return t.pythonMore().interpreters }

// Specifiers yields the third-party requirements that the targets of f stand for.
func (f *Facts) Specifiers() iter.Seq[*Specifier] {
	return func(yield func(*Specifier) bool) {
		if f == nil {
			return
		}
		for _, r := range f.python {
			if r.more == nil {
				continue
			}
			for _, spec := range r.more.requirements {
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
