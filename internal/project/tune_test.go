package project

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

func TestTuned(t *testing.T) {
	for _, tt := range []struct {
		name, file, text string
		d                *dialect.Dialect
		files, own       []string
		cells            map[string]string
	}{
		{"no file", "x", "", dialect.Bazel(), []string{"BUILD.bazel", "BUILD"}, []string{""}, nil},
		{"module", "MODULE.bazel", "\"\"\"Docs.\"\"\"\nmodule(\n    # why\n    name = \"mine\",\n)\nbazel_dep(name = \"other\")\n",
			dialect.Bazel(), []string{"BUILD.bazel", "BUILD"}, []string{"", "mine"}, nil},
		{"workspace", "WORKSPACE", "workspace(name = 'mine')\n", dialect.Bazel(), []string{"BUILD.bazel", "BUILD"},
			[]string{"", "mine"}, nil},
		{"please", ".plzconfig", "; a comment\n[parse]\nBuildFileName = BUILD.plz\nbuildfilename = PLZ\n[build]\nbuildfilename = x\n",
			dialect.Please(), []string{"BUILD.plz", "PLZ"}, nil, nil},
		{"please of old", ".plzconfig", "[please]\nbuildfilename = BUILD\nbuildfilename = BUILD_\n", dialect.Please(),
			[]string{"BUILD", "BUILD_"}, nil, nil},
		{"please as it is", ".plzconfig", "[please]\nversion = 17\n", dialect.Please(), []string{"BUILD", "BUILD.plz"}, nil, nil},
		{"buck2", ".buckconfig", "[buildfile]\n  name = TARGETS, BUCK\n[cells]\n  me = .\n  prelude = sub/prelude\n  out = ../x\n" +
			"[cell_aliases]\n  mine = me\n  root = me\n  early = prelude\n  none = out\n",
			dialect.Buck2(), []string{"TARGETS.v2", "TARGETS", "BUCK.v2", "BUCK"}, []string{"mine", "", "root", "me"},
			map[string]string{"prelude": "sub/prelude", "early": "sub/prelude"}},
		{"buck2 v2", ".buckconfig", "[buildfile]\nname_v2 = \\\n  TARGETS\nname = BUCK\n", dialect.Buck2(),
			[]string{"TARGETS"}, []string{"", "root"}, map[string]string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tuned(tt.d, &inputs{tree: filetree.FromMap(map[string]string{tt.file: tt.text})})
			if diff := cmp.Diff(tt.files, got.BuildFiles); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.own, got.Loads.Own); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.cells, got.Loads.Cells); diff != "" {
				t.Error(diff)
			}
		})
	}
}
