package analysis

import (
	"iter"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A Pass is one rule on one directory. A rule sees the workspace through it alone: what it asks for is recorded, so
// that it is known which changes can change what it found.
type Pass struct {
	Rule    *Rule
	Options any // of the type of Rule.Options
	Dir     string

	unit        *unit
	severity    Severity
	diagnostics []Diagnostic
	later       []func()
}

// A unit is a directory that is checked, and what its passes share.
type unit struct {
	snapshot *workspace.Snapshot
	before   *Before
	cycles   func() map[string][]workspace.Cycle // of all directories of the run
	lookups  *Lookups                            // nil if nobody wants to know
	dir      string
	pkg      *workspace.Package // nil until it is asked for, and where there is no BUILD file
	loaded   bool
	err      error
	root     *sourceRoot      // of dir; nil until it is asked for
	facts    *workspace.Facts // of dir; nil until they are asked for, and where there are none
	settings func(path string) []Setting

	requirements []*workspace.Specifier // of dir; nil until they are asked for
	suppressions []UnusedSuppression    // for the last stage
}

// A sourceRoot is the source root that a directory lies in or below, if there is one.
type sourceRoot struct {
	dialect.Root
	ok bool
}

// rootOf is that of the directory itself, for which most rules ask.
func (u *unit) rootOf() (dialect.Root, bool) {
	if u.root == nil {
		root, ok := u.snapshot.RootOf(u.dir)
		u.root = &sourceRoot{root, ok}
	}
	return u.root.Root, u.root.ok
}

// load reads the package once.
func (u *unit) load() *workspace.Package {
	if !u.loaded {
		u.pkg, u.err = u.snapshot.Package(u.dir)
		u.loaded = true
		u.recordLoads()
	}
	return u.pkg
}

// recordLoads records the files that the package takes functions from.
func (u *unit) recordLoads() {
	if u.pkg == nil || u.lookups == nil {
		return
	}
	for _, path := range u.pkg.Loads {
		u.lookups.addFile(filetree.Lookup{Kind: filetree.Read, Path: path})
	}
}

// specifiers reads the requirements of the directory once.
func (u *unit) specifiers() []*workspace.Specifier {
	if u.requirements == nil {
		u.requirements = u.snapshot.Specifiers(u.dir)
	}
	return u.requirements
}

// Package returns the package with all its fields, nil where the directory has no BUILD file.
func (p *Pass) Package() *workspace.Package { return p.unit.load() }

// Targets returns the targets of the package with all their fields.
func (p *Pass) Targets() []*workspace.Target {
	if pkg := p.Package(); pkg != nil {
		return pkg.Targets
	}
	return nil
}

// Facts returns what is kept of the package, nil where the directory has no BUILD file.
func (p *Pass) Facts() *workspace.Facts {
	if p.unit.facts == nil {
		p.unit.facts = p.unit.snapshot.Facts(p.Dir)
	}
	p.unit.lookups.addPackage(p.Dir)
	return p.unit.facts
}

// FactsOf returns what is known of another package, nil if there is none.
func (p *Pass) FactsOf(dir string) *workspace.Facts {
	p.unit.lookups.addPackage(dir)
	return p.unit.snapshot.Facts(dir)
}

// Resolve tells what an address names.
func (p *Pass) Resolve(a workspace.Address) workspace.Resolution {
	p.unit.lookups.addPackage(a.Dir)
	return p.unit.snapshot.Resolve(a)
}

// ResolveEdge tells what an edge leads to. It is [Pass.Resolve] of e.To, and faster.
func (p *Pass) ResolveEdge(e workspace.Edge) workspace.Resolution {
	p.unit.lookups.addPackage(e.To.Dir)
	return p.unit.snapshot.ResolveEdge(e)
}

// Reach yields what an address names, then what that uses, and so on, each address once and the nearest first.
func (p *Pass) Reach(from workspace.Address) iter.Seq[workspace.Resolution] {
	return func(yield func(workspace.Resolution) bool) {
		for dir, r := range p.unit.snapshot.Reach(from) {
			p.unit.lookups.addPackage(dir)
			if !yield(r) {
				return
			}
		}
	}
}

// Uses returns the edges to a target from the whole workspace.
func (p *Pass) Uses(a workspace.Address) []workspace.Use {
	p.unit.lookups.addUses(a)
	return p.unit.snapshot.Uses(a)
}

// Cycles returns the cycles that are to be told of at this package.
func (p *Pass) Cycles() []workspace.Cycle {
	p.unit.lookups.addGraph()
	return p.unit.cycles()[p.Dir]
}

// Requirements returns the requirement specifiers in the requirements files and the BUILD files of the directory, by
// path and position. The requirements files of the whole workspace are looked at for it: one says what another is.
func (p *Pass) Requirements() []*workspace.Specifier {
	p.unit.lookups.addRequirements()
	s := p.unit.snapshot
	if s.HasRequirements(p.Dir, p.Entries(p.Dir)) || s.Facts(p.Dir).HasSpecifiers() {
		return p.unit.specifiers()
	}
	return nil
}

// RequirementsFiles returns the requirements files of the workspace by path.
func (p *Pass) RequirementsFiles() map[string]*workspace.RequirementsFile {
	p.unit.lookups.addRequirements()
	return p.unit.snapshot.RequirementsFiles()
}

// AllRequirements returns the third-party requirements of the whole workspace, and what it publishes itself. It is for
// rules of the stage [Graph].
func (p *Pass) AllRequirements() *workspace.Requirements {
	p.unit.lookups.addRequirements()
	return p.unit.snapshot.Requirements()
}

// OptionsFor returns the options of the rule as they are set for a file of the directory.
func (p *Pass) OptionsFor(path string) any {
	for _, s := range p.unit.settings(path) {
		if s.Rule.Name == p.Rule.Name {
			return s.Options
		}
	}
	return p.Options
}

// Snapshot returns the workspace for the edits of a fix. What is looked up there is not recorded, so no finding may
// depend on it.
func (p *Pass) Snapshot() *workspace.Snapshot { return p.unit.snapshot }

// Before returns the change that the run is about, nil if it is about none: rules that look at changes are silent then.
func (p *Pass) Before() *Before { return p.unit.before }

// Dialect returns the dialect of the workspace.
func (p *Pass) Dialect() *dialect.Dialect { return p.unit.snapshot.Dialect() }

// RootOf returns the source root that a directory lies in or below.
func (p *Pass) RootOf(dir string) (dialect.Root, bool) {
	if dir == p.Dir {
		return p.unit.rootOf()
	}
	return p.unit.snapshot.RootOf(dir)
}

// Files returns the files that match the patterns, as sorted paths relative to the root. The patterns are doublestar's
// and relative to dir.
func (p *Pass) Files(dir string, include, exclude []string) []string {
	return p.tree().Glob(dir, include, exclude)
}

// Matches reports whether a pattern matches any file.
func (p *Pass) Matches(dir, pattern string) bool { return p.tree().Match1(dir, pattern) }

// Sparse reports whether something below a directory is not checked out.
func (p *Pass) Sparse(dir string) bool { return p.tree().Sparse(dir) }

// Entries returns what lies in a directory, nothing where there is none.
func (p *Pass) Entries(dir string) []filetree.Entry {
	entries, err := p.tree().Dir(dir)
	if err != nil {
		return nil // whatever asks for the directory's own sake reports it
	}
	return entries
}

// Stat tells what lies at a path.
func (p *Pass) Stat(path string) filetree.State { return p.tree().Stat(path) }

// Ignored reports whether .gitignore or the configuration keeps a path out of the workspace.
func (p *Pass) Ignored(path string) bool {
	return p.unit.snapshot.Excluded(path) || p.tree().Ignored(path)
}

// Module reads a Python module, nil if it cannot be read.
func (p *Pass) Module(path string) *python.Module {
	m, err := p.unit.snapshot.PythonModule(p.tree(), path)
	if err != nil {
		return nil
	}
	return m
}

// Source returns the content of a file, nil if it cannot be read.
func (p *Pass) Source(path string) []byte {
	src, err := p.tree().Read(path)
	if err != nil {
		return nil
	}
	return src
}

func (p *Pass) tree() *filetree.Tree { return p.unit.tree() }

// tree returns the files; what is asked of them is recorded.
func (u *unit) tree() *filetree.Tree {
	if u.lookups == nil {
		return u.snapshot.Tree()
	}
	return u.snapshot.Tree().Recording(u.lookups.addFile)
}

// Report adds a finding. The rule and its severity are filled in.
func (p *Pass) Report(d Diagnostic) {
	d.Rule, d.Severity = p.Rule.Name, p.severity
	p.diagnostics = append(p.diagnostics, d)
}

// Later has f run in the stage of [Graph]. It is for local rules that have to ask for other packages, but only of few
// targets: those packages may not have been read yet, and would be read twice.
func (p *Pass) Later(f func()) { p.later = append(p.later, f) }

// ReportAt adds a finding at a place of a target's BUILD file.
func (p *Pass) ReportAt(t *workspace.Target, span syntax.Span, message string, fixes ...Fix) {
	p.Report(Diagnostic{
		Location: Location{Path: t.File.Path, Span: span}, Target: p.addressText(t.Address()), Message: message,
		Fixes: fixes,
	})
}

func (p *Pass) addressText(a workspace.Address) string {
	if a.IsZero() {
		return ""
	}
	return p.Dialect().Spell(a)
}

// Fixed returns a fix whose edits are known already.
func Fixed(title string, applicability Applicability, edits []edit.Edit) Fix {
	fix := NewFix(title, applicability, func() []edit.Edit { return edits })
	fix.known = true
	return fix
}

// SameAddress reports whether an element of a list in the BUILD file of t names the same target as an address does.
func (p *Pass) SameAddress(t *workspace.Target, elem syntax.Node, address string) bool {
	a, err := p.Dialect().ParseAddress(address, p.Dir)
	if err != nil {
		return false
	}
	for _, d := range t.Deps {
		if d.Item.Node == elem {
			return d.Err == nil && d.Address == a
		}
	}
	return false
}
