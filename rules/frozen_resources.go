package rules

import (
	"fmt"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A frozenOptions says which files are frozen.
type frozenOptions struct {
	Tags  []string `toml:"tags" doc:"the tags of targets whose files are frozen, such as \"frozen\""`
	Paths []string `toml:"paths" format:"glob" doc:"patterns of files that are frozen, relative to the root"`
}

func frozenResources() *analysis.Rule {
	return &analysis.Rule{
		Name:     "frozen-resources",
		Summary:  "a file that was changed or removed, of a target whose files are frozen",
		Severity: analysis.Error,
		Options:  &frozenOptions{},
		Check:    checkFrozenResources,
		Doc: `
Files that an older version wrote, such as checkpoints, prove that the newer one still reads them. Whoever changes one
so that the test passes again has taken the proof away. Such files may be added to, and are never changed.

The options say which: ` + "`tags`" + ` are those of targets, ` + "`paths`" + ` are patterns of files, such as
` + "`**/checkpoints/**`" + `. Without them the rule is silent. It looks at changes, so it needs ` + "`--since`" + ` or
` + "`--staged`" + `; without them, and in an editor, it is silent too. What counts is the state before the change: to
take the tag away with the file does not help. The finding is at the target; where its whole package is gone, at the
nearest package above, and where there is none, nobody is told. A file that is renamed is removed.

To mend it, restore the file and add another beside it. There is no fix, since the file of before is git's to restore.
Where the change is meant, suppress the rule at the target for the time of that change.`,
		Bad: `
-- buildlint.toml --
[rules]
frozen-resources = { tags = ["frozen"] }
-- src/test/resources/org/app/checkpoints/BUILD --
resources(
  name = 'checkpoints',
  sources = globs('*.json'),
  tags = ['frozen'],
)
-- before/src/test/resources/org/app/checkpoints/v1.json --
{"version": 1}
-- src/test/resources/org/app/checkpoints/v1.json --
{"version": 2}
`,
		Good: `
-- buildlint.toml --
[rules]
frozen-resources = { tags = ["frozen"] }
-- src/test/resources/org/app/checkpoints/BUILD --
resources(
  name = 'checkpoints',
  sources = globs('*.json'),
  tags = ['frozen'],
)
-- src/test/resources/org/app/checkpoints/v1.json --
{"version": 1}
-- src/test/resources/org/app/checkpoints/v2.json --
{"version": 2}
`,
	}
}

func checkFrozenResources(p *analysis.Pass) {
	o := p.Options.(*frozenOptions)
	before := p.Before()
	if before == nil || len(o.Tags) == 0 && len(o.Paths) == 0 || len(p.Package().Files) == 0 {
		return
	}
	for _, c := range before.Files {
		if c.Kind != analysis.AddedFile && workspace.Below(dirOf(c.Path), p.Dir) {
			checkFrozen(p, o, before.Snapshot(), c)
		}
	}
}

// checkFrozen reports a file that changed if it was frozen before: in this package, or in one below that is gone, so
// that this is the next that is left.
func checkFrozen(p *analysis.Pass, o *frozenOptions, before *workspace.Snapshot, c analysis.FileChange) {
	for _, dir := range append([]string{p.Dir}, goneAbove(p, c.Path)...) {
		owner, frozen := frozenIn(before, dir, o, c)
		if !frozen {
			continue
		}
		if dir != p.Dir {
			owner = ""
		}
		reportFrozen(p, c, owner)
		return
	}
}

// goneAbove returns the directories between this package and a file that are no packages, as far as no package of today
// is between them and this one.
func goneAbove(p *analysis.Pass, file string) []string {
	var gone []string
	for dir := dirOf(file); dir != p.Dir; dir = dirOf(dir) {
		if p.FactsOf(dir) != nil {
			gone = nil
		} else {
			gone = append(gone, dir)
		}
	}
	return gone
}

// frozenIn reports whether a file was frozen in the package of a directory, and by which target; the owner is "" if its
// path alone makes it so.
func frozenIn(
	before *workspace.Snapshot, dir string, o *frozenOptions, c analysis.FileChange,
) (owner string, frozen bool) {
	pkg, _ := before.Package(dir) // what could not be read owned nothing
	if pkg == nil {
		return "", false
	}
	isOwner := func(t *workspace.Target) bool {
		return t.Sources != nil && t.Sources.Known && t.Sources.Match(workspace.Relative(c.Path, dir))
	}
	isFrozen := func(t *workspace.Target) bool { return isOwner(t) && hasTag(t, o.Tags) }
	if i := slices.IndexFunc(pkg.Targets, isFrozen); i >= 0 {
		return pkg.Targets[i].Name, true
	}
	if !isFrozenPath(o, c.Path) {
		return "", false
	}
	if i := slices.IndexFunc(pkg.Targets, isOwner); i >= 0 {
		return pkg.Targets[i].Name, true
	}
	return "", nearestPackage(before, c.Path) == dir
}

// hasTag reports whether a target has one of the tags.
func hasTag(t *workspace.Target, tags []string) bool {
	f := t.Field("tags")
	if f == nil {
		return false
	}
	list, ok := f.Value.(*workspace.List)
	return ok && slices.ContainsFunc(list.Items, func(item workspace.Item) bool {
		tag, ok := workspace.Text(item.Value)
		return ok && slices.Contains(tags, tag)
	})
}

func isFrozenPath(o *frozenOptions, file string) bool {
	return slices.ContainsFunc(o.Paths, func(pattern string) bool {
		ok, _ := doublestar.Match(pattern, file)
		return ok
	})
}

// nearestPackage returns the directory of the package that a file lies in.
func nearestPackage(s *workspace.Snapshot, file string) string {
	dir := dirOf(file)
	for dir != "" && s.Facts(dir) == nil {
		dir = dirOf(dir)
	}
	return dir
}

// reportFrozen reports a file at the target that owned it, as far as that is still there.
func reportFrozen(p *analysis.Pass, c analysis.FileChange, owner string) {
	did := "changed"
	if c.Kind == analysis.DeletedFile {
		did = "removed"
	}
	d := analysis.Diagnostic{
		Location: analysis.Location{Path: p.Package().Files[0].Path},
		Message:  fmt.Sprintf("`%s` is frozen and was %s: restore it, and add another file", c.Path, did),
	}
	if t := p.Package().Named(owner); t != nil && owner != "" {
		d.Location = analysis.Location{Path: t.File.Path, Span: t.Head()}
		d.Target = t.Address().String()
	}
	if c.Kind == analysis.ModifiedFile {
		d.Related = []analysis.Related{related(c.Path, syntax.Span{}, "the file")}
	}
	p.Report(d)
}
