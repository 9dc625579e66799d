package meaning

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A Report is what comes out of comparing two states of a repository.
type Report struct {
	Files       int // BUILD files
	Changed     int // of those, that are not the same bytes
	Targets     int // that were compared, of all files that can be evaluated
	InChanged   int // of those, that stand in changed files
	Differences []Difference
	// Failed are files that cannot be evaluated in either state.
	Failed []Failure
}

// A Difference is something that the build tool would see.
type Difference struct {
	Path          string
	Target        string // the address, "" for the file as a whole
	Field         string
	Before, After string
}

func (d Difference) String() string {
	return fmt.Sprintf("%s: %s %s:\n  before: %s\n  after:  %s", d.Path, d.Target, d.Field, d.Before, d.After)
}

// A Failure is a file that cannot be evaluated.
type Failure struct {
	Path    string
	Changed bool
	Err     error
}

// A repository is one state of it.
type repository struct {
	fsys  fs.FS
	files []string              // sorted
	build map[string]*evaluated // by path
	named map[string]*target    // by address
}

// An evaluated is a BUILD file.
type evaluated struct {
	src     string
	targets [2][]*target // where symbols are true, and where they are false
	err     error
}

var isBuild = regexp.MustCompile(`^BUILD(\.[a-zA-Z0-9_-]+)?$`)

// load reads and evaluates all BUILD files.
func load(fsys fs.FS) (*repository, error) {
	r := &repository{fsys: fsys, build: map[string]*evaluated{}, named: map[string]*target{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		r.files = append(r.files, name)
		if !isBuild.MatchString(d.Name()) {
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		r.add(name, string(src))
		return nil
	})
	slices.Sort(r.files)
	return r, err
}

func (r *repository) add(name, src string) {
	e := &evaluated{src: src}
	r.build[name] = e
	dir := path.Dir(name)
	for i, truth := range []bool{true, false} {
		calls, err := evaluate(name, src, truth)
		if err != nil {
			e.err = err
			return
		}
		for _, c := range calls {
			t := newTarget(dir, c)
			e.targets[i] = append(e.targets[i], t)
			r.named[t.address()] = t
		}
	}
}

// below returns the files in a directory and further down.
func (r *repository) below(dir string) []string {
	if dir == "." {
		return r.files
	}
	from, _ := slices.BinarySearch(r.files, dir+"/")
	to, _ := slices.BinarySearch(r.files, dir+"0") // the character behind the slash
	return r.files[from:to]
}

// Compare tells what the build tool sees differently in the BUILD files of two states of a repository. It returns an
// error if files cannot be read.
func Compare(before, after fs.FS) (*Report, error) {
	b, err := load(before)
	if err != nil {
		return nil, err
	}
	a, err := load(after)
	if err != nil {
		return nil, err
	}
	c := &comparison{before: b, after: a}
	all := maps.Clone(b.build)
	maps.Copy(all, a.build)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c.file(name, b.build[name], a.build[name])
	}
	return &c.Report, nil
}

type comparison struct {
	Report
	before, after *repository
}

func (c *comparison) file(name string, before, after *evaluated) {
	c.Files++
	if before == nil || after == nil {
		c.Differences = append(c.Differences, Difference{Path: name, Field: "exists in one state only"})
		return
	}
	changed := before.src != after.src
	if changed {
		c.Changed++
	}
	switch {
	case before.err != nil:
		c.Failed = append(c.Failed, Failure{name, changed, before.err})
		return
	case after.err != nil:
		c.Differences = append(c.Differences, Difference{Path: name, Field: "cannot be evaluated", After: after.err.Error()})
		return
	}
	c.Targets += len(before.targets[0])
	if changed {
		c.InChanged += len(before.targets[0])
	}
	for i := range before.targets {
		c.targets(name, before.targets[i], after.targets[i])
	}
}

func (c *comparison) targets(name string, before, after []*target) {
	if len(before) != len(after) {
		c.Differences = append(c.Differences, Difference{
			Path: name, Field: "number of targets", Before: fmt.Sprint(len(before)), After: fmt.Sprint(len(after)),
		})
		return
	}
	for i := range before {
		c.target(name, before[i], after[i])
	}
}

func (c *comparison) target(name string, before, after *target) {
	differs := func(field, x, y string) {
		c.Differences = append(c.Differences, Difference{name, before.address(), field, x, y})
	}
	if before.kind != after.kind || before.name != after.name {
		differs("kind and name", before.kind+" "+before.name, after.kind+" "+after.name)
		return
	}
	fields := maps.Clone(before.fields)
	maps.Copy(fields, after.fields)
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		if x, y := before.fields[field], after.fields[field]; x != y && !c.same(field, before, after) {
			differs(field, x, y)
		}
	}
}

// same reports whether a field that is written otherwise means the same, as the rules document it.
func (c *comparison) same(field string, before, after *target) bool {
	switch field {
	case "sources":
		x, xok := c.before.sources(before)
		y, yok := c.after.sources(after)
		if xok && yok && len(x) > 0 && slices.Equal(x, y) {
			return true
		}
		return c.runsItsSource(before, after)
	case "source", "entry_point":
		return c.runsItsSource(before, after)
	}
	return false
}

// runsItsSource reports whether a binary with a source became one with the entry point that the source was: that is its
// dotted path, and something that the binary depends on has the file.
func (c *comparison) runsItsSource(before, after *target) bool {
	files, ok := c.before.sources(before)
	if !ok || len(files) != 1 || after.get("source") != nil || after.get("sources") != nil {
		return false
	}
	entry := after.fields["entry_point"]
	if given := before.fields["entry_point"]; given != "" {
		return given == entry && c.after.reaches(after, files[0])
	}
	module := strings.ReplaceAll(strings.Trim(entry, `"`), ".", "/") + ".py"
	root, ok := strings.CutSuffix(files[0], "/"+module)
	return ok && isSourceRoot(root) && c.after.reaches(after, files[0])
}

// isSourceRoot reports whether a directory is a source root of Python by Pants' defaults.
func isSourceRoot(dir string) bool {
	last, above := path.Base(dir), path.Base(path.Dir(dir))
	return (last == "python" || last == "py") && slices.Contains([]string{"src", "main", "test", "tests"}, above)
}

// reaches reports whether something that a target depends on owns a file.
func (r *repository) reaches(t *target, file string) bool {
	seen := map[string]bool{}
	queue := strings.Split(t.fields["dependencies"], "\n")
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		dep := r.named[next]
		if seen[next] || dep == nil {
			continue
		}
		seen[next] = true
		if files, ok := r.sources(dep); ok && slices.Contains(files, file) {
			return true
		}
		queue = append(queue, strings.Split(dep.fields["dependencies"], "\n")...)
	}
	return false
}
