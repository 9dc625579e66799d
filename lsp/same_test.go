package lsp

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"
	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/config"
	"github.com/buildlint/buildlint/internal/position"
	shared "github.com/buildlint/buildlint/internal/project"
	"github.com/buildlint/buildlint/lsp/fake"
	"github.com/buildlint/buildlint/rules"
)

// The server finds what buildlint finds for the same bytes, pushed and pulled, in every fixture there is: the examples
// of the rules, the cases of their tests, the small repository. All are folders of one session.
func TestSameFindings(t *testing.T) {
	dir := t.TempDir()
	folders := writeFixtures(t, dir)
	want := map[string][]string{} // by path
	total := 0
	for _, folder := range folders {
		for path, found := range checked(t, folder) {
			want[path] = found
			total += len(found)
		}
	}
	if len(folders) < 100 || total < 200 {
		t.Fatalf("%d findings in %d fixtures are too few to compare", total, len(folders))
	}
	files := filesBelow(t, dir)
	t.Run("pushed", func(t *testing.T) { testPushedSame(t, folders, files, want) })
	t.Run("pulled", func(t *testing.T) { testPulledSame(t, folders, files, want) })
}

// writeFixtures writes the fixtures as workspaces below dir and returns their directories. All rules run.
func writeFixtures(t *testing.T, dir string) []string {
	t.Helper()
	var folders []string
	add := func(name string, files []txtar.File) {
		folder := filepath.Join(dir, name)
		write(t, folder, "pants.ini", "")
		write(t, folder, config.FileName, "extends = ['all']\n")
		for _, f := range files {
			write(t, folder, f.Name, string(f.Data))
		}
		folders = append(folders, folder)
	}
	for _, r := range rules.All() {
		add(r.Name+"-bad", txtar.Parse([]byte(r.Bad)).Files)
		add(r.Name+"-good", txtar.Parse([]byte(r.Good)).Files)
	}
	for _, c := range ruleCases(t) {
		add(c.Name, c.files)
	}
	repository := filepath.Join(dir, "monorepo")
	must(t, os.CopyFS(repository, os.DirFS("../testdata/monorepo")))
	return append(folders, repository)
}

// A ruleCase is a workspace of the tests of the rules.
type ruleCase struct {
	Name  string
	files []txtar.File
}

func ruleCases(t *testing.T) []*ruleCase {
	t.Helper()
	var cases []*ruleCase
	for _, name := range []string{"aurora", "recommended"} {
		archive, err := txtar.ParseFile("../rules/testdata/" + name + ".txtar")
		must(t, err)
		crlf := false
		for _, f := range archive.Files {
			if c, ok := strings.CutPrefix(f.Name, "case "); ok {
				cases = append(cases, &ruleCase{Name: name + "-" + strings.ReplaceAll(c, " ", "-")})
				crlf = strings.Contains(string(f.Data), "crlf\n")
				continue
			}
			if strings.Contains(f.Name, " ") {
				continue // a file as it is after fixes
			}
			if crlf {
				f.Data = []byte(strings.ReplaceAll(string(f.Data), "\n", "\r\n"))
			}
			c := cases[len(cases)-1]
			c.files = append(c.files, f)
		}
	}
	return cases
}

// checked returns what buildlint finds in a workspace, by absolute path.
func checked(t *testing.T, root string) map[string][]string {
	t.Helper()
	p, err := shared.Open(root, "pants.ini", config.Input{})
	must(t, err)
	dirs, err := analysis.Directories(t.Context(), p.Snapshot, []string{""})
	must(t, err)
	must(t, p.Nest(dirs))
	result, err := p.Checker(1).Check(t.Context(), dirs)
	must(t, err)
	found := map[string][]string{}
	for _, d := range result.Diagnostics {
		path := filepath.Join(root, d.Path)
		src, err := p.Snapshot.Tree().Read(d.Path)
		must(t, err)
		m := position.NewMapper(src)
		var r protocol.Range
		r.Start.Line, r.Start.Character = m.UTF16(d.Span.Start)
		r.End.Line, r.End.Character = m.UTF16(d.Span.End)
		line := finding(r, severity(d.Severity), d.Rule, d.Message)
		for _, related := range d.Related {
			line += " | " + filepath.Join(root, related.Path) + " " + related.Message
		}
		found[path] = append(found[path], line)
	}
	return found
}

func finding(r protocol.Range, s protocol.DiagnosticSeverity, rule, message string) string {
	return fmt.Sprintf("%d:%d-%d:%d %d %s %s", r.Start.Line, r.Start.Character, r.End.Line, r.End.Character, s, rule, message)
}

// told returns findings as an editor is told of them.
func told(items []protocol.Diagnostic) []string {
	var all []string
	for _, d := range items {
		rule, _ := d.Code.(protocol.String)
		message, _ := d.Message.(protocol.String)
		line := finding(d.Range, d.Severity, string(rule), string(message))
		for _, related := range d.RelatedInformation {
			line += " | " + pathOf(related.Location.URI) + " " + related.Message
		}
		all = append(all, line)
	}
	return all
}

func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	return files
}

// testPushedSame compares what is pushed, with the BUILD files of every second fixture open.
func testPushedSame(t *testing.T, folders, files []string, want map[string][]string) {
	e := startEditor(t, fake.Config{Folders: folders})
	for _, path := range files {
		open := slices.IndexFunc(folders, func(f string) bool { return strings.HasPrefix(path, f+"/") })%2 == 0
		if open && strings.HasPrefix(filepath.Base(path), "BUILD") {
			must(t, e.Open(t.Context(), path))
		}
	}
	got := func() map[string][]string {
		all := map[string][]string{}
		for _, path := range files {
			if p, _ := e.Diagnostics(path); p != nil && len(p.Diagnostics) > 0 {
				all[path] = told(p.Diagnostics)
			}
		}
		return all
	}
	if err := e.Eventually(func() bool { return cmp.Equal(want, got()) }); err != nil {
		t.Errorf("%v (-checker +pushed):\n%s", err, cmp.Diff(want, got()))
	}
}

// testPulledSame compares what is pulled, of each file and of the workspaces.
func testPulledSame(t *testing.T, folders, files []string, want map[string][]string) {
	e := startEditor(t, fake.Config{Folders: folders, Capabilities: pulling})
	ended := func() bool { return strings.Count(strings.Join(e.Progress(), ""), `"kind":"end"`) == len(folders) }
	must(t, e.Eventually(ended))
	got := map[string][]string{}
	for _, path := range files {
		r, err := e.Server.Diagnostic(t.Context(), &protocol.DocumentDiagnosticParams{TextDocument: fake.TextDocument(path)})
		must(t, err)
		if full, ok := r.(*protocol.RelatedFullDocumentDiagnosticReport); ok && len(full.Items) > 0 {
			got[path] = told(full.Items)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-checker +pulled):\n%s", diff)
	}
	all, err := e.Server.DiagnosticWorkspace(t.Context(), &protocol.WorkspaceDiagnosticParams{})
	must(t, err)
	clear(got)
	for _, r := range all.Items {
		if full, ok := r.(*protocol.WorkspaceFullDocumentDiagnosticReport); ok && len(full.Items) > 0 {
			got[pathOf(full.URI)] = told(full.Items)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-checker +pulled as a whole):\n%s", diff)
	}
}
