package workspace

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
)

// HasRequirements reports whether a directory of the given entries holds files that are named as requirements files.
func (s *Snapshot) HasRequirements(dir string, entries []filetree.Entry) bool {
	return slices.ContainsFunc(entries, func(e filetree.Entry) bool {
		return s.isRequirementsFile(dir, e)
	})
}

// RequirementsIn returns the paths of the files in a directory of the given entries that are named as requirements
// files.
func (s *Snapshot) RequirementsIn(dir string, entries []filetree.Entry) []string {
	var found []string
	for _, e := range entries {
		if s.isRequirementsFile(dir, e) {
			found = append(found, joinPath(dir, e.Name))
		}
	}
	return found
}

// isRequirementsFile is asked of every file of the workspace, most of which are told by their ends.
func (s *Snapshot) isRequirementsFile(dir string, e filetree.Entry) bool {
	if e.Dir || !strings.HasSuffix(e.Name, ".txt") && !strings.HasSuffix(e.Name, ".in") {
		return false
	}
	full := joinPath(dir, e.Name)
	return python.IsRequirementsFile(full) && !s.Excluded(full) && !s.tree.Ignored(full)
}

// RequirementsFiles returns the requirements files of the workspace by path: those that are named as one, and those
// that they name. It looks at the whole workspace once, but reads no BUILD files. Files that cannot be read are left
// out.
func (s *Snapshot) RequirementsFiles() map[string]*RequirementsFile { return s.requirementsFiles() }

func (s *Snapshot) readRequirementsFiles() map[string]*RequirementsFile {
	files := map[string]*RequirementsFile{}
	// What cannot be listed is told by whoever walks the workspace to check it.
	var found []string
	_ = s.Walk(context.Background(), []string{""}, func(dir string, entries []filetree.Entry) {
		found = append(found, s.RequirementsIn(dir, entries)...)
	})
	for len(found) > 0 {
		file := found[0]
		found = found[1:]
		if files[file] != nil || !s.addRequirementsFile(files, file) {
			continue
		}
		for _, include := range files[file].Includes {
			found = append(found, include.Path)
		}
	}
	markConstraints(files)
	return files
}

func (s *Snapshot) addRequirementsFile(files map[string]*RequirementsFile, file string) bool {
	if s.Excluded(file) || s.tree.Stat(file) != filetree.File {
		return false
	}
	src, err := s.tree.Read(file)
	if err != nil {
		return false
	}
	files[file] = ParseRequirementsFile(file, src)
	return true
}

// markConstraints marks the files that others name by `-c`, with all that those name, but for what is also asked for.
func markConstraints(files map[string]*RequirementsFile) {
	var queue []string
	required := map[string]bool{}
	for _, f := range files {
		for _, include := range f.Includes {
			if include.Constraint {
				queue = append(queue, include.Path)
			} else if !f.Constrains {
				required[include.Path] = true
			}
		}
	}
	for len(queue) > 0 {
		f := files[queue[0]]
		queue = queue[1:]
		if f == nil || f.Constrains || required[f.Path] {
			continue
		}
		f.Constrains = true
		for _, include := range f.Includes {
			queue = append(queue, include.Path)
		}
	}
}

// Specifiers returns the requirement specifiers in the files of a directory: in its requirements files, and in the
// targets of its package.
func (s *Snapshot) Specifiers(dir string) []*Specifier {
	var found []*Specifier
	for file, f := range s.RequirementsFiles() {
		if dirOf(file) == dir {
			found = append(found, f.Specifiers()...)
		}
	}
	return withTargets(found, s.Facts(dir))
}

// withTargets adds the specifiers of the targets of a package to those of files: a line gets its target.
func withTargets(found []*Specifier, f *Facts) []*Specifier {
	byPlace := map[place]*Specifier{}
	for _, spec := range found {
		byPlace[place{spec.Path, spec.Place.Start}] = spec
	}
	for spec := range f.Specifiers() {
		if line := byPlace[place{spec.Path, spec.Place.Start}]; line != nil {
			line.Target = spec.Target
			line.Resolve = spec.Resolve
		} else {
			found = append(found, spec)
		}
	}
	slices.SortFunc(found, compareSpecifiers)
	return found
}

// A place is where a specifier begins.
type place struct {
	path  string
	start int
}

func compareSpecifiers(a, b *Specifier) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Place.Start, b.Place.Start))
}

