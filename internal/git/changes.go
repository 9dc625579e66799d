package git

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Status is what happened to a file.
type Status uint8

// What can happen to a file. A rename is a deletion and an addition: git keeps no renames, and to guess them is slow.
const (
	Added    Status = iota // it is new, or not tracked yet
	Modified               // its content, mode or type changed
	Deleted
)

func (s Status) String() string { return [...]string{"added", "modified", "deleted"}[s] }

// A Change is a file that changed.
type Change struct {
	Path   string
	Status Status

	old blob // what it was, unless it is new
}

// ChangedSince gives the files that differ between a revision and the work tree, staged or not, and those that are not
// tracked and not ignored; sorted by path. The revision is where the branch left it: where rev and HEAD went apart, it
// is their merge base that counts, so that --since origin/main does not name what others did to main since. Where there
// is none, as in a shallow clone, it is rev itself. Before the first commit everything counts as added. A file that was
// taken out of the index and is still there counts as modified.
func (r *Repo) ChangedSince(ctx context.Context, rev string) ([]Change, error) {
	base, err := r.base(ctx, rev)
	if err != nil {
		return nil, err
	}
	others := make(chan listing, 1)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		names, err := r.untracked(ctx, nil)
		others <- listing{names, err}
	}()
	changed, err := r.diff(ctx, base)
	if err != nil {
		cancel()
		<-others
		return nil, err
	}
	untracked := <-others
	if untracked.err != nil {
		return nil, untracked.err
	}
	return r.collect(changed, untracked.names), nil
}

// A listing is what came of listing files.
type listing struct {
	names []string
	err   error
}

// Staged gives the files that differ between HEAD and the index, sorted by path. Before the first commit all of the
// index counts as added. Files of which only the intent to add is recorded are not staged. A merge conflict is an error
// that names the files.
func (r *Repo) Staged(ctx context.Context) ([]Change, error) {
	changed, err := r.diff(ctx, "--cached")
	if err != nil {
		return nil, err
	}
	if err := r.conflict(changed); err != nil {
		return nil, err
	}
	return r.collect(changed, nil), nil
}

// diff runs git diff.
func (r *Repo) diff(ctx context.Context, args ...string) ([]rawChange, error) {
	// A diff of the index takes an intent to add for nothing; one of the work tree takes it for a new file.
	flags := []string{"diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color",
		"--ignore-submodules=all", "--ita-invisible-in-index"}
	if !slices.Contains(args, "--") {
		args = append(slices.Clone(args), "--", ".")
	}
	out, err := r.git(ctx, append(flags, args...)...)
	if err != nil {
		return nil, err
	}
	changed, err := parseRaw(out)
	if err != nil {
		return nil, err
	}
	return r.dropTouched(ctx, slices.DeleteFunc(changed, func(c rawChange) bool { return c.submodule() }))
}

// untracked lists the files below dirs, or everywhere if dirs is nil, that are neither tracked nor ignored.
func (r *Repo) untracked(ctx context.Context, dirs []string) ([]string, error) {
	if dirs == nil {
		dirs = []string{"."}
	}
	out, err := r.git(ctx, append([]string{"ls-files", "-o", "-z", "--exclude-standard", "--"}, dirs...)...)
	if err != nil {
		return nil, err
	}
	// A slash is at the end of a repository in this one.
	return slices.DeleteFunc(split(out), func(name string) bool { return strings.HasSuffix(name, "/") }), nil
}

// collect joins what a diff and a listing of untracked files say of each file.
func (r *Repo) collect(changed []rawChange, untracked []string) []Change {
	byPath := map[string]Change{}
	for _, c := range changed {
		name, ok := r.relative(c.path)
		if !ok {
			continue
		}
		if _, ok := byPath[name]; !ok { // a second line of a file in conflict says no more
			byPath[name] = Change{Path: name, Status: c.kind(), old: c.old()}
		}
	}
	for _, name := range untracked {
		if c, ok := byPath[name]; ok && c.Status == Deleted {
			c.Status = Modified // it was taken out of the index only
			byPath[name] = c
		} else if !ok {
			byPath[name] = Change{Path: name, Status: Added}
		}
	}
	out := make([]Change, 0, len(byPath))
	for _, name := range slices.Sorted(maps.Keys(byPath)) {
		out = append(out, byPath[name])
	}
	return out
}

// old is what a change was made of.
func (c *rawChange) old() blob { return blob{id: c.oldID, path: c.path, link: c.oldMode == modeLink} }

// kind is the status of a change of files, for which a submodule is none.
func (c *rawChange) kind() Status {
	switch {
	case c.oldMode == modeSubmodule || c.status == 'A':
		return Added
	case c.newMode == modeSubmodule || c.status == 'D':
		return Deleted
	}
	return Modified
}

// ErrConflict says that the index holds an unresolved merge conflict.
var ErrConflict = errors.New("unresolved merge conflict: resolve it and git add the file")

// conflict is the error for the files of a diff that are in conflict.
func (r *Repo) conflict(changed []rawChange) error {
	var errs []error
	for _, c := range changed {
		if name, ok := r.relative(c.path); ok && c.status == 'U' {
			errs = append(errs, fmt.Errorf("%s: %w", name, ErrConflict))
		}
	}
	return errors.Join(errs...)
}
