package lsp

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/lsp/fake"
)

// A package is read once to tell who in it uses a target, however many its targets are.
func TestIncomingCallsReadOnce(t *testing.T) {
	allocs := func(users int) float64 {
		dir := t.TempDir()
		write(t, dir, "pants.ini", "")
		path := write(t, dir, "a/BUILD", "target(name='a')\n")
		write(t, dir, "b/BUILD", strings.Repeat("target(name='b', dependencies=['a'])\n", users))
		s := newSession(newClient(nil, &protocol.InitializeParams{}, testLog(t)), testLog(t))
		s.setFolders([]protocol.WorkspaceFolder{fake.Folder(dir)}, nil)
		indexFirst(t, s)
		st := s.current()
		items, err := st.prepareCallHierarchy(t.Context(), &protocol.CallHierarchyPrepareParams{
			TextDocumentPositionParams: protocol.TextDocumentPositionParams{
				TextDocument: fake.TextDocument(path), Position: protocol.Position{Character: 13},
			},
		})
		must(t, err)
		return testing.AllocsPerRun(1, func() {
			calls, err := st.incomingCalls(t.Context(), &protocol.CallHierarchyIncomingCallsParams{Item: items[0]})
			if err != nil || len(calls) != users {
				t.Fatalf("%d calls, %v", len(calls), err)
			}
		})
	}
	few, many := allocs(20), allocs(200)
	if many > 20*few {
		t.Errorf("for 10 times the users %.0f allocations, for few %.0f", many, few)
	}
}