// Requirements are the third-party requirements of a whole workspace, and what it publishes itself. They are immutable.
type Requirements struct {
	Files      map[string]*RequirementsFile
	Specifiers []*Specifier // by path and position
	// Open are the BUILD files, by path, from which not everything can be seen that their targets depend on.
	Open []string
	// Publishing are the directories of packages that publish distributions, sorted.
	Publishing []string

	named     map[string][]*Specifier // by the normal name
	namedBy   map[string][]string     // the files that name a file by `-r`
	published map[string][]Address    // by the normal name
}

// Requirements returns the requirements of the workspace. They are collected once, and all BUILD files are read for it.
func (s *Snapshot) Requirements() *Requirements { return s.allRequirements() }

func (s *Snapshot) collectRequirements() *Requirements {
	r := &Requirements{
		Files: s.RequirementsFiles(), named: map[string][]*Specifier{}, published: map[string][]Address{},
		namedBy: map[string][]string{},
	}
	for _, f := range r.Files {
		for _, name := range f.included() {
			r.namedBy[name] = append(r.namedBy[name], f.Path)
		}
		r.Specifiers = append(r.Specifiers, f.Specifiers()...)
	}
	dirs, _ := s.AllPackages() // what cannot be read is told by whoever checks it
	all := &Facts{}
	for _, dir := range dirs {
		f := s.Facts(dir)
		if f == nil {
			continue
		}
		if f.IsOpen() {
			for _, file := range f.Files() {
				r.Open = append(r.Open, file.Path)
			}
		}
		all.python = append(all.python, f.python...)
		for _, kept := range f.python {
			t := TargetFacts{f, int(kept.target)}
			if name := t.Distribution(); name != "" {
				name = python.Normalise(name)
				r.published[name] = append(r.published[name], t.Address())
				if n := len(r.Publishing); n == 0 || r.Publishing[n-1] != dir {
					r.Publishing = append(r.Publishing, dir)
				}
			}
		}
	}
	r.Specifiers = withTargets(r.Specifiers, all)
	for _, spec := range r.Specifiers {
		if name := spec.NormalName(); name != "" {
			r.named[name] = append(r.named[name], spec)
		}
	}
	return r
}

// Named returns the specifiers of a project by path and position. The name is as [python.Normalise] has it.
func (r *Requirements) Named(name string) []*Specifier { return r.named[name] }

// Published returns the targets that publish a distribution of the given name, as [python.Normalise] has it.
func (r *Requirements) Published(name string) []Address { return r.published[name] }

// Together returns the files that a file may be installed with: itself, those that it names by `-r`, and with each file
// that names it so all that that one names.
func (r *Requirements) Together(file string) map[string]bool {
	naming := closure(map[string]bool{file: true}, func(name string) []string { return r.namedBy[name] })
	return closure(naming, func(name string) []string {
		if f := r.Files[name]; f != nil {
			return f.included()
		}
		return nil
	})
}

// included returns the files that f names by `-r`.
func (f *RequirementsFile) included() []string {
	var names []string
	for _, include := range f.Includes {
		if !include.Constraint {
			names = append(names, include.Path)
		}
	}
	return names
}

// closure returns some files with all that next leads to from them.
func closure(from map[string]bool, next func(string) []string) map[string]bool {
	found := maps.Clone(from)
	for queue := slices.Collect(maps.Keys(from)); len(queue) > 0; queue = queue[1:] {
		for _, name := range next(queue[0]) {
			if !found[name] {
				found[name] = true
				queue = append(queue, name)
			}
		}
	}
	return found
}

// Constraints returns the constraints files that hold for a file, by path: those that it, or what it is installed with,
// names by `-c`, else those of its directory.
func (r *Requirements) Constraints(file string) []*RequirementsFile {
	found := map[string]*RequirementsFile{}
	for together := range r.Together(file) {
		if f := r.Files[together]; f != nil {
			r.addConstraints(found, f)
		}
	}
	if len(found) == 0 {
		for name, f := range r.Files {
			if dirOf(name) == dirOf(file) && python.IsConstraintsFile(name) {
				found[name] = f
			}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b *RequirementsFile) int { return cmp.Compare(a.Path, b.Path) })
}

// addConstraints adds the constraints files that f names, and what those name.
func (r *Requirements) addConstraints(found map[string]*RequirementsFile, f *RequirementsFile) {
	for _, include := range f.Includes {
		named := r.Files[include.Path]
		if named != nil && named.Constrains && found[named.Path] == nil {
			found[named.Path] = named
			r.addConstraints(found, named)
		}
	}
}
