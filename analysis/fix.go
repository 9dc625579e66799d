package analysis

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// maxRounds bounds how often a workspace is checked again after fixes. Each round leaves fewer findings, so it is only
// reached where rules contradict each other.
const maxRounds = 100

// A Fixer mends findings until none is left that can be mended.
type Fixer struct {
	// Checker runs the rules; its snapshot is the state to start with.
	Checker *Checker
	// Dirs are the directories to check.
	Dirs []string
	// Least is the least applicability of the fixes to apply.
	Least Applicability
	// Keep reports whether a finding is to be mended; nil means all.
	Keep func(Diagnostic) bool
}

// A Fixing is what a [Fixer] did. Nothing is written yet.
type Fixing struct {
	// Files are the files that changed, by path.
	Files []FixedFile
	// Fixed are the findings that were mended, in the order of mending.
	Fixed []Diagnostic
	// Refused are fixes that were rolled back: they would have made a file parse worse, or undo each other.
	Refused []Refusal
	// Result is what is left.
	Result *Result
	// Checker checks the state after the fixes.
	Checker *Checker
}

// A FixedFile is a file before and after all fixes.
type FixedFile struct {
	Path     string
	Old, New []byte
}

// A Refusal is a fix that was not applied.
type Refusal struct {
	Diagnostic Diagnostic
	Path       string // the file that would have become worse
	Err        error
}

