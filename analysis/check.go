package analysis

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A Checker runs rules over directories of a workspace.
type Checker struct {
	Snapshot *workspace.Snapshot
	// Settings returns the rules that run for a file, sorted by name. It is called for a BUILD file of each package and
	// for each file with findings, concurrently.
	Settings func(path string) []Setting
	// Known reports whether a rule of the given name exists, for suppressions.
	Known func(rule string) bool
	// Jobs is the number of directories to check at once; 0 means one for each processor.
	Jobs int
	// Step, if set, is called after each of the two looks at a directory, concurrently.
	Step func()
	// Record keeps what the findings of each directory depend on.
	Record bool
	// Before is what the run compares with, nil if that is nothing.
	Before *Before
}

// A Directory is what was found in one directory.
type Directory struct {
	Dir         string
	Diagnostics []Diagnostic
	Errors      []FileError
	Summary     Summary
	Lookups     *Lookups // nil unless Checker.Record
}

// Check runs the rules over the given directories. Those that are no package are looked at by the rules for sources
// alone. It returns an error only if the context ended.
func (c *Checker) Check(ctx context.Context, dirs []string) (*Result, error) {
	checks, err := c.checkAll(ctx, dirs)
	if err != nil {
		return nil, err
	}
	r := &Result{}
	for i := range checks {
		r.add(checks[i].finish())
	}
	r.sort()
	return r, nil
}

// Collect puts the findings of directories together.
func Collect(found []*Directory) *Result {
	r := &Result{}
	for _, d := range found {
		r.add(d)
	}
	r.sort()
	return r
}

func (r *Result) add(d *Directory) {
	r.Diagnostics = append(r.Diagnostics, d.Diagnostics...)
	r.Errors = append(r.Errors, d.Errors...)
	r.Summary.add(d.Summary)
}

func (r *Result) sort() {
	slices.SortFunc(r.Diagnostics, Compare)
	slices.SortFunc(r.Errors, func(a, b FileError) int { return strings.Compare(a.Path, b.Path) })
	r.Errors = slices.CompactFunc(r.Errors, func(a, b FileError) bool { return a.Path == b.Path })
}

func (s *Summary) add(o Summary) {
	s.Packages += o.Packages
	s.Files += o.Files
	s.Targets += o.Targets
	s.Suppressed += o.Suppressed
	s.Baselined += o.Baselined
}

// CheckEach is Check with the findings by directory, in the order of dirs.
func (c *Checker) CheckEach(ctx context.Context, dirs []string) ([]*Directory, error) {
	checks, err := c.checkAll(ctx, dirs)
	if err != nil {
		return nil, err
	}
	found := make([]*Directory, len(checks))
	for i := range checks {
		found[i] = checks[i].finish()
	}
	return found, nil
}

// checkAll runs the rules of all stages but the last.
func (c *Checker) checkAll(ctx context.Context, dirs []string) ([]check, error) {
	r := &run{checker: c}
	r.cycles = sync.OnceValue(func() map[string][]workspace.Cycle { return c.cyclesAt(dirs) })
	checks := make([]check, len(dirs))
	for i, dir := range dirs {
		checks[i] = check{run: r, dir: dir}
	}
	for _, stage := range []func(*check){(*check).local, (*check).graph} {
		if err := c.each(ctx, checks, stage); err != nil {
			return nil, err
		}
	}
	return checks, nil
}

// cyclesAt returns the cycles that are told of in the given directories. Whoever records look-ups checks a few
// directories again and again: then the snapshot's own cycles serve, which it keeps.
func (c *Checker) cyclesAt(dirs []string) map[string][]workspace.Cycle {
	if !c.Record {
		return c.Snapshot.CyclesOf(dirs)
	}
	m := map[string][]workspace.Cycle{}
	for _, dir := range dirs {
		m[dir] = c.Snapshot.Cycles(dir)
	}
	return m
}

// each runs f for all checks on as many goroutines as there are jobs.
func (c *Checker) each(ctx context.Context, checks []check, f func(*check)) error {
	jobs := c.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	var g errgroup.Group
	next := make(chan *check)
	for range jobs {
		g.Go(func() error {
			for k := range next {
				k.guard(f)
				if c.Step != nil {
					c.Step()
				}
			}
			return nil
		})
	}
	err := feed(ctx, checks, next)
	close(next)
	_ = g.Wait() // none returns an error
	return err
}

