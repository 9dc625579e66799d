package rpc_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/buildlint/buildlint/lsp/fake"
	"github.com/buildlint/buildlint/lsp/internal/rpc"
)

const patience = 30 * time.Second

// connect returns a peer of a connection that serves h, and what that logs.
func connect(t *testing.T, h rpc.Handlers) (jsonrpc2.Conn, *observer.ObservedLogs) {
	t.Helper()
	client, server, err := fake.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	core, logs := observer.New(zapcore.DebugLevel)
	log := zap.New(core)
	ctx, cancel := context.WithCancel(context.Background())
	conn := rpc.NewConn(server, log, func(error) { cancel() })
	conn.Go(ctx, rpc.NewHandler(h, log))
	peer := rpc.NewConn(client, zap.NewNop(), func(error) {})
	peer.Go(ctx, rpc.NewHandler(rpc.Handlers{}, zap.NewNop()))
	t.Cleanup(func() {
		_ = client.Close() // may be closed already
		<-conn.Done()
	})
	return peer, logs
}

func later(f func(context.Context) (any, error)) func(context.Context, string, []byte) rpc.Reply {
	return func(context.Context, string, []byte) rpc.Reply { return rpc.Reply{Later: f} }
}

func codeOf(err error) jsonrpc2.Code {
	var e *jsonrpc2.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

func TestErrorCodes(t *testing.T) {
	failed := jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed)
	tests := []struct {
		name    string
		request func(context.Context, string, []byte) rpc.Reply
		want    jsonrpc2.Code
	}{
		{"plain error", later(func(context.Context) (any, error) { return nil, errors.New("no") }), failed},
		{"coded error", later(func(context.Context) (any, error) { return nil, protocol.ErrContentModified }), -32801},
		{"wrapped coded error", later(func(context.Context) (any, error) {
			return nil, fmt.Errorf("hover: %w", jsonrpc2.ErrInvalidParams)
		}), jsonrpc2.InvalidParams},
		{"context error that is not the request's", later(func(context.Context) (any, error) { return nil, context.Canceled }), failed},
		{"panic", later(func(context.Context) (any, error) { panic("oh") }), jsonrpc2.InternalError},
		{"panic at once", func(context.Context, string, []byte) rpc.Reply { panic("oh") }, jsonrpc2.InternalError},
		{"error at once", func(context.Context, string, []byte) rpc.Reply { return rpc.Reply{Err: errors.New("no")} }, failed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peer, logs := connect(t, rpc.Handlers{Request: test.request})
			for range 2 { // the second tells that the connection lives on
				_, err := peer.Call(t.Context(), "x/y", nil, nil)
				if got := codeOf(err); got != test.want {
					t.Errorf("code %d (%v), want %d", got, err, test.want)
				}
			}
			if strings.Contains(test.name, "panic") && !strings.Contains(stacks(logs), "TestErrorCodes") {
				t.Errorf("no stack in the log: %v", logs.All())
			}
		})
	}
}

func stacks(logs *observer.ObservedLogs) string {
	all := ""
	for _, entry := range logs.All() {
		all += fmt.Sprintf("%s", entry.ContextMap()["stack"])
	}
	return all
}

func TestNotificationsAreInOrder(t *testing.T) {
	var mu sync.Mutex
	var got []string
	peer, logs := connect(t, rpc.Handlers{
		Notification: func(_ context.Context, method string, _ []byte) error {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, method)
			switch len(got) % 3 {
			case 0:
				return errors.New("no")
			case 1:
				panic("oh")
			}
			return nil
		},
		Request: func(context.Context, string, []byte) rpc.Reply {
			mu.Lock()
			defer mu.Unlock()
			n := len(got)
			return rpc.Reply{Later: func(context.Context) (any, error) { return protocol.Integer(n), nil }}
		},
	})
	for i := range 1000 {
		if err := peer.Notify(t.Context(), fmt.Sprint(i), nil); err != nil {
			t.Fatal(err)
		}
		if i%10 != 0 {
			continue
		}
		var seen protocol.Integer
		if _, err := peer.Call(t.Context(), "count", nil, &seen); err != nil || int(seen) != i+1 {
			t.Fatalf("after %d notifications a request saw %d (%v)", i+1, seen, err)
		}
	}
	if _, err := peer.Call(t.Context(), "count", nil, nil); err != nil {
		t.Fatal(err)
	}
	for i, method := range got {
		if method != fmt.Sprint(i) {
			t.Fatalf("notification %d is %s", i, method)
		}
	}
	if len(got) != 1000 || logs.FilterLevelExact(zapcore.ErrorLevel).Len() == 0 {
		t.Errorf("%d notifications, %d lines in the log", len(got), logs.Len())
	}
}

func TestCancel(t *testing.T) {
	started := make(chan struct{}, 1)
	peer, _ := connect(t, rpc.Handlers{Request: later(func(ctx context.Context) (any, error) {
		started <- struct{}{}
		<-ctx.Done()
		return nil, fmt.Errorf("working: %w", ctx.Err())
	})})
	result := make(chan error, 1)
	go func() {
		_, err := peer.Call(context.Background(), "x", nil, nil)
		result <- err
	}()
	<-started
	cancel := &protocol.CancelParams{ID: protocol.Integer(1)}
	if err := peer.Notify(t.Context(), protocol.MethodCancelRequest, cancel); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-result:
		if codeOf(err) != protocol.CodeRequestCancelled {
			t.Errorf("answered with %v", err)
		}
	case <-time.After(patience):
		t.Fatal("not cancelled")
	}
}

