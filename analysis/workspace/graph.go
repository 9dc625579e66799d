package workspace

import (
	"cmp"
	"slices"
	"strings"
)

func compareUses(a, b Use) int {
	return cmp.Or(
		strings.Compare(a.Package.Dir, b.Package.Dir),
		cmp.Compare(a.Target.File, b.Target.File),
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
	t := &tarjan{snapshot: s, state: map[Address]*visit{}}
	for _, dir := range dirs {
		f := s.Facts(dir)
		if f == nil {
			continue
		}
		for i := range f.Targets {
			t.search(f.Targets[i].Address)
		}
	}
	slices.SortFunc(t.cycles, func(a, b Cycle) int {
		return compareAddresses(a[0].Target.Address, b[0].Target.Address)
	})
	return t.cycles
}

// A tarjan finds strongly connected parts without recursion, for a cycle may be as long as the repository.
type tarjan struct {
	snapshot *Snapshot
	state    map[Address]*visit
	stack    []*visit
	n        int
	cycles   []Cycle
}

// A visit is what is known of a target during the search.
type visit struct {
	pkg        *Facts
	target     *TargetFacts
	index, low int
	onStack    bool
	next       int // the edge to look at next
}

func (t *tarjan) push(a Address) *visit {
	r := t.snapshot.Resolve(a)
	v := &visit{pkg: r.Package, target: r.Target, index: t.n, low: t.n, onStack: true}
	t.n++
	t.state[a] = v
	t.stack = append(t.stack, v)
	return v
}

func (t *tarjan) search(root Address) {
	if root.IsZero() || t.state[root] != nil {
		return
	}
	path := []*visit{t.push(root)}
	for len(path) > 0 {
		v := path[len(path)-1]
		if w := t.step(v); w != nil {
			path = append(path, w)
			continue
		}
		path = path[:len(path)-1]
		if len(path) > 0 {
			parent := path[len(path)-1]
			parent.low = min(parent.low, v.low)
		}
		if v.low == v.index {
			t.pop(v)
		}
	}
}

// step looks at the next edges of v and returns the first target that was not yet visited.
func (t *tarjan) step(v *visit) *visit {
	for v.target != nil && v.next < len(v.target.Edges) {
		e := &v.target.Edges[v.next]
		v.next++
		if !e.Depends() {
			continue
		}
		w := t.state[e.To]
		if w == nil {
			return t.push(e.To)
		}
		if w.onStack {
			v.low = min(v.low, w.index)
		}
	}
	return nil
}

// pop takes the part that v is the root of from the stack, and keeps a cycle of it if there is one.
func (t *tarjan) pop(v *visit) {
	i := len(t.stack) - 1
	for t.stack[i] != v {
		i--
	}
	part := slices.Clone(t.stack[i:])
	t.stack = t.stack[:i]
	for _, w := range part {
		w.onStack = false
	}
	if v.target == nil {
		return
	}
	first := slices.MinFunc(part, func(a, b *visit) int {
		return compareAddresses(a.target.Address, b.target.Address)
	})
	in := make(map[Address]*visit, len(part))
	for _, w := range part {
		in[w.target.Address] = w
	}
	if c := shortestCycle(first, in); c != nil {
		t.cycles = append(t.cycles, c)
	}
}

// shortestCycle returns a shortest circle through first within a strongly connected part, nil if there is none.
func shortestCycle(first *visit, in map[Address]*visit) Cycle {
	type step struct {
		use  Use
		prev *step
	}
	queue := []*step{}
	seen := map[Address]bool{}
	expand := func(v *visit, prev *step) *step {
		for i := range v.target.Edges {
			e := &v.target.Edges[i]
			if !e.Depends() || in[e.To] == nil || seen[e.To] {
				continue
			}
			seen[e.To] = true
			s := &step{Use{v.pkg, v.target, e}, prev}
			if e.To == first.target.Address {
				return s
			}
			queue = append(queue, s)
		}
		return nil
	}
	last := expand(first, nil)
	for last == nil && len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		last = expand(in[s.use.Edge.To], s)
	}
	var c Cycle
	for ; last != nil; last = last.prev {
		c = append(c, last.use)
	}
	slices.Reverse(c)
	return c
}
