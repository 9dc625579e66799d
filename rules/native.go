package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A reached is a target on the way from another along its dependencies.
type reached struct {
	workspace.Resolution

	from *reached       // nil for the first
	edge workspace.Edge // that leads here
}

// reach calls visit for what an address names and for all that it depends on, the nearest first, until visit returns
// false. Addresses that name nothing are left out.
func reach(p *analysis.Pass, from workspace.Address, visit func(*reached) bool) {
	seen := map[workspace.Address]bool{from: true}
	queue := []*reached{{Resolution: p.Resolve(from)}}
	for len(queue) > 0 && len(seen) < maxSupply {
		r := queue[0]
		queue = queue[1:]
		if r.Target == nil {
			continue
		}
		if !visit(r) {
			return
		}
		for _, e := range r.Target.Edges {
			if e.Via != workspace.ViaReference && !e.Bad && !seen[e.To] {
				seen[e.To] = true
				queue = append(queue, &reached{Resolution: p.Resolve(e.To), from: r, edge: e})
			}
		}
	}
}

// path returns the way to r as places: each dependency that leads on.
func (r *reached) path() []analysis.Related {
	var related []analysis.Related
	for ; r.from != nil; r = r.from {
		related = append(related, analysis.Related{
			Location: analysis.Location{Path: r.from.Package.Path(r.from.Target), Span: r.edge.Span},
			Message:  fmt.Sprintf("`%s` depends on `%s`", r.from.Target.Address, r.Target.Address),
		})
	}
	slices.Reverse(related)
	return related
}

// isNativeSource reports whether a file is compiled to native code, or holds what was.
func isNativeSource(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".c", ".cc", ".cpp", ".cxx", ".pyx", ".rs", ".f90":
		return true
	}
	return isNativeBinary(name)
}

// isNativeBinary reports whether a file holds native code.
func isNativeBinary(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".so", ".pyd", ".dylib", ".dll":
		return true
	}
	return false
}

// nativeCode returns why a target is known to hold native code, "" if it is not. The requirements are the names of
// distributions that do.
func nativeCode(p *analysis.Pass, r workspace.Resolution, requirements []string) string {
	t := r.Target
	for _, spec := range t.Requirements() {
		for _, name := range requirements {
			if python.Normalise(name) == python.Normalise(spec.Name) {
				return fmt.Sprintf("the distribution `%s`", spec.Name)
			}
		}
	}
	switch {
	case t.Is(dialect.Library) && (t.Kind.Language == "c" || t.Kind.Language == "cpp"):
		return fmt.Sprintf("the `%s` `%s`", t.KindName, t.Address)
	case t.Kind.IsPython() && (t.Is(dialect.Library) || t.Is(dialect.Distribution)):
		return nativeFile(p, r, isNativeSource)
	case t.Is(dialect.Resource):
		return nativeFile(p, r, isNativeBinary)
	}
	return ""
}

// nativeFile returns a source of a target that holds native code, "" if none does.
func nativeFile(p *analysis.Pass, r workspace.Resolution, isNative func(string) bool) string {
	s := r.Target.Sources
	if s == nil || !s.Known {
		return ""
	}
	for _, pattern := range s.Include {
		if !isNative(pattern.Glob) {
			continue
		}
		for _, file := range p.Files(r.Package.Dir, []string{pattern.Glob}, s.Exclude) {
			return fmt.Sprintf("`%s`", file)
		}
	}
	return ""
}
