package docs

import (
	"bytes"
	"context"
	"errors"
	"path"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/report"
	"github.com/buildlint/buildlint/rules"
)

// monorepo is a small repository that keeps every convention in some package, and breaks each in the package of that
// name. What is found in it is written to the file of the same name with .txt.
const monorepo = "testdata/monorepo"

// picture is the package whose finding the README shows.
const picture = "src/main/python/org/broken/with_binaries_complete"

// A linting is a run over a repository.
type linting struct {
	checker *analysis.Checker
	dirs    []string
	result  *analysis.Result
}

// lint runs the rules that are on by default over the Pants v1 repository at root.
func lint(ctx context.Context, root string) (*linting, error) {
	tree, err := filetree.New(root)
	if err != nil {
		return nil, err
	}
	pants := dialect.Pants1()
	settings := defaults(pants.Name)
	l := &linting{checker: &analysis.Checker{
		Snapshot: workspace.New(tree, &workspace.Options{Dialect: pants}),
		Settings: func(string) []analysis.Setting { return settings },
		Known:    func(name string) bool { return rules.Named(name) != nil },
	}}
	if l.dirs, err = analysis.Directories(ctx, l.checker.Snapshot, []string{""}); err != nil {
		return nil, err
	}
	if l.result, err = l.checker.Check(ctx, l.dirs); err != nil {
		return nil, err
	}
	var errs []error
	for _, e := range l.result.Errors {
		errs = append(errs, e)
	}
	return l, errors.Join(errs...)
}

// defaults returns the rules that are on for a dialect where no configuration says otherwise.
func defaults(dialect string) []analysis.Setting {
	var settings []analysis.Setting
	for _, preset := range rules.Defaults(dialect) {
		for _, name := range rules.Presets()[preset] {
			r := rules.Named(name)
			settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity, Options: r.Options})
		}
	}
	return settings
}

// text returns the findings in an output format: those of one directory, or all if dir is "".
func (l *linting) text(format, dir string) string {
	result := *l.result
	if dir != "" {
		result.Summary = analysis.Summary{Packages: 1}
		result.Diagnostics = slices.DeleteFunc(slices.Clone(result.Diagnostics), func(d analysis.Diagnostic) bool {
			return path.Dir(d.Path) != dir
		})
	}
	var out bytes.Buffer
	// A buffer takes all that is written.
	_ = report.Write(&out, &result, report.Options{Format: format, Source: l.source})
	return out.String()
}

// source returns the content of a file as the findings saw it, nil if it cannot be read.
func (l *linting) source(path string) []byte {
	src, err := l.checker.Snapshot.Tree().Read(path)
	if err != nil {
		return nil
	}
	return src
}
