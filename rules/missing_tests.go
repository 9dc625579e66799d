package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A testsOptions says where tests lie.
type testsOptions struct {
	Directories []string `toml:"directories" doc:"where tests lie, such as \"{dir}/tests\"; empty: mirrored"`
}

func missingTests() *analysis.Rule {
	return &analysis.Rule{
		Name:     "missing-tests",
		Summary:  "a public library without tests in the mirrored directory",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Options:  &testsOptions{},
		YieldsTo: []string{"duplicate-target", "package-layout", "one-public-library"},
		Check:    checkMissingTests,
		Doc: `
The tests of ` + "`src/main/python/org/app/web`" + ` lie in ` + "`src/test/python/org/app/web`" + `: who changes the one
knows where to look for the other, and a library that has none is seen.

The directory is looked for below the test roots beside the source root of the library. It has tests if there is a
Python file in it or below it, beside ` + "`__init__.py`" + ` and ` + "`conftest.py`" + `; a test target in the
library's own package counts too. Where no test root is there, the rule is silent. The option ` + "`directories`" + `
says where tests lie instead: in each path, ` + "`{package}`" + ` stands for the directory of the library below its
source root, and ` + "`{dir}`" + ` for the whole of it.

There is no fix. Suppress the rule at a library that needs no tests, with the reason.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
)
-- src/main/python/org/app/web/server.py --
-- src/test/python/org/app/store/BUILD --
python_tests(
  name = 'store',
)
-- src/test/python/org/app/store/test_store.py --
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
)
-- src/main/python/org/app/web/server.py --
-- src/test/python/org/app/web/BUILD --
python_tests(
  name = 'web',
)
-- src/test/python/org/app/web/test_server.py --
`,
	}
}

func checkMissingTests(p *analysis.Pass) {
	rel, ok := conventional(p, p.Dir)
	if !ok || p.Facts() == nil || p.Facts().PublicLibrary(dialect.Python).IsZero() || !hasModules(p, p.Dir) {
		return
	}
	dirs := testDirectories(p, rel)
	isTest := func(t *workspace.Target) bool { return t.Is(dialect.Test) }
	if len(dirs) == 0 || slices.ContainsFunc(dirs, func(dir string) bool { return hasModules(p, dir) || p.Sparse(dir) }) ||
		slices.ContainsFunc(p.Targets(), isTest) {
		return
	}
	if t := publicLibrary(p); t != nil {
		p.ReportAt(t, t.Head(), fmt.Sprintf("the public library `%s` has no tests: they belong in `%s`", t.Name, dirs[0]))
	}
}

// hasModules reports whether a directory, or one below it, holds Python files with something in them.
func hasModules(p *analysis.Pass, dir string) bool {
	return slices.ContainsFunc(p.Files(dir, []string{"**/*.py"}, nil), func(file string) bool {
		return path.Base(file) != "__init__.py" && path.Base(file) != "conftest.py"
	})
}

// testDirectories returns where the tests of the package at rel below its source root may lie.
func testDirectories(p *analysis.Pass, rel string) []string {
	var dirs []string
	for _, template := range p.Options.(*testsOptions).Directories {
		dirs = append(dirs, path.Clean(strings.NewReplacer("{package}", rel, "{dir}", p.Dir).Replace(template)))
	}
	if len(dirs) > 0 {
		return dirs
	}
	for _, root := range testRoots(p) {
		if p.Stat(root) == filetree.Dir {
			dirs = append(dirs, path.Join(root, rel))
		}
	}
	return dirs
}

// testRoots returns where the test roots beside the source root of the pass may lie.
func testRoots(p *analysis.Pass) []string {
	root, _ := p.RootOf(p.Dir)
	if configured := p.Snapshot().Options().TestRoots; len(configured) > 0 {
		return nearestRoots(configured, root.Dir)
	}
	language := path.Base(root.Dir)
	var found []string
	for _, source := range p.Dialect().Roots {
		above, ok := strings.CutSuffix("/"+root.Dir, "/"+strings.ReplaceAll(source.Pattern, "*", language))
		if source.Category != dialect.SourceRoot || !ok {
			continue
		}
		for _, test := range p.Dialect().Roots {
			if test.Category == dialect.TestRoot {
				dir := path.Join(above, strings.ReplaceAll(test.Pattern, "*", language))
				found = append(found, strings.TrimPrefix(dir, "/"))
			}
		}
	}
	return found
}

// nearestRoots returns the test roots that lie below a source root; all where none does.
func nearestRoots(roots []string, source string) []string {
	var below []string
	for _, root := range roots {
		if workspace.Below(path.Clean(root), source) {
			below = append(below, path.Clean(root))
		}
	}
	if len(below) == 0 || source == "" {
		return roots
	}
	return below
}
