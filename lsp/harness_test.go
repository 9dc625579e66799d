package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest"

	"github.com/buildlint/buildlint/lsp/fake"
)

// serve serves a session at one end of a pipe, whose other end it returns, with the result of the session.
func serve(t *testing.T) (client io.ReadWriteCloser, ended <-chan error) {
	t.Helper()
	client, server, err := fake.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	result := make(chan error, 1)
	log := zaptest.NewLogger(t, zaptest.Level(logLevel()))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		result <- Serve(ctx, server, Options{Log: log, Version: "test", WatchParent: true})
	}()
	t.Cleanup(func() {
		cancel()
		_ = client.Close() // may be closed already
		<-done
	})
	return client, result
}

// startEditor starts an editor on a session of its own.
func startEditor(t *testing.T, cfg fake.Config) *fake.Editor {
	t.Helper()
	client, _ := serve(t)
	e, err := fake.Start(t.Context(), client, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A wire is a client that writes bytes.
type wire struct {
	t     *testing.T
	rwc   io.ReadWriteCloser
	ended <-chan error
	in    chan map[string]any
}

func newWire(t *testing.T) *wire {
	t.Helper()
	rwc, ended := serve(t)
	w := &wire{t: t, rwc: rwc, ended: ended, in: make(chan map[string]any, 100)}
	go w.read()
	return w
}

func (w *wire) read() {
	defer close(w.in)
	r := bufio.NewReader(w.rwc)
	for {
		length := 0
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			line = strings.TrimSpace(line)
			if line == "" {
				break
			}
			if n, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				length, _ = strconv.Atoi(n)
			}
		}
		body := make([]byte, length)
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		var msg map[string]any
		if err := json.Unmarshal(body, &msg); err != nil {
			msg = map[string]any{"invalid": string(body)}
		}
		w.in <- msg
	}
}

func (w *wire) raw(text string) {
	w.t.Helper()
	if _, err := io.WriteString(w.rwc, text); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) send(body string) {
	w.t.Helper()
	w.raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

// answer returns the response to the request with the given id; other messages are skipped.
func (w *wire) answer(id any) map[string]any {
	w.t.Helper()
	timeout := time.After(fake.Patience)
	for {
		select {
		case msg, ok := <-w.in:
			if !ok {
				w.t.Fatalf("the server hung up before it answered %v", id)
			}
			if _, isCall := msg["method"]; !isCall && fmt.Sprint(msg["id"]) == fmt.Sprint(id) {
				return msg
			}
		case <-timeout:
			w.t.Fatalf("no answer to %v", id)
		}
	}
}

// errorCode returns the code of the error that answers the request with the given id, 0 for a result.
func (w *wire) errorCode(id any) int {
	w.t.Helper()
	e, ok := w.answer(id)["error"].(map[string]any)
	if !ok {
		return 0
	}
	return int(e["code"].(float64))
}

func (w *wire) initialize() {
	w.t.Helper()
	w.send(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`)
	if code := w.errorCode(0); code != 0 {
		w.t.Fatalf("initialize: error %d", code)
	}
	w.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
}

// end returns the result of the session.
func (w *wire) end() error {
	w.t.Helper()
	select {
	case err := <-w.ended:
		return err
	case <-time.After(fake.Patience):
		w.t.Fatal("the session did not end")
		return nil
	}
}

// indexFirst has the first workspace of a session read as a whole.
func indexFirst(t *testing.T, s *session) {
	t.Helper()
	p := s.current().projects[0]
	must(t, p.indexing.wait(t.Context()))
	s.install(p)
}

func testLog(t *testing.T) *zap.Logger {
	t.Helper()
	return zaptest.NewLogger(t, zaptest.Level(logLevel()))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write writes a file below dir and returns its path.
func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	must(t, os.MkdirAll(filepath.Dir(path), 0o700))
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// poll reports whether ok holds in the end.
func poll(ok func() bool) bool {
	for deadline := time.Now().Add(fake.Patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return true
		}
	}
	return ok()
}

// logLevel is how much of the server's log the tests show: what is said of panics.
func logLevel() zapcore.LevelEnabler {
	return zap.LevelEnablerFunc(func(l zapcore.Level) bool { return l > zap.ErrorLevel })
}
