package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// replaceDependency returns the fix that makes an edge of the package lead elsewhere; if the target has that dependency
// already, the edge goes.
func replaceDependency(p *analysis.Pass, file string, e workspace.Edge, to workspace.Address) []analysis.Fix {
	t, d, ok := findDependency(p, file, e)
	if !ok || !isOwn(t, d) || !d.Value.IsLiteral() || leadsTo(p, to, t.Address()) {
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

// findDependency returns the dependency that an edge stands for.
func findDependency(p *analysis.Pass, file string, e workspace.Edge) (*workspace.Target, workspace.Dep, bool) {
	for _, t := range p.Targets() {
		if t.File.Path != file {
			continue
		}
		for _, d := range t.Deps {
			if d.Span() == e.Span {
				return t, d, true
			}
		}
	}
	return nil, workspace.Dep{}, false
}

// leadsTo reports whether from is to or depends on it, directly or through others.
func leadsTo(p *analysis.Pass, from, to workspace.Address) bool {
	seen := map[workspace.Address]bool{from: true}
	queue := []workspace.Address{from}
	for len(queue) > 0 {
		a := queue[0]
		queue = queue[1:]
		if a == to {
			return true
		}
		r := p.Resolve(a)
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
	return false
}
