// Package git asks git what changed in a workspace, shows what is staged, and changes index and work tree alike.
//
// It runs the user's git binary, and reads its stable output formats only. The user's configuration counts where it
// says how files are kept (line ends, filters, modes) and nowhere else: no hook, pager, external diff or file system
// monitor is run. GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE are honoured, as git sets them for hooks, but only for the
// repository that they are about.
//
// Paths are relative to the workspace's root, separated by slashes, and are bytes: names may hold line breaks and need
// not be UTF-8. Submodules are repositories of their own, and never named.
package git

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// A Repo is the work tree of a git repository, as seen from a workspace in it. It is safe for concurrent use, but for
// FixStaged, which changes what the others see.
type Repo struct {
	root   string   // of the workspace: absolute, free of links
	top    string   // of the work tree
	prefix string   // of the workspace in the work tree: "" or with a slash at its end
	env    []string // of every git process
}

// Open finds the repository whose work tree holds the directory root, which may lie below the work tree's top. It is an
// error if git is not installed, if there is no repository, or if it is bare.
func Open(ctx context.Context, root string) (*Repo, error) {
	dir, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("workspace root %s: %w", root, err)
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, fmt.Errorf("workspace root: %w", err)
	}
	r := &Repo{root: dir, env: environment(ctx, dir)}
	// The prefix comes last: it may hold line breaks, the others cannot.
	out, err := r.git(ctx, "rev-parse", "--is-inside-work-tree", "--show-cdup", "--show-prefix")
	if err != nil {
		return nil, openError(root, err)
	}
	inside, rest, _ := strings.Cut(string(out), "\n")
	if inside != "true" {
		return nil, fmt.Errorf("%s is in no work tree: the git repository is bare, or it is the .git directory itself", root)
	}
	up, prefix, _ := strings.Cut(rest, "\n")
	r.prefix = strings.TrimSuffix(prefix, "\n")
	r.top = filepath.Join(dir, filepath.FromSlash(up))
	return r, nil
}

func openError(root string, err error) error {
	var failed *commandError
	if errors.As(err, &failed) && strings.Contains(failed.stderr, "not a git repository") {
		return fmt.Errorf("%s is in no git repository: run buildlint in one, or name the files to lint", root)
	}
	return err
}

// relative gives the path in the workspace of one in the work tree, false if it lies outside.
func (r *Repo) relative(full string) (string, bool) { return strings.CutPrefix(full, r.prefix) }

// onDisk gives the path in the operating system's form of one in the workspace.
func (r *Repo) onDisk(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }
