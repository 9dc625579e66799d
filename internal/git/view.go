package git

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// A View is what has to be changed in some files to see others, such as those of the index instead of the work tree's:
// what git would check out.
type View struct {
	Overlays []filetree.Change // files with other content, and files that are missing, sorted by path
	Hidden   []string          // files that are not there, sorted; ignored ones are none of them
	Links    []string          // symbolic links that differ and lead to no staged file: they stay as they are
}

// Changes are the overlays and what is hidden, as changes of a tree.
func (v *View) Changes() []filetree.Change {
	changes := slices.Clone(v.Overlays)
	for _, name := range v.Hidden {
		changes = append(changes, filetree.Change{Path: name, Op: filetree.Hide})
	}
	return changes
}

// Before is what has to be changed in the files after changes to see those before them. Symbolic links stay as they
// are. Of contents that the repository lacks, such as those a partial clone left out, only the presence is shown.
func (r *Repo) Before(ctx context.Context, changes []Change) (*View, error) {
	v := &View{}
	var wanted []blob
	var added []string
	for _, c := range changes {
		switch {
		case c.Status == Added:
			added = append(added, c.Path)
		case c.old.link:
			v.Links = append(v.Links, c.Path)
		default:
			wanted = append(wanted, c.old)
		}
	}
	present, err := r.present(ctx, wanted)
	if err != nil {
		return nil, err
	}
	for _, b := range wanted {
		if !present[b.id] {
			name, _ := r.relative(b.path)
			v.show(name, nil)
		}
	}
	wanted = slices.DeleteFunc(wanted, func(b blob) bool { return !present[b.id] })
	if err := r.fill(ctx, v, wanted); err != nil {
		return nil, err
	}
	v.hide(added)
	return v, nil
}

// present gives the blobs that the repository has: a partial clone may lack some.
func (r *Repo) present(ctx context.Context, blobs []blob) (map[string]bool, error) {
	var in strings.Builder
	for _, b := range blobs {
		in.WriteString(b.id + "\n")
	}
	out, err := r.gitTop(ctx, strings.NewReader(in.String()), "cat-file", "--batch-check")
	if err != nil {
		return nil, err
	}
	present := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		id, kind, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		present[id] = strings.HasPrefix(kind, "blob ")
	}
	return present, nil
}

// StagedView compares the work tree with the index. If dirs is not nil it need not look but below them, which takes a
// tenth of the time in a large repository. reads reports whether somebody may read a file; it is nil for all. Of other
// files only the presence is shown: they have no overlay, or an empty one. Line ends are those of the work tree,
// filters are applied. A merge conflict is an error that names the files.
func (r *Repo) StagedView(ctx context.Context, dirs []string, reads func(path string) bool) (*View, error) {
	if dirs != nil && len(dirs) == 0 {
		return &View{}, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	others := make(chan listing, 1)
	go func() {
		names, err := r.untracked(ctx, pathspecs(dirs))
		others <- listing{names, err}
	}()
	v, err := r.tracked(ctx, pathspecs(dirs), reads)
	if err != nil {
		cancel()
		<-others
		return nil, err
	}
	untracked := <-others
	if untracked.err != nil {
		return nil, untracked.err
	}
	v.hide(untracked.names)
	return v, nil
}

// pathspecs gives the arguments that name directories, nil for all. All is less work than many.
func pathspecs(dirs []string) []string {
	if len(dirs) > maxSpecs || slices.Contains(dirs, "") {
		return nil
	}
	var specs []string
	for _, dir := range dirs {
		specs = append(specs, "./"+dir)
	}
	return specs
}

// tracked is the view of the files in the index, with those hidden that are meant to be added.
func (r *Repo) tracked(ctx context.Context, specs []string, reads func(string) bool) (*View, error) {
	if specs == nil {
		specs = []string{"."}
	}
	changed, err := r.diff(ctx, append([]string{"--"}, specs...)...)
	if err != nil {
		return nil, err
	}
	if err := r.conflict(changed); err != nil {
		return nil, err
	}
	v := &View{}
	var wanted []blob
	for _, c := range changed {
		name, ok := r.relative(c.path)
		if !ok {
			continue
		}
		switch {
		case c.kind() == Added:
			v.Hidden = append(v.Hidden, name)
		case reads == nil || reads(name) || c.oldMode == modeLink:
			wanted = append(wanted, c.old())
		case c.kind() == Deleted || c.status == 'T':
			v.show(name, nil)
		}
	}
	return v, r.fill(ctx, v, wanted)
}

// fill adds the contents of files to a view.
func (r *Repo) fill(ctx context.Context, v *View, wanted []blob) error {
	contents, err := r.contents(ctx, wanted)
	if err != nil {
		return err
	}
	for i, b := range wanted {
		name, _ := r.relative(b.path)
		if !b.link {
			v.show(name, contents[i])
			continue
		}
		data, ok, err := r.follow(ctx, b.path, string(contents[i]))
		switch {
		case err != nil:
			return err
		case ok:
			v.show(name, data)
		default:
			v.Links = append(v.Links, name)
		}
	}
	slices.SortFunc(v.Overlays, func(a, b filetree.Change) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// maxLinks bounds how many links lead from one to the next.
const maxLinks = 8

// follow gives what a staged link leads to, false if that is no staged file.
func (r *Repo) follow(ctx context.Context, link, target string) ([]byte, bool, error) {
	for range maxLinks {
		full := path.Join(path.Dir(link), target)
		if path.IsAbs(target) || full == ".." || strings.HasPrefix(full, "../") {
			return nil, false, nil
		}
		entries, err := r.entries(ctx, []string{full})
		if err != nil {
			return nil, false, err
		}
		e, ok := entries[full]
		if !ok || e.mode == modeSubmodule {
			return nil, false, nil
		}
		contents, err := r.contents(ctx, []blob{{id: e.id, path: full, link: e.mode == modeLink}})
		if err != nil || e.mode != modeLink {
			return slices.Concat(contents...), err == nil, err
		}
		link, target = full, string(contents[0])
	}
	return nil, false, nil
}

func (v *View) show(name string, content []byte) {
	v.Overlays = append(v.Overlays, filetree.Change{Path: name, Overlay: content, Op: filetree.SetOverlay})
}

// hide adds untracked files, but for those that stand where the index has a directory: the overlays in it hide them.
func (v *View) hide(names []string) {
	above := map[string]bool{}
	for _, c := range v.Overlays {
		above[c.Path] = true
		for dir := path.Dir(c.Path); dir != "."; dir = path.Dir(dir) {
			above[dir] = true
		}
	}
	for _, name := range names {
		if !above[name] {
			v.Hidden = append(v.Hidden, name)
		}
	}
	slices.Sort(v.Hidden)
	v.Hidden = slices.Compact(v.Hidden)
}

// A blob is a file's content in the index.
type blob struct {
	id   string
	path string // in the work tree: its attributes say what filters apply
	link bool   // no filter applies to a link's target
}
