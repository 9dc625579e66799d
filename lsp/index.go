package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/buildlint/buildlint/analysis/workspace"
)

// An indexing reads a workspace as a whole, once: for the session, and for requests that cannot be answered before. The
// states of a workspace share it until it is done.
type indexing struct {
	from *workspace.Snapshot // as the workspace was when it was opened
	once sync.Once
	done chan struct{}
	err  error // of what could not be read

	dirs      atomic.Int64 // the packages that there are, 0 until they are counted
	read      atomic.Int64 // those that are read
	abandoned atomic.Bool  // the session has ended
}

func newIndexing(from *workspace.Snapshot) *indexing {
	return &indexing{from: from, done: make(chan struct{})}
}

// start has the workspace read, if nobody did before.
func (x *indexing) start() { x.once.Do(func() { go x.run() }) }

// wait starts x and waits until it is done, or ctx ends.
func (x *indexing) wait(ctx context.Context) error {
	x.start()
	select {
	case <-x.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run reads the workspace. What cannot be read, and what the model cannot take, is told by whoever checks it.
func (x *indexing) run() {
	defer close(x.done)
	defer func() {
		if v := recover(); v != nil {
			x.err = fmt.Errorf("indexing: %v", v)
		}
	}()
	dirs, _ := x.from.Packages(context.Background()) // the index says what is wrong
	x.dirs.Store(int64(len(dirs)))
	x.readAll(dirs)
	if x.abandoned.Load() {
		return
	}
	_, x.err = x.from.AllPackages()
	x.from.Cycles("") // finds those of the whole workspace, which no edit should have to wait for
}

// readAll reads packages, several at once.
func (x *indexing) readAll(dirs []string) {
	var readers sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for i := range n {
		readers.Go(func() {
			for j := i; j < len(dirs) && !x.abandoned.Load(); j += n {
				x.readOne(dirs[j])
			}
		})
	}
	readers.Wait()
}

// readOne reads a package. The index takes one that the model cannot take for incomplete.
func (x *indexing) readOne(dir string) {
	defer func() { _ = recover() }()
	defer x.read.Add(1)
	x.from.Facts(dir)
}

// state says how far x is, in words and in percent.
func (x *indexing) state() (message string, percent uint32) {
	read, dirs := x.read.Load(), x.dirs.Load()
	if dirs == 0 {
		return "looking for packages", 0
	}
	return grouped(read) + " of " + grouped(dirs) + " packages", uint32(100 * read / dirs)
}

// grouped returns a number with a comma before each three digits.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// whole returns p with its workspace read as a whole. It waits for that. What is returned knows who uses what; what is
// found in it is not to be kept among the results of p.
func (p *project) whole(ctx context.Context) (*project, error) {
	if p.indexed {
		return p, nil
	}
	if err := p.indexing.wait(ctx); err != nil {
		return nil, err
	}
	next := *p
	next.index()
	return &next, nil
}

// whole returns f with its workspace read as a whole. It waits for that.
func (f *file) whole(ctx context.Context) (*file, error) {
	p, err := f.project.whole(ctx)
	if err != nil || p == f.project {
		return f, err
	}
	next := *f
	next.project = p
	return &next, nil
}

// indexProjects reads each workspace that a session opens as a whole, one after the other, until ctx ends.
func (s *server) indexProjects(ctx context.Context) {
	for {
		p := s.session.current().unindexed()
		if p != nil && survive(s.log, func() { s.index(ctx, p) }) {
			if ctx.Err() != nil {
				return
			}
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-s.opened:
		}
	}
}

// unindexed returns a project that was not yet read as a whole, nil if there is none.
func (st *state) unindexed() *project {
	for _, p := range st.projects {
		if !p.indexed {
			return p
		}
	}
	return nil
}

// index reads a workspace as a whole and shows the progress.
func (s *server) index(ctx context.Context, p *project) {
	start := time.Now()
	shown := s.progress.begin(ctx, s.client, "Indexing "+filepath.Base(p.root))
	x := p.indexing
	if !x.follow(ctx, shown) {
		x.abandoned.Store(true)
		return
	}
	if x.err != nil {
		s.client.tell(protocol.MessageTypeWarning, "reading "+p.root+": "+x.err.Error())
	}
	s.session.install(p)
	if s.client.refreshesLenses {
		s.diagnose.refresh(ctx, "code lenses", s.client.CodeLensRefresh)
	}
	shown.end(grouped(x.dirs.Load()) + " packages")
	s.log.Info("indexed", zap.String("root", p.root), zap.Int64("packages", x.dirs.Load()),
		zap.Duration("took", time.Since(start)))
}

// reportInterval is how often the progress of what takes its time is told.
const reportInterval = 200 * time.Millisecond

// follow waits for x and reports how far it is. It reports whether x is done; else ctx ended.
func (x *indexing) follow(ctx context.Context, shown progress) bool {
	tick := time.NewTicker(reportInterval)
	defer tick.Stop()
	x.start()
	for {
		select {
		case <-x.done:
			return true
		case <-ctx.Done():
			return false
		case <-tick.C:
			shown.report(x.state())
		}
	}
}
