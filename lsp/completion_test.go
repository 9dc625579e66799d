package lsp

import (
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/lsp/fake"
)

// What should not be used any more comes last, and is struck through.
func TestCompletionOfDeprecated(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	text := "python_library(r)\n"
	path := write(t, dir, "a/BUILD", text)
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), path))
	result, err := e.Server.Completion(t.Context(), &protocol.CompletionParams{
		TextDocumentPositionParams: protocol.TextDocumentPositionParams{
			TextDocument: fake.TextDocument(path), Position: e.Position(text, len("python_library(r")),
		},
	})
	must(t, err)
	order := map[string]string{}
	for _, i := range result.(*protocol.CompletionList).Items {
		order[i.Label], _ = i.SortText.Get()
		if old := i.Label == "resources" || i.Label == "resource_targets"; old != (len(i.Tags) > 0) {
			t.Errorf("%s: tags %v", i.Label, i.Tags)
		}
	}
	if order["resources"] <= order["tags"] {
		t.Errorf("order %v", order)
	}
}

// What is offered where nothing is typed of an address is asked for again when something is: it is searched for.
func TestCompletionIncomplete(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	text := "python_library(dependencies=['', 'src/'])\n"
	path := write(t, dir, "a/BUILD", text)
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), path))
	for before, want := range map[string]bool{"['": true, "src/": false} {
		at := protocol.TextDocumentPositionParams{
			TextDocument: fake.TextDocument(path), Position: e.Position(text, strings.Index(text, before)+len(before)),
		}
		result, err := e.Server.Completion(t.Context(), &protocol.CompletionParams{TextDocumentPositionParams: at})
		must(t, err)
		if got := result.(*protocol.CompletionList).IsIncomplete; got != want {
			t.Errorf("behind %s: incomplete %t, want %t", before, got, want)
		}
	}
}
