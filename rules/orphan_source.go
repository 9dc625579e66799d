package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// An orphanOptions says which files beside the Python ones a target has to cover.
type orphanOptions struct {
	Patterns []string `toml:"patterns" format:"glob" doc:"data files that a target has to cover too, such as \"*.json\""`
}

func orphanSource() *analysis.Rule {
	return &analysis.Rule{
		Name:     "orphan-source",
		Summary:  "a Python file that no target covers",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &orphanOptions{},
		YieldsTo: []string{"package-layout"},
		Check:    checkOrphanSource,
		Doc: `
A file that no target covers is never built, shipped or tested: a test that is not run looks like one that passes.

The file is looked for in the sources of all targets of its directory and of those above it, a kind's default sources
included. A directory without any BUILD file above it gives one finding, at its first file. An ` + "`__init__.py`" + `
above the packages needs no target, nor does one without code, which Pants makes where it is missing, and files that
.gitignore names are none of the repository's.

The option ` + "`patterns`" + ` adds data files: templates and the like are only shipped if a target names them. As in
.gitignore, a pattern without a slash is one of names, such as ` + "`*.html`" + `; another is of paths from the root.

To mend it, add the file to the sources of a target, or delete it. There is no fix, since which target it belongs to is
not known.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py'],
)
-- src/main/python/org/app/web/main.py --
-- src/main/python/org/app/web/forgotten.py --
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = ['main.py', 'forgotten.py'],
)
-- src/main/python/org/app/web/main.py --
-- src/main/python/org/app/web/forgotten.py --
`,
	}
}

func checkOrphanSource(p *analysis.Pass) {
	root, ok := p.RootOf(p.Dir)
	if !ok || root.Language != dialect.Python || root.Category == dialect.ThirdPartyRoot {
		return
	}
	files := pythonFiles(p)
	data := dataFiles(p)
	if len(files)+len(data) == 0 {
		return
	}
	orphans, packages, known := uncovered(p, root.Dir, slices.Concat(files, data))
	switch {
	case !known:
	case packages == 0:
		reportUnowned(p, slices.DeleteFunc(orphans, func(f string) bool { return slices.Contains(data, f) }))
	default:
		for _, f := range slices.DeleteFunc(orphans, func(f string) bool { return isBareInit(p, f) }) {
			reportFile(p, f, fmt.Sprintf("no target covers `%s`", workspace.Relative(f, p.Dir)))
		}
	}
}

// isBareInit reports whether a file is an __init__.py without code, which the build tool makes where it is missing.
func isBareInit(p *analysis.Pass, file string) bool {
	if path.Base(file) != "__init__.py" {
		return false
	}
	for t := range syntax.Scan(p.Source(file)) {
		switch t.Kind {
		case syntax.CommentTok, syntax.NewlineTok, syntax.StringTok, syntax.EOF:
		default:
			return false
		}
	}
	return true
}

// pythonFiles returns the Python files of the directory that belong to the repository.
func pythonFiles(p *analysis.Pass) []string {
	var files []string
	for _, e := range p.Entries(p.Dir) {
		full := path.Join(p.Dir, e.Name)
		if !e.Dir && strings.HasSuffix(e.Name, ".py") && !p.Ignored(full) {
			files = append(files, full)
		}
	}
	return files
}

// dataFiles returns the data files that the pass has to look at: those of its directory, and those of directories below
// that have no pass of their own, since they hold neither a BUILD file nor Python.
func dataFiles(p *analysis.Pass) []string {
	patterns := p.Options.(*orphanOptions).Patterns
	if len(patterns) == 0 || slices.ContainsFunc(p.Targets(), ownsResources) {
		return nil
	}
	return slices.DeleteFunc(p.Files(p.Dir, []string{"**/*"}, nil), func(file string) bool {
		name := path.Base(file)
		return !isData(patterns, file) || strings.HasSuffix(name, ".py") || p.Dialect().IsBuildFile(name) ||
			p.Ignored(file) || !looksAt(p, dirOf(file))
	})
}

// ownsResources reports whether a target may own data by the field that Pants had for it before 1.5: that is not read.
func ownsResources(t *workspace.Target) bool { return t.Open || t.Field("resources") != nil }

// isData reports whether a file matches a pattern of names, or of paths from the root.
func isData(patterns []string, file string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		name := file
		if !strings.Contains(pattern, "/") {
			name = path.Base(file)
		}
		ok, _ := doublestar.Match(strings.TrimPrefix(pattern, "/"), name)
		return ok
	})
}

// looksAt reports whether the pass is the nearest one to a directory in its own or below it.
func looksAt(p *analysis.Pass, dir string) bool {
	for ; dir != p.Dir; dir = dirOf(dir) {
		if slices.ContainsFunc(p.Entries(dir), func(e filetree.Entry) bool {
			return !e.Dir && (strings.HasSuffix(e.Name, ".py") || p.Dialect().IsBuildFile(e.Name))
		}) {
			return false
		}
	}
	return true
}

// uncovered returns which files of the directory are no sources of a target there or above, up to the source root, and
// the number of packages that were looked at. Where that cannot be told it is not known.
func uncovered(p *analysis.Pass, root string, files []string) (orphans []string, packages int, known bool) {
	orphans = files
	for dir := p.Dir; len(orphans) > 0; dir = dirOf(dir) {
		if f := p.FactsOf(dir); f != nil {
			packages++
			if orphans, known = notSources(f, orphans); !known || !f.Complete {
				return nil, packages, false
			}
		}
		if dir == root || dir == "" {
			break
		}
	}
	return orphans, packages, true
}

// notSources returns the files that no target of a package matches. It is not known if the sources of one are not.
func notSources(f *workspace.Facts, files []string) (left []string, known bool) {
	for t := range f.Targets() {
		s := t.Sources()
		if s == nil || !s.Known {
			return nil, false
		}
		files = slices.DeleteFunc(files, func(file string) bool { return s.Match(workspace.Relative(file, f.Dir())) })
	}
	return files, true
}

// reportUnowned reports the files of a directory that has no package above it, once.
func reportUnowned(p *analysis.Pass, files []string) {
	if len(files) == 0 || len(files) == 1 && path.Base(files[0]) == "__init__.py" {
		return
	}
	reportFile(p, files[0], fmt.Sprintf("no BUILD file covers `%s`, with %d Python files", p.Dir, len(files)))
}

// reportFile reports something of a file as a whole.
func reportFile(p *analysis.Pass, file, message string) {
	p.Report(analysis.Diagnostic{Location: analysis.Location{Path: file}, Message: message})
}
