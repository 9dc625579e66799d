package lsp

import (
	"testing"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/lsp/fake"
)

// A client that asks for a kind gets those below it, and only those.
func TestActionKinds(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`})
	must(t, e.Open(t.Context(), path))
	for only, want := range map[protocol.CodeActionKind][2]bool{ // of quick fixes and of all fixes
		"": {true, true}, "quickfix": {true, false}, "quickfix.x": {}, "source": {false, true},
		"source.fixAll": {false, true}, "source.fixAll.buildlint": {false, true}, "source.fixAll.build": {}, "refactor": {},
	} {
		result, err := e.Server.CodeAction(t.Context(), &protocol.CodeActionParams{
			TextDocument: fake.TextDocument(path), Range: e.Range(twice, 0, len(twice)),
			Context: protocol.CodeActionContext{Only: []protocol.CodeActionKind{only}, Diagnostics: []protocol.Diagnostic{}},
		})
		must(t, err)
		var got [2]bool
		for _, a := range result {
			kind := *a.(*protocol.CodeAction).Kind
			got[0] = got[0] || kind == protocol.CodeActionKindQuickFix
			got[1] = got[1] || kind == fixAllKind
		}
		if got != want {
			t.Errorf("only %q: %v, want %v", only, got, want)
		}
	}
}
