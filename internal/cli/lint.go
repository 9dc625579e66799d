package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/internal/baseline"
)

// A linter is one run of the root command.
type linter struct {
	*app
	*lintFlags
	alone bool // one file is linted that is not written: standard input
}

// An outcome is what was found in one workspace.
type outcome struct {
	subject *subject // nil if no pattern named a workspace
	result  *analysis.Result
	checker *analysis.Checker
	fixing  *analysis.Fixing // nil without --fix and --diff
}

// lint lints what the patterns name.
func (a *app) lint(ctx context.Context, f *lintFlags, patterns []string) error {
	l := &linter{app: a, lintFlags: f}
	if l.stdinFilename != "" || slices.Contains(patterns, stdinPattern) {
		return l.lintStdin(ctx, patterns)
	}
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	asked, unknown := requests(patterns)
	a.tellFiles(unknown)
	if err := l.checkRoots(asked); err != nil {
		return err
	}
	if l.watching {
		return l.watch(ctx, asked)
	}
	if len(unknown) == 0 {
		l.capture = l.captureOf(asked)
	}
	if done, err := l.replay(); done {
		return err
	}
	outcomes, err := l.lintAll(ctx, asked)
	if err != nil {
		return err
	}
	if err := l.finish(outcomes, unknown); err != nil {
		return err
	}
	l.keepRun()
	return nil
}

// checkRoots refuses several workspaces where the output has no place to tell them apart.
func (l *linter) checkRoots(asked []*request) error {
	if len(asked) < 2 || l.statistics || slices.Contains([]string{"", "full", "concise"}, l.format.value) {
		return nil
	}
	return fmt.Errorf("the output format %s is of one workspace, the patterns are of %d (%s, %s …): run it for each",
		l.format.value, len(asked), asked[0].root, asked[1].root)
}

// lintAll lints the workspaces. One that cannot be opened keeps none of the others from being linted.
func (l *linter) lintAll(ctx context.Context, asked []*request) ([]*outcome, error) {
	var outcomes []*outcome
	for _, r := range asked {
		o, err := l.lintWorkspace(ctx, r)
		switch {
		case ctx.Err() != nil:
			return nil, context.Canceled
		case err != nil:
			l.tell(err)
		default:
			outcomes = append(outcomes, o)
		}
	}
	return outcomes, nil
}

// lintWorkspace lints what is asked for of one workspace.
func (l *linter) lintWorkspace(ctx context.Context, r *request) (*outcome, error) {
	start := time.Now()
	c, err := l.changeOf(ctx, r.root)
	if err != nil {
		return nil, err
	}
	if c.empty() {
		return &outcome{result: &analysis.Result{}}, nil
	}
	l.collector.expect(0)
	p, err := openObserved(r.root, r.marker, &l.configFlags, l.capture.observer(), c.overlays()...)
	if err != nil {
		return nil, err
	}
	kept := l.remember(p)
	l.collector.follow(p.Snapshot.Tree())
	p.before = c.state(p)
	s, err := scopeOf(r.root, r.patterns)
	if err != nil {
		return nil, err
	}
	s.change = c
	if slices.Contains(s.trees, "") {
		p.Snapshot.Remember()
	}
	dirs, errs, err := p.directories(ctx, s)
	if err != nil {
		return nil, err
	}
	l.collector.expect(len(dirs))
	l.noteUnmatched(p, r.patterns, dirs)
	stop := l.showProgress(p, len(dirs))
	o, err := l.check(ctx, p, s, dirs)
	stop()
	if err != nil {
		return nil, err
	}
	l.addErrors(o, errs)
	l.verboseNote(p, r.marker, dirs, time.Since(start))
	kept.keep()
	return o, nil
}

// addErrors adds what could not be read before the rules ran, and tells of all.
func (l *linter) addErrors(o *outcome, errs []analysis.FileError) {
	joined := analysis.Collect([]*analysis.Directory{{Errors: errs}, {Errors: o.result.Errors}})
	o.result.Errors = joined.Errors
	l.tellFiles(o.result.Errors)
}

// check runs the rules, and fixes where that is asked for.
func (l *linter) check(ctx context.Context, p *subject, s *scope, dirs []string) (*outcome, error) {
	record, err := l.loadBaseline(p)
	if err != nil {
		return nil, err
	}
	if l.fix || l.diff {
		return l.checkAndFix(ctx, p, s, dirs, record)
	}
	o := &outcome{subject: p, checker: p.checker()}
	if s.change != nil {
		dirs = s.change.narrow(p, dirs)
	}
	if o.result, err = o.checker.Check(ctx, dirs); err != nil {
		return nil, err
	}
	if s.change == nil {
		l.noteConventions(p, o.result)
	}
	return o, o.restrict(ctx, s, dirs, record)
}

