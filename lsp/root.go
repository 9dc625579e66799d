package lsp

import (
	"cmp"
	"path/filepath"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/config"
)

// findRoot returns the root of the workspace that an absolute directory lies in, and the file that tells of it: a build
// tool's marker, a configuration file, .git, or "" if there is nothing upward. A directory that is not there yet lies
// where the nearest one upward does that is.
func findRoot(dir string) (root, marker string) {
	for {
		root, marker, err := filetree.FindRoot(dir)
		if err == nil || filepath.Dir(dir) == dir {
			return cmp.Or(root, dir), marker
		}
		dir = filepath.Dir(dir)
	}
}

// isBuildMarker reports whether a marker is a build tool's.
func isBuildMarker(marker string) bool {
	return marker != "" && marker != ".git" && marker != config.FileName
}
