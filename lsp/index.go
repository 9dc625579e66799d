package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"go.uber.org/zap"
)

// indexProjects reads each workspace that a session opens as a whole, one after the other, until ctx ends.
func (s *server) indexProjects(ctx context.Context) {
	for {
		p := s.session.current().unindexed()
		if p != nil && survive(s.log, func() { s.index(ctx, p) }) {
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
	s.session.index(p)
	dirs, _ := p.snapshot.AllPackages() // told already
	if s.client.refreshesLenses {
		s.diagnose.refresh(ctx, "code lenses", s.client.CodeLensRefresh)
	}
	shown.end(fmt.Sprintf("%d packages", len(dirs)))
	s.log.Info("indexed", zap.String("root", p.root), zap.Int("packages", len(dirs)),
		zap.Duration("took", time.Since(start)))
}
