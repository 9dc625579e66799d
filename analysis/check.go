package analysis

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
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
	var taken atomic.Int64
	for range jobs {
		g.Go(func() error {
			for ctx.Err() == nil {
				i := int(taken.Add(1)) - 1
				if i >= len(checks) {
					return nil
				}
				checks[i].guard(f)
				if c.Step != nil {
					c.Step()
				}
			}
			return ctx.Err()
		})
	}
	return g.Wait()
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
