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
	orphans, packages, known := uncovered(p, root.Dir, files)
	switch {
	case !known:
	case packages == 0:
		reportUnowned(p, orphans)
	default:
		for _, f := range orphans {
			if !isBareInit(p, f) {
				reportOrphan(p, f, fmt.Sprintf("no target covers `%s`", path.Base(f)))
			}
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

// uncovered returns which files of the directory are no sources of a target there or above, up to the source root, and
// the number of packages that were looked at. Where that cannot be told it is not known.
func uncovered(p *analysis.Pass, root string, files []string) (orphans []string, packages int, known bool) {
	orphans = files
	for dir := p.Dir; len(orphans) > 0; dir = path.Dir(dir) {
		if f := p.FactsOf(dir); f != nil {
			packages++
			if orphans, known = notSources(f, orphans); !known || !f.Complete {
				return nil, packages, false
			}
		}
		if dir == root || dir == "." || dir == "" {
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
		files = slices.DeleteFunc(files, func(file string) bool { return s.Match(workspace.Relative(file, f.Dir)) })
	}
	return files, true
}

// reportUnowned reports the files of a directory that has no package above it, once.
func reportUnowned(p *analysis.Pass, files []string) {
	if len(files) == 0 || len(files) == 1 && path.Base(files[0]) == "__init__.py" {
		return
	}
	reportOrphan(p, files[0], fmt.Sprintf("no BUILD file covers `%s`, with %d Python files", p.Dir, len(files)))
}

func reportOrphan(p *analysis.Pass, file, message string) {
	p.Report(analysis.Diagnostic{Location: analysis.Location{Path: file}, Message: message})
}
