// Package config reads buildlint.toml files and says which rules run where, how grave their findings are, and where
// each value comes from.
//
// A configuration is made of layers, the later over the earlier ones, key by key:
//
//   - the presets that `extends` of the nearest file names, else the defaults of the dialect;
//   - from the root's file to the nearest: `[rules]`, then its `[[overrides]]` that match, in order;
//   - the command line: --select, --extend-select, --ignore.
//
// A severity switches a rule on or off; options alone leave it as it is. Options merge one by one, their values do not.
// Nested files may say everything but source roots, test roots and kinds, which count for the workspace as a whole.
package config

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// FileName is the name of a configuration file.
const FileName = "buildlint.toml"

// An Input is what a configuration is made from.
type Input struct {
	Root      string                            // absolute path of the workspace's root
	Read      func(path string) ([]byte, error) // reads a file by a path of the operating system
	Catalogue Catalogue
	Dialect   string // that was detected, "" if none was

	// What the command line says: another file than the root's, as given; no file; rules or presets.
	Path                         string
	Isolated                     bool
	Select, ExtendSelect, Ignore []string
}

// Load reads the configuration of a workspace: that of its root, or what the command line names instead. Files of
// directories below are read by [Config.Nest]. An error is of type [Errors] and has all that is wrong.
func Load(in Input) (*Config, error) {
	l := &loader{in: in}
	command := l.selection()
	root := &file{}
	switch {
	case in.Path != "" && in.Isolated:
		l.errs = append(l.errs, &Error{Message: "--config and --isolated exclude each other: leave out one"})
	case in.Path != "":
		root = cmp.Or(l.read(in.Path, in.Path, "", in.Dialect), root)
	case !in.Isolated:
		root = cmp.Or(l.read(FileName, filepath.Join(in.Root, FileName), "", in.Dialect), root)
	}
	if err := l.errs.orNil(); err != nil {
		return nil, err
	}
	return newConfig(in, command, rootScope(root, in)), nil
}

// Nest returns the configuration with files of directories below the root: their paths are relative to it. Paths that
// are excluded, or at which there is no file, are left out, as are all if the command line has said which file counts.
// An error is of type [Errors] and has all that is wrong.
func (c *Config) Nest(paths []string) (*Config, error) {
	if c.in.Path != "" || c.in.Isolated {
		return c, nil
	}
	l := &loader{in: c.in}
	nested := c.clone()
	for _, name := range outermostFirst(paths) {
		dir := cleanPath(path.Dir(name))
		if dir == "" || nested.scopes[dir] != nil || nested.Excluded(name) {
			continue
		}
		parent := nested.scope(dir)
		if f := l.read(name, filepath.Join(c.in.Root, filepath.FromSlash(name)), dir, parent.dialect.value); f != nil {
			nested.add(f, parent)
		}
	}
	if err := l.errs.orNil(); err != nil {
		return nil, err
	}
	return nested, nil
}

// FilesAbove returns the paths at which the configuration of directories below the root may lie: in each of them and
// in each above, but not at the root itself. It is what a run that does not walk the whole tree hands to [Config.Nest].
func FilesAbove(dirs ...string) []string {
	seen := map[string]bool{}
	for _, dir := range dirs {
		for dir = cleanPath(dir); dir != "" && !seen[dir]; dir = cleanPath(path.Dir(dir)) {
			seen[dir] = true
		}
	}
	var paths []string
	for dir := range seen {
		paths = append(paths, path.Join(dir, FileName))
	}
	slices.Sort(paths)
	return paths
}

// outermostFirst returns the paths so that a directory's comes before those below it.
func outermostFirst(paths []string) []string {
	return slices.SortedFunc(slices.Values(paths), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
	})
}

// A loader collects what is wrong while files are read.
type loader struct {
	in   Input
	errs Errors
}

// read returns what the file with the given name says for the directory dir; nil if it cannot be read or does not
// exist, of which only a file that the user named is to be complained of.
func (l *loader) read(name, osPath, dir, dialect string) *file {
	data, err := l.in.Read(osPath)
	if errors.Is(err, fs.ErrNotExist) && l.in.Path == "" {
		return nil
	}
	if err != nil {
		var pathError *fs.PathError
		reason := err
		if errors.As(err, &pathError) {
			reason = pathError.Err
		}
		l.errs = append(l.errs, &Error{Path: name, Message: "cannot read the configuration: " + reason.Error(), Err: err})
		return nil
	}
	f, errs := readFile(name, dir, data, dialect, &l.in.Catalogue)
	l.errs = append(l.errs, errs...)
	return f
}
