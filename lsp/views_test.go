package lsp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/internal/baseline"
	"github.com/buildlint/buildlint/lsp/fake"
)

// codes returns the rules of the last findings that were published for a file, sorted; nil if none were published.
func codes(e *fake.Editor, path string) []string {
	p, _ := e.Diagnostics(path)
	if p == nil {
		return nil
	}
	found := []string{}
	for _, d := range p.Diagnostics {
		found = append(found, string(d.Code.(protocol.String)))
	}
	slices.Sort(found)
	return found
}

// awaitCodes waits until the findings of a file are of the given rules.
func awaitCodes(t *testing.T, e *fake.Editor, path string, want ...string) {
	t.Helper()
	if want == nil {
		want = []string{}
	}
	if err := e.Eventually(func() bool { return slices.Equal(codes(e, path), want) }); err != nil {
		t.Fatalf("%s: findings %q, want %q: %v", path, codes(e, path), want, err)
	}
}

func TestFolders(t *testing.T) {
	one, two, three := t.TempDir(), t.TempDir(), t.TempDir()
	for _, dir := range []string{one, two, three} {
		write(t, dir, "pants.ini", "")
		write(t, dir, "buildlint.toml", "extends = [\"recommended\"]\n")
	}
	inner := write(t, one, "nested/repo/a/BUILD", twice)
	a, b, c := write(t, one, "a/BUILD", twice), write(t, two, "a/BUILD", twice), write(t, three, "a/BUILD", twice)
	e := startEditor(t, fake.Config{Folders: []string{filepath.Join(one, "a"), two}, Options: `{"select": ["duplicate-dependency"]}`})
	awaitCodes(t, e, a, "duplicate-dependency") // the root is above the folder
	awaitCodes(t, e, b, "duplicate-dependency")
	if got := codes(e, c); got != nil {
		t.Errorf("findings in a folder that is not open: %v", got)
	}
	must(t, e.Server.DidChangeWorkspaceFolders(t.Context(), &protocol.DidChangeWorkspaceFoldersParams{
		Event: protocol.WorkspaceFoldersChangeEvent{
			Added: []protocol.WorkspaceFolder{fake.Folder(three)}, Removed: []protocol.WorkspaceFolder{fake.Folder(two)},
		},
	}))
	awaitCodes(t, e, c, "duplicate-dependency")
	awaitCodes(t, e, b)
	must(t, e.Open(t.Context(), b)) // a file of no folder belongs to the workspace that it lies in
	awaitCodes(t, e, b, "duplicate-dependency")
	must(t, e.Close(t.Context(), b))
	awaitCodes(t, e, b)

	awaitCodes(t, e, inner, "duplicate-dependency")
	write(t, one, "nested/repo/pants.ini", "")
	write(t, one, "nested/repo/y/BUILD", "python_library()")
	must(t, e.Open(t.Context(), inner)) // now it lies in a workspace of its own
	def, err := e.Server.WillRenameFiles(t.Context(), &protocol.RenameFilesParams{})
	if def != nil || err != nil {
		t.Errorf("nothing is moved: %v, %v", def, err)
	}
	awaitCodes(t, e, inner, "duplicate-dependency")
}

func TestConfigurationReload(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	toml := write(t, dir, "buildlint.toml", "extends = []\n[rules]\nduplicate-dependency = \"warning\"\n")
	path := write(t, dir, "a/BUILD", twice)
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), path))
	awaitCodes(t, e, path, "duplicate-dependency")
	must(t, e.Open(t.Context(), toml))
	must(t, e.SetText(t.Context(), toml, "extends = []\n")) // as the editor has it, unsaved
	awaitCodes(t, e, path)
	must(t, e.SetText(t.Context(), toml, "extends = []\nnosuch = 1\n"))
	said := func(what string) func() bool {
		return func() bool { return strings.Contains(strings.Join(e.Messages(), "\n"), what) }
	}
	if err := e.Eventually(said("buildlint.toml:2:1")); err != nil {
		t.Errorf("%q: %v", e.Messages(), err)
	}
	must(t, e.Close(t.Context(), toml))
	awaitCodes(t, e, path, "duplicate-dependency")
	write(t, dir, "a/buildlint.toml", "[rules]\nduplicate-dependency = \"off\"\n")
	must(t, e.Server.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{
		Changes: []protocol.FileEvent{{URI: uri.File(filepath.Join(dir, "a/buildlint.toml")), Type: protocol.FileChangeTypeCreated}},
	}))
	awaitCodes(t, e, path)
}

