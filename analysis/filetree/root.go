package filetree

import (
	"fmt"
	"os"
	"path/filepath"
)

// markers are the files that a build tool has at the root of a workspace. The first that is there is the marker.
func markers() []string {
	return []string{
		"pants.ini", "pants.toml", "MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel", ".plzconfig", ".buckconfig",
	}
}

// FindRoot finds the workspace that a file or directory is in: the nearest directory upward that holds a build tool's
// marker, else the outermost with a buildlint.toml, else the nearest with a .git, else the directory itself. marker is
// the name of what was found; "" if nothing was. start must be there; root is absolute.
func FindRoot(start string) (root, marker string, err error) {
	dir, err := filepath.Abs(start)
	if err != nil {
		return "", "", fmt.Errorf("workspace of %s: %w", start, err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return "", "", fmt.Errorf("workspace: %w", err)
	}
	if !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	if root, marker := nearest(dir, markers(), isFile); root != "" {
		return root, marker, nil
	}
	if root := outermost(dir, "buildlint.toml"); root != "" {
		return root, "buildlint.toml", nil
	}
	if root, marker := nearest(dir, []string{".git"}, exists); root != "" {
		return root, marker, nil
	}
	return dir, "", nil
}

// nearest finds the first directory upward in which one of names is there.
func nearest(dir string, names []string, there func(string) bool) (found, name string) {
	for {
		for _, n := range names {
			if there(filepath.Join(dir, n)) {
				return dir, n
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", ""
		}
		dir = up
	}
}

func outermost(dir, name string) string {
	found := ""
	for {
		if isFile(filepath.Join(dir, name)) {
			found = dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return found
		}
		dir = up
	}
}

// isFile excludes directories: where case does not count, a directory workspace has the name of a WORKSPACE.
func isFile(full string) bool {
	info, err := os.Stat(full)
	return err == nil && !info.IsDir()
}

func exists(full string) bool {
	_, err := os.Lstat(full)
	return err == nil
}
