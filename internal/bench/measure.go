package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A command is a program that is measured.
type command struct {
	name  string
	args  []string
	dir   string
	env   []string
	fails bool // it may say by its exit status that it found something

	forgets string // pattern of files that are removed before it runs
}

// forget removes what a command is not to find.
func (c command) forget() error {
	names, err := filepath.Glob(c.forgets)
	for _, name := range names {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// oneCore returns c on one processor. The runtime of Go takes the garbage collector's work to it, too.
func (c command) oneCore() command {
	c.name += ", one core"
	c.env = append(slices.Clip(c.env), "GOMAXPROCS=1")
	return c
}

// A usage is what a process took.
type usage struct {
	wall, cpu time.Duration
	peak      float64 // MiB of the largest process
}

// measure runs a command once.
func measure(ctx context.Context, c command) (usage, error) {
	if err := c.forget(); err != nil {
		return usage{}, err
	}
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	cmd.Dir, cmd.Env = c.dir, append(os.Environ(), c.env...)
	var stderr strings.Builder
	cmd.Stderr = &limited{b: &stderr, left: 1 << 10}
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && (!c.fails || !errors.As(err, &exit)) {
		return usage{}, fmt.Errorf("%s: %w\n%s", c.name, err, &stderr)
	}
	u := usageOf(cmd.ProcessState)
	u.wall = wall
	return u, ctx.Err()
}

// usageOf returns what a process that has ended took, but for the wall time.
func usageOf(s *os.ProcessState) usage {
	u := usage{cpu: s.UserTime() + s.SystemTime()}
	if r, ok := s.SysUsage().(*syscall.Rusage); ok {
		u.peak = float64(r.Maxrss) / float64(rssPerMiB())
	}
	return u
}

// rssPerMiB is in the unit of the operating system's figure.
func rssPerMiB() int {
	if runtime.GOOS == "darwin" {
		return 1 << 20
	}
	return 1 << 10
}

// limited keeps the first bytes that are written to it.
type limited struct {
	b    *strings.Builder
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(l.left, len(p))
	l.b.Write(p[:n])
	l.left -= n
	return len(p), nil
}

// ratios are those of pairs of runs.
type ratios struct {
	wall, cpu, peak float64 // medians of A/B
	pairs           int
}

// compare runs two commands in turn, after one run of each to warm the page cache.
func (b *bench) compare(ctx context.Context, a, other command) (ratios, error) {
	var wall, cpu, peak []float64
	start := time.Now()
	for i := range b.pairs + 1 {
		first, err := measure(ctx, a)
		if err != nil {
			return ratios{}, err
		}
		second, err := measure(ctx, other)
		if err != nil {
			return ratios{}, err
		}
		spent := time.Since(start)
		if i == 0 && spent < b.budget/2 {
			continue // the warm-up
		}
		b.runs.add(a, first)
		b.runs.add(other, second)
		wall = append(wall, first.wall.Seconds()/second.wall.Seconds())
		cpu = append(cpu, first.cpu.Seconds()/second.cpu.Seconds())
		peak = append(peak, first.peak/second.peak)
		if spent > b.budget {
			break
		}
	}
	return ratios{median(wall), median(cpu), median(peak), len(wall)}, nil
}

// alone runs one command several times.
func (b *bench) alone(ctx context.Context, c command) ([]usage, error) {
	var all []usage
	start := time.Now()
	for i := range b.pairs + 1 {
		u, err := measure(ctx, c)
		if err != nil {
			return nil, err
		}
		if i == 0 && time.Since(start) < b.budget/2 {
			continue // the warm-up
		}
		b.runs.add(c, u)
		all = append(all, u)
		if time.Since(start) > b.budget {
			break
		}
	}
	return all, nil
}

func median[T int64 | float64 | time.Duration](values []T) T {
	return quantile(values, 0.5)
}

// quantile returns the value that a share of the others is at most as large as.
func quantile[T int64 | float64 | time.Duration](values []T, share float64) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
}
