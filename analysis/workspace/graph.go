package workspace

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

func compareUses(a, b Use) int {
	return cmp.Or(
		strings.Compare(a.Package.Dir(), b.Package.Dir()),
		cmp.Compare(a.Target.record().file(), b.Target.record().file()),
		cmp.Compare(a.Edge.Span.Start, b.Edge.Span.Start),
	)
}

func compareAddresses(a, b Address) int {
	return cmp.Or(strings.Compare(a.Dir, b.Dir), strings.Compare(a.Name, b.Name))
}

// A Cycle is a circle of uses: each is by the target that the one before names, the first by the target that the last
// names. The first is by the least address.
type Cycle []Use

// CyclesFrom returns one shortest cycle for each strongly connected part of the graph that can be reached from the
// packages in dirs, by their first address.
func (s *Snapshot) CyclesFrom(dirs []string) []Cycle {
	s.Remember()
	targets := s.targetsOf(dirs)
	s.loadReach(targets)
	t := &tarjan{snapshot: s}
	for _, number := range targets {
		t.search(number)
	}
	slices.SortFunc(t.cycles, func(a, b Cycle) int {
		return compareAddresses(a[0].Target.Address(), b[0].Target.Address())
	})
	return t.cycles
}

// targetsOf returns the addresses of the targets in the packages of dirs.
func (s *Snapshot) targetsOf(dirs []string) []uint32 {
	var numbers []uint32
	for _, dir := range dirs {
		f := s.Facts(dir)
		if f == nil {
			continue
		}
		for i := range f.targets {
			if number, ok := f.addressOf(i); ok {
				numbers = append(numbers, number)
			}
		}
	}
	return numbers
}

// loadReach reads the packages of all that targets depend on, many at once: who searches the graph asks for one after
// the other. It does nothing where they seem to be known.
func (s *Snapshot) loadReach(targets []uint32) {
	const most = 4096 // of the targets that are looked at before it is known what is not
	seen, read := &bitSet{}, 0
	for _, number := range targets {
		seen.add(number)
	}
	for queue := targets; len(queue) > 0; {
		n := min(len(queue), most)
		next := s.dependencies(queue[:n], seen)
		dirs := s.unread(next)
		s.load(dirs)
		if read += len(dirs); read == 0 && n == most {
			return
		}
		queue = slices.Concat(queue[n:], next)
	}
}

// dependencies returns what targets depend on and nobody has seen yet.
func (s *Snapshot) dependencies(targets []uint32, seen *bitSet) []uint32 {
	var found []uint32
	for _, number := range targets {
		for _, e := range s.edgesOf(number) {
			if e.depends() && seen.add(e.to()) {
				found = append(found, e.to())
			}
		}
	}
	return found
}

