package lsp

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/lsp/fake"
)

var (
	rounds = flag.Int("rounds", 300, "rounds of TestDifferential")
	seed   = flag.Uint64("seed", 1, "seed of TestDifferential")
)

// TestDifferential does random things in an editor and on disk. After each of them the server must find what one finds
// that is started then.
func TestDifferential(t *testing.T) {
	dir := t.TempDir()
	w := &world{t: t, dir: dir, random: rand.New(rand.NewPCG(*seed, 1)), open: map[string]bool{}}
	write(t, dir, "pants.ini", "")
	for _, name := range worldFiles {
		write(t, dir, name, w.text(name))
	}
	w.editor = startEditor(t, fake.Config{Capabilities: pulling, Folders: []string{dir}})
	indexed := func() bool { return strings.Contains(strings.Join(w.editor.Progress(), ""), `"kind":"end"`) }
	must(t, w.editor.Eventually(indexed))
	for round := range *rounds {
		done := w.step()
		got, want := w.found(indexed), w.fresh()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d, round %d: %s: (-fresh +server):\n%s", *seed, round, strings.Join(done, "; "), diff)
		}
	}
}

// worldFiles are the files that come, change and go.
var worldFiles = []string{
	"src/main/python/a/b/c/BUILD", "src/main/python/a/b/d/BUILD", "src/main/python/a/b/d/BUILD.more", "src/main/python/e/BUILD",
	"src/main/python/a/b/c/x.py", "src/main/python/a/b/c/main.py", "src/main/python/a/b/d/y.py", "3rdparty/python/BUILD",
	"3rdparty/python/requirements.txt", "constraints.txt", "docs/requirements.txt", "docs/more.txt", "buildlint.toml",
	"src/main/python/a/buildlint.toml", ".gitignore",
}

type world struct {
	t      *testing.T
	dir    string
	random *rand.Rand
	editor *fake.Editor
	open   map[string]bool
}

func (w *world) pick(from []string) string { return from[w.random.IntN(len(from))] }

// text returns a text that a file may have.
func (w *world) text(name string) string {
	switch filepath.Ext(name) {
	case ".py":
		return w.pick([]string{"", "def main(): pass\n", "from x import *\n"})
	case ".txt":
		return w.pick([]string{"", "requests==1\n", "requests==1\nflask\n", "-r more.txt\nRequests>=2\na.b.c\n", "-c more.txt\n"})
	case ".toml":
		return w.pick([]string{
			"", "[rules]\nunresolved-dependency = \"off\"\n", "extends = [\"recommended\"]\n", "nonsense = 1\n",
			"[rules]\nlibrary-sources = \"error\"\n", "extends = [\"launchpad\", \"pex\", \"walt\"]\n",
		})
	case ".ini":
		return ""
	}
	if name == ".gitignore" {
		return w.pick([]string{"", "x.py\n", "d/\n", "e\n"})
	}
	var b strings.Builder
	for range w.random.IntN(4) {
		b.WriteString(w.target())
	}
	return b.String()
}

func (w *world) target() string {
	address := func() string {
		return w.pick([]string{
			"src/main/python/a/b/c", "src/main/python/a/b/d", "src/main/python/a/b/d:_d", ":_c", ":c", ":d", "src/main/python/e",
			"3rdparty/python:requests", "3rdparty/python", "src/main/python/a/b/c:c", "nosuch",
		})
	}
	kind := w.pick([]string{"python_library", "python_library", "python_binary", "python_requirements", "macro"})
	text := fmt.Sprintf("%s(\n  name = '%s',\n  dependencies = [\n    '%s',\n    '%s',\n  ],\n", kind,
		w.pick([]string{"c", "_c", "d", "_d", "e", "run"}), address(), address())
	text += w.pick([]string{
		"", "  sources = ['x.py'],\n", "  sources = rglobs('*.py'),\n", "  entry_point = 'a.b.c.main:main',\n",
		"  provides = setup_py(name = 'a.b.c', version = '1').with_binaries(run = ':run'),\n", "  # buildlint: disable=shared-source -- x\n",
	})
	return text + w.pick([]string{")\n", ")\n", ")\n", ")\n", "\n"})
}

