package project

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

func TestTunedPants2(t *testing.T) {
	tree := filetree.FromMap(map[string]string{
		"pants.toml": "[GLOBAL]\nbuild_patterns = [\"BUILD.pants\"]\nbuild_file_prelude_globs = [\"macros.py\", \"more/*.py\"]\n" +
			"[source]\nroot_patterns.add = [\"/lib\"]\nroot_patterns.remove = [\"src\"]\n",
		"macros.py": "def python_sources(**kw):\n    python_tests(**kw)\nresources = 1\n",
		"more/a.py": "def files(**kw): pass\n",
	})
	in := &inputs{tree: tree}
	d := tuned(dialect.Pants2(), in)
	if d.IsBuildFile("BUILD") || !d.IsBuildFile("BUILD.pants") {
		t.Errorf("BUILD files: %v, %v", d.BuildFiles, d.Family)
	}
	if d.Kinds["python_sources"] != nil || d.Kinds["resources"] != nil || d.Kinds["files"] != nil || d.Kinds["python_tests"] == nil {
		t.Error("the kinds that a prelude defines are to be unknown, and no others")
	}
	for name, want := range map[string]bool{
		"pants.toml": true, "macros.py": true, "more/a.py": true, "more/new.py": true, "more/a/b.py": false, "a.py": false,
	} {
		if in.patterns.Has(name) != want {
			t.Errorf("%s says how the workspace is read: %v", name, !want)
		}
	}
	var roots []string
	for _, dir := range []string{"lib/a", "src/b", "src/python/c"} {
		r, _ := d.RootOf(dir)
		roots = append(roots, r.Dir)
	}
	if diff := cmp.Diff([]string{"lib", "", "src/python"}, roots); diff != "" {
		t.Errorf("roots (-want +got):\n%s", diff)
	}
}

func TestTunedPants2Markers(t *testing.T) {
	tree := filetree.FromMap(map[string]string{"pants.toml": "[source]\nmarker_filenames = [\"setup.py\"]\n"})
	d := tuned(dialect.Pants2(), &inputs{tree: tree})
	if r, ok := d.RootOf("src/python"); ok {
		t.Errorf("a root where marker files say where they are: %+v", r)
	}
	if !d.IsBuildFile("BUILD") || !d.IsBuildFile("BUILD.x") {
		t.Errorf("BUILD files: %v, %v", d.BuildFiles, d.Family)
	}
	broken := filetree.FromMap(map[string]string{"pants.toml": "="})
	if pants := dialect.Pants2(); tuned(pants, &inputs{tree: broken}) != pants {
		t.Error("a broken pants.toml is to change nothing")
	}
}
