package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/buildlint/buildlint/internal/bench/repository"
)

// A goal is a row of the table.
type goal struct {
	what, goal string
	measure    func(context.Context, *bench) ([]figure, error) // no figures where it cannot be measured
}

// goals returns the rows.
func goals(o *options) []goal {
	sizes := o.sizes
	var all []goal
	for _, n := range sizes {
		all = append(all,
			goal{fmt.Sprintf("whole repository, %d packages", n), "1.25 × the floor", wholeRepository(n)},
			goal{fmt.Sprintf("against `buildifier -lint=warn`, %d packages", n),
				"15 times faster by the wall, 10 times by cpu", againstBuildifier(n)},
			goal{fmt.Sprintf("the same on one core each, %d packages", n), "6 times faster", oneCore(n)},
			goal{fmt.Sprintf("against `buildifier -lint=off`, %d packages", n), noGoal, withoutWarnings(n)},
			goal{fmt.Sprintf("against two `buildifier -lint=warn` over halves, %d packages", n), noGoal, againstHalves(n)},
			goal{fmt.Sprintf("memory of `buildlint`, %d packages", n), "128 MiB + 1 KiB a package", lintMemory(n)},
			goal{fmt.Sprintf("nothing changed, %d packages", n), "0.35 × `git status`", nothingChanged(n)},
			goal{fmt.Sprintf("twenty changed files (`--since HEAD`), %d packages", n), "25 ms", since(n)},
			goal{fmt.Sprintf("twenty files by name, %d packages", n), "25 ms", named(n)},
		)
	}
	for i, n := range sizes[1:] {
		all = append(all, goal{fmt.Sprintf("growth, %d to %d packages", sizes[i], n),
			fmt.Sprintf("%.1f ×", growthLimit(sizes[i], n)), growth(sizes[i], n)})
	}
	all = append(all, editorGoals(sizes)...)
	for _, n := range sizes {
		if o.soak > 0 {
			all = append(all, goal{fmt.Sprintf("memory of `buildls` after %d edits, %d packages", o.soak, n),
				"1.1 × that after a tenth of them", soak(n)})
		}
	}
	return all
}

func wholeRepository(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		r, err := b.compare(ctx, b.buildlint(n), b.floor(n))
		if err != nil {
			return nil, err
		}
		return []figure{atMost("wall", r.wall, 1.25), atMost("cpu", r.cpu, 1.25)}, nil
	}
}

func againstBuildifier(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		r, err := b.compare(ctx, b.buildlint(n), b.buildifier(n, "warn"))
		if err != nil {
			return nil, err
		}
		return []figure{atLeast("wall", r.wall, 15), atLeast("cpu", r.cpu, 10)}, nil
	}
}

func oneCore(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		r, err := b.compare(ctx, b.buildlint(n).oneCore(), b.buildifier(n, "warn").oneCore())
		if err != nil {
			return nil, err
		}
		return []figure{atLeast("wall", r.wall, 6)}, nil
	}
}

func withoutWarnings(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		r, err := b.compare(ctx, b.buildlint(n), b.buildifier(n, "off"))
		return []figure{atLeast("wall", r.wall, 0), atLeast("cpu", r.cpu, 0)}, err
	}
}

func againstHalves(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		r, err := b.compare(ctx, b.buildlint(n), b.halves(n))
		return []figure{atLeast("wall", r.wall, 0), atLeast("cpu", r.cpu, 0)}, err
	}
}

// growthLimit is 14 for ten times the size.
func growthLimit(from, to int) float64 { return 1.4 * float64(to) / float64(from) }

func growth(from, to int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		r, err := b.compare(ctx, b.buildlint(to), b.buildlint(from))
		limit := growthLimit(from, to)
		return []figure{atMost("wall", r.wall, limit), atMost("cpu", r.cpu, limit)}, err
	}
}

func lintMemory(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		all, err := b.alone(ctx, b.buildlint(n))
		if err != nil {
			return nil, err
		}
		var peak []float64
		for _, u := range all {
			peak = append(peak, u.peak)
		}
		return []figure{memory("peak", median(peak), 128+float64(n)/1024)}, nil
	}
}

// settling is how old files must be for a run over them to be kept.
const settling = 4 * time.Second

func nothingChanged(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		c := b.remembering(n)
		c.name = "buildlint, nothing changed"
		for _, before := range []command{b.gitStatus(n), b.remembering(n)} { // git may write its index, which is looked at
			time.Sleep(settling)
			if _, err := measure(ctx, before); err != nil {
				return nil, err
			}
		}
		r, err := b.compare(ctx, c, b.gitStatus(n))
		return []figure{atMost("wall", r.wall, 0.35), atMost("cpu", r.cpu, 0.35)}, err
	}
}

// twenty returns BUILD files from all over the repository of n packages.
func twenty(n int) []string {
	var files []string
	for i := range 20 {
		files = append(files, repository.BuildFile(i*n/20))
	}
	return files
}

func named(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		if _, err := measure(ctx, b.remembering(n)); err != nil {
			return nil, err
		}
		c := b.afterChange(n, twenty(n)...)
		c.name = "buildlint, twenty files"
		cold := b.buildlint(n, twenty(n)...)
		cold.name = "buildlint, twenty files, --no-cache"
		withoutGraph := b.afterChange(n, append(twenty(n), "--ignore", "dependency-cycle,unused-private-target")...)
		withoutGraph.name = "buildlint, twenty files, no rule that needs the graph"
		return b.quick(ctx, 25*time.Millisecond, c, cold, withoutGraph)
	}
}

// quick measures the wall time of commands.
func (b *bench) quick(ctx context.Context, limit time.Duration, commands ...command) ([]figure, error) {
	var figures []figure
	for _, c := range commands {
		all, err := b.alone(ctx, c)
		if err != nil {
			return nil, err
		}
		var wall []time.Duration
		for _, u := range all {
			wall = append(wall, u.wall)
		}
		figures = append(figures, within(strings.TrimPrefix(c.name, "buildlint, "), median(wall), limit))
	}
	return figures, nil
}

// since changes twenty files and lints what changed. It measures nothing where buildlint has no such flag.
func since(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) (_ []figure, err error) {
		c := b.remembering(n, "--since", "HEAD")
		c.name = "buildlint --since HEAD"
		if _, err := measure(ctx, b.buildlint(n, "--help", "--since", "HEAD")); err != nil {
			return nil, nil //nolint:nilerr // the flag is not there
		}
		if _, err := measure(ctx, b.remembering(n)); err != nil {
			return nil, err
		}
		for _, file := range twenty(n) {
			restore, err := appendTo(filepath.Join(b.repo(n), filepath.FromSlash(file)), "\n# changed\n")
			if err != nil {
				return nil, err
			}
			defer restore()
		}
		cold := b.buildlint(n, "--since", "HEAD")
		cold.name = "buildlint --since HEAD, --no-cache"
		return b.quick(ctx, 25*time.Millisecond, c, cold)
	}
}

// appendTo adds text to a file, and returns what takes it away.
func appendTo(name, text string) (restore func(), err error) {
	before, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	restore = func() {
		_ = os.WriteFile(name, before, 0o644)                // git status tells if it was not
		_ = os.Chtimes(name, info.ModTime(), info.ModTime()) // so that git need not read it again
	}
	return restore, os.WriteFile(name, append(before[:len(before):len(before)], text...), 0o644)
}
