package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/lsp/fake"
)

// A watching is a session whose client cannot watch files.
type watching struct {
	t       *testing.T
	dir     string
	session *session
	changes chan []fileChange
	told    []fileChange
}

func startWatching(t *testing.T) *watching {
	t.Helper()
	w := &watching{t: t, dir: t.TempDir(), changes: make(chan []fileChange, 100)}
	write(t, w.dir, "pants.ini", "")
	write(t, w.dir, "src/org/shop/cart/BUILD", once)
	write(t, w.dir, "src/org/shop/cart/deep/deeper/a.py", "")
	client := newClient(nil, &protocol.InitializeParams{}, testLog(t))
	w.session = newSession(client, testLog(t))
	w.session.setFolders([]protocol.WorkspaceFolder{{URI: uri.File(w.dir)}}, nil)
	indexFirst(t, w.session)
	srv := newServer(t.Context(), func(error) {}, nil, Options{Log: testLog(t)})
	write(t, w.dir, "src/org/shop/cart/BUILD", twice) // read already, not yet watched
	write(t, w.dir, "src/org/shop/cart/early.py", "")
	must(t, os.Remove(filepath.Join(w.dir, "src/org/shop/cart/deep/deeper/a.py")))
	w.session.changed = func(_ *state, changes []fileChange) { w.changes <- changes }
	srv.session, srv.client = w.session, client
	srv.startWatcher()
	time.Sleep(100 * time.Millisecond) // until it watches
	return w
}

// sees waits until the session is told of a change. One that it was told of before counts once.
func (w *watching) sees(name string, action fileAction) {
	w.t.Helper()
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	wanted := func(c fileChange) bool { return c.path == path && c.action == action }
	for timeout := time.After(fake.Patience); !slices.ContainsFunc(w.told, wanted); {
		select {
		case changes := <-w.changes:
			w.told = append(w.told, changes...)
		case <-timeout:
			w.t.Fatalf("%s: action %d was not seen", name, action)
		}
	}
	w.told = slices.DeleteFunc(w.told, wanted)
}

func TestWatcher(t *testing.T) {
	w := startWatching(t)
	w.sees("src/org/shop/cart/BUILD", written)
	w.sees("src/org/shop/cart/early.py", created)
	w.sees("src/org/shop/cart/deep/deeper/a.py", deleted)
	write(t, w.dir, "BUILD", "x")
	w.sees("BUILD", created)
	write(t, w.dir, "src/org/shop/parcel/BUILD", once) // beside a package, in a directory that is none
	w.sees("src/org/shop/parcel/BUILD", created)
	write(t, w.dir, "src/org/shop/a/b/c/BUILD", once)
	w.sees("src/org/shop/a/b/c/BUILD", created)
	write(t, w.dir, "src/org/shop/cart/deep/deeper/b.py", "")
	w.sees("src/org/shop/cart/deep/deeper/b.py", created)
	must(t, os.RemoveAll(filepath.Join(w.dir, "src/org/shop/parcel")))
	w.sees("src/org/shop/parcel", deleted)
	write(t, w.dir, "src/org/shop/parcel/BUILD", once) // again
	w.sees("src/org/shop/parcel/BUILD", created)
	time.Sleep(4 * settle)
	write(t, w.dir, "src/org/shop/parcel/late.py", "")
	w.sees("src/org/shop/parcel/late.py", created)
	must(t, os.Rename(filepath.Join(w.dir, "src/org"), filepath.Join(w.dir, "src/com")))
	w.sees("src/com/shop/cart/BUILD", created)
}
