package lsp

import (
	"path/filepath"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/config"
)

// findRoot returns the root of the workspace that an absolute directory lies in, and the file that tells of it: a build
// tool's marker, a configuration file, .git, or "" if there is nothing upward. A directory that is not there lies where
// the nearest one upward does that is; but if nothing tells of a workspace there, it is its own: that a workspace was
// deleted is no reason to read all that lies beside it.
func findRoot(dir string) (root, marker string) {
	for up := dir; ; up = filepath.Dir(up) {
		root, marker, err := filetree.FindRoot(up)
		switch {
		case err == nil && (marker != "" || up == dir):
			return root, marker
		case err == nil || filepath.Dir(up) == up:
			return dir, ""
		}
	}
}

// isBuildMarker reports whether a marker is a build tool's.
func isBuildMarker(marker string) bool {
	return marker != "" && marker != ".git" && marker != config.FileName
}
