package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A redirector makes fixes that make edges of a package lead elsewhere.
type redirector struct {
	*analysis.Pass
	deps  dependencies
	reach reach
}

// fix returns the fix that makes an edge of the package lead elsewhere; if the target has that dependency already, the
// edge goes.
func (r *redirector) fix(file string, e workspace.Edge, to workspace.Address) []analysis.Fix {
	p := r.Pass
	if r.deps == nil {
		r.deps, r.reach = dependenciesOf(p), reach{}
	}
	t, d, ok := r.deps.of(file, e)
	if !ok || !isOwn(t, d) || !d.Value.IsLiteral() || r.reach.leadsTo(p, to, t.Address()) {
		return nil // in a constant it is others' business, too; and there must be no circle
	}
	title := fmt.Sprintf("Depend on `%s` instead", p.Dialect().From(to, p.Dir))
	return []analysis.Fix{analysis.NewFix(title, analysis.Unsafe, func() []edit.Edit {
		guard := analysis.GuardTarget(p.Snapshot(), to)
		if t.DependsOn(to) {
			return append(removeDependency(file, d), guard...)
		}
		return append(analysis.ReplaceString(file, d.Value.Literal, p.Dialect().From(to, p.Dir)), guard...)
	})}
}

// removeDependency returns the edits that remove an element of a list of dependencies.
func removeDependency(file string, d workspace.Dep) []edit.Edit {
	if d.Item.List.IsZero() {
		return nil
	}
	return rewrite.RemoveElem(file, d.Item.List, d.Item.Node)
}

// A dependency is one that a target writes out, with the first target that does.
type dependency struct {
	target *workspace.Target
	dep    workspace.Dep
}

// dependencies are those of a package by the place of the string.
type dependencies map[analysis.Location]dependency

func dependenciesOf(p *analysis.Pass) dependencies {
	found := dependencies{}
	for _, t := range p.Targets() {
		for _, d := range t.Deps {
			place := analysis.Location{Path: t.File.Path, Span: d.Span()}
			if _, known := found[place]; !known {
				found[place] = dependency{t, d}
			}
		}
	}
	return found
}

// of returns the dependency that an edge stands for.
func (ds dependencies) of(file string, e workspace.Edge) (*workspace.Target, workspace.Dep, bool) {
	d, ok := ds[analysis.Location{Path: file, Span: e.Span}]
	return d.target, d.dep, ok
}

// A reach holds what each of some targets is or depends on, directly or through others.
type reach map[workspace.Address]map[workspace.Address]bool

// leadsTo reports whether from is to or depends on it.
func (r reach) leadsTo(p *analysis.Pass, from, to workspace.Address) bool {
	if r[from] == nil {
		r[from] = reachedFrom(p, from)
	}
	return r[from][to]
}

func reachedFrom(p *analysis.Pass, from workspace.Address) map[workspace.Address]bool {
	seen := map[workspace.Address]bool{from: true}
	for queue := []workspace.Address{from}; len(queue) > 0; queue = queue[1:] {
		r := p.Resolve(queue[0])
		if r.Target.IsZero() {
			continue
		}
		for e := range r.Target.Edges() {
			if e.Depends() && !seen[e.To] {
				seen[e.To] = true
				queue = append(queue, e.To)
			}
		}
	}
	return seen
}