// What the build tool's own configuration says counts from when it is saved.
func TestBuildToolReload(t *testing.T) {
	dir := t.TempDir()
	toml := write(t, dir, "pants.toml", "[GLOBAL]\n")
	path := write(t, dir, "a/BUILD", "target(name = 'a', dependencies = [':b', ':b'])\ntarget(name = 'b')\n")
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`})
	must(t, e.Open(t.Context(), path))
	awaitCodes(t, e, path, "duplicate-dependency")
	saved := func(text string) {
		write(t, dir, "pants.toml", text)
		must(t, e.Server.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{
			Changes: []protocol.FileEvent{{URI: uri.File(toml), Type: protocol.FileChangeTypeChanged}},
		}))
	}
	saved("[GLOBAL]\nbuild_patterns = [\"BUCKET\"]\n")
	awaitCodes(t, e, path)
	saved("[GLOBAL]\nbuild_patterns = \n")
	said := func() bool { return strings.Contains(strings.Join(e.Messages(), "\n"), "pants.toml:2:") }
	if err := e.Eventually(said); err != nil {
		t.Errorf("%q: %v", e.Messages(), err)
	}
	saved("[GLOBAL]\n")
	awaitCodes(t, e, path, "duplicate-dependency")
}

func TestBaseline(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`})
	awaitCodes(t, e, path, "duplicate-dependency")
	p := openFresh(t, dir)
	found, err := p.recheck(t.Context(), "a")
	must(t, err)
	var text strings.Builder
	must(t, baseline.Create(found).Write(&text))
	name := write(t, dir, baseline.FileName, text.String())
	changed := func() {
		must(t, e.Server.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{
			Changes: []protocol.FileEvent{{URI: uri.File(name), Type: protocol.FileChangeTypeChanged}},
		}))
	}
	changed()
	awaitCodes(t, e, path)
	must(t, os.Remove(name))
	changed()
	awaitCodes(t, e, path, "duplicate-dependency")
}

// openFresh opens the workspace at root with the rules of these tests, and reads it as a whole.
func openFresh(t *testing.T, root string) *project {
	t.Helper()
	p, err := openProject(root, settings{}, nil, func(err error) { t.Error(err) })
	must(t, err)
	_, err = p.snapshot.AllPackages()
	must(t, err)
	p.indexed = true
	return p
}

// A workspace of another build tool is checked as one.
func TestOtherBuildTool(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "MODULE.bazel", "")
	path := write(t, dir, "a/BUILD", "cc_library(name = 'a', deps = [':b', ':b'])\nfilegroup(name = 'b')\n")
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), path))
	awaitCodes(t, e, path, "duplicate-dependency")
}

// An edit makes the server check again what looked at the edited package, and nothing else.
func TestRechecksWhatLooked(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	write(t, dir, "buildlint.toml", "extends = [\"recommended\"]\n")
	lib := func(name, dep string) string {
		return fmt.Sprintf("python_library(name = '%s', sources = [], dependencies = ['%s'])\n", name, dep)
	}
	write(t, dir, "a/BUILD", lib("a", "c"))
	write(t, dir, "b/BUILD", lib("b", "a"))
	write(t, dir, "c/BUILD", "python_library(name = 'c', sources = [])\n")
	write(t, dir, "d/BUILD", "python_library(name = '_d', sources = [])\n")
	write(t, dir, "e/BUILD", lib("e", "b"))
	p := openFresh(t, dir)
	check := func(p *project) []string {
		var checked []string
		must(t, p.checkAll(context.Background(), func(r *result) {
			if r.version == p.version {
				checked = append(checked, r.dir)
			}
		}))
		return checked
	}
	check(p)
	steps := []struct {
		path, text string
		want       []string
	}{
		{"a/BUILD", "# x\n" + lib("a", "c"), []string{"a", "b"}},
		{"b/BUILD", lib("b", "c"), []string{"b", "e"}},
		{"b/BUILD", lib("b", "d:_d"), []string{"b", "d", "e"}}, // d asked who uses it
		{"c/BUILD", "", []string{"a", "c"}},
	}
	st := &state{client: newClient(nil, &protocol.InitializeParams{}, testLog(t))}
	for _, step := range steps {
		doc := newDocument(uriOf(p.abs(step.path)), []byte(step.text), protocol.PositionEncodingKindUTF16)
		p = p.with(st.treeChanges(p, []fileChange{{path: doc.path, action: edited, open: &overlay{document: doc}}}))
		if diff := cmp.Diff(step.want, check(p)); diff != "" {
			t.Errorf("%s: checked (-want +got):\n%s", step.path, diff)
		}
	}
}

