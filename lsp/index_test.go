package lsp

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// usersOf returns the files that refer to the first target of a file, relative to dir.
func usersOf(ctx context.Context, t *testing.T, st *state, dir, file string) ([]string, error) {
	t.Helper()
	var params protocol.ReferenceParams
	params.TextDocument.URI = uri.File(filepath.Join(dir, file))
	found, err := st.references(ctx, &params)
	var files []string
	for _, l := range found {
		rel, err := filepath.Rel(dir, l.URI.FsPath())
		must(t, err)
		files = append(files, filepath.ToSlash(rel))
	}
	return files, err
}

// A request that needs the whole workspace waits for the index that is being made, and for no longer than it is wanted.
// It sees what changed since the workspace was opened.
func TestRequestBeforeTheIndex(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	write(t, dir, "a/BUILD", "python_library()\n")
	write(t, dir, "b/BUILD", "python_library(dependencies=['a'])\n")
	gone := write(t, dir, "c/BUILD", "python_library(dependencies=['a'])\n")
	s := newSession(newClient(nil, &protocol.InitializeParams{}, testLog(t)), testLog(t))
	s.setFolders([]protocol.WorkspaceFolder{{URI: uri.File(dir)}}, nil)
	x := s.current().projects[0].indexing
	x.once.Do(func() {}) // it was begun, and is not done

	fresh := write(t, dir, "d/BUILD", "python_library(dependencies=['//a:a'])\n")
	write(t, dir, "c/BUILD", "python_library()\n")
	s.didModifyFiles([]fileChange{{path: fresh, action: created}, {path: gone, action: written}})

	canceled, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := usersOf(canceled, t, s.current(), dir, "a/BUILD"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a request that is not wanted any more: %v", err)
	}
	before := s.current()
	answered := make(chan []string)
	go func() {
		files, err := usersOf(t.Context(), t, before, dir, "a/BUILD")
		if err != nil {
			t.Error(err)
		}
		answered <- files
	}()
	select {
	case files := <-answered:
		t.Fatalf("answered before the index was there: %q", files)
	case <-time.After(50 * time.Millisecond):
	}
	x.run()
	want := []string{"b/BUILD", "d/BUILD"}
	if diff := cmp.Diff(want, <-answered); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s.install(before.projects[0])
	got, err := usersOf(t.Context(), t, s.current(), dir, "a/BUILD")
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" || !s.current().projects[0].indexed {
		t.Errorf("with the index (-want +got):\n%s", diff)
	}
}

// A progressClient receives progress.
type progressClient struct {
	protocol.Client
	got chan string
}

func (c *progressClient) Progress(_ context.Context, p *protocol.ProgressParams) error {
	c.got <- string(p.Value)
	return nil
}

// While a workspace is indexed its progress is told, in packages and in percent.
func TestIndexingProgress(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	peer := &progressClient{got: make(chan string, 100)}
	c := newClient(peer, &protocol.InitializeParams{}, testLog(t))
	go c.deliver(ctx)

	x := newIndexing(nil)
	x.once.Do(func() {}) // it is being made
	followed := make(chan bool, 1)
	go func() { followed <- x.follow(ctx, progress{client: c, token: protocol.String("1")}) }()
	told := func(want string) {
		t.Helper()
		for deadline := time.After(30 * time.Second); ; {
			select {
			case got := <-peer.got:
				if got == want {
					return
				}
			case <-deadline:
				t.Fatalf("%s is not told", want)
			}
		}
	}
	told(`{"kind":"report","message":"looking for packages","percentage":0}`)
	x.dirs.Store(1_234_567)
	x.read.Store(12_345)
	told(`{"kind":"report","message":"12,345 of 1,234,567 packages","percentage":0}`)
	x.read.Store(1_234_567)
	told(`{"kind":"report","message":"1,234,567 of 1,234,567 packages","percentage":100}`)
	close(x.done)
	if !<-followed {
		t.Error("it is done, and that is not seen")
	}
	y := newIndexing(nil)
	y.once.Do(func() {})
	cancel()
	if y.follow(ctx, progress{}) {
		t.Error("the session ended, and the index is said to be done")
	}
}
