package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/lsp/fake"
)

// pieces are what an editor types in FuzzSession.
var pieces = []string{
	"", "\n", "'", "(", ")", "[", "# buildlint: disable=all\n", "é𝒳", "\r\n", "python_library(\n  name = 'é',\n  dependencies = [':a', ':a'],\n)\n",
	"python_binary(name = 'run', entry_point = 'a.b:c')\n", "x = 'a' 'b'\n", ".with_binaries(r = ':run')", "\xff",
}

// FuzzSession does any sequence of things that an editor may do, with places in the document or outside. The server
// answers each request, panics at none, and has the text that the editor has.
func FuzzSession(f *testing.F) {
	f.Add([]byte{9, 0, 0, 20, 1, 3, 21, 2, 1, 22, 0, 5, 23, 1, 9, 24, 3, 3})
	f.Add([]byte{7, 0, 0, 9, 1, 0, 40, 1, 1, 41, 1, 2, 42, 1, 3, 43, 1, 4, 44, 2, 2, 13, 0, 0, 45, 0, 0})
	f.Add([]byte{200, 200, 200, 60, 1, 1, 61, 1, 1, 62, 1, 1, 20, 9, 9, 27, 0, 0, 28, 0, 0, 30, 2, 2})
	f.Fuzz(func(t *testing.T, steps []byte) {
		dir := t.TempDir()
		write(t, dir, "pants.ini", "")
		write(t, dir, "b/BUILD", "python_library(name = 'b', dependencies = ['a', 'a:é'])\n")
		path := write(t, dir, "a/BUILD", twice)
		e := startEditor(t, fake.Config{Folders: []string{dir}})
		must(t, e.OpenText(t.Context(), path, twice))
		for ; len(steps) >= 3; steps = steps[3:] {
			sessionStep(t, e, path, steps[0], int(steps[1]), int(steps[2]))
		}
		fresh := startEditor(t, fake.Config{Folders: []string{dir}, Capabilities: pulling})
		must(t, fresh.OpenText(t.Context(), path, e.Text(path)))
		var got, want json.RawMessage
		params := map[string]any{"textDocument": fake.TextDocument(path)}
		must(t, e.Call(t.Context(), "textDocument/semanticTokens/full", params, &got))
		must(t, fresh.Call(t.Context(), "textDocument/semanticTokens/full", params, &want))
		if tokensOf(got) != tokensOf(want) {
			t.Errorf("the server has another text than %q: %s, want %s", e.Text(path), got, want)
		}
	})
}

// tokensOf leaves out the identity of a result.
func tokensOf(raw json.RawMessage) string {
	var tokens struct{ Data []uint32 }
	_ = json.Unmarshal(raw, &tokens) // null is as good as none
	return fmt.Sprint(tokens.Data)
}

func sessionStep(t *testing.T, e *fake.Editor, path string, what byte, x, y int) {
	t.Helper()
	text := e.Text(path)
	if what < 40 {
		start := boundary(text, min(x*len(text)/255, len(text)))
		end := max(start, boundary(text, min(start+y%16, len(text))))
		must(t, e.Edit(t.Context(), path, start, end, strings.ToValidUTF8(pieces[int(what)%len(pieces)], "?")))
		return
	}
	methods := []string{
		"codeAction", "codeLens", "completion", "definition", "diagnostic", "documentHighlight", "documentLink", "documentSymbol",
		"foldingRange", "hover", "inlayHint", "prepareCallHierarchy", "prepareRename", "references", "rename", "selectionRange",
		"semanticTokens/range", "signatureHelp", "formatting",
	}
	place := map[string]any{"line": x % 12, "character": y}
	span := map[string]any{"start": place, "end": map[string]any{"line": y, "character": x}}
	params := map[string]any{
		"textDocument": fake.TextDocument(path), "position": place, "positions": []any{place}, "range": span, "newName": "n'\n é",
		"context": map[string]any{"diagnostics": []any{}, "includeDeclaration": true},
	}
	var result json.RawMessage
	method := "textDocument/" + methods[int(what)%len(methods)]
	err := e.Call(t.Context(), method, params, &result)
	if err != nil && strings.Contains(err.Error(), "internal error") {
		t.Errorf("%s at %v of %q: %v", method, place, text, err)
	}
}

// TestOutside holds that nothing is read of what lies outside of the folders, whatever a URI or a command names.
func TestOutside(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "ws/pants.ini", "")
	write(t, dir, "ws/a/BUILD", twice)
	secret := write(t, dir, "secret/BUILD", "python_library(name = 'secret', dependencies = [':x', ':x'])\n")
	must(t, os.Symlink(filepath.Join(dir, "secret"), filepath.Join(dir, "ws/link")))
	e := startEditor(t, fake.Config{Folders: []string{filepath.Join(dir, "ws")}})
	inside := map[string]any{"textDocument": fake.TextDocument(filepath.Join(dir, "ws/a/BUILD"))}
	var symbols json.RawMessage
	must(t, e.Call(t.Context(), "textDocument/documentSymbol", inside, &symbols))
	if !tells(symbols) {
		t.Errorf("of a file inside nothing is told either: %s", symbols)
	}
	for _, u := range []string{
		"file://" + secret, "file://host" + secret, "file://" + dir + "/ws/../secret/BUILD", "file://" + dir + "/ws/link/BUILD",
		"file://" + dir + "/ws/%2e%2e/secret/BUILD", "untitled:x", "file:///dev/zero", "", "file:///%00", "http://a/b", "file://a",
	} {
		doc := map[string]any{"uri": u}
		place := map[string]any{"line": 0, "character": 25}
		for method, params := range map[string]any{
			"textDocument/hover":          map[string]any{"textDocument": doc, "position": place},
			"textDocument/documentSymbol": map[string]any{"textDocument": doc},
			"textDocument/diagnostic":     map[string]any{"textDocument": doc},
			"workspace/executeCommand":    protocol.ExecuteCommandParams{Command: ownersCommand, Arguments: anyArgs(t, u)},
		} {
			var result json.RawMessage
			if err := e.Call(t.Context(), method, params, &result); err == nil && tells(result) {
				t.Errorf("%s of %q: %s", method, u, result)
			}
		}
	}
}

// tells reports whether an answer has something of the file that it must not be read from.
func tells(answer json.RawMessage) bool {
	return strings.Contains(string(answer), "python_library") || strings.Contains(string(answer), `"secret"`)
}

func anyArgs(t *testing.T, args ...any) []protocol.LSPAny {
	t.Helper()
	var all []protocol.LSPAny
	for _, a := range args {
		raw, err := json.Marshal(a)
		must(t, err)
		all = append(all, raw)
	}
	return all
}