// An edit that the user chose is not made to a text that has changed since.
func TestStaleAction(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`})
	must(t, e.Open(t.Context(), path))
	awaitCodes(t, e, path, "duplicate-dependency")
	actions, err := e.Server.CodeAction(t.Context(), &protocol.CodeActionParams{
		TextDocument: fake.TextDocument(path), Range: e.Range(twice, 0, len(twice)),
	})
	must(t, err)
	fix := actions[0].(*protocol.CodeAction)
	must(t, e.Edit(t.Context(), path, 0, 0, "\n"))
	if _, err := e.Server.CodeActionResolve(t.Context(), fix); err == nil || !strings.Contains(err.Error(), "content modified") {
		t.Errorf("resolved with %v", err)
	}
}

// A client that knows snippets has the user fill in why a finding is suppressed.
func TestSuppressAsksForAReason(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	e := startEditor(t, fake.Config{
		Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`,
		Capabilities: strings.Replace(fake.Full, `"documentChanges": true`, `"documentChanges": true, "snippetEditSupport": true`, 1),
	})
	must(t, e.Open(t.Context(), path))
	actions, err := e.Server.CodeAction(t.Context(), &protocol.CodeActionParams{
		TextDocument: fake.TextDocument(path), Range: e.Range(twice, 0, len(twice)),
	})
	must(t, err)
	for _, a := range actions {
		action, ok := a.(*protocol.CodeAction)
		if !ok || action.Title != "Suppress duplicate-dependency here" {
			continue
		}
		change := action.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit)
		edit, ok := change.Edits[0].(*protocol.SnippetTextEdit)
		want := "# buildlint: disable=duplicate-dependency -- ${0:reason}\n"
		if !ok || edit.Snippet.Value != want || change.TextDocument.Version == nil {
			t.Errorf("%+v, want the snippet %q and a version", change, want)
		}
		return
	}
	t.Error("it cannot be suppressed")
}

// The commands that an editor offers.
func TestCommands(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	a := write(t, dir, "a/BUILD", twice)
	b := write(t, dir, "b/BUILD", "python_library(name='b', sources=['f.py'], dependencies=['a:x'])\n")
	f := write(t, dir, "b/f.py", "")
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`})
	must(t, e.Open(t.Context(), a))
	awaitCodes(t, e, a, "duplicate-dependency")
	run := func(command string, args ...string) protocol.LSPAny {
		t.Helper()
		p := &protocol.ExecuteCommandParams{Command: command}
		for _, arg := range args {
			p.Arguments = append(p.Arguments, protocol.LSPAny(arg))
		}
		result, err := e.Server.ExecuteCommand(t.Context(), p)
		must(t, err)
		return result
	}
	quoted := func(path string) string { return fmt.Sprintf("%q", uri.File(path)) }
	if got := string(run(dependentsCommand, quoted(a), `{"line": 0, "character": 21}`)); !strings.Contains(got, "b/BUILD") {
		t.Errorf("dependents: %s", got)
	}
	if got := string(run(ownersCommand, quoted(f))); !strings.Contains(got, "b/BUILD") {
		t.Errorf("owners: %s", got)
	}
	if got := string(run(fixAllCommand)); got != `{"files":1,"fixes":1}` {
		t.Errorf("what was fixed: %s", got)
	}
	if err := e.Eventually(func() bool { return strings.Count(e.Text(a), ":y") == 1 }); err != nil {
		t.Errorf("%v: %s", err, e.Text(a))
	}
	if got := string(run(fixAllCommand, quoted(a))); got != `{"files":0,"fixes":0}` {
		t.Errorf("with nothing to fix: %s", got)
	}
	run(restartCommand)
	must(t, e.SetText(t.Context(), a, twice))
	awaitCodes(t, e, a, "duplicate-dependency")
	_, _ = b, e.Messages()
	if _, err := e.Server.ExecuteCommand(t.Context(), &protocol.ExecuteCommandParams{Command: "nosuch"}); err == nil {
		t.Error("an unknown command is accepted")
	}
}

// What cannot be read is told once, and the rest is checked.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	good := write(t, dir, "b/BUILD", twice)
	outside := write(t, t.TempDir(), "BUILD", twice)
	must(t, os.Mkdir(filepath.Join(dir, "a"), 0o700))
	if err := os.Symlink(outside, filepath.Join(dir, "a/BUILD")); err != nil {
		t.Skip(err)
	}
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`})
	awaitCodes(t, e, good, "duplicate-dependency")
	if n := strings.Count(strings.Join(e.Messages(), "\n"), "a/BUILD: "); n != 2 { // logged and shown
		t.Errorf("told %d times: %q", n, e.Messages())
	}
}
