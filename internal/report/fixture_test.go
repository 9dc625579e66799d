package report

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

// A workspace holds files by path.
type workspace map[string]string

func (w workspace) source(path string) []byte {
	if text, ok := w[path]; ok {
		return []byte(text)
	}
	return nil
}

// location returns the range of text in the file, which must be there.
func (w workspace) location(path, text string) analysis.Location {
	start := strings.Index(w[path], text)
	if start < 0 {
		panic(path + " does not hold " + text)
	}
	l := analysis.Location{Path: path}
	l.Span.Start, l.Span.End = start, start+len(text)
	return l
}

// edit returns an edit that replaces the first occurrence of before.
func (w workspace) edit(path, before, after string) edit.Edit {
	l := w.location(path, before)
	return edit.Edit{Path: path, Start: l.Span.Start, End: l.Span.End, New: after}
}

func fix(title string, a analysis.Applicability, edits ...edit.Edit) analysis.Fix {
	return analysis.NewFix(title, a, func() []edit.Edit { return edits })
}

// exampleFiles is a workspace with something of every sort in its files.
func exampleFiles() workspace {
	return workspace{
		"src/app/BUILD": `# Größe: ä
python_library(
  name = 'app',
  dependencies = [
    'src/lib:lib',
    'src/gone',
  ],
  provides = setup_py(
    name = 'app',
  ).with_binaries(
    app = ':app-bin',
  ),
)
`,
		"src/lib/BUILD": `python_library(
  dependencies = ['src/app'],
)
python_library(name = 'ümlaut',
  sources = ['*py'])
`,
		"src/odd, 100%:x/BUILD": "",
	}
}

// example returns a workspace and a result with findings, fixes and errors of every sort.
func example() (workspace, *analysis.Result) {
	w := exampleFiles()
	app, lib := "src/app/BUILD", "src/lib/BUILD"
	finding := func(rule string, s analysis.Severity, l analysis.Location, target, message string) analysis.Diagnostic {
		return analysis.Diagnostic{Rule: rule, Severity: s, Location: l, Target: target, Message: message}
	}
	redundant := finding("redundant-target-name", analysis.Warning, w.location(app, "'src/lib:lib'"),
		"src/app:app", "`src/lib:lib` is `src/lib`")
	redundant.Fixes = []analysis.Fix{
		fix("write `src/lib`", analysis.Safe, w.edit(app, "'src/lib:lib'", "'src/lib'")),
		fix("delete it", analysis.Unsafe, w.edit(app, "    'src/lib:lib',\n", "")),
	}
	cycle := finding("dependency-cycle", analysis.Error, w.location(app, "'src/lib:lib'"),
		"src/app:app", "`src/app` depends on itself")
	cycle.Related = []analysis.Related{
		{Location: w.location(lib, "'src/app'"), Message: "`src/lib` depends on `src/app`"},
	}
	dict := finding("with-binaries-dict", analysis.Warning, w.location(app, "with_binaries(\n    app = ':app-bin',\n  )"),
		"src/app:app", "binaries are given as keywords, which cannot hold dashes: 100% {…}")
	dict.Fixes = []analysis.Fix{fix("write a dict", analysis.Safe,
		w.edit(app, "(\n    app = ", "({\n    'app': "), w.edit(app, "bin',\n  )", "bin',\n  })"))}
	private := finding("private-target-name", analysis.Warning, w.location(lib, "'ümlaut'"),
		"src/lib:ümlaut", "`ümlaut` is private")
	private.Fixes = []analysis.Fix{fix("rename it", analysis.Unsafe,
		w.edit(app, "src/gone", "src/here"), w.edit(lib, "ümlaut", "_ümlaut"))}
	sources := finding("library-sources", analysis.Info, w.location(lib, "['*py']"),
		"src/lib:ümlaut", "sources are not `rglobs('*.py')`")
	sources.Fixes = []analysis.Fix{fix("impossible", analysis.Safe)}
	odd := finding("orphan-source", analysis.Warning, w.location("src/odd, 100%:x/BUILD", ""),
		"", "no target covers this\x1b[31m file,\nsays \xff")
	unknown := finding("orphan-source", analysis.Warning, analysis.Location{Path: "src/unknown.py"},
		"", "no target covers this file")
	return w, &analysis.Result{
		Diagnostics: []analysis.Diagnostic{redundant, cycle, dict, private, sources, odd, unknown, unknown},
		Errors: []analysis.FileError{
			{Path: "src/secret", Err: &fs.PathError{
				Op: "open", Path: filepath.FromSlash("/home/me/my repo/src/secret"), Err: fs.ErrPermission,
			}},
			{Path: "src/z", Err: errors.New("link loop")},
		},
		Summary: analysis.Summary{Packages: 41, Files: 42, Targets: 73, Suppressed: 1, Baselined: 2},
	}
}

func exampleOptions(format string, w workspace) Options {
	return Options{
		Format:  format,
		Source:  w.source,
		Version: "1.2.3",
		Root:    filepath.FromSlash("/home/me/my repo"),
		DocURL:  func(rule string) string { return "https://example.org/rules/" + rule },
		Rules: []*analysis.Rule{
			{Name: "dependency-cycle", Summary: "a cycle", Doc: "# Why\n\n*Cycles* <hurt>.", Severity: analysis.Error},
			{Name: "redundant-target-name", Summary: "a name said twice", Severity: analysis.Warning},
			{Name: "orphan-source", Summary: "a file without target", Severity: analysis.Off},
		},
	}
}

// golden compares got with the file of that name in a txtar archive, or puts it there.
func golden(t *testing.T, archive, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", archive)
	a, err := txtar.ParseFile(path)
	if errors.Is(err, fs.ErrNotExist) && *update {
		a, err = &txtar.Archive{}, nil
	}
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == name })
	switch {
	case i < 0 && *update:
		a.Files = append(a.Files, txtar.File{Name: name, Data: got})
	case i < 0:
		t.Fatalf("%s has no file %s", path, name)
	case bytes.Equal(a.Files[i].Data, got):
		return
	case *update:
		a.Files[i].Data = got
	default:
		t.Fatalf("%s: %s (-want +got):\n%s", path, name, cmp.Diff(string(a.Files[i].Data), string(got)))
	}
	if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
