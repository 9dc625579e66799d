package rules

import (
	"fmt"
	"path"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func sharedSource() *analysis.Rule {
	return &analysis.Rule{
		Name:     "shared-source",
		Summary:  "a file that two library targets own",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		YieldsTo: []string{"duplicate-target"},
		Check:    checkSharedSource,
		Doc: `
A module that two libraries own is there twice as soon as something depends on both: in two distributions, with two
sets of dependencies, and with ` + "`isinstance`" + ` that is false where it looks true. Which of the two a test covers
is anybody's guess.

Only sources that are written out make an owner, never a kind's default. Patterns reach into directories that have
BUILD files of their own, which is how most shared files come about; the finding is then at the target whose pattern
does.

To mend it, give the file to one library that the other depends on, or exclude it:
` + "`rglobs('*.py', exclude=[…])`" + `. There is no fix, since only one of the owners is right.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_web',
  sources = ['main.py', 'util.py'],
)

python_library(
  name = '_admin',
  sources = ['admin.py', 'util.py'],
)
-- src/main/python/org/app/web/main.py --
-- src/main/python/org/app/web/admin.py --
-- src/main/python/org/app/web/util.py --
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = '_web',
  sources = ['main.py', 'util.py'],
)

python_library(
  name = '_admin',
  sources = ['admin.py'],
  dependencies = [
    ':_web',
  ],
)
-- src/main/python/org/app/web/main.py --
-- src/main/python/org/app/web/admin.py --
-- src/main/python/org/app/web/util.py --
`,
	}
}

// An owner is a library target with the files that its sources match.
type owner struct {
	pkg    *workspace.Facts
	target workspace.TargetFacts
	files  []string
}

func checkSharedSource(p *analysis.Pass) {
	own := owners(p, p.Facts())
	earlier := map[string][]int{} // indices of own by file
	for i, o := range own {
		var others []owner
		for _, j := range sharing(earlier, o.files) {
			others = append(others, own[j])
		}
		reportShared(p, o, append(others, ownersBelow(p, o)...))
		for _, file := range o.files {
			earlier[file] = append(earlier[file], i)
		}
	}
}

// sharing returns the owners of some of the files, in order.
func sharing(owners map[string][]int, files []string) []int {
	var found []int
	for _, file := range files {
		found = append(found, owners[file]...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// owners returns the library targets of a package that write their sources out.
func owners(p *analysis.Pass, f *workspace.Facts) []owner {
	var found []owner
	for t := range f.Targets() {
		if s := t.Sources(); t.Is(dialect.Library) && !t.Conditional() && s != nil && s.Written && s.Known {
			found = append(found, owner{f, t, p.Files(f.Dir, s.Globs(), s.Exclude)})
		}
	}
	return found
}

// ownersBelow returns the owners in the packages that the patterns of o reach into.
func ownersBelow(p *analysis.Pass, o owner) []owner {
	var found []owner
	last := p.Dir
	for _, file := range o.files { // sorted: a directory's files stand together
		for dir := path.Dir(file); dir != p.Dir && dir != last && dir != "."; dir = path.Dir(dir) {
			if seen(found, dir) {
				break
			}
			if f := p.FactsOf(dir); f != nil {
				found = append(found, owners(p, f)...)
			}
		}
		last = path.Dir(file)
	}
	return found
}

func seen(owners []owner, dir string) bool {
	return slices.ContainsFunc(owners, func(o owner) bool { return o.pkg.Dir == dir })
}

// reportShared reports the files that o shares with others, once.
func reportShared(p *analysis.Pass, o owner, others []owner) {
	var shared []string
	var places []analysis.Related
	for _, other := range others {
		both := intersection(o.files, other.files)
		if len(both) == 0 {
			continue
		}
		shared = append(shared, both...)
		places = append(places, related(other.pkg.Path(other.target), other.target.SourcesSpan(),
			fmt.Sprintf("`%s` owns %s", addressOf(p, other.target), counted(both))))
	}
	if len(shared) == 0 {
		return
	}
	slices.Sort(shared)
	shared = slices.Compact(shared)
	p.Report(analysis.Diagnostic{
		Location: analysis.Location{Path: o.pkg.Path(o.target), Span: o.target.SourcesSpan()},
		Target:   addressOf(p, o.target),
		Message:  fmt.Sprintf("another library owns %s as well: give each file to one library", counted(shared)),
		Related:  places,
	})
}

// counted names the first of some files and says how many more there are.
func counted(files []string) string {
	name := path.Base(files[0])
	if len(files) == 1 {
		return fmt.Sprintf("`%s`", name)
	}
	return fmt.Sprintf("`%s` and %d more", name, len(files)-1)
}

// intersection returns what two sorted slices have in common.
func intersection(a, b []string) []string {
	var both []string
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			both = append(both, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return both
}
