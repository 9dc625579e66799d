package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// soak edits a file until everything that is kept of an edit would show, and compares the memory with that after a
// tenth of the edits. It measures nothing where the operating system does not tell what a process holds as Linux does.
func soak(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) (_ []figure, err error) {
		s, err := b.start(ctx, n)
		if err != nil {
			return nil, err
		}
		defer func() {
			_, stopped := s.stop(ctx)
			err = errors.Join(err, stopped)
		}()
		if _, err := s.open(ctx); err != nil {
			return nil, err
		}
		if err := s.indexed(ctx); err != nil {
			return nil, err
		}
		early, err := s.bear(ctx, 0, b.soak/10)
		if err != nil {
			return nil, err
		}
		late, err := s.bear(ctx, b.soak/10, b.soak)
		if err != nil || early == 0 {
			return nil, err
		}
		return []figure{atMost(fmt.Sprintf("from %.0f to %.0f MiB, peaks:", early, late), late/early, 1.1)}, nil
	}
}

// bear types dependencies that nobody has typed before and takes them back: the edits with the numbers from one up to
// another. It returns the most memory that was held in between, in MiB.
func (s *server) bear(ctx context.Context, from, to int) (peak float64, err error) {
	at := strings.Index(s.Text(s.path), "dependencies = [") + len("dependencies = [")
	for i := from; i < to; i += 2 {
		text := fmt.Sprintf("'src/x%d:y%d',", i, i)
		if err := s.Edit(ctx, s.path, at, at, text); err != nil {
			return 0, err
		}
		if err := s.published(s.Version(s.path)); err != nil {
			return 0, err
		}
		if err := s.Edit(ctx, s.path, at, at+len(text), ""); err != nil {
			return 0, err
		}
		if err := s.published(s.Version(s.path)); err != nil {
			return 0, err
		}
		peak = max(peak, resident(s.cmd.Process.Pid))
	}
	return peak, nil
}

// resident returns the memory that a process holds in MiB, 0 where that is not known.
func resident(pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kib, err := strconv.ParseFloat(fields[0], 64)
	if err != nil {
		return 0
	}
	return kib / 1024
}
