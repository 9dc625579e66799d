package rules

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A step is a target that another reaches through its dependencies.
type step struct {
	from   *step // nil at the start
	edge   *workspace.Edge
	pkg    *workspace.Facts
	target workspace.TargetFacts
}

// Bounds of how many targets are followed: from one target, and from all of a package.
const (
	maxReach      = 20000
	maxReachInAll = 1 << 21
)

// reachable returns what a target depends on, itself first, nearest first. What cannot be resolved is left out, and
// what lies only behind targets that stop reports.
func reachable(p *analysis.Pass, from workspace.Address, stop func(workspace.TargetFacts) bool) []*step {
	r := p.Resolve(from)
	if r.Target.IsZero() {
		return nil
	}
	most := min(maxReach, maxReachInAll/max(1, p.Facts().Len()))
	steps := []*step{{pkg: r.Package, target: r.Target}}
	seen := map[workspace.Address]bool{from: true}
	for i := 0; i < len(steps) && len(steps) < most; i++ {
		if i > 0 && stop(steps[i].target) {
			continue
		}
		for e := range steps[i].target.Edges() {
			if !e.Depends() || seen[e.To] {
				continue
			}
			seen[e.To] = true
			if r := p.ResolveEdge(e); !r.Target.IsZero() {
				steps = append(steps, &step{from: steps[i], edge: &e, pkg: r.Package, target: r.Target})
			}
		}
	}
	return steps
}

// nowhere stops at no target.
func nowhere(workspace.TargetFacts) bool { return false }

// maxShown bounds how many steps of a way are shown: its two ends, for a way may be as long as the workspace.
const maxShown = 24

// way returns the steps from the start to s, and how many are left out in the middle.
func (s *step) way() (steps []*step, left int) {
	for ; s != nil; s = s.from {
		steps = append(steps, s)
	}
	slices.Reverse(steps)
	if left = len(steps) - maxShown; left <= 0 {
		return steps, 0
	}
	return slices.Delete(steps, maxShown/2, maxShown/2+left), left
}

// path writes the way from the start to s.
func (s *step) path() string {
	var names []string
	steps, left := s.way()
	for _, s := range steps {
		names = append(names, s.target.Address().Short())
	}
	if left > 0 {
		names = slices.Insert(names, maxShown/2, "…")
	}
	return strings.Join(names, " → ")
}

// first returns the edge of the start that leads to s, nil at the start.
func (s *step) first() *workspace.Edge {
	for s.from != nil && s.from.from != nil {
		s = s.from
	}
	return s.edge
}

// related returns the places of the edges from the start to s.
func (s *step) related() []analysis.Related {
	steps, _ := s.way()
	var places []analysis.Related
	for _, s := range steps[1:] {
		places = append(places, analysis.Related{
			Location: analysis.Location{Path: s.from.pkg.Path(s.from.target), Span: s.edge.Span},
			Message:  "`" + s.from.target.Address().Short() + "` depends on `" + s.target.Address().Short() + "`",
		})
	}
	return places
}