// Run mends what can be mended. It returns an error only if the context ended.
func (f *Fixer) Run(ctx context.Context) (*Fixing, error) {
	r := &fixRun{
		fixer: f, checker: f.Checker, original: map[string][]byte{}, refused: map[string]bool{},
		states: map[string]int{"": 0},
	}
	for range maxRounds {
		more, err := r.round(ctx)
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	if r.result == nil {
		result, err := r.checker.Check(ctx, f.Dirs)
		if err != nil {
			return nil, err
		}
		r.result = result
	}
	return r.done(), nil
}

// A fixRun is the state of one run of a [Fixer].
type fixRun struct {
	fixer    *Fixer
	checker  *Checker
	result   *Result           // of the state that checker checks, nil if that is still to be checked
	original map[string][]byte // the files that changed, as they were
	fixing   Fixing
	refused  map[string]bool // keys of fixes that were rolled back
	states   map[string]int  // the states that were reached, with the number of fixes until then
}

// A candidate is a finding with the fix that would mend it.
type candidate struct {
	diagnostic Diagnostic
	edits      []edit.Edit
}

// round checks, and applies the fixes that do not conflict. It reports whether another round may find more.
func (r *fixRun) round(ctx context.Context) (bool, error) {
	result, err := r.checker.Check(ctx, r.fixer.Dirs)
	if err != nil {
		return false, err
	}
	r.result = result
	candidates := r.candidates()
	groups := make([][]edit.Edit, len(candidates))
	for i, c := range candidates {
		groups[i] = c.edits
	}
	var accepted []candidate
	for _, i := range edit.Merge(groups) {
		accepted = append(accepted, candidates[i])
	}
	return r.apply(accepted), nil
}

// candidates returns the findings that are to be mended, with the edits of their first fix that may be applied.
func (r *fixRun) candidates() []candidate {
	var candidates []candidate
	for _, d := range r.result.Diagnostics {
		if r.refused[fixKey(d)] || r.fixer.Keep != nil && !r.fixer.Keep(d) {
			continue
		}
		for _, fix := range d.Fixes {
			if fix.Applicability < r.fixer.Least {
				continue
			}
			if edits := fix.guarded(); slices.ContainsFunc(edits, func(e edit.Edit) bool { return !e.Guard }) {
				candidates = append(candidates, candidate{d, edits})
				break
			}
		}
	}
	return candidates
}

// fixKey tells fixes apart that were rolled back. It holds no position, for other fixes move those.
func fixKey(d Diagnostic) string {
	return d.Rule + "\x00" + d.Path + "\x00" + d.Target + "\x00" + d.Message
}

// apply applies fixes to the snapshot, but for those that make a file parse worse or a circle of dependencies. One that
// does so alone is refused; one that does so together with others waits for the next round. It reports whether there is
// to be one.
func (r *fixRun) apply(accepted []candidate) bool {
	refused := len(r.refused)
	for len(accepted) > 0 {
		changed, bad, err := r.contents(accepted)
		if bad != "" {
			accepted = r.withoutWorse(accepted, bad, err)
			continue
		}
		next := r.checker.Snapshot.With(overlays(changed))
		last := lastInCircle(accepted, r.newCircles(next, changed))
		if last < 0 {
			r.commit(accepted, changed, next)
			return !r.contradiction()
		}
		if len(accepted) == 1 {
			r.refuse(accepted[0], accepted[0].diagnostic.Path, errCircle)
		}
		accepted = slices.Delete(accepted, last, last+1)
	}
	return len(r.refused) > refused
}

// withoutWorse returns the fixes without the first that makes a file parse worse than those before it do.
func (r *fixRun) withoutWorse(accepted []candidate, path string, err error) []candidate {
	var before []candidate
	for i, c := range accepted {
		if !slices.ContainsFunc(c.edits, func(e edit.Edit) bool { return e.Path == path }) {
			continue
		}
		before = append(before, c)
		if _, bad, _ := r.contents(before); bad == "" {
			continue
		}
		if len(before) == 1 {
			r.refuse(c, path, err)
		}
		return slices.Delete(accepted, i, i+1)
	}
	return nil // one of them is to blame: contents said so
}

var errCircle = errors.New("targets would depend on each other in a circle")

// newCircles returns the circles through packages that changed which were none before, if there are more than before:
// a circle may also fall into two, or its targets get other names.
func (r *fixRun) newCircles(next *workspace.Snapshot, changed map[string][]byte) []workspace.Cycle {
	dirs := map[string]bool{}
	for file := range changed {
		dirs[strings.TrimSuffix(strings.TrimSuffix(file, baseName(file)), "/")] = true
	}
	before, now := r.checker.Snapshot, circlesThrough(next, dirs)
	if len(now) <= len(circlesThrough(before, dirs)) {
		return nil
	}
	return slices.DeleteFunc(now, func(c workspace.Cycle) bool {
		return !slices.ContainsFunc(c, func(u workspace.Use) bool { return !depends(before, u.Target.Address(), u.Edge.To) })
	})
}

// depends reports whether a target depends directly on another.
func depends(s *workspace.Snapshot, from, to workspace.Address) bool {
	t := s.Resolve(from).Target
	if t.IsZero() {
		return false
	}
	for e := range t.Edges() {
		if e.Depends() && e.To == to {
			return true
		}
	}
	return false
}

func circlesThrough(s *workspace.Snapshot, dirs map[string]bool) []workspace.Cycle {
	return slices.DeleteFunc(s.CyclesFrom(slices.Sorted(maps.Keys(dirs))), func(c workspace.Cycle) bool {
		return !slices.ContainsFunc(c, func(u workspace.Use) bool { return dirs[u.Package.Dir()] })
	})
}

// lastInCircle returns the index of the last fix that changes a file on one of the circles, -1 if there is none.
func lastInCircle(accepted []candidate, circles []workspace.Cycle) int {
	files := map[string]bool{}
	for _, c := range circles {
		for _, u := range c {
			files[u.Package.Path(u.Target)] = true
		}
	}
	for i, c := range slices.Backward(accepted) {
		if slices.ContainsFunc(c.edits, func(e edit.Edit) bool { return files[e.Path] && !e.Guard }) {
			return i
		}
	}
	return -1
}

// overlays returns new contents of files as changes of a tree.
func overlays(contents map[string][]byte) []filetree.Change {
	var changes []filetree.Change
	for _, path := range slices.Sorted(maps.Keys(contents)) {
		changes = append(changes, filetree.Change{Path: path, Overlay: contents[path], Op: filetree.SetOverlay})
	}
	return changes
}

func (r *fixRun) refuse(c candidate, path string, err error) {
	r.refused[fixKey(c.diagnostic)] = true
	r.fixing.Refused = append(r.fixing.Refused, Refusal{Diagnostic: c.diagnostic, Path: path, Err: err})
}

// contents returns the files as they are after the fixes; bad is the first that must not be written so.
func (r *fixRun) contents(accepted []candidate) (changed map[string][]byte, bad string, err error) {
	edits := map[string][]edit.Edit{}
	for _, c := range accepted {
		for _, e := range c.edits {
			edits[e.Path] = append(edits[e.Path], e)
		}
	}
	changed = map[string][]byte{}
	for _, path := range slices.Sorted(maps.Keys(edits)) {
		old, err := r.checker.Snapshot.Tree().Read(path)
		if err != nil {
			return nil, path, err
		}
		if !r.checker.Snapshot.Unchanged(path, old) {
			return nil, path, edit.ErrChanged
		}
		now, err := edit.Apply(old, edit.KeepLineEnds(old, edits[path]))
		if err != nil {
			return nil, path, err
		}
		if err := r.worse(path, old, now); err != nil {
			return nil, path, err
		}
		changed[path] = now
	}
	return changed, "", nil
}

// worse says why the new content of a BUILD file would be read worse than the old.
func (r *fixRun) worse(path string, old, now []byte) error {
	if !r.checker.Snapshot.Dialect().IsBuildFile(baseName(path)) {
		return nil
	}
	before, after := syntax.Parse(old), syntax.Parse(now)
	if len(after.Errors) > len(before.Errors) {
		return fmt.Errorf("the file would have a syntax error: %s", after.Errors[0].Message)
	}
	return nil
}

// commit makes the changed files the state of the next round.
func (r *fixRun) commit(accepted []candidate, changed map[string][]byte, next *workspace.Snapshot) {
	tree := r.checker.Snapshot.Tree()
	for path := range changed {
		if _, ok := r.original[path]; !ok {
			r.original[path], _ = tree.Read(path) // contents has just read it
		}
	}
	for _, c := range accepted {
		r.fixing.Fixed = append(r.fixing.Fixed, c.diagnostic)
	}
	r.checker, r.result = r.checker.With(next), nil
}

// contradiction reports whether the files have been like this before, so that fixes undo each other for ever. Those are
// told of as refused.
func (r *fixRun) contradiction() bool {
	state := r.state()
	before, seen := r.states[state]
	if !seen {
		r.states[state] = len(r.fixing.Fixed)
		return false
	}
	told := map[string]bool{}
	for _, d := range r.fixing.Fixed[before:] {
		if key := fixKey(d); !told[key] {
			told[key] = true
			r.fixing.Refused = append(r.fixing.Refused, Refusal{Diagnostic: d, Path: d.Path, Err: errContradiction})
		}
	}
	r.fixing.Fixed = r.fixing.Fixed[:before]
	return true
}

var errContradiction = errors.New("another fix undoes this one: decide which of the two rules is to hold here")

// state returns what tells the contents of the changed files apart from others; "" if they are as they were.
func (r *fixRun) state() string {
	h := sha256.New()
	changed := false
	for _, path := range slices.Sorted(maps.Keys(r.original)) {
		now, err := r.checker.Snapshot.Tree().Read(path)
		if err != nil || bytes.Equal(now, r.original[path]) {
			continue
		}
		changed = true
		fmt.Fprintf(h, "%q %d\n", path, len(now))
		h.Write(now)
	}
	if !changed {
		return ""
	}
	return string(h.Sum(nil))
}

// With returns a checker that is configured alike and checks another snapshot.
func (c *Checker) With(s *workspace.Snapshot) *Checker {
	next := *c
	next.Snapshot = s
	return &next
}

// done puts together what was done.
func (r *fixRun) done() *Fixing {
	r.fixing.Result = r.result
	for i := range r.result.Diagnostics {
		d := &r.result.Diagnostics[i]
		d.Fixes = slices.DeleteFunc(d.Fixes, func(f Fix) bool {
			return f.Applicability >= r.fixer.Least && len(f.Edits()) == 0
		})
	}
	r.fixing.Checker = r.checker
	for _, path := range slices.Sorted(maps.Keys(r.original)) {
		now, err := r.checker.Snapshot.Tree().Read(path)
		if old := r.original[path]; err == nil && !bytes.Equal(old, now) {
			r.fixing.Files = append(r.fixing.Files, FixedFile{Path: path, Old: old, New: now})
		}
	}
	return &r.fixing
}