// restrict leaves what is asked for and not on record.
func (o *outcome) restrict(ctx context.Context, s *scope, dirs []string, record *baseline.Baseline) error {
	r := o.result
	if s.change != nil {
		if err := s.change.compare(ctx, o.subject, s, r.Diagnostics, dirs); err != nil {
			return err
		}
	}
	found := s.filter(r.Diagnostics)
	if record == nil {
		r.Diagnostics = found
		return nil
	}
	// Where a file is asked for, findings of others in its package use up the record just the same.
	fresh, _, _ := record.Filter(r.Diagnostics)
	r.Diagnostics = s.filter(fresh)
	r.Summary.Baselined = len(found) - len(r.Diagnostics)
	return nil
}

// finish writes what was found and sets the exit code.
func (l *linter) finish(outcomes []*outcome, unknown []analysis.FileError) error {
	if len(outcomes) == 0 && l.failed && len(unknown) == 0 {
		return nil // no workspace could be opened: there is nothing to write
	}
	if len(outcomes) == 0 {
		outcomes = []*outcome{{result: &analysis.Result{}}}
	}
	first := outcomes[0].result
	first.Errors = append(slices.Clone(unknown), first.Errors...)
	l.judge(outcomes)
	if l.diff {
		return l.writeOut(func(w io.Writer) error { return writeDiffs(w, outcomes) })
	}
	return l.writeOut(func(w io.Writer) error { return l.report(w, outcomes) })
}

// judge decides on the exit code.
func (l *linter) judge(outcomes []*outcome) {
	errs, warnings, changed := 0, 0, 0
	for _, o := range outcomes {
		errs += o.result.Count(analysis.Error)
		warnings += o.result.Count(analysis.Warning)
		if o.fixing != nil {
			changed += len(o.fixing.Files)
		}
	}
	switch {
	case l.exitZero:
	case l.diff:
		l.findings = changed > 0
	default:
		l.findings = errs > 0 || warnings > l.maxWarnings
	}
}

// noteUnmatched tells of patterns that name nothing to lint.
func (l *linter) noteUnmatched(p *subject, patterns []pattern, dirs []string) {
	if l.quiet {
		return
	}
	for _, pattern := range patterns {
		rel, err := relative(p.Root, pattern.path)
		if err == nil && !p.matches(pattern.kind, rel, dirs) {
			l.notef("%s: %s", pattern.text, p.whyUnmatched(pattern.kind, rel))
		}
	}
}

// matches reports whether there is something to lint in what a pattern names.
func (p *subject) matches(kind patternKind, rel string, dirs []string) bool {
	switch kind {
	case treePattern:
		return slices.ContainsFunc(dirs, func(dir string) bool { return below(dir, rel) })
	case dirPattern:
		return slices.Contains(dirs, rel) && p.hasSources(rel)
	}
	read := p.Snapshot.Dialect().IsBuildFile(path.Base(rel)) || isSource(rel)
	return read && slices.Contains(dirs, dirOf(rel)) && !p.Snapshot.Tree().Ignored(rel)
}

// isSource reports whether a file that is no BUILD file may have findings of its own.
func isSource(rel string) bool {
	return strings.HasSuffix(rel, ".py") || python.IsRequirementsFile(rel)
}

// hasSources reports whether a directory holds BUILD files, Python sources or requirements files.
func (p *subject) hasSources(dir string) bool {
	entries, err := p.Snapshot.Tree().Dir(dir)
	if err != nil {
		return true // that is told as an error
	}
	if len(p.Snapshot.BuildFiles(dir, entries)) > 0 {
		return true
	}
	for _, e := range entries {
		if !e.Dir && isSource(path.Join(dir, e.Name)) {
			return true
		}
	}
	return false
}

// whyUnmatched says why a pattern names nothing to lint.
func (p *subject) whyUnmatched(kind patternKind, rel string) string {
	switch {
	case p.Snapshot.Tree().Ignored(rel):
		return ".gitignore names it: nothing is linted"
	case p.Config.Excluded(rel):
		return "the configuration excludes it: nothing is linted"
	case kind == filePattern:
		return "it is no BUILD file: nothing is linted"
	}
	return "no BUILD files are there: nothing is linted"
}

// verboseNote tells what was linted, and how long it took.
func (l *linter) verboseNote(p *subject, marker string, dirs []string, took time.Duration) {
	if !l.verbose {
		return
	}
	found := "no marker of a build tool"
	if marker != "" {
		found = marker
	}
	files := "none"
	if len(p.Config.Files) > 0 {
		files = strings.Join(p.Config.Files, ", ")
	}
	l.notef("workspace %s (%s)", p.Root, found)
	l.notef("dialect %s; configuration: %s", p.Config.Dialect, files)
	l.notef("%d directories in %s", len(dirs), took.Round(time.Millisecond))
	if n := p.Snapshot.Remembered(); n > 0 {
		l.notef("%d packages as an earlier run has kept them", n)
	}
}

// loadBaseline returns the findings on record, nil if there are none.
func (l *linter) loadBaseline(p *subject) (*baseline.Baseline, error) {
	if l.noBaseline {
		return nil, nil
	}
	name, named := baselinePath(p.Root, l.baseline)
	p.Snapshot.Tree().Consult(name)
	if !named && leadsOut(p.Root, name) {
		return nil, fmt.Errorf("reading the baseline: %s: %w", name, filetree.ErrOutside)
	}
	record, err := baseline.Load(name)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return record, err
}
