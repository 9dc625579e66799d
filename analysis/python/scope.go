package python

// A scope maps the names of a module, a class or a branch to what is known of them at its end. An Absent name was
// deleted. A nil scope is that of a function, of which nothing is kept.
type scope map[string]Binding

// A branch is one way through a compound statement.
type branch struct {
	names scope
	ends  bool // control does not come out of it: it raises
}

// child returns the scope of a branch of s.
func (s scope) child() scope {
	if s == nil {
		return nil
	}
	return scope{}
}

// bind binds a name for certain.
func (s scope) bind(b Binding) {
	if s == nil {
		return
	}
	_, b.ambiguous = s[b.Name]
	b.State = Bound
	s[b.Name] = b
}

// maybe binds a name that may not be bound in the end. What was bound before still is.
func (s scope) maybe(b Binding) {
	if s == nil {
		return
	}
	if old, ok := s[b.Name]; ok && old.State != Absent {
		old.ambiguous = true
		s[b.Name] = old
		return
	}
	b.State = Conditional
	s[b.Name] = b
}

// weaken makes what is known of a name conditional.
func (s scope) weaken(name string) {
	if b, ok := s[name]; ok && b.State == Bound {
		b.State, b.ambiguous = Conditional, true
		s[name] = b
	}
}

func (s scope) remove(name string) {
	if s != nil {
		s[name] = Binding{Name: name, State: Absent}
	}
}

// join adds what the branches did. Exhaustive says that one of them is taken for certain. It reports whether control
// comes out of none. What a branch bound before it raised may still be there: somebody may catch it.
func (s scope) join(exhaustive bool, branches ...branch) (ends bool) {
	live := 0
	bound := map[string]int{} // live branches that bind the name for certain
	for _, b := range branches {
		if b.ends {
			continue
		}
		live++
		for name, binding := range b.names {
			if binding.State == Bound {
				bound[name]++
			}
		}
	}
	for _, b := range branches {
		for name, binding := range b.names {
			s.joinName(binding, exhaustive && !b.ends && bound[name] == live)
		}
	}
	return exhaustive && live == 0
}

func (s scope) joinName(b Binding, certain bool) {
	old, known := s[b.Name]
	switch {
	case b.State == Absent && known:
		s.weaken(b.Name)
	case b.State == Absent:
	case certain && old.State != Bound:
		b.State = Bound
		b.ambiguous = b.ambiguous || known
		s[b.Name] = b
	default:
		s.maybe(b)
	}
}
