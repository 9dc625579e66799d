package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/buildlint/buildlint/internal/bench/repository"
	"github.com/buildlint/buildlint/lsp/fake"
)

// edits is how many keystrokes are measured.
const edits = 2000

// editorGoals returns the rows of buildls, which is spoken to over its standard input and output.
func editorGoals(sizes []int) []goal {
	smallest := sizes[0]
	var all []goal
	for _, n := range sizes {
		all = append(all,
			goal{fmt.Sprintf("keystroke to diagnostics, %d packages", n),
				fmt.Sprintf("median 1 ms, p99 5 ms, p99 at most 1.5 × that of %d packages", smallest), keystroke(n, smallest)},
			goal{fmt.Sprintf("an opened file's diagnostics before the index is ready, %d packages", n), "20 ms", opened(n)},
			goal{fmt.Sprintf("memory of `buildls`, %d packages", n), "64 MiB + 2 KiB a package", serverMemory(n)},
		)
	}
	return all
}

// A server is a running buildls with an editor that speaks to it.
type server struct {
	*fake.Editor
	cmd  *exec.Cmd
	path string // of the file that is opened
}

// pipes are the standard input and output of a process.
type pipes struct {
	io.Reader
	io.WriteCloser
}

// start starts buildls in the repository of n packages.
func (b *bench) start(ctx context.Context, n int) (*server, error) {
	cmd := exec.CommandContext(ctx, b.bin+"buildls", "--stdio")
	cmd.Dir = b.repo(n)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	e, err := fake.Start(ctx, pipes{out, in}, fake.Config{Folders: []string{b.repo(n)}})
	if err != nil {
		return nil, errors.Join(err, cmd.Process.Kill())
	}
	return &server{e, cmd, filepath.Join(b.repo(n), filepath.FromSlash(repository.BuildFile(n/2)))}, nil
}

// stop ends buildls and returns what it took.
func (s *server) stop(ctx context.Context) (usage, error) {
	if err := s.Quit(ctx); err != nil {
		return usage{}, errors.Join(err, s.cmd.Process.Kill())
	}
	err := s.cmd.Wait()
	return usageOf(s.cmd.ProcessState), err
}

// open opens the file and returns how long its diagnostics took.
func (s *server) open(ctx context.Context) (time.Duration, error) {
	start := time.Now()
	if err := s.Open(ctx, s.path); err != nil {
		return 0, err
	}
	err := s.published(1)
	return time.Since(start), err
}

// published waits for the diagnostics of a version of the file.
func (s *server) published(version int32) error {
	return s.Eventually(func() bool {
		p, _ := s.Diagnostics(s.path)
		if p == nil {
			return false
		}
		got, _ := p.Version.Get()
		return got == version
	})
}

// indexed waits until the whole workspace was read.
func (s *server) indexed(ctx context.Context) error {
	for !strings.Contains(strings.Join(s.Progress(), ""), `"kind":"end"`) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
	time.Sleep(time.Second) // for the diagnostics of other files
	return nil
}

// typeAndMeasure types and takes back a dependency that is there already, so that each edit changes what is found.
func (s *server) typeAndMeasure(ctx context.Context) ([]time.Duration, error) {
	var took []time.Duration
	const text = "'',"
	at := strings.Index(s.Text(s.path), "dependencies = [") + len("dependencies = [")
	for i := range edits {
		start := time.Now()
		var err error
		if i%2 == 0 {
			err = s.Edit(ctx, s.path, at, at, text)
		} else {
			err = s.Edit(ctx, s.path, at, at+len(text), "")
		}
		if err == nil {
			err = s.published(s.Version(s.path))
		}
		if err != nil {
			return nil, err
		}
		took = append(took, time.Since(start))
	}
	return took, nil
}

// session opens the file, waits for the index and types.
func (b *bench) session(ctx context.Context, n int) (took []time.Duration, u usage, err error) {
	s, err := b.start(ctx, n)
	if err != nil {
		return nil, usage{}, err
	}
	if _, err = s.open(ctx); err == nil {
		err = s.indexed(ctx)
	}
	if err == nil {
		took, err = s.typeAndMeasure(ctx)
	}
	u, stopped := s.stop(ctx)
	return took, u, errors.Join(err, stopped)
}

func keystroke(n, smallest int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		var middle, late []time.Duration
		var ratio []float64
		for range b.pairs {
			small, _, err := b.session(ctx, smallest)
			if err != nil {
				return nil, err
			}
			large, _, err := b.session(ctx, n)
			if err != nil {
				return nil, err
			}
			middle, late = append(middle, median(large)), append(late, quantile(large, 0.99))
			ratio = append(ratio, quantile(large, 0.99).Seconds()/quantile(small, 0.99).Seconds())
		}
		return []figure{
			within("median", median(middle), time.Millisecond), within("p99", median(late), 5*time.Millisecond),
			atMost("p99", median(ratio), 1.5),
		}, nil
	}
}

// opened opens the file in a server that was just started.
func opened(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		var took []time.Duration
		for range b.pairs {
			s, err := b.start(ctx, n)
			if err != nil {
				return nil, err
			}
			d, err := s.open(ctx)
			if _, stopped := s.stop(ctx); err != nil || stopped != nil {
				return nil, errors.Join(err, stopped)
			}
			took = append(took, d)
		}
		return []figure{within("median", median(took), 20*time.Millisecond)}, nil
	}
}

// serverMemory measures what buildls holds after the index and many edits, and the most that it ever held.
func serverMemory(n int) func(context.Context, *bench) ([]figure, error) {
	return func(ctx context.Context, b *bench) ([]figure, error) {
		_, u, err := b.session(ctx, n)
		limit := 64 + 2*float64(n)/1024
		return []figure{memory("peak", u.peak, limit)}, err
	}
}
