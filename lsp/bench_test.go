package lsp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/buildlint/buildlint/internal/bench/repository"
	"github.com/buildlint/buildlint/lsp/fake"
)

// BenchmarkKeystroke measures from didChange to publishDiagnostics, through the whole server and a pipe, in workspaces
// in the style of Apache Aurora. Each edit changes what is found. Run it with -benchtime 2000x: percentiles need a
// number. What it writes below the directory BUILDLS_BENCH_DIR it uses again.
func BenchmarkKeystroke(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 10_000 && testing.Short() {
				b.Skip("a large workspace takes a minute to write and to read")
			}
			benchmarkKeystroke(b, n)
		})
	}
}

func benchmarkKeystroke(b *testing.B, n int) {
	dir := benchmarkWorkspace(b, n)
	s := &typist{Editor: benchmarkEditor(b, dir), path: filepath.Join(dir, repository.BuildFile(n/2/8*8))}
	start := time.Now()
	if err := s.Open(b.Context(), s.path); err != nil {
		b.Fatal(err)
	}
	s.await(b)
	open := time.Since(start)
	for !strings.Contains(strings.Join(s.Progress(), ""), `"kind":"end"`) {
		time.Sleep(10 * time.Millisecond)
	}
	index := time.Since(start)
	time.Sleep(2 * quiet)

	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		took = append(took, s.edit(b, i%2 == 0))
	}
	b.ReportMetric(float64(open.Microseconds()), "µs-open")
	b.ReportMetric(float64(index.Milliseconds()), "ms-index")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs-p99")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MiB-heap")
}

// A typist edits one file.
type typist struct {
	*fake.Editor
	path string
}

// edit adds a finding, or takes it away, and waits until the server has told of it.
func (s *typist) edit(b *testing.B, add bool) time.Duration {
	b.Helper()
	const list, text = "dependencies = [", "'',"
	at := strings.Index(s.Text(s.path), list) + len(list)
	begin := time.Now()
	var err error
	if add {
		err = s.Edit(b.Context(), s.path, at, at, text)
	} else {
		err = s.Edit(b.Context(), s.path, at, at+len(text), "")
	}
	if err != nil {
		b.Fatal(err)
	}
	s.await(b)
	return time.Since(begin)
}

// await waits for the diagnostics of the text as it is now.
func (s *typist) await(b *testing.B) {
	b.Helper()
	err := s.Eventually(func() bool {
		p, _ := s.Diagnostics(s.path)
		if p == nil {
			return false
		}
		got, _ := p.Version.Get()
		return got == s.Version(s.path)
	})
	if err != nil {
		b.Fatal(err)
	}
}

func benchmarkEditor(b *testing.B, dir string) *fake.Editor {
	b.Helper()
	client, server, err := fake.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = Serve(ctx, server, Options{Log: zap.NewNop()}) // it ends with ctx
	}()
	b.Cleanup(func() { cancel(); _ = client.Close(); <-done })
	e, err := fake.Start(b.Context(), client, fake.Config{Folders: []string{dir}})
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// benchmarkWorkspace returns a workspace of n packages. It is the same each time, and written once.
func benchmarkWorkspace(b *testing.B, n int) string {
	b.Helper()
	parent := os.Getenv("BUILDLS_BENCH_DIR")
	if parent == "" {
		parent = b.TempDir()
	}
	dir := filepath.Join(parent, fmt.Sprintf("packages-%d-%s", n, repository.Fingerprint()))
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	made := map[string]bool{}
	for name, text := range repository.Files(n) {
		path := filepath.Join(dir+".partial", filepath.FromSlash(name))
		if parent := filepath.Dir(path); !made[parent] {
			made[parent] = true
			if err := os.MkdirAll(parent, 0o700); err != nil {
				b.Fatal(err)
			}
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	if err := os.Rename(dir+".partial", dir); err != nil {
		b.Fatal(err)
	}
	return dir
}
