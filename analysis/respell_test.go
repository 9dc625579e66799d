package analysis_test

import (
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A renamed target keeps the spelling of its address, and what of the target is meant.
func TestRespell(t *testing.T) {
	for _, tt := range []struct {
		dialect   *dialect.Dialect
		old, want string // in the package a, where the target is now a:z
	}{
		{dialect.Pants1(), ":x", ":z"},
		{dialect.Pants1(), "a:x", "a:z"},
		{dialect.Pants1(), "//a:x", "//a:z"},
		{dialect.Pants2(), "!a:x", "!a:z"},
		{dialect.Pants2(), "!!:x", "!!:z"},
		{dialect.Pants2(), "a/f.py:x", "a/f.py:z"},
		{dialect.Pants2(), "a/b/f.py:../x", "a/b/f.py:../z"},
		{dialect.Pants2(), "./f.py:x", "./f.py:z"},
		{dialect.Pants2(), "!./b/f.py:../x", "!./b/f.py:../z"},
		{dialect.Pants2(), ":x#gen@k=v", ":z#gen@k=v"},
		{dialect.Bazel(), ":x", ":z"},
		{dialect.Bazel(), "//a:x", "//a:z"},
		{dialect.Please(), "//a:x|lib", "//a:z|lib"},
		{dialect.Please(), ":_x#lib", ":_z#lib"},
		{dialect.Buck2(), "//a:x[sub]", "//a:z[sub]"},
	} {
		if got := analysis.Respell(tt.dialect, tt.old, workspace.Address{Dir: "a", Name: "z"}, "a"); got != tt.want {
			t.Errorf("%s: Respell(%q) = %q, want %q", tt.dialect.Name, tt.old, got, tt.want)
		}
	}
}
