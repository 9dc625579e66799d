package analysis

import (
	"errors"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/workspace"
)

// A run is what the checks of all directories share.
type run struct {
	checker *Checker
	cycles  func() map[string][]workspace.Cycle
	again   rerun
}

// A check is the run of all rules over one directory. Each is accessed by a single goroutine at a time. There is one
// for each directory of the workspace, most without findings: it is kept small.
type check struct {
	*run
	dir       string
	settings  []Setting
	isPackage bool
	files     uint32
	targets   uint32
	found     *found // nil while there is nothing to tell
}

// found is what is told of a directory, and what that depends on.
type found struct {
	Directory
	suppressions []*Suppression
	later        []func() // what rules of the first stage left for the second
}

// result returns what was found so far, to be added to.
func (k *check) result() *found {
	if k.found == nil {
		k.found = &found{Directory: Directory{Dir: k.dir}}
	}
	return k.found
}

// suppressions returns those of the BUILD files and, in the end, of the requirements files.
func (k *check) suppressions() []*Suppression {
	if k.found == nil {
		return nil
	}
	return k.found.suppressions
}

// local runs the rules of the first stage, while the syntax trees are at hand.
func (k *check) local() {
	if k.checker.Record {
		k.result().Lookups = newLookups()
	}
	u := k.unit()
	pkg := u.load()
	k.readErrors(u.err)
	k.settings = k.settingsOf(pkg)
	if pkg != nil {
		k.isPackage, k.files, k.targets = true, uint32(len(pkg.Files)), uint32(len(pkg.Targets))
		for _, f := range pkg.Files {
			if s := suppressions(f.Path, f.Syntax); len(s) > 0 {
				k.result().suppressions = append(k.result().suppressions, s...)
			}
		}
	}
	k.runRules(u, Local)
}

// offered returns the rules that run for a file and make sense for its build tool.
func (c *Checker) offered(path string) []Setting {
	settings, name := c.Settings(path), c.Snapshot.Dialect().Name
	out := func(s Setting) bool { return !s.Rule.Offered(name) }
	if !slices.ContainsFunc(settings, out) {
		return settings
	}
	return slices.DeleteFunc(slices.Clone(settings), out)
}

// settingsOf returns the rules that run for any BUILD file of the directory, as they are set for the first of them that
// they run for. What they find in a file that they do not run for is dropped later.
func (k *check) settingsOf(pkg *workspace.Package) []Setting {
	settings := k.checker.offered(k.representative(pkg))
	if pkg == nil || len(pkg.Files) < 2 {
		return settings
	}
	settings = slices.Clone(settings)
	for _, f := range pkg.Files[1:] {
		for _, s := range k.checker.offered(f.Path) {
			if !slices.ContainsFunc(settings, func(o Setting) bool { return o.Rule.Name == s.Rule.Name }) {
				settings = append(settings, s)
			}
		}
	}
	slices.SortFunc(settings, func(a, b Setting) int { return strings.Compare(a.Rule.Name, b.Rule.Name) })
	return settings
}

// graph runs the rules that ask for other packages.
func (k *check) graph() {
	if k.found != nil {
		for _, f := range k.found.later {
			f()
		}
		k.found.later = nil
	}
	k.runRules(k.unit(), Graph)
}

func (k *check) unit() *unit {
	u := &unit{
		snapshot: k.checker.Snapshot, before: k.checker.Before, dir: k.dir, cycles: k.cycles,
		settings: k.checker.Settings,
	}
	if k.found != nil {
		u.lookups = k.found.Lookups
	}
	return u
}

// representative returns the path by which the rules of the directory are configured.
func (k *check) representative(pkg *workspace.Package) string {
	if pkg != nil && len(pkg.Files) > 0 {
		return pkg.Files[0].Path
	}
	return strings.TrimPrefix(k.dir+"/BUILD", "/")
}

func (k *check) readErrors(err error) {
	if err == nil {
		return
	}
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			k.readErrors(e)
		}
		return
	}
	path := k.dir
	var read *workspace.ReadError
	if errors.As(err, &read) {
		path, err = read.Path, read.Err
	}
	k.result().Errors = append(k.result().Errors, FileError{Path: path, Err: err})
}

// runRules runs the rules of a stage.
func (k *check) runRules(u *unit, stage Stage) {
	var spare *Pass // of a rule that found nothing, as most do: nobody has it any more
	for _, s := range k.settings {
		if s.Rule.Stage != stage || s.Severity == Off || !k.isPackage && !s.Rule.Sources {
			continue
		}
		p := spare
		if p == nil {
			p = new(Pass)
		}
		*p = Pass{Rule: s.Rule, Options: s.Options, Dir: k.dir, unit: u, severity: s.Severity}
		s.Rule.Check(p)
		k.take(p)
		if spare = p; len(p.diagnostics) > 0 || len(p.later) > 0 {
			spare = nil
		}
	}
}

// take takes what a pass found, and what it has still to do.
func (k *check) take(p *Pass) {
	k.report(p)
	for _, f := range p.later {
		k.result().later = append(k.result().later, func() {
			p.diagnostics = nil
			f()
			k.report(p)
		})
	}
}

func (k *check) report(p *Pass) {
	if len(p.diagnostics) > 0 {
		k.release(p)
		k.result().Diagnostics = append(k.result().Diagnostics, p.diagnostics...)
	}
}

// finish leaves what has to be told: one finding a cause, without what is suppressed. It is called once.
func (k *check) finish() *Directory {
	r := k.result()
	if k.isPackage {
		r.Summary.Packages = 1
	}
	r.Summary.Files, r.Summary.Targets = int(k.files), int(k.targets)
	k.addSuppressions()
	if len(r.Diagnostics) > 0 {
		r.Diagnostics = k.overridden(r.Diagnostics)
		k.yield()
		k.suppress()
	}
	k.last()
	slices.SortStableFunc(r.Diagnostics, Compare)
	r.Diagnostics = slices.CompactFunc(r.Diagnostics, func(a, b Diagnostic) bool {
		return Compare(a, b) == 0 // what stands in a constant is found once for each target that uses it
	})
	k.found = nil
	return &r.Directory
}
