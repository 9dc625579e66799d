package project

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/config"
)

func workspaceOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDetect(t *testing.T) {
	for _, tt := range []struct{ marker, content, want string }{
		{"", "", "pants1"},
		{".git", "", "pants1"},
		{"buildlint.toml", "", "pants1"},
		{"pants.ini", "", "pants1"},
		{"pants.toml", "[GLOBAL]\npants_version = \"1.30.1\"\n", "pants1"},
		{"pants.toml", "[GLOBAL]\npants_version = \"2.20.0\"\n", "pants2"},
		{"pants.toml", "[GLOBAL]\n", "pants2"},
		{"pants.toml", "=", "pants2"},
		{"MODULE.bazel", "", "bazel"},
		{"WORKSPACE", "", "bazel"},
		{".plzconfig", "", "please"},
		{".buckconfig", "", "buck2"},
	} {
		dir := workspaceOf(t, map[string]string{"x": ""})
		if tt.marker != "" && tt.marker != ".git" {
			dir = workspaceOf(t, map[string]string{tt.marker: tt.content})
		}
		if got := Detect(dir, tt.marker); got != tt.want {
			t.Errorf("%s %q: %s, want %s", tt.marker, tt.content, got, tt.want)
		}
	}
}

// TestOpenChanges holds that the configuration is read as the changes have it, as the files are.
func TestOpenChanges(t *testing.T) {
	dir := workspaceOf(t, map[string]string{
		"pants.ini": "", "buildlint.toml": "nonsense = 1\n", "a/buildlint.toml": "nonsense = 1\n", "a/BUILD": "target()\n",
	})
	_, err := Open(dir, "pants.ini", config.Input{})
	if err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("error: %v", err)
	}
	p, err := Open(dir, "pants.ini", config.Input{},
		filetree.Change{Path: "buildlint.toml", Overlay: []byte("[rules]\nshared-source = \"off\"\n")},
		filetree.Change{Path: "a/buildlint.toml", Op: filetree.Hide})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Nest([]string{"a"}); err != nil {
		t.Error(err)
	}
	for _, s := range p.Settings("a/BUILD") {
		if s.Rule.Name == "shared-source" {
			t.Error("what the overlay switches off is on")
		}
	}
	if !p.Knows("shared-source") || p.Knows("no-such-rule") {
		t.Error("the rules are not known")
	}
	again, err := p.Reopened()
	if err != nil || again.Snapshot.Tree().Stat("a/buildlint.toml") != filetree.Absent {
		t.Errorf("reopened: %v", err)
	}
	next := p.With([]filetree.Change{{Path: "b/BUILD", Overlay: []byte("target()\n")}})
	if next.Snapshot.Facts("b") == nil || p.Snapshot.Facts("b") != nil {
		t.Error("the project after a change is not another")
	}
}

func TestOpenWithoutOptions(t *testing.T) {
	dir := workspaceOf(t, map[string]string{"pants.toml": "="})
	_, err := Open(dir, "pants.toml", config.Input{})
	if err == nil || !strings.HasPrefix(err.Error(), "pants.toml:1:1: ") {
		t.Errorf("error: %v", err)
	}
}
