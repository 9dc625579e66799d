package dialect

import (
	"path"
	"slices"
	"strings"
)

// Loads says how the BUILD files of a build tool take in what other files define.
type Loads struct {
	// Files says that load("//pkg:file.bzl", "x") names files by label.
	Files bool
	// Subincludes says that subinclude("//pkg:target") takes in the files of a target.
	Subincludes bool
	// Own are the names of this repository in labels: "" for @//pkg.
	Own []string
	// Cells are the directories of the repositories that lie within this one, by name.
	Cells map[string]string
	// Rewritten says that functions of other repositories may make other labels of those that they are given.
	Rewritten bool
	// Outside are the repositories whose kinds are known.
	Outside []Repository
}

// A Repository is one that others load from.
type Repository struct {
	Names []string
	Kinds []string // the kinds of the dialect that it has under the same names
}

// LoadPath returns the file that a label of a load statement names, relative to the root, where dir is the directory of
// the file with the statement. It reports whether the file is one of this repository.
func (d *Dialect) LoadPath(label, dir string) (string, bool) {
	if !d.Loads.Files {
		return "", false
	}
	repo, rest := splitRepository(label)
	at := d.cellOf(dir)
	if repo != "" || strings.HasPrefix(label, "@") {
		cell, isCell := d.Loads.Cells[repo]
		if !isCell && !slices.Contains(d.Loads.Own, repo) {
			return "", false
		}
		at = cell
	}
	pkg, file, ok := strings.Cut(rest, ":")
	switch absolute := strings.HasPrefix(rest, "//"); {
	case !ok && absolute, ok && file == "", label == "":
		return "", false
	case !ok:
		file, pkg = rest, dir // an old form: "file.bzl"
	case absolute:
		pkg = path.Join(at, strings.TrimPrefix(pkg, "//"))
	case pkg != "":
		return "", false
	default:
		pkg = dir
	}
	name := path.Join(pkg, file)
	return name, name != "" && !strings.HasPrefix(name, "..") && !strings.HasPrefix(name, "/")
}

// splitRepository splits "@repo//pkg:file" and "cell//pkg:file" at the slashes. The name has no @.
func splitRepository(label string) (repo, rest string) {
	i := strings.Index(label, "//")
	if i < 0 {
		if strings.HasPrefix(label, "@") {
			return strings.TrimLeft(label, "@"), "//" // @repo names a file of the same name: none that is loaded
		}
		return "", label
	}
	return strings.TrimLeft(label[:i], "@"), label[i:]
}

// Outside returns the kind, or the function, that a symbol of another repository is, nil if that is not known.
func (d *Dialect) Outside(label, symbol string) (*Kind, Function) {
	repo, _ := splitRepository(label)
	for _, r := range d.Loads.Outside {
		if slices.Contains(r.Names, repo) && slices.Contains(r.Kinds, symbol) {
			return d.Kinds[symbol], NoFunction
		}
	}
	return nil, NoFunction
}
