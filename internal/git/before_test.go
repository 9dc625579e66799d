package git

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// TestBefore holds that the files before a change come back: those since a revision, and those before what is staged.
func TestBefore(t *testing.T) {
	s := newSandbox(t)
	for _, name := range []string{"edited", "gone", "kept", "untracked", "dir/below"} {
		s.write(name, "old\n")
	}
	s.link("kept", "link")
	s.commit()
	s.write("edited", "new\n")
	s.remove("gone")
	s.remove("dir")
	s.write("dir", "a file\n")
	s.remove("link")
	s.write("link", "a file\n")
	s.write("added/new", "new\n")
	s.git("rm", "-q", "--cached", "untracked")
	want := []string{
		"dir/below=old\n", "edited=old\n", "gone=old\n", "untracked=old\n", "-added/new",
	}
	r, ctx := s.open(), context.Background()
	changed, err := r.ChangedSince(ctx, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "since", want, before(t, r, changed))

	s.git("add", "-A")
	s.git("rm", "-q", "--cached", "untracked")
	staged, err := r.Staged(ctx)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "staged", want, before(t, r, staged))
}

// before gives what brings back the files before changes, as path=content or -path.
func before(t *testing.T, r *Repo, changes []Change) []string {
	t.Helper()
	v, err := r.Before(context.Background(), changes)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(v.Links, []string{"link"}) {
		t.Errorf("links: %q", v.Links)
	}
	var out []string
	for _, c := range v.Changes() {
		if c.Op == filetree.Hide {
			out = append(out, "-"+c.Path)
			continue
		}
		out = append(out, fmt.Sprintf("%s=%s", c.Path, c.Overlay))
	}
	return out
}
