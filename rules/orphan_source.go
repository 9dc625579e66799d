package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func orphanSource() *analysis.Rule {
	return &analysis.Rule{
		Name:     "orphan-source",
		Summary:  "a Python file that no target covers",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		YieldsTo: []string{"package-layout"},
		Check:    checkOrphanSource,
		Doc: `
A file that no target covers is never built, shipped or tested: a test that is not run looks like one that passes.

The file is looked for in the sources of all targets of its directory and of those above it, a kind's default sources
included. A directory without any BUILD file above it gives one finding, at its first file. An ` + "`__init__.py`" + `
above the packages needs no target, nor does one without code, which Pants makes where it is missing, and files that
.gitignore names are none of the repository's.

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
	if len(files) == 0 {
		return
	}
	covered, packages := coverage(p, root.Dir)
	if covered == nil {
		return
	}
	var orphans []string
	for _, f := range files {
		if !covered(f) {
			orphans = append(orphans, f)
		}
	}
	if packages > 0 {
		for _, f := range slices.DeleteFunc(orphans, func(f string) bool { return isBareInit(p, f) }) {
			reportFile(p, f, fmt.Sprintf("no target covers `%s`", path.Base(f)))
		}
		return
	}
	reportUnowned(p, orphans)
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

// coverage returns whether a file of the directory is a source of a target there or above, up to the source root, and
// the number of packages that were looked at. It returns nil where that cannot be told.
func coverage(p *analysis.Pass, root string) (covered func(file string) bool, packages int) {
	files := map[string]bool{}
	for dir := p.Dir; ; dir = path.Dir(dir) {
		if f := p.FactsOf(dir); f != nil {
			packages++
			if !f.Complete || !addCovered(p, f, files) {
				return nil, packages
			}
		}
		if dir == root || dir == "." || dir == "" {
			break
		}
	}
	return func(file string) bool { return files[file] }, packages
}

// addCovered adds the files of the directory that the targets of a package match. It returns false if one cannot be
// told.
func addCovered(p *analysis.Pass, f *workspace.Facts, files map[string]bool) bool {
	for i := range f.Targets {
		s := f.Targets[i].Sources
		if s == nil || !s.Known {
			return false
		}
		for _, e := range p.Entries(p.Dir) {
			full := path.Join(p.Dir, e.Name)
			if !e.Dir && s.Match(workspace.Relative(full, f.Dir)) {
				files[full] = true
			}
		}
	}
	return true
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
