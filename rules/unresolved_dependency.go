package rules

import (
	"fmt"
	"iter"
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

An address of Pants v2 such as 3rdparty#django names one of the requirements that a target generates from a file. The
file has to list it.

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
	l := &lost{Pass: p, nearest: nearest.NewSearch(facts.Size())}
	for t := range facts.Targets() {
		for e := range t.Edges() {
			if message := l.unresolved(facts, t, e); message != "" {
				p.Report(analysis.Diagnostic{
					Location: analysis.Location{Path: facts.Path(t), Span: e.Span},
					Target:   addressOf(p, t), Message: message,
				})
			}
		}
	}
}

// A lost is a pass that tells what is wrong with the edges that lead nowhere.
type lost struct {
	*analysis.Pass
	nearest *nearest.Search
	deps    dependencies
}

// addressOf returns the address of a target for a finding, "" where its name is not known.
func addressOf(p *analysis.Pass, t workspace.TargetFacts) string {
	if t.Address().IsZero() {
		return ""
	}
	return p.Dialect().Spell(t.Address())
}

// unresolved says what is wrong with an edge, "" if nothing is.
func (l *lost) unresolved(f *workspace.Facts, t workspace.TargetFacts, e workspace.Edge) string {
	if e.Bad {
		return l.badAddress(f.Path(t), e)
	}
	r := l.ResolveEdge(e)
	switch {
	case !r.Target.IsZero():
		return l.noRequirement(f.Path(t), e, r)
	case r.Unknown, l.Dialect().Grammar.Labels && isOutput(l.Pass, r.Package, e.To):
		return ""
	case l.Dialect().Grammar.Generated && l.isPath(f.Path(t), e):
		return ""
	case r.Package == nil:
		return l.noPackage(e.To)
	}
	return l.noTarget(r.Package, e.To)
}

// noRequirement says that a target generates no requirement of the name that an edge gives, "" if it does or may.
func (l *lost) noRequirement(file string, e workspace.Edge, r workspace.Resolution) string {
	generated := r.Target.Generated()
	if generated == nil || !generated.Complete || !r.Package.Complete {
		return ""
	}
	_, d, ok := l.dependency(file, e)
	if !ok || d.Label.Generated() == "" {
		return ""
	}
	name := d.Label.Generated()
	if _, ok := generated.Named(name); ok {
		return ""
	}
	message := fmt.Sprintf("there is no requirement `%s` in `%s`", name, generated.Path)
	var names []string
	for _, n := range generated.Names {
		names = append(names, n.Name)
	}
	if near, ok := l.nearest.Of(name, slices.Values(names)); ok {
		message += fmt.Sprintf(": did you mean `%s`?", near)
	}
	return message
}

// isPath reports whether the path of an edge is one of a file without an extension, or of a directory with one.
func (l *lost) isPath(file string, e workspace.Edge) bool {
	if l.Stat(e.To.Dir) == filetree.File {
		return true
	}
	_, d, ok := l.dependency(file, e)
	return ok && d.Label.File != "" && l.Stat(path.Join(e.To.Dir, d.Label.File)) == filetree.Dir
}

// dependency returns the dependency that an edge is made of.
func (l *lost) dependency(file string, e workspace.Edge) (*workspace.Target, workspace.Dep, bool) {
	if l.deps == nil {
		l.deps = dependenciesOf(l.Pass)
	}
	return l.deps.of(file, e)
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
	return holdsName(f, a.Name)
}

// holdsName reports whether the name of a target is a part of a text. Of many targets the parts are looked up.
func holdsName(f *workspace.Facts, text string) bool {
	if f.Size() < len(text)*len(text) {
		return f.HasTarget(func(t workspace.TargetFacts) bool { return t.Name() != "" && strings.Contains(text, t.Name()) })
	}
	for from := range len(text) {
		for to := from + 1; to <= len(text); to++ {
			if !f.Named(text[from:to]).IsZero() {
				return true
			}
		}
	}
	return false
}

// badAddress says why the text of an edge is no address.
func (l *lost) badAddress(path string, e workspace.Edge) string {
	if _, d, ok := l.dependency(path, e); ok {
		return fmt.Sprintf("`%s` is no address: %v", d.Text, d.Err)
	}
	return "this is no address"
}

func (l *lost) noTarget(f *workspace.Facts, a workspace.Address) string {
	where := "`" + a.Dir + "`"
	if a.Dir == l.Dir {
		where = "this package"
	}
	message := fmt.Sprintf("there is no target `%s` in %s", a.Name, where)
	if name, ok := l.nearest.Of(a.Name, targetNames(f)); ok {
		message += fmt.Sprintf(": did you mean `%s`?", l.Dialect().From(workspace.Address{Dir: a.Dir, Name: name}, l.Dir))
	}
	return message
}

func targetNames(f *workspace.Facts) iter.Seq[string] {
	return func(yield func(string) bool) {
		for t := range f.Targets() {
			if !yield(t.Name()) {
				return
			}
		}
	}
}

// noPackage says that there is no BUILD file, and suggests the nearest directory that has one: at the first component
// of the path that is not there.
func (l *lost) noPackage(a workspace.Address) string {
	if strings.Contains(a.Dir, ":") {
		return fmt.Sprintf("`%s:%s` names no target: an address has a single `:`, between directory and name", a.Dir, a.Name)
	}
	message := fmt.Sprintf("there is no BUILD file in `%s`", a.Dir)
	parent, rest := "", a.Dir
	for {
		name, tail, more := strings.Cut(rest, "/")
		next := path.Join(parent, name)
		if !more || !hasDir(l.Pass, parent, name) {
			if near, ok := l.nearest.Of(name, dirNames(l.Pass, parent)); ok {
				return l.suggestPackage(message, workspace.Address{Dir: path.Join(parent, near, tail)}, a)
			}
			return message
		}
		parent, rest = next, tail
	}
}

// suggestPackage adds the address of a package to the message if there is such a package with, for all that can be
// seen, such a target.
func (l *lost) suggestPackage(message string, near, meant workspace.Address) string {
	near.Name = meant.Name
	if meant.IsDefault() {
		near.Name = path.Base(near.Dir)
	}
	r := l.Resolve(near)
	if near.Dir == meant.Dir || r.Package == nil || r.Target.IsZero() && !r.Unknown {
		return message
	}
	return message + fmt.Sprintf(": did you mean `%s`?", l.Dialect().Short(near))
}

func hasDir(p *analysis.Pass, parent, name string) bool {
	entries := p.Entries(parent) // sorted
	i, found := slices.BinarySearchFunc(entries, name, func(e filetree.Entry, name string) int {
		return strings.Compare(e.Name, name)
	})
	return found && entries[i].Dir
}

func dirNames(p *analysis.Pass, dir string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range p.Entries(dir) {
			if e.Dir && !yield(e.Name) {
				return
			}
		}
	}
}
