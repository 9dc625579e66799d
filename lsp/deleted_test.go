package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/lsp/fake"
)

// TestDeletedWorkspace deletes a workspace under the editor, and brings it back.
func TestDeletedWorkspace(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a directory that is watched cannot be deleted there")
	}
	dir := filepath.Join(t.TempDir(), "ws")
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	beside := write(t, filepath.Dir(dir), "b/BUILD", twice)
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), path))
	found := func() bool { p, _ := e.Diagnostics(path); return p != nil && len(p.Diagnostics) > 0 }
	must(t, e.Eventually(found))

	must(t, os.RemoveAll(dir))
	tell := func(kind protocol.FileChangeType) {
		must(t, e.Server.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{
			Changes: []protocol.FileEvent{{URI: uri.File(dir), Type: kind}},
		}))
	}
	tell(protocol.FileChangeTypeDeleted)
	must(t, e.Edit(t.Context(), path, 0, 0, "# gone\n"))
	must(t, e.Close(t.Context(), path))
	must(t, e.OpenText(t.Context(), path, twice))
	symbols, err := e.Server.Symbols(t.Context(), &protocol.WorkspaceSymbolParams{})
	must(t, err)
	for _, s := range symbols.(protocol.SymbolInformationSlice) {
		if s.Location.URI == uri.File(beside) {
			t.Error("what lies beside a deleted workspace is read")
		}
	}
	var tokens json.RawMessage
	must(t, e.Call(t.Context(), "textDocument/semanticTokens/full", map[string]any{"textDocument": fake.TextDocument(path)}, &tokens))

	write(t, dir, "pants.ini", "")
	write(t, dir, "a/BUILD", twice)
	tell(protocol.FileChangeTypeCreated)
	must(t, e.SetText(t.Context(), path, "python_library(name='clean', sources=[])\n"))
	must(t, e.SetText(t.Context(), path, twice))
	must(t, e.Eventually(found))
}
