package workspace

import "slices"

// CyclesOf returns the cycles that can be reached from the packages in dirs, by the directory of the package that holds
// their least address: there each of them is told of once.
func (s *Snapshot) CyclesOf(dirs []string) map[string][]Cycle {
	m := map[string][]Cycle{}
	for _, c := range s.CyclesFrom(dirs) {
		dir := c[0].Package.Dir()
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
			set.in[u.Package.Dir()] = true
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
		old, _ := s.cycleBase.from.load(s.names.text(dir))
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
	for i := range now.targets {
		number, ok := now.addressOf(i)
		for _, e := range now.edgesOf(i) {
			if ok && !e.bad() && !old.hasEdge(now.targets[i].name, e.to()) && s.leads(e.to(), number) {
				return true
			}
		}
	}
	return false
}

// hasEdge reports whether the target of a name uses another. Nil is of no package.
func (f *Facts) hasEdge(from, to uint32) bool {
	if f == nil {
		return false
	}
	t := f.named(from)
	return !t.IsZero() && slices.ContainsFunc(f.edgesOf(t.index), func(e edgeRecord) bool {
		return !e.bad() && e.to() == to
	})
}

// leads reports whether a target can be reached from another. It searches from both ends, since one of them often sees
// little where the other sees half of the workspace.
func (s *Snapshot) leads(from, to uint32) bool {
	if from == to {
		return true
	}
	forward := &search{seen: map[uint32]bool{from: true}, queue: []uint32{from}, next: s.usedBy}
	backward := &search{seen: map[uint32]bool{to: true}, queue: []uint32{to}, next: s.usersOf}
	for len(forward.queue) > 0 && len(backward.queue) > 0 {
		if forward.step(backward) || backward.step(forward) {
			return true
		}
	}
	return false
}

// A search is one end of a search from both.
type search struct {
	seen  map[uint32]bool
	queue []uint32
	next  func(uint32) []uint32
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

func (s *Snapshot) usedBy(number uint32) []uint32 {
	var to []uint32
	for _, e := range s.edgesOf(number) {
		if !e.bad() {
			to = append(to, e.to())
		}
	}
	return to
}

func (s *Snapshot) usersOf(number uint32) []uint32 {
	ix, _ := s.index() // what cannot be read is told by whoever checks it
	var from []uint32
	for _, f := range ix.usersOf(number) {
		for i := range f.targets {
			address, ok := f.addressOf(i)
			if ok && slices.ContainsFunc(f.edgesOf(i), func(e edgeRecord) bool { return !e.bad() && e.to() == number }) {
				from = append(from, address)
			}
		}
	}
	return from
}
