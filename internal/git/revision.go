package git

import (
	"context"
	"fmt"
	"strings"
)

// base gives the object to compare with for a revision.
func (r *Repo) base(ctx context.Context, rev string) (string, error) {
	head, err := r.resolve(ctx, "HEAD^{commit}")
	if err != nil {
		return "", err
	}
	if head == "" && (rev == "HEAD" || rev == "@") {
		return r.emptyTree(ctx)
	}
	commit, err := r.resolve(ctx, rev+"^{commit}")
	if err != nil {
		return "", err
	}
	if commit == "" {
		return r.treeOf(ctx, rev)
	}
	if head == "" {
		return commit, nil
	}
	out, err := r.git(ctx, "merge-base", commit, head)
	switch {
	case err == nil:
		base, _, _ := strings.Cut(string(out), "\n")
		return base, nil
	case status(err) == 1: // there is none
		return commit, nil
	}
	return "", err
}

// treeOf gives the tree that a revision names which is no commit.
func (r *Repo) treeOf(ctx context.Context, rev string) (string, error) {
	tree, err := r.resolve(ctx, rev+"^{tree}")
	if err != nil {
		return "", err
	}
	if tree == "" {
		return "", r.unknown(ctx, rev)
	}
	return tree, nil
}

// resolve gives the object that a revision names, "" if there is none.
func (r *Repo) resolve(ctx context.Context, rev string) (string, error) {
	if strings.HasPrefix(rev, "-") || strings.ContainsRune(rev, 0) {
		return "", nil // git would take it for an option
	}
	out, err := r.git(ctx, "rev-parse", "--verify", "--quiet", rev)
	if err == nil {
		return strings.TrimSuffix(string(out), "\n"), nil
	}
	if status(err) >= 0 {
		return "", nil
	}
	return "", err
}

// unknown says what to do about a revision that is not there.
func (r *Repo) unknown(ctx context.Context, rev string) error {
	out, err := r.git(ctx, "rev-parse", "--is-shallow-repository")
	if err == nil && strings.TrimSpace(string(out)) == "true" {
		return fmt.Errorf("revision %q is not in this shallow clone: fetch it (git fetch --unshallow; "+
			"fetch-depth: 0 for GitHub's checkout action, GIT_DEPTH: 0 on GitLab)", rev)
	}
	return fmt.Errorf("git knows no revision %q: check its spelling, or git fetch the branch (it may be origin/%s)",
		rev, strings.TrimPrefix(rev, "origin/"))
}

// emptyTree gives the tree without files.
func (r *Repo) emptyTree(ctx context.Context) (string, error) {
	out, err := r.gitTop(ctx, strings.NewReader(""), "hash-object", "-t", "tree", "--stdin")
	return strings.TrimSuffix(string(out), "\n"), err
}