// unread returns the directories of addresses that nothing is known of yet.
func (s *Snapshot) unread(addresses []uint32) []string {
	var dirs []string
	for _, number := range addresses {
		dir := s.names.addresses.value(number).dir
		if _, ok := s.cache.load(dir); !ok {
			dirs = append(dirs, s.names.texts.value(dir))
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// resolveNumber is [Snapshot.Resolve] by the number of the address; zero if there is no such target.
func (s *Snapshot) resolveNumber(number uint32) TargetFacts {
	k := s.names.addresses.value(number)
	f, ok := s.cache.load(k.dir)
	if !ok {
		f = s.Facts(s.names.texts.value(k.dir))
	}
	if f == nil {
		return TargetFacts{}
	}
	return f.named(k.name)
}

// edgesOf returns the edges of the target of an address, none if there is no such target.
func (s *Snapshot) edgesOf(number uint32) []edgeRecord {
	t := s.resolveNumber(number)
	if t.IsZero() {
		return nil
	}
	return t.pkg.edgesOf(t.index)
}

// far is how many targets somebody looks at who is on the way to a great part of the workspace: then what an earlier
// run has kept is read. For few that would take longer than they do.
const far = 512

// Reach yields what an address names, then what that uses, and so on, each address once and the nearest first. With
// each comes the directory that was looked into.
func (s *Snapshot) Reach(from Address) iter.Seq2[string, Resolution] {
	return func(yield func(string, Resolution) bool) {
		first := s.names.address(from)
		seen := &bitSet{}
		seen.add(first)
		looked := 0
		for queue := []uint32{first}; len(queue) > 0; queue = queue[1:] {
			if looked++; looked == far {
				s.Remember()
			}
			t := s.resolveNumber(queue[0])
			if t.IsZero() {
				a := s.names.addressOf(queue[0])
				if !yield(a.Dir, s.Resolve(a)) {
					return
				}
				continue
			}
			if !yield(t.pkg.Dir(), Resolution{Package: t.pkg, Target: t}) {
				return
			}
			for _, e := range t.pkg.edgesOf(t.index) {
				if !e.bad() && seen.add(e.to()) {
					queue = append(queue, e.to())
				}
			}
		}
	}
}

// A bitSet is a set of numbers.
type bitSet struct{ words []uint64 }

// add adds a number and reports whether it is new.
func (b *bitSet) add(number uint32) bool {
	if missing := int(number/64) + 1 - len(b.words); missing > 0 {
		b.words = append(b.words, make([]uint64, missing)...)
	}
	bit := uint64(1) << (number % 64)
	isNew := b.words[number/64]&bit == 0
	b.words[number/64] |= bit
	return isNew
}

// A tarjan finds strongly connected parts without recursion, for a cycle may be as long as the repository. Targets are
// the numbers of their addresses.
type tarjan struct {
	snapshot *Snapshot
	visits   []visit  // by number
	stack    []uint32 // of the targets whose part is not yet known
	n        uint32
	cycles   []Cycle
}

// A visit is what is known of a target during the search.
type visit struct {
	index   uint32 // 0 as long as it was not visited
	low     uint32
	onStack bool
}

// A frame is a target on the way from where the search began.
type frame struct {
	number uint32
	edges  []edgeRecord // those that were not looked at
	loop   bool         // it uses itself
}

// visit returns what is known of a target. The pointer holds until the next call.
func (t *tarjan) visit(number uint32) *visit {
	if missing := int(number) + 1 - len(t.visits); missing > 0 {
		t.visits = append(t.visits, make([]visit, missing)...)
	}
	return &t.visits[number]
}

func (t *tarjan) push(number uint32) frame {
	t.n++
	*t.visit(number) = visit{index: t.n, low: t.n, onStack: true}
	t.stack = append(t.stack, number)
	return frame{number: number, edges: t.snapshot.edgesOf(number)}
}

func (t *tarjan) search(root uint32) {
	if t.visit(root).index != 0 {
		return
	}
	path := []frame{t.push(root)}
	for len(path) > 0 {
		f := &path[len(path)-1]
		if next, ok := t.step(f); ok {
			path = append(path, t.push(next))
			continue
		}
		v := *t.visit(f.number)
		if v.low == v.index {
			t.pop(f)
		}
		path = path[:len(path)-1]
		if len(path) > 0 {
			up := t.visit(path[len(path)-1].number)
			up.low = min(up.low, v.low)
		}
	}
}

// step looks at the next edges of a target and returns the first target that was not yet visited.
func (t *tarjan) step(f *frame) (next uint32, ok bool) {
	for len(f.edges) > 0 {
		e := f.edges[0]
		f.edges = f.edges[1:]
		if !e.depends() {
			continue
		}
		to := e.to()
		f.loop = f.loop || to == f.number
		w := *t.visit(to)
		if w.index == 0 {
			return to, true
		}
		if w.onStack {
			v := t.visit(f.number)
			v.low = min(v.low, w.index)
		}
	}
	return 0, false
}

// pop takes the part that f is the root of from the stack, and keeps a cycle of it if there is one.
func (t *tarjan) pop(f *frame) {
	i := len(t.stack) - 1
	for t.stack[i] != f.number {
		i--
	}
	part := t.stack[i:]
	t.stack = t.stack[:i]
	for _, number := range part {
		t.visits[number].onStack = false
	}
	if len(part) > 1 || f.loop {
		t.cycles = append(t.cycles, t.shortestCycle(part))
	}
}

// shortestCycle returns a shortest circle through the least address of a strongly connected part.
func (t *tarjan) shortestCycle(part []uint32) Cycle {
	n := t.snapshot.names
	first := slices.MinFunc(part, func(a, b uint32) int { return compareAddresses(n.addressOf(a), n.addressOf(b)) })
	in := make(map[uint32]bool, len(part))
	for _, number := range part {
		in[number] = true
	}
	type step struct {
		use  Use
		to   uint32
		prev *step
	}
	seen := map[uint32]bool{}
	for queue := []*step{{to: first}}; len(queue) > 0; queue = queue[1:] {
		from := t.snapshot.resolveNumber(queue[0].to)
		for _, e := range from.pkg.edgesOf(from.index) {
			to := e.to()
			if !e.depends() || !in[to] || seen[to] {
				continue
			}
			seen[to] = true
			next := &step{Use{from.pkg, from, e.edge(n)}, to, queue[0]}
			if to != first {
				queue = append(queue, next)
				continue
			}
			var c Cycle
			for ; next.prev != nil; next = next.prev {
				c = append(c, next.use)
			}
			slices.Reverse(c)
			return c
		}
	}
	return nil
}
