package rules

import (
	"fmt"
	"maps"
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

// maxOwners bounds the owners that one finding shows. There may be thousands, and as many findings.
const maxOwners = 16

// An owner is a library target with the files that its sources match.
type owner struct {
	pkg    *workspace.Facts
	target workspace.TargetFacts
	files  []string
}

func checkSharedSource(p *analysis.Pass) {
	earlier, below := holders{byFile: map[string][]int{}}, holders{byFile: map[string][]int{}}
	read := map[string]bool{p.Dir: true}
	for _, o := range owners(p, p.Facts()) {
		for _, dir := range dirsBelow(o, read) {
			if f := p.FactsOf(dir); f != nil {
				below.add(owners(p, f)...)
			}
		}
		reportShared(p, o, earlier.sharing(o), below.sharing(o))
		earlier.add(o)
	}
}

// owners returns the library targets of a package that write their sources out.
func owners(p *analysis.Pass, f *workspace.Facts) []owner {
	var found []owner
	files := map[*workspace.Sources][]string{} // targets that say the same share what is kept of it
	for t := range f.Targets() {
		s := t.Sources()
		if !t.Is(dialect.Library) || t.Conditional() || s == nil || !s.Written || !s.Known {
			continue
		}
		if _, known := files[s]; !known {
			files[s] = p.Files(f.Dir(), s.Globs(), s.Exclude)
		}
		found = append(found, owner{f, t, files[s]})
	}
	return found
}

// dirsBelow returns the directories that the patterns of o reach into, without those that were read, and marks them.
func dirsBelow(o owner, read map[string]bool) []string {
	var dirs []string
	for _, file := range o.files {
		for dir := path.Dir(file); !read[dir] && dir != "."; dir = path.Dir(dir) {
			read[dir] = true
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// holders are the owners of files: by file, the indices of the first [maxOwners].
type holders struct {
	owners []owner
	byFile map[string][]int
}

func (h *holders) add(owners ...owner) {
	for _, o := range owners {
		for _, file := range o.files {
			if len(h.byFile[file]) < maxOwners {
				h.byFile[file] = append(h.byFile[file], len(h.owners))
			}
		}
		h.owners = append(h.owners, o)
	}
}

// A share is what several targets own: files, and the first [maxOwners] owners, each with those that it owns.
type share struct {
	files  []string
	owners []owner
}

// sharing returns what the holders own of the files of o.
func (h *holders) sharing(o owner) share {
	var s share
	both := map[int][]string{}
	for _, file := range o.files {
		if len(h.byFile[file]) > 0 {
			s.files = append(s.files, file)
		}
		for _, i := range h.byFile[file] {
			both[i] = append(both[i], file)
		}
	}
	for _, i := range slices.Sorted(maps.Keys(both)) {
		if len(s.owners) == maxOwners {
			break // of the later ones not all files may be known
		}
		s.owners = append(s.owners, owner{h.owners[i].pkg, h.owners[i].target, both[i]})
	}
	return s
}

// reportShared reports the files that o shares with others, once.
func reportShared(p *analysis.Pass, o owner, shares ...share) {
	var shared []string
	var places []analysis.Related
	for _, s := range shares {
		shared = append(shared, s.files...)
		for _, other := range s.owners[:min(len(s.owners), maxOwners-len(places))] {
			places = append(places, related(other.pkg.Path(other.target), other.target.SourcesSpan(),
				fmt.Sprintf("`%s` owns %s", addressOf(p, other.target), counted(other.files))))
		}
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
