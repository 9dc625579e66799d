// Package project opens a workspace: its files, its build tool, its configuration. The command line and the editor
// open it alike.
package project

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/config"
)

// A Project is a workspace with its configuration. It is immutable but for Config, which grows by [Project.Nest].
type Project struct {
	Root     string // absolute
	Config   *config.Config
	Snapshot *workspace.Snapshot

	reading string            // see Reading
	known   map[string]bool   // names of all rules
	changes []filetree.Change // see Open
}

// Open opens the workspace at root, with changes to its files that are on no disk. The marker is what told of the root.
// Of the input, Path, Isolated, Select, ExtendSelect and Ignore count.
func Open(root, marker string, in config.Input, changes ...filetree.Change) (*Project, error) {
	return OpenObserved(root, marker, in, nil, changes...)
}

// OpenObserved is Open with somebody who is told of each access to the disk, see [filetree.NewObserved].
func OpenObserved(
	root, marker string, in config.Input, observe func(filetree.Access), changes ...filetree.Change,
) (*Project, error) {
	tree, err := filetree.NewObserved(root, observe)
	if err != nil {
		return nil, err
	}
	tree = tree.With(changes)
	c, err := loadConfig(root, marker, tree, in)
	if err != nil {
		return nil, err
	}
	read := &inputs{tree: tree}
	options := optionsOf(c, read)
	p := &Project{Root: root, Config: c, reading: read.reading.String(), known: map[string]bool{}, changes: changes}
	for _, r := range Catalogue().Rules {
		p.known[r.Name] = true
	}
	p.Snapshot = workspace.New(tree, options)
	return p, nil
}

// LoadConfig reads the configuration of the workspace at root.
func LoadConfig(root, marker string, in config.Input) (*config.Config, error) {
	tree, err := filetree.New(root)
	if err != nil {
		return nil, err
	}
	return loadConfig(root, marker, tree, in)
}

func loadConfig(root, marker string, tree *filetree.Tree, in config.Input) (*config.Config, error) {
	if marker == pantsFile {
		tree.Consult(filepath.Join(root, marker)) // Detect reads it
	}
	in.Root, in.Dialect, in.Catalogue = tree.Root(), Detect(root, marker), Catalogue()
	in.Read = ReadThrough(tree, in.Path)
	c, err := config.Load(in)
	if err != nil {
		return nil, err
	}
	c.Ignored = Ignored(c.Dialect, tree)
	return c, CheckBuildTool(c.Dialect, tree)
}

// Ignored returns what tells of the paths that the build tool itself leaves out, nil if it leaves out none.
func Ignored(dialect string, tree *filetree.Tree) func(name string) bool {
	if dialect == "pants2" {
		return pantsIgnored(tree.Read)
	}
	return nil
}

// CheckBuildTool returns an error if what the build tool itself says of the workspace cannot be read.
func CheckBuildTool(dialect string, tree *filetree.Tree) error {
	if dialect == "pants2" {
		return checkPantsConfig(tree.Read)
	}
	return nil
}

// ReadThrough returns a function that reads files by the paths of the operating system as a tree has them: with its
// overlays, and neither through a link that leads out of the root nor of what is no regular file. The file that the
// user named is read wherever it is, and whatever.
func ReadThrough(tree *filetree.Tree, named string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		rel, err := filepath.Rel(tree.Root(), name)
		if err != nil || !filepath.IsLocal(rel) {
			tree.Consult(name)
			return os.ReadFile(name) // only what the user named is outside
		}
		rel = filepath.ToSlash(rel)
		if _, overlaid := tree.Overlay(rel); name == named && !overlaid && !tree.Hidden(rel) {
			tree.Consult(name)
			return os.ReadFile(name)
		}
		return tree.Read(rel)
	}
}

// Options returns what the workspace of a tree is read as, and the files that say so.
func Options(c *config.Config, tree *filetree.Tree) (*workspace.Options, Inputs) {
	in := &inputs{tree: tree}
	return optionsOf(c, in), in.patterns
}

// Inputs are patterns of the files that say how the BUILD files of a workspace are read: the build tool's own
// configuration, and what that names. Such a file need not be there.
type Inputs []string

// Has reports whether a file is one of them.
func (in Inputs) Has(name string) bool {
	return slices.ContainsFunc(in, func(pattern string) bool { return doublestar.MatchUnvalidated(pattern, name) })
}

// inputs reads the files that say how a workspace is read, and records which they are.
type inputs struct {
	tree     *filetree.Tree
	patterns Inputs
	reading  strings.Builder // see Reading
}

func (in *inputs) read(name string) ([]byte, error) {
	text, err := in.tree.Read(name)
	in.patterns = append(in.patterns, name)
	fmt.Fprintf(&in.reading, "%q %t %q\n", name, err == nil, text)
	return text, err
}

// glob returns the files that a pattern matches.
func (in *inputs) glob(pattern string) []string {
	in.patterns = append(in.patterns, pattern)
	return in.tree.Glob("", []string{pattern}, nil)
}

// optionsOf returns what the workspace of a tree is read as.
func optionsOf(c *config.Config, in *inputs) *workspace.Options {
	d := dialect.Named(c.Dialect)
	if d == nil {
		d = dialect.Pants1()
	}
	d = tuned(d, in)
	fmt.Fprintf(&in.reading, "%q %q\n", d.Name, c.Kinds)
	return &workspace.Options{
		Dialect: d.WithKinds(c.Kinds), SourceRoots: c.SourceRoots, TestRoots: c.TestRoots, Excluded: c.Excluded,
	}
}

// Reading tells workspaces apart whose BUILD files mean different things for what the configuration says, that of the
// build tool included. Exclusions and roots are no part of it.
func (p *Project) Reading() string { return p.reading }

// Reopened returns the project as its files are on disk now, with the same changes to them.
func (p *Project) Reopened() (*Project, error) {
	tree, err := filetree.New(p.Root)
	if err != nil {
		return nil, err
	}
	fresh := *p
	fresh.Snapshot = workspace.New(tree.With(p.changes), p.Snapshot.Options())
	return &fresh, nil
}

// With returns the project after changes to files, configured as before.
func (p *Project) With(changes []filetree.Change) *Project {
	next := *p
	next.Snapshot = p.Snapshot.With(changes)
	return &next
}

// Nest reads the configuration files of directories and of those above them.
func (p *Project) Nest(dirs []string) error {
	var files []string
	for _, file := range config.FilesAbove(dirs...) {
		if p.Snapshot.Tree().Stat(file) == filetree.File {
			files = append(files, file)
		}
	}
	c, err := p.Config.Nest(files)
	if err != nil {
		return err
	}
	p.Config = c
	return nil
}

// Checker returns what checks directories of p, as many at once as jobs says; 0 is one for each processor.
func (p *Project) Checker(jobs int) *analysis.Checker {
	return &analysis.Checker{Snapshot: p.Snapshot, Settings: p.Settings, Known: p.Knows, Jobs: jobs}
}

// Settings returns the rules that run for a file.
func (p *Project) Settings(file string) []analysis.Setting {
	if p.Config.Excluded(file) {
		return nil
	}
	return p.Config.For(file).Rules
}

// Knows reports whether there is a rule of a name.
func (p *Project) Knows(rule string) bool { return p.known[rule] }
