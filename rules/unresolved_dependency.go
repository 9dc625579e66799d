package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/nearest"
)

func unresolvedDependency() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unresolved-dependency",
		Summary:  "an address that names no target",
		Severity: analysis.Error,
		Stage:    analysis.Graph,
		YieldsAt: []string{"implicit-concatenation", "with-binaries-complete"},
		Check:    checkUnresolvedDependency,
		Doc: `
A dependency that names nothing fails the build of whoever asks for the target, which is often not the one who renamed
or removed what it named. The message suggests the nearest name.

A package that may hold targets which cannot be seen statically, such as those that a macro or a loop declares, is
given the benefit of the doubt, and so is a directory that is not checked out.

To mend it, correct the address or remove it. There is no fix, since the nearest name is a guess.`,
		Bad: `
-- src/main/python/org/app/util/BUILD --
python_library(
  name = 'util',
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/utils',
  ],
)
`,
		Good: `
-- src/main/python/org/app/util/BUILD --
python_library(
  name = 'util',
)
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/util',
  ],
)
`,
	}
}

func checkUnresolvedDependency(p *analysis.Pass) {
	facts := p.Facts()
	for t := range facts.Targets() {
		for e := range t.Edges() {
			if message := unresolved(p, facts, t, e); message != "" {
				p.Report(analysis.Diagnostic{
					Location: analysis.Location{Path: facts.Path(t), Span: e.Span},
					Target:   addressOf(p, t), Message: message,
				})
			}
		}
	}
}

// addressOf returns the address of a target for a finding, "" where its name is not known.
func addressOf(p *analysis.Pass, t workspace.TargetFacts) string {
	if t.Address().IsZero() {
		return ""
	}
	return p.Dialect().Spell(t.Address())
}

// unresolved says what is wrong with an edge, "" if nothing is.
func unresolved(p *analysis.Pass, f *workspace.Facts, t workspace.TargetFacts, e workspace.Edge) string {
	if e.Bad {
		return badAddress(p, f.Path(t), e)
	}
	r := p.ResolveEdge(e)
	switch {
	case !r.Target.IsZero() || r.Unknown, p.Dialect().Grammar.Labels && isOutput(p, r.Package, e.To):
		return ""
	case p.Dialect().Grammar.Generated && isPath(p, f.Path(t), e):
		return ""
	case r.Package == nil:
		return noPackage(p, e.To)
	}
	return noTarget(p, r.Package, e.To)
}

// isPath reports whether the path of an edge is one of a file without an extension, or of a directory with one.
func isPath(p *analysis.Pass, file string, e workspace.Edge) bool {
	if p.Stat(e.To.Dir) == filetree.File {
		return true
	}
	d, ok := depAt(p, file, e)
	return ok && d.Label.File != "" && p.Stat(path.Join(e.To.Dir, d.Label.File)) == filetree.Dir
}

// depAt returns the dependency that an edge is made of.
func depAt(p *analysis.Pass, path string, e workspace.Edge) (workspace.Dep, bool) {
	for _, t := range p.Targets() {
		for _, d := range t.Deps {
			if t.File.Path == path && d.Span() == e.Span {
				return d, true
			}
		}
	}
	return workspace.Dep{}, false
}

// isOutput reports whether a label without a target is a file of the package, or may be one that a target makes: its
// name then holds that of the target, as in name_deploy.jar and libname.so.
func isOutput(p *analysis.Pass, f *workspace.Facts, a workspace.Address) bool {
	if p.Stat(path.Join(a.Dir, a.Name)) != filetree.Absent {
		return true
	}
	if f == nil || !strings.ContainsAny(a.Name, "._-") {
		return false
	}
	return f.HasTarget(func(t workspace.TargetFacts) bool { return t.Name() != "" && strings.Contains(a.Name, t.Name()) })
}

// badAddress says why the text of an edge is no address.
func badAddress(p *analysis.Pass, path string, e workspace.Edge) string {
	if d, ok := depAt(p, path, e); ok {
		return fmt.Sprintf("`%s` is no address: %v", d.Text, d.Err)
	}
	return "this is no address"
}

func noTarget(p *analysis.Pass, f *workspace.Facts, a workspace.Address) string {
	var names []string
	for t := range f.Targets() {
		names = append(names, t.Name())
	}
	where := "`" + a.Dir + "`"
	if a.Dir == p.Dir {
		where = "this package"
	}
	message := fmt.Sprintf("there is no target `%s` in %s", a.Name, where)
	if name, ok := nearest.Of(a.Name, slices.Values(names)); ok {
		message += fmt.Sprintf(": did you mean `%s`?", p.Dialect().From(workspace.Address{Dir: a.Dir, Name: name}, p.Dir))
	}
	return message
}

// noPackage says that there is no BUILD file, and suggests the nearest directory that has one: at the first component
// of the path that is not there.
func noPackage(p *analysis.Pass, a workspace.Address) string {
	if strings.Contains(a.Dir, ":") {
		return fmt.Sprintf("`%s:%s` names no target: an address has a single `:`, between directory and name", a.Dir, a.Name)
	}
	message := fmt.Sprintf("there is no BUILD file in `%s`", a.Dir)
	parent, rest := "", a.Dir
	for {
		name, tail, more := strings.Cut(rest, "/")
		next := path.Join(parent, name)
		if !more || !hasDir(p, parent, name) {
			if near, ok := nearest.Of(name, slices.Values(dirNames(p, parent))); ok {
				return suggestPackage(p, message, workspace.Address{Dir: path.Join(parent, near, tail)}, a)
			}
			return message
		}
		parent, rest = next, tail
	}
}

// suggestPackage adds the address of a package to the message if there is such a package with, for all that can be
// seen, such a target.
func suggestPackage(p *analysis.Pass, message string, near, meant workspace.Address) string {
	near.Name = meant.Name
	if meant.IsDefault() {
		near.Name = path.Base(near.Dir)
	}
	r := p.Resolve(near)
	if near.Dir == meant.Dir || r.Package == nil || r.Target.IsZero() && !r.Unknown {
		return message
	}
	return message + fmt.Sprintf(": did you mean `%s`?", p.Dialect().Short(near))
}

func hasDir(p *analysis.Pass, parent, name string) bool {
	return slices.Contains(dirNames(p, parent), name)
}

func dirNames(p *analysis.Pass, dir string) []string {
	var names []string
	for _, e := range p.Entries(dir) {
		if e.Dir {
			names = append(names, e.Name)
		}
	}
	return names
}
