package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/nearest"
)

// stdinPattern is the pattern that stands for standard input.
const stdinPattern = "-"

// A patternKind says what of a path is asked for.
type patternKind uint8

const (
	treePattern patternKind = iota // a directory and all below it
	dirPattern                     // a directory
	filePattern                    // a file
)

// A pattern is an argument that names what to lint.
type pattern struct {
	text string // as given
	kind patternKind
	path string // absolute; directories are free of links
}

// parsePattern reads a pattern other than that of standard input. It is an error if nothing is there.
func parsePattern(text string) (pattern, error) {
	if text == "" {
		return pattern{}, errors.New("the pattern is empty")
	}
	p := pattern{text: text, kind: dirPattern}
	name := text
	if dir, ok := cutTree(text); ok {
		p.kind, name = treePattern, dir
	}
	info, err := os.Stat(name)
	if err != nil {
		return p, missing(name, err)
	}
	if !info.IsDir() {
		if p.kind == treePattern {
			return p, errors.New("it is a file: leave out the `/...`")
		}
		p.kind = filePattern
	}
	p.path, err = realPath(name, p.kind == filePattern)
	return p, err
}

// cutTree reports whether a pattern is of all that is below a directory, and returns that.
func cutTree(text string) (dir string, ok bool) {
	slashed := filepath.ToSlash(text)
	switch {
	case slashed == "...":
		return ".", true
	case slashed == "/...":
		return "/", true
	case strings.HasSuffix(slashed, "/..."):
		return text[:len(text)-len("/...")], true
	}
	return "", false
}

// realPath returns the absolute path of a file or directory, with links in its directories followed. A link to a file
// is a file of the directory that the link is in.
func realPath(name string, isFile bool) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if !isFile {
		return filepath.EvalSymlinks(abs)
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(abs))
	return filepath.Join(dir, filepath.Base(abs)), err
}

// missing says that there is nothing at the path of a pattern; it may have been meant as a subcommand.
func missing(name string, err error) error {
	err = cause(err)
	if !errors.Is(err, fs.ErrNotExist) || strings.ContainsAny(name, `./\`) {
		return err
	}
	if near, ok := nearest.Of(name, slices.Values(subcommandNames())); ok {
		return fmt.Errorf("%w: did you mean the command `buildlint %s`?", err, near)
	}
	return err
}

// A request is what is asked for of one workspace.
type request struct {
	root, marker string
	patterns     []pattern
}

// requests groups patterns by workspace, in their order. Those that name nothing are returned as errors.
func requests(patterns []string) ([]*request, []analysis.FileError) {
	var all []*request
	var errs []analysis.FileError
	for _, text := range patterns {
		p, err := parsePattern(text)
		if err == nil {
			all, err = addPattern(all, p)
		}
		if err != nil {
			errs = append(errs, analysis.FileError{Path: cmp.Or(text, `""`), Err: err})
		}
	}
	return all, errs
}

func addPattern(all []*request, p pattern) ([]*request, error) {
	root, marker, err := filetree.FindRoot(p.path)
	if err != nil {
		return all, err
	}
	for _, r := range all {
		if r.root == root {
			r.patterns = append(r.patterns, p)
			return all, nil
		}
	}
	return append(all, &request{root: root, marker: marker, patterns: []pattern{p}}), nil
}

// relative returns a path below root as the rest of the program knows it: with slashes, "" for the root itself.
func relative(root, path string) (string, error) {
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return "", err
	}
	if rel == "." {
		return "", nil
	}
	return filepath.ToSlash(rel), nil
}