// A request that is cancelled before it runs, for the cancellation came right behind it, is cancelled too.
func TestCancelAtOnce(t *testing.T) {
	client, server, err := fake.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	conn := rpc.NewConn(server, zap.NewNop(), func(error) {})
	conn.Go(context.Background(), rpc.NewHandler(rpc.Handlers{Request: later(func(ctx context.Context) (any, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})}, zap.NewNop()))
	defer func() { _ = client.Close(); <-conn.Done() }()
	all := ""
	const n = 200
	for i := range n {
		for _, body := range []string{
			fmt.Sprintf(`{"jsonrpc":"2.0","id":"r%d","method":"x"}`, i),
			fmt.Sprintf(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"r%d"}}`, i),
		} {
			all += fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
		}
	}
	go func() { _, _ = io.WriteString(client, all) }()
	got := ""
	buf := make([]byte, 4096)
	for strings.Count(got, "-32800") < n {
		k, err := client.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		got += string(buf[:k])
	}
}

func TestFraming(t *testing.T) {
	const ping = `{"jsonrpc":"2.0","method":"ping"}`
	good := fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(ping), ping)
	tests := []struct{ name, junk string }{
		{"nothing", ""},
		{"a line of junk", "hello\r\n"},
		{"junk without a line end", "hello"},
		{"bytes that are no UTF-8", strings.Repeat("\xd3", 16)},
		{"much without a line end", strings.Repeat("x", 100_000)},
		{"empty lines", "\r\n\r\n\n"},
		{"a wrong length and its body", "Content-Length: -5\r\n\r\n{\"a\": 1}"},
		{"a huge length", "Content-Length: 99999999999999999999\r\n\r\n{}"},
		{"a length that is too short", "Content-Length: 2\r\n\r\n{}{}\n"},
		{"lower case and spaces", fmt.Sprintf("content-length:%d\n\n%s", len(ping), ping)},
		{"two lengths", fmt.Sprintf("Content-Length: 1\r\nContent-Length: %d\r\n\r\n%s", len(ping), ping)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client, server, err := fake.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			pinged := make(chan struct{}, 9)
			conn := rpc.NewConn(server, zap.NewNop(), func(error) {})
			conn.Go(context.Background(), rpc.NewHandler(rpc.Handlers{
				Notification: func(context.Context, string, []byte) error { pinged <- struct{}{}; return nil },
			}, zap.NewNop()))
			defer func() { _ = client.Close(); <-conn.Done() }()
			if _, err := io.WriteString(client, test.junk+good); err != nil {
				t.Fatal(err)
			}
			select {
			case <-pinged:
			case <-time.After(patience):
				t.Fatal("the message behind the junk did not arrive")
			}
		})
	}
}

// FuzzStream checks that nothing that a peer sends ends the connection: the message behind it arrives.
func FuzzStream(f *testing.F) {
	for _, seed := range []string{
		"", "{}", "Content-Length: 2\r\n\r\n{}", "Content-Length: 3\n\n[1]", "content-length: 0\n\n", "Content-Length: 9\r\n\r\n{",
		"Content-Length: 44\r\n\r\n" + `{"jsonrpc":"2.0","id":1,"method":"x","a":[]}`,
	} {
		f.Add([]byte(seed))
	}
	const body = `{"jsonrpc":"2.0","method":"the end"}`
	end := fmt.Sprintf("\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	f.Fuzz(func(t *testing.T, junk []byte) {
		arrived := make(chan struct{}, 1000)
		var failed error
		rwc := &script{Reader: io.MultiReader(bytes.NewReader(junk), strings.NewReader(strings.Repeat(end, 40)))}
		conn := rpc.NewConn(rwc, zap.NewNop(), func(err error) { failed = err })
		conn.Go(context.Background(), rpc.NewHandler(rpc.Handlers{
			Notification: func(_ context.Context, method string, _ []byte) error {
				if method == "the end" {
					arrived <- struct{}{}
				}
				return nil
			},
			Request: func(context.Context, string, []byte) rpc.Reply { return rpc.Reply{} },
		}, zap.NewNop()))
		<-conn.Done()
		if len(arrived) == 0 && !errors.Is(failed, io.ErrUnexpectedEOF) { // a length may swallow all that follows
			t.Errorf("nothing behind %q arrived: %v", junk, failed)
		}
	})
}

// A script is a peer that sends what was written beforehand.
type script struct{ io.Reader }

func (*script) Write(p []byte) (int, error) { return len(p), nil }
func (*script) Close() error                { return nil }

func TestHangUp(t *testing.T) {
	const cut = "Content-Length: 100\r\n\r\n{"
	for _, test := range []struct {
		name, sent string
		want       error
	}{{"between messages", "", io.EOF}, {"within a message", cut, io.ErrUnexpectedEOF}, {"within a header", cut[:5], io.ErrUnexpectedEOF}} {
		t.Run(test.name, func(t *testing.T) {
			client, server, err := fake.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			got := make(chan error, 1)
			conn := rpc.NewConn(server, zap.NewNop(), func(err error) { got <- err })
			conn.Go(context.Background(), rpc.NewHandler(rpc.Handlers{}, zap.NewNop()))
			if _, err := io.WriteString(client, test.sent); err != nil {
				t.Fatal(err)
			}
			if err := client.Close(); err != nil {
				t.Fatal(err)
			}
			if err := <-got; !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			<-conn.Done()
		})
	}
}
