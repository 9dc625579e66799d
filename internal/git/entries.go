package git

import (
	"context"
	"fmt"
	"strings"
)

// An entry is a file in the index.
type entry struct {
	mode string
	id   string
	left bool // a sparse checkout leaves it out
}

// maxSpecs bounds how many paths git is given: it compares each file of the index with each of them, and systems bound
// the length of a command line. All of half a million files take as long as forty paths.
const maxSpecs = 32

// entries gives what the index has at paths in the work tree. A conflict is an error.
func (r *Repo) entries(ctx context.Context, paths []string) (map[string]entry, error) {
	specs := paths
	if len(paths) > maxSpecs {
		specs = []string{"."}
	}
	out, err := r.gitTop(ctx, nil, append([]string{"ls-files", "-t", "-s", "-z", "--"}, specs...)...)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(paths))
	for _, name := range paths {
		wanted[name] = true
	}
	found := map[string]entry{}
	for line := range strings.SplitSeq(string(out), "\x00") {
		head, name, _ := strings.Cut(line, "\t")
		if !wanted[name] {
			continue
		}
		f := strings.Fields(head) // tag mode id stage
		if len(f) != 4 {
			return nil, fmt.Errorf("git ls-files: odd output %.80q", line)
		}
		if f[3] != "0" {
			return nil, fmt.Errorf("%s: %w", strings.TrimPrefix(name, r.prefix), ErrConflict)
		}
		found[name] = entry{mode: f[1], id: f[2], left: f[0] == "S"}
	}
	return found, nil
}
