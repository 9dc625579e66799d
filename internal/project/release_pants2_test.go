package project

import (
	"testing"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// TestRelease shows that what a later release than the configured one renamed is not deprecated yet, and that
// requirements were targets of their package before they were generated.
func TestRelease(t *testing.T) {
	for _, tt := range []struct {
		options                 string
		library, command, macro bool // deprecated python_library, experimental_run_shell_command; requirements are a macro
	}{
		{"", true, true, false},
		{"pants_version = \"2.34.0\"", true, true, false},
		{"pants_version = \"2.16.0rc1\"", true, true, false},
		{"pants_version = \"2.12.0\"", true, false, false},
		{"pants_version = \"2.12.0\"\nuse_deprecated_python_macros = true", true, false, true},
		{"pants_version = \"2.8.0.dev3\"", true, false, true},
		{"pants_version = \"2.7.1\"", false, false, true},
		{"pants_version = \"%(env.PANTS)s\"", true, true, false},
		{"pants_version = 2", true, true, false},
	} {
		tree := filetree.FromMap(map[string]string{"pants.toml": "[GLOBAL]\n" + tt.options + "\n"})
		d := tuned(dialect.Pants2(), &inputs{tree: tree})
		if k := d.Kinds["python_library"]; (k.Deprecated != "") != tt.library || (k.Successor != "") != tt.library {
			t.Errorf("%s: python_library is deprecated: %q", tt.options, k.Deprecated)
		}
		if k := d.Kinds["experimental_run_shell_command"]; (k.Deprecated != "") != tt.command {
			t.Errorf("%s: experimental_run_shell_command is deprecated: %q", tt.options, k.Deprecated)
		}
		_, macro := d.Functions["python_requirements"]
		if macro != tt.macro || macro == (d.Kinds["python_requirements"] != nil) {
			t.Errorf("%s: python_requirements is a macro: %v", tt.options, macro)
		}
	}
	if dialect.Pants2().Kinds["python_library"].Deprecated == "" {
		t.Error("the table itself was changed")
	}
}
