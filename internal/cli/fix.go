package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/internal/baseline"
)

// diffContext is how many unchanged lines a diff shows around a change.
const diffContext = 3

// least returns the least applicability of the fixes to apply.
func (l *linter) least() analysis.Applicability {
	if l.unsafeFixes {
		return analysis.Unsafe
	}
	return analysis.Safe
}

// maxAttempts bounds how often fixing starts anew because files could not be written.
const maxAttempts = 5

// A repair is what is to be fixed of a workspace.
type repair struct {
	subject  *subject
	scope    *scope
	dirs     []string
	onRecord func(analysis.Diagnostic) bool
	barred   map[string]bool // files that must stay as they are
}

// checkAndFix fixes what is asked for, and writes it unless a diff is asked for.
func (l *linter) checkAndFix(
	ctx context.Context, p *subject, s *scope, dirs []string, record *baseline.Baseline,
) (*outcome, error) {
	onRecord, err := recorded(ctx, p, dirs, record)
	if err != nil {
		return nil, err
	}
	r := &repair{subject: p, scope: s, dirs: dirs, onRecord: onRecord, barred: map[string]bool{}}
	o, err := l.fixAndWrite(ctx, r)
	if err != nil {
		return nil, err
	}
	l.noteRefused(o.fixing.Refused)
	return o, o.restrict(ctx, s, dirs, record)
}

// fixAndWrite fixes and writes. Where files cannot be written, it starts anew without what would change them: a fix may
// rest upon another in a file of its own.
func (l *linter) fixAndWrite(ctx context.Context, r *repair) (*outcome, error) {
	for range maxAttempts {
		o, err := l.fixOnce(ctx, r)
		if err != nil {
			return nil, err
		}
		if l.diff {
			l.noteFixed("would fix", o.fixing)
		}
		if l.diff || l.alone {
			return o, nil
		}
		again, err := l.write(ctx, r, o)
		if err != nil {
			return nil, err
		}
		if !again {
			return o, nil
		}
		if r.subject, err = r.subject.reopened(); err != nil {
			return nil, err
		}
	}
	l.tell(errors.New("files were changed again and again while they were to be fixed: nothing was fixed"))
	return l.unfixed(ctx, r)
}

// fixOnce fixes in memory.
func (l *linter) fixOnce(ctx context.Context, r *repair) (*outcome, error) {
	fixer := &analysis.Fixer{
		Checker: r.subject.checker(), Dirs: r.dirs, Least: l.least(),
		Keep: func(d analysis.Diagnostic) bool { return r.scope.wants(d) && !r.onRecord(d) && l.mayFix(r, d) },
	}
	fixing, err := fixer.Run(ctx)
	if err != nil {
		return nil, err
	}
	return &outcome{subject: r.subject, result: fixing.Result, checker: fixing.Checker, fixing: fixing}, nil
}

// unfixed checks what is on disk, of which nothing more can be fixed.
func (l *linter) unfixed(ctx context.Context, r *repair) (*outcome, error) {
	p, err := r.subject.reopened()
	if err != nil {
		return nil, err
	}
	o := &outcome{subject: p, checker: p.checker(), fixing: &analysis.Fixing{}}
	o.result, err = o.checker.Check(ctx, r.dirs)
	return o, err
}

// mayFix reports whether the fix of a finding changes nothing that must stay as it is: with standard input, every
// other file; with --since and --staged, those that did not change.
func (l *linter) mayFix(r *repair, d analysis.Diagnostic) bool {
	if !l.alone && r.scope.change == nil && len(r.barred) == 0 {
		return true
	}
	return !slices.ContainsFunc(touched(d, l.least()), func(path string) bool {
		return r.barred[path] || l.alone && !r.scope.has(path) || !r.scope.change.hasFile(path)
	})
}

// touched returns the files that the fix of a finding changes.
func touched(d analysis.Diagnostic, least analysis.Applicability) []string {
	for _, fix := range d.Fixes {
		if fix.Applicability < least {
			continue
		}
		if edits := fix.Edits(); len(edits) > 0 {
			var paths []string
			for _, e := range edits {
				paths = append(paths, e.Path)
			}
			return slices.Compact(paths)
		}
	}
	return nil
}

// recorded returns whether a finding is on record, by what is found before anything is fixed.
func recorded(
	ctx context.Context, p *subject, dirs []string, record *baseline.Baseline,
) (func(analysis.Diagnostic) bool, error) {
	prints := map[string]bool{}
	if record == nil {
		return func(analysis.Diagnostic) bool { return false }, nil
	}
	found, err := p.checker().Check(ctx, dirs)
	if err != nil {
		return nil, err
	}
	for _, d := range found.Diagnostics {
		prints[baseline.Fingerprint(d)] = true
	}
	fresh, _, _ := record.Filter(found.Diagnostics)
	for _, d := range fresh {
		delete(prints, baseline.Fingerprint(d))
	}
	return func(d analysis.Diagnostic) bool { return prints[baseline.Fingerprint(d)] }, nil
}

// noteRefused tells of fixes that were not applied.
func (l *linter) noteRefused(refused []analysis.Refusal) {
	if l.quiet {
		return
	}
	for _, r := range refused {
		l.notef("%s: a fix of %s was not applied, since it would break %s: %v",
			r.Diagnostic.Path, r.Diagnostic.Rule, r.Path, r.Err)
	}
}

// noteFixed tells how much was fixed.
func (l *linter) noteFixed(did string, fixing *analysis.Fixing) {
	if !l.quiet && len(fixing.Files) > 0 {
		l.notef("%s %s in %s", did, count(len(fixing.Fixed), "finding"), count(len(fixing.Files), "file"))
	}
}

// count returns "1 thing" or "n things".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// writeDiffs writes what --fix would change: to a terminal without what that would obey, else as patch needs it.
func writeDiffs(w io.Writer, outcomes []*outcome) error {
	shown := func(diff string) string { return diff }
	if o, ok := w.(*output); ok {
		if _, isTerminal := o.terminal(); isTerminal {
			shown = printableLines
		}
	}
	for _, o := range outcomes {
		if o.fixing == nil {
			continue
		}
		for _, f := range o.fixing.Files {
			if _, err := io.WriteString(w, shown(edit.Unified(f.Path, f.Old, f.New, diffContext))); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeFixed lists the findings that were fixed, by file and rule.
func writeFixed(w io.Writer, fixed []analysis.Diagnostic) error {
	var out bytes.Buffer
	byFile := slices.Clone(fixed)
	slices.SortStableFunc(byFile, analysis.Compare)
	path := ""
	for _, d := range byFile {
		if d.Path != path {
			path = d.Path
			fmt.Fprintf(&out, "Fixed in %s:\n", printable(path))
		}
		fmt.Fprintf(&out, "  %s [%s]\n", printable(d.Message), d.Rule)
	}
	_, err := w.Write(out.Bytes())
	return err
}
