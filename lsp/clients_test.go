package lsp

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/lsp/fake"
)

// What clients can do decides how they get findings.
func TestDiagnosticProvider(t *testing.T) {
	silent := strings.Replace(pulling, `"diagnostics": {"refreshSupport": true}`, `"diagnostics": {}`, 1)
	tests := []struct {
		name, editor, capabilities string
		pulls, workspace           bool
	}{
		{"pushed", "x", fake.Full, false, false},
		{"pulls", "x", pulling, true, true},
		{"cannot be told to pull again", "x", silent, false, false},
		{"Neovim", "Neovim", pulling, true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := startEditor(t, fake.Config{Capabilities: test.capabilities, Name: test.editor})
			provider, pulls := e.Init.Capabilities.DiagnosticProvider.(*protocol.DiagnosticOptions)
			if pulls != test.pulls || pulls && provider.WorkspaceDiagnostics != test.workspace {
				t.Errorf("pulls %t, %+v", pulls, provider)
			}
		})
	}
}

// Clients hold what an action carries in their own types: all numbers are doubles.
func TestActionDataSurvives(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), path))
	all, err := e.Server.CodeAction(t.Context(), &protocol.CodeActionParams{
		TextDocument: fake.TextDocument(path), Range: protocol.Range{End: protocol.Position{Line: 1}},
	})
	must(t, err)
	resolved := 0
	for _, a := range all {
		action, ok := a.(*protocol.CodeAction)
		if !ok || action.Data == nil {
			continue
		}
		var held any
		must(t, json.Unmarshal(action.Data, &held))
		action.Data, err = json.Marshal(held)
		must(t, err)
		if action, err = e.Server.CodeActionResolve(t.Context(), action); err != nil || action.Edit == nil {
			t.Errorf("%v: %v", action, err)
		}
		resolved++
	}
	if resolved == 0 {
		t.Errorf("nothing to resolve in %v", all)
	}
}

// What the configuration excludes is no part of the workspace, and is again when it says so no longer.
func TestExclude(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	write(t, dir, "gone/BUILD", "python_library(name='gone', dependencies=['a'])\n")
	path := write(t, dir, "a/BUILD", "python_library(name='a')\n")
	options := filepath.Join(dir, "buildlint.toml")
	write(t, dir, "buildlint.toml", "exclude = ['gone']\n")
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	users := func() int {
		locations, err := e.Server.References(t.Context(), &protocol.ReferenceParams{
			TextDocumentPositionParams: protocol.TextDocumentPositionParams{
				TextDocument: fake.TextDocument(path), Position: protocol.Position{Character: 21},
			},
		})
		must(t, err)
		return len(locations)
	}
	must(t, e.Open(t.Context(), path))
	if n := users(); n != 0 {
		t.Errorf("%d users in what is excluded", n)
	}
	must(t, e.OpenText(t.Context(), options, ""))
	if n := users(); n != 1 {
		t.Errorf("%d users in what is no longer excluded", n)
	}
	must(t, e.SetText(t.Context(), options, "exclude = ['g*']\n"))
	if n := users(); n != 0 {
		t.Errorf("%d users in what is excluded again", n)
	}
}

// A client that refuses to watch files is no reason not to hear of them.
func TestRefusedRegistration(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", "python_library(name='a', dependencies=['b'])\n")
	e := startEditor(t, fake.Config{Folders: []string{dir}, Refuse: true, Options: `{"select": ["unresolved-dependency"]}`})
	findings := func(want int) {
		t.Helper()
		err := e.Eventually(func() bool { p, _ := e.Diagnostics(path); return p != nil && len(p.Diagnostics) == want })
		if err != nil {
			t.Fatalf("%d findings %v", want, err)
		}
	}
	must(t, e.Open(t.Context(), path))
	findings(1)
	write(t, dir, "b/BUILD", "python_library(name='b')\n")
	findings(0)
}

// A client that takes no links is not offered any, such as VS Code: they would lead less exactly than a definition.
func TestDocumentLinkProvider(t *testing.T) {
	for capabilities, want := range map[string]bool{
		fake.Full: true, strings.Replace(fake.Full, `"documentLink": {}, `, "", 1): false,
	} {
		e := startEditor(t, fake.Config{Capabilities: capabilities})
		if got := e.Init.Capabilities.DocumentLinkProvider != nil; got != want {
			t.Errorf("links are offered: %t, want %t", got, want)
		}
	}
}

// The targets that the lines of a file declare are looked at again when it changes, whatever its name.
func TestRequirementsChange(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	write(t, dir, "3rdparty/BUILD", "python_requirements('tools.txt')\n")
	tools := write(t, dir, "3rdparty/tools.txt", "mock==1.0\n")
	path := write(t, dir, "a/BUILD", "python_library(dependencies=['3rdparty:mock', '3rdparty:mox'])\n")
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["unresolved-dependency"]}`})
	must(t, e.Open(t.Context(), path))
	awaitCodes(t, e, path, "unresolved-dependency")
	for _, step := range []struct{ text, want string }{{"mock==1.0\nmox==2.0\n", ""}, {"mox==2.0\n", "unresolved-dependency"}} {
		write(t, dir, "3rdparty/tools.txt", step.text)
		must(t, e.Server.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{
			Changes: []protocol.FileEvent{{URI: uri.File(tools), Type: protocol.FileChangeTypeChanged}},
		}))
		awaitCodes(t, e, path, strings.Fields(step.want)...)
	}
}

// Some clients know no braces in patterns.
func TestWatchersArePlain(t *testing.T) {
	for _, w := range watchers() {
		if pattern := w["globPattern"].(string); strings.ContainsAny(pattern, "{[") {
			t.Errorf("%s", pattern)
		}
	}
}
