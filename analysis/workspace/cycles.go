package workspace

import "slices"

// CyclesOf returns the cycles that can be reached from the packages in dirs, by the directory of the package that holds
// their least address: there each of them is told of once.
func (s *Snapshot) CyclesOf(dirs []string) map[string][]Cycle {
	m := map[string][]Cycle{}
	for _, c := range s.CyclesFrom(dirs) {
		dir := c[0].Package.Dir
		m[dir] = append(m[dir], c)
	}
	return m
}

// Cycles returns the cycles of the whole workspace that are told of at the package of a directory. They are found once,
// and kept by the snapshots that are made from this one until a change touches them.
func (s *Snapshot) Cycles(dir string) []Cycle { return s.cycles().byDir[dir] }

// A cycleSet holds all cycles of a workspace. It is immutable.
type cycleSet struct {
	byDir map[string][]Cycle
	in    map[string]bool // the directories of the packages that are part of a cycle
	from  *cache          // the facts that it was made from
}

func (s *Snapshot) makeCycles() *cycleSet {
	if s.cycleBase != nil && !s.cyclesTouched() {
		set := &cycleSet{byDir: s.cycleBase.byDir, in: s.cycleBase.in, from: s.cache}
		s.cycled.Store(set)
		return set
	}
	dirs, _ := s.AllPackages() // what cannot be read is told by whoever checks it
	set := &cycleSet{byDir: s.CyclesOf(dirs), in: map[string]bool{}, from: s.cache}
	for _, cycles := range set.byDir {
		for _, u := range slices.Concat(cycles...) {
			set.in[u.Package.Dir] = true
		}
	}
	s.cycled.Store(set)
	return set
}

// cyclesTouched reports whether what changed since the cycles were found may have made or broken one.
func (s *Snapshot) cyclesTouched() bool {
	for _, dir := range s.cycleChanged {
		if s.cycleBase.in[dir] {
			return true
		}
		old, _ := s.cycleBase.from.load(dir)
		if s.closesCircle(old, s.Facts(dir)) {
			return true
		}
	}
	return false
}

// closesCircle reports whether an edge that is new in a package leads back to its target.
func (s *Snapshot) closesCircle(old, now *Facts) bool {
	if now == nil {
		return false
	}
	for i := range now.Targets {
		t := &now.Targets[i]
		for _, e := range t.Edges {
			if !e.Bad && !hadEdge(old, t.Address, e.To) && s.leads(e.To, t.Address) {
				return true
			}
		}
	}
	return false
}

func hadEdge(f *Facts, from, to Address) bool {
	if f == nil {
		return false
	}
	t := f.Named(from.Name)
	return t != nil && slices.ContainsFunc(t.Edges, func(e Edge) bool { return !e.Bad && e.To == to })
}

// leads reports whether a target can be reached from another. It searches from both ends, since one of them often sees
// little where the other sees half of the workspace.
func (s *Snapshot) leads(from, to Address) bool {
	if from == to {
		return true
	}
	forward := &search{seen: map[Address]bool{from: true}, queue: []Address{from}, next: s.edgesOf}
	backward := &search{seen: map[Address]bool{to: true}, queue: []Address{to}, next: s.usersOf}
	for len(forward.queue) > 0 && len(backward.queue) > 0 {
		if forward.step(backward) || backward.step(forward) {
			return true
		}
	}
	return false
}

// A search is one end of a search from both.
type search struct {
	seen  map[Address]bool
	queue []Address
	next  func(Address) []Address
}

// step looks at one target and reports whether it meets the other end.
func (s *search) step(other *search) bool {
	if len(s.queue) == 0 {
		return false
	}
	a := s.queue[0]
	s.queue = s.queue[1:]
	for _, b := range s.next(a) {
		if other.seen[b] {
			return true
		}
		if !s.seen[b] {
			s.seen[b] = true
			s.queue = append(s.queue, b)
		}
	}
	return false
}

func (s *Snapshot) edgesOf(a Address) []Address {
	t := s.Resolve(a).Target
	if t == nil {
		return nil
	}
	var to []Address
	for _, e := range t.Edges {
		if !e.Bad {
			to = append(to, e.To)
		}
	}
	return to
}

func (s *Snapshot) usersOf(a Address) []Address {
	var from []Address
	for _, u := range s.Uses(a) {
		from = append(from, u.Target.Address)
	}
	return from
}