// step does something, and says what.
func (w *world) step() []string {
	name := w.pick(worldFiles)
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	ctx := w.t.Context()
	switch action := w.random.IntN(10); {
	case w.open[name] && action < 5:
		text := w.editor.Text(path)
		start := boundary(text, w.random.IntN(len(text)+1))
		end := boundary(text, min(len(text), start+w.random.IntN(12)))
		inserts := []string{"", "", "'", "x", "(", ")", "\n"}
		if strings.HasPrefix(filepath.Base(name), "BUILD") {
			inserts = append(inserts, w.target())
		}
		insert := w.pick(inserts)
		must(w.t, w.editor.Edit(ctx, path, start, end, insert))
		return []string{fmt.Sprintf("edit %s %d-%d %q", name, start, end, insert)}
	case w.open[name] && action < 7:
		must(w.t, w.editor.SetText(ctx, path, w.text(name)))
		return []string{"set " + name}
	case w.open[name] && action < 8:
		must(w.t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(w.t, w.editor.Save(ctx, path))
		w.changed(name, protocol.FileChangeTypeChanged)
		return []string{"save " + name}
	case w.open[name]:
		delete(w.open, name)
		must(w.t, w.editor.Close(ctx, path))
		return []string{"close " + name}
	case action < 3:
		w.open[name] = true
		must(w.t, w.editor.OpenText(ctx, path, w.text(name)))
		return []string{"open " + name}
	}
	return w.disk(name, path)
}

// disk changes something on disk.
func (w *world) disk(name, path string) []string {
	_, err := os.Stat(path)
	switch action := w.random.IntN(10); {
	case err == nil && action < 3:
		must(w.t, os.Remove(path))
		w.changed(name, protocol.FileChangeTypeDeleted)
		return []string{"remove " + name}
	case action == 9:
		top, _, _ := strings.Cut(name, "/")
		must(w.t, os.RemoveAll(filepath.Join(w.dir, "src/main/python/a/b/d")))
		w.changed("src/main/python/a/b/d", protocol.FileChangeTypeDeleted)
		return []string{"remove d, not " + top}
	}
	_, dirErr := os.Stat(filepath.Dir(path))
	write(w.t, w.dir, name, w.text(name))
	if dirErr != nil {
		w.changed(filepath.ToSlash(filepath.Dir(name)), protocol.FileChangeTypeCreated)
	}
	kind := protocol.FileChangeTypeChanged
	if err != nil {
		kind = protocol.FileChangeTypeCreated
	}
	w.changed(name, kind)
	return []string{"write " + name}
}

func (w *world) changed(name string, kind protocol.FileChangeType) {
	must(w.t, w.editor.Server.DidChangeWatchedFiles(w.t.Context(), &protocol.DidChangeWatchedFilesParams{
		Changes: []protocol.FileEvent{{URI: uri.File(filepath.Join(w.dir, filepath.FromSlash(name))), Type: kind}},
	}))
}

// found returns what the server finds, by file.
func (w *world) found(indexed func() bool) map[string][]string {
	found := map[string][]string{}
	must(w.t, w.editor.Eventually(indexed))
	previous := []protocol.PreviousResultId{{URI: uri.File("/unindexed"), Value: "x"}}
	r, err := w.editor.Server.DiagnosticWorkspace(w.t.Context(), &protocol.WorkspaceDiagnosticParams{
		PreviousResultIds: previous,
	})
	must(w.t, err)
	for _, item := range r.Items {
		if full := item.(*protocol.WorkspaceFullDocumentDiagnosticReport); len(full.Items) > 0 {
			found[w.name(full.URI)] = lines(full.Items)
		}
	}
	for name := range w.open {
		r, err := w.editor.Server.Diagnostic(w.t.Context(), &protocol.DocumentDiagnosticParams{
			TextDocument: fake.TextDocument(filepath.Join(w.dir, filepath.FromSlash(name))),
		})
		must(w.t, err)
		items := r.(*protocol.RelatedFullDocumentDiagnosticReport).Items
		if diff := cmp.Diff(found[name], lines(items)); diff != "" {
			w.t.Fatalf("%s: pulled alone and with all (-all +alone):\n%s", name, diff)
		}
	}
	return found
}

func (w *world) name(u uri.URI) string {
	name, err := filepath.Rel(w.dir, u.FsPath())
	must(w.t, err)
	return filepath.ToSlash(name)
}

// lines returns findings a line each.
func lines(items []protocol.Diagnostic) []string {
	var all []string
	for _, d := range items {
		line := fmt.Sprintf("%d:%d-%d:%d %v %v", d.Range.Start.Line, d.Range.Start.Character, d.Range.End.Line, d.Range.End.Character, d.Code, d.Message)
		for _, r := range d.RelatedInformation {
			line += fmt.Sprintf(" | %s:%d %s", filepath.Base(r.Location.URI.FsPath()), r.Location.Range.Start.Line, r.Message)
		}
		all = append(all, line)
	}
	return all
}

// fresh returns what a session finds that starts now with the same documents.
func (w *world) fresh() map[string][]string {
	var params protocol.InitializeParams
	must(w.t, protocol.Unmarshal([]byte(pulling), &params.Capabilities))
	s := newSession(newClient(nil, &params, testLog(w.t)), testLog(w.t))
	s.configure(settings{Diagnostics: wholeWorkspace})
	s.setFolders([]protocol.WorkspaceFolder{fake.Folder(w.dir)}, nil)
	var changes []fileChange
	for _, name := range slices.Sorted(maps.Keys(w.open)) {
		path := filepath.Join(w.dir, filepath.FromSlash(name))
		doc := newDocument(uri.File(path), []byte(w.editor.Text(path)), protocol.PositionEncodingKindUTF16)
		changes = append(changes, fileChange{path: path, action: opened, open: &overlay{document: doc}})
	}
	s.didModifyFiles(changes)
	indexFirst(w.t, s)
	st := s.current()
	found := map[string][]string{}
	p := st.projects[0]
	err := p.checkAll(context.Background(), func(r *result) {
		for _, rel := range r.files() {
			items, err := st.findings(context.Background(), p.abs(rel))
			must(w.t, err)
			found[rel] = lines(items)
		}
	})
	must(w.t, err)
	return found
}
