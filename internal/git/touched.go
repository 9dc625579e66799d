package git

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// dropTouched leaves out files that were written but hold what they held: git compares times and sizes, and would write
// to the index to remember more.
func (r *Repo) dropTouched(ctx context.Context, changed []rawChange) ([]rawChange, error) {
	var unclear []string
	same := map[string]bool{} // modified files that are as before
	oldID := map[string]string{}
	for _, c := range changed {
		if c.status != 'M' || c.oldMode != c.newMode || strings.Trim(c.newID, "0") != "" {
			continue
		}
		switch id, err := r.plainID(c); {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", c.path, cause(err))
		case id == c.oldID:
			same[c.path] = true
		case c.oldMode != modeLink:
			unclear = append(unclear, c.path)
			oldID[c.path] = c.oldID
		}
	}
	ids, err := r.filteredIDs(ctx, unclear)
	if err != nil {
		return nil, err
	}
	for i, name := range unclear {
		same[name] = ids[i] == oldID[name]
	}
	return slices.DeleteFunc(changed, func(c rawChange) bool { return c.status == 'M' && same[c.path] }), nil
}

// plainID gives the object that a file of the work tree would be if no filters were applied.
func (r *Repo) plainID(c rawChange) (string, error) {
	full := filepath.Join(r.top, filepath.FromSlash(c.path))
	if c.newMode == modeLink {
		target, err := os.Readlink(full)
		return objectID(c.oldID, []byte(filepath.ToSlash(target))), err
	}
	content, err := os.ReadFile(full)
	return objectID(c.oldID, content), err
}

// filteredIDs gives the objects that git add would make of files of the work tree.
func (r *Repo) filteredIDs(ctx context.Context, names []string) ([]string, error) {
	ids := make([]string, len(names))
	var batched []int
	var in strings.Builder
	for i, name := range names {
		if strings.ContainsAny(name, "\n\"") { // a line of input cannot name it
			out, err := r.gitTop(ctx, nil, "hash-object", "--", name)
			if err != nil {
				return nil, err
			}
			ids[i] = strings.TrimSpace(string(out))
			continue
		}
		batched = append(batched, i)
		fmt.Fprintln(&in, name)
	}
	if len(batched) == 0 {
		return ids, nil
	}
	out, err := r.gitTop(ctx, strings.NewReader(in.String()), "hash-object", "--stdin-paths")
	if err != nil {
		return nil, err
	}
	found := strings.Fields(string(out))
	if len(found) != len(batched) {
		return nil, fmt.Errorf("git hash-object: %d objects of %d files", len(found), len(batched))
	}
	for k, i := range batched {
		ids[i] = found[k]
	}
	return ids, nil
}
