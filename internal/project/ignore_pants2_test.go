package project

import (
	"testing"

	"github.com/buildlint/buildlint/analysis/filetree"
)

func TestPantsIgnored(t *testing.T) {
	for _, tt := range []struct {
		name, options string
		want          map[string]bool
	}{
		{"the defaults", "", map[string]bool{".venv/BUILD": true, "dist/BUILD": true, "a/dist/BUILD": false, "a": false}},
		{"more", "pants_ignore.add = [\"templates/**\", \"!.github/\"]\n", map[string]bool{
			"templates/a/BUILD": true, "templates": false, ".github/BUILD": false, ".venv/BUILD": true,
		}},
		{"others", "pants_ignore = [\"/scripts/\"]\n", map[string]bool{"scripts/BUILD": true, ".venv/BUILD": false}},
		{"BUILD files", "build_ignore = [\"go/BUILD*\"]\n", map[string]bool{"go/BUILD": true, "go/x.go": false}},
		{"less", "pants_ignore.remove = [\"__pycache__\"]\n", map[string]bool{"__pycache__/BUILD": false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tree := filetree.FromMap(map[string]string{"pants.toml": "[GLOBAL]\n" + tt.options})
			ignored := pantsIgnored(tree.Read)
			for name, want := range tt.want {
				if ignored(name) != want {
					t.Errorf("%s: want %v", name, want)
				}
			}
		})
	}
	for _, files := range []map[string]string{{}, {"pants.toml": "="}} {
		if pantsIgnored(filetree.FromMap(files).Read) != nil {
			t.Errorf("%v is to ignore nothing", files)
		}
	}
}