// guard runs f. A panic in a rule or in the model is an error of the directory and of nothing else.
func (k *check) guard(f func(*check)) {
	defer func() {
		if v := recover(); v != nil {
			err := &PanicError{Value: v, Stack: debug.Stack()}
			k.result().Errors = append(k.result().Errors, FileError{Path: k.dir, Err: err})
		}
	}()
	f(k)
}

// A PanicError is a mistake of buildlint itself.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("an internal error of buildlint, please report it: %v", e.Value)
}

func feed(ctx context.Context, checks []check, next chan<- *check) error {
	for i := range checks {
		select {
		case next <- &checks[i]:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// A run is what the checks of all directories share.
type run struct {
	checker *Checker
	cycles  func() map[string][]workspace.Cycle
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

// suppressions returns those of the BUILD files.
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
	for _, s := range k.settings {
		if s.Rule.Stage != stage || s.Severity == Off || !k.isPackage && !s.Rule.Sources {
			continue
		}
		p := &Pass{Rule: s.Rule, Options: s.Options, Dir: k.dir, unit: u, severity: s.Severity}
		s.Rule.Check(p)
		k.take(p)
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
	if len(r.Diagnostics) > 0 {
		k.override()
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

// override gives each finding the severity that its rule has for its file, and drops those for which it is off.
func (k *check) override() {
	byPath := map[string][]Setting{}
	k.found.Diagnostics = slices.DeleteFunc(k.found.Diagnostics, func(d Diagnostic) bool {
		_, ok := byPath[d.Path]
		if !ok {
			byPath[d.Path] = k.checker.offered(d.Path)
		}
		return !slices.ContainsFunc(byPath[d.Path], func(s Setting) bool {
			return s.Rule.Name == d.Rule && s.Severity != Off
		})
	})
	for i := range k.found.Diagnostics {
		d := &k.found.Diagnostics[i]
		for _, s := range byPath[d.Path] {
			if s.Rule.Name == d.Rule {
				d.Severity = s.Severity
			}
		}
	}
}

// yield drops the findings of rules that give way to others. A finding that is dropped makes no other give way.
func (k *check) yield() {
	rules := map[string]*Rule{}
	for _, s := range k.settings {
		rules[s.Rule.Name] = s.Rule
	}
	y := &yielding{
		rules: rules, all: k.found.Diagnostics, state: make([]int8, len(k.found.Diagnostics)), byRule: map[string][]int{},
	}
	for i, d := range y.all {
		y.byRule[d.Rule] = append(y.byRule[d.Rule], i)
	}
	var kept []Diagnostic
	for i, d := range y.all {
		if !y.dropped(i) {
			kept = append(kept, d)
		}
	}
	k.found.Diagnostics = kept
}

// A yielding decides which findings of a directory give way.
type yielding struct {
	rules  map[string]*Rule
	all    []Diagnostic
	byRule map[string][]int // indices in all
	state  []int8           // 0 undecided, 1 kept, 2 dropped
}

// dropped reports whether the i-th finding gives way to one that is kept.
func (y *yielding) dropped(i int) bool {
	if y.state[i] == 0 {
		y.state[i] = 1 // rules that give way to each other all stay
		r := y.rules[y.all[i].Rule]
		if y.anyKept(r.YieldsTo, nil) || y.anyKept(r.YieldsAt, &y.all[i]) {
			y.state[i] = 2
		}
	}
	return y.state[i] == 2
}

// anyKept reports whether a finding of one of the rules is kept; if at is not nil, one at the same place.
func (y *yielding) anyKept(rules []string, at *Diagnostic) bool {
	for _, rule := range rules {
		for _, j := range y.byRule[rule] {
			here := at == nil || at.Path == y.all[j].Path && at.Span.Overlaps(y.all[j].Span)
			if here && !y.dropped(j) {
				return true
			}
		}
	}
	return false
}

// suppress drops the findings that a comment silences.
func (k *check) suppress() {
	k.found.Diagnostics = slices.DeleteFunc(k.found.Diagnostics, func(d Diagnostic) bool {
		suppressed := false
		for _, s := range k.suppressionsOf(d.Path) {
			suppressed = s.covers(&d) || suppressed
		}
		if suppressed {
			k.found.Summary.Suppressed++
		}
		return suppressed
	})
}

// suppressionsOf returns the suppressions of a file. Findings lie in BUILD files, in sources and in requirements files.
func (k *check) suppressionsOf(path string) []*Suppression {
	snapshot := k.checker.Snapshot
	if snapshot.Dialect().IsBuildFile(baseName(path)) {
		return k.suppressions()
	}
	src, err := k.unit().tree().Read(path)
	if err != nil || !strings.Contains(string(src), "buildlint:") {
		return nil
	}
	if strings.HasSuffix(path, ".txt") || strings.HasSuffix(path, ".in") {
		return lineSuppressions(path, src)
	}
	return suppressions(path, syntax.Parse(src))
}

// last runs the rules that look at what was found.
func (k *check) last() {
	for _, s := range k.settings {
		if s.Rule.Stage != Last || s.Severity == Off {
			continue
		}
		p := &Pass{Rule: s.Rule, Options: s.Options, Dir: k.dir, unit: k.unit(), severity: s.Severity}
		p.unit.suppressions = k.unused()
		s.Rule.Check(p)
		k.found.Diagnostics = append(k.found.Diagnostics, slices.DeleteFunc(p.diagnostics, func(d Diagnostic) bool {
			return slices.ContainsFunc(k.suppressions(), func(s *Suppression) bool { return s.covers(&d) })
		})...)
	}
}

// unused returns the suppressions of the directory with the rules that they named in vain: that do not exist, or that
// ran and found nothing there.
func (k *check) unused() []UnusedSuppression {
	var unused []UnusedSuppression
	for _, s := range k.suppressions() {
		u := UnusedSuppression{Suppression: s}
		for _, r := range s.Rules {
			switch {
			case !k.checker.Known(r.Name):
				u.Unknown = append(u.Unknown, r)
			case !r.Used && k.ran(r.Name):
				u.Unused = append(u.Unused, r)
			}
		}
		if s.Err != "" || len(u.Unknown)+len(u.Unused) > 0 {
			unused = append(unused, u)
		}
	}
	return unused
}

func (k *check) ran(rule string) bool {
	return slices.ContainsFunc(k.settings, func(s Setting) bool {
		return s.Rule.Name == rule && s.Severity != Off && s.Rule.Stage != Last
	})
}

// An UnusedSuppression is a suppression that silences nothing, as a whole or in part.
type UnusedSuppression struct {
	*Suppression
	Unknown, Unused []SuppressedRule
}

// UnusedSuppressions returns the suppressions of the directory that silence nothing. It is for rules of the last stage.
func (p *Pass) UnusedSuppressions() []UnusedSuppression { return p.unit.suppressions }

// Directories returns the directories below the given ones that there is something to check in: packages, and
// directories of Python sources or requirements files. Directories that cannot be listed are returned as errors.
func Directories(ctx context.Context, s *workspace.Snapshot, dirs []string) ([]string, error) {
	var found []string
	err := s.Walk(ctx, dirs, func(dir string, entries []filetree.Entry) {
		if len(s.BuildFiles(dir, entries)) > 0 || s.HasRequirements(dir, entries) || hasPythonSources(s, dir, entries) {
			found = append(found, dir)
		}
	})
	slices.Sort(found)
	return slices.Compact(found), err
}

// hasPythonSources reports whether a directory below a Python source or test root holds modules.
func hasPythonSources(s *workspace.Snapshot, dir string, entries []filetree.Entry) bool {
	isModule := func(e filetree.Entry) bool { return !e.Dir && strings.HasSuffix(e.Name, ".py") }
	if !slices.ContainsFunc(entries, isModule) {
		return false
	}
	root, ok := s.RootOf(dir)
	return ok && root.Language == dialect.Python && root.Category != dialect.ThirdPartyRoot
}

// baseName returns the last component of a path.
func baseName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
