package lsp

import (
	"testing"

	"github.com/buildlint/buildlint/lsp/fake"
)

// Settings that the user takes away again no longer count: those that came with initialize do.
func TestSettingsTakenAway(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	e := startEditor(t, fake.Config{
		Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`, Settings: `{"select": []}`,
	})
	must(t, e.Open(t.Context(), path))
	must(t, e.SetSettings(t.Context(), `{"select": ["unresolved-dependency"]}`))
	awaitCodes(t, e, path, "unresolved-dependency", "unresolved-dependency")
	must(t, e.SetSettings(t.Context(), ""))
	awaitCodes(t, e, path, "duplicate-dependency")
}
