package lsp

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

const (
	parseError           = -32700
	invalidRequest       = -32600
	methodNotFound       = -32601
	invalidParams        = -32602
	serverNotInitialized = -32002
)

// A malformed message gets the answer that the protocol has for it, and the server lives on.
func TestMalformed(t *testing.T) {
	frame := func(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }
	const probe = `{"jsonrpc":"2.0","id":"probe","method":"textDocument/diagnostic","params":{"textDocument":{"uri":"file:///x/BUILD"}}}`
	const none = 1
	tests := []struct {
		name, raw string
		id        any
		code      int // none: no answer
	}{
		{"invalid JSON", frame(`{"jsonrpc":"2.0","id":1,"method":`), nil, parseError},
		{"invalid JSON within params", frame(`{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":}}`), nil, parseError},
		{"not JSON-RPC", frame(`{"hello":"world"}`), nil, invalidRequest},
		{"another version", frame(`{"jsonrpc":"1.0","id":7,"method":"x"}`), 7, invalidRequest},
		{"fractional id", frame(`{"jsonrpc":"2.0","id":1.5,"method":"x"}`), nil, invalidRequest},
		{"method is a number", frame(`{"jsonrpc":"2.0","id":8,"method":3}`), 8, invalidRequest},
		{"a value that is no object", frame(`17`), nil, parseError},
		{"empty batch", frame(`[]`), nil, invalidRequest},
		{"unknown method", frame(`{"jsonrpc":"2.0","id":2,"method":"foo/bar"}`), 2, methodNotFound},
		{"unknown $/ method", frame(`{"jsonrpc":"2.0","id":3,"method":"$/foo"}`), 3, methodNotFound},
		{"notification with an id", frame(`{"jsonrpc":"2.0","id":4,"method":"textDocument/didOpen","params":{}}`), 4, methodNotFound},
		{"params of the wrong type", frame(`{"jsonrpc":"2.0","id":5,"method":"textDocument/diagnostic","params":[1]}`), 5, invalidParams},
		{"params with a wrong member", frame(`{"jsonrpc":"2.0","id":6,"method":"textDocument/diagnostic","params":{"textDocument":3}}`), 6, invalidParams},
		{"zero length", "Content-Length: 0\r\n\r\n", nil, parseError},
		{"no length", "Content-Type: x\r\n\r\n", nil, parseError},
		{"length is no number", "Content-Length: x\r\n\r\n{}", nil, parseError},
		{"unknown notification", frame(`{"jsonrpc":"2.0","method":"foo/bar","params":{}}`), nil, none},
		{"unknown $/ notification", frame(`{"jsonrpc":"2.0","method":"$/x"}`), nil, none},
		{"request without an id", frame(`{"jsonrpc":"2.0","method":"textDocument/diagnostic","params":{}}`), nil, none},
		{"cancel with a null id", frame(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":null}}`), nil, none},
		{"cancel without params", frame(`{"jsonrpc":"2.0","method":"$/cancelRequest"}`), nil, none},
		{"cancel of a large id", frame(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":99999999999}}`), nil, none},
		{"cancel of an unknown id", frame(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"none"}}`), nil, none},
		{"didChange of the wrong type", frame(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///x/BUILD","version":2},"contentChanges":7}}`), nil, none},
		{"didChange without a document", frame(`{"jsonrpc":"2.0","method":"textDocument/didChange"}`), nil, none},
		{"didChange of a closed document", frame(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///y","version":2},"contentChanges":[]}}`), nil, none},
		{"didClose of a closed document", frame(`{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///y"}}}`), nil, none},
		{"didOpen of what is no file", frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:x","languageId":"bzl","version":1,"text":""}}}`), nil, none},
		{"response to nothing", frame(`{"jsonrpc":"2.0","id":77,"result":null}`), nil, none},
		{"malformed response", frame(`{"jsonrpc":"2.0","id":77,"result":null,"error":null}`), nil, none},
		{"initialize again", frame(`{"jsonrpc":"2.0","id":9,"method":"initialize","params":{}}`), 9, invalidRequest},
		{"unknown header", "X-Y: z\r\nContent-Length: 46\r\nContent-Type: a\r\n\r\n" +
			`{"jsonrpc":"2.0","id":10,"method":"nosuch/me"}`, 10, methodNotFound},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWire(t)
			w.initialize()
			w.raw(test.raw)
			if test.code != none {
				if got := w.errorCode(test.id); got != test.code {
					t.Errorf("error code %d, want %d", got, test.code)
				}
			}
			w.send(probe)
			if code := w.errorCode("probe"); code != 0 {
				t.Errorf("the server does not work any more: error %d", code)
			}
		})
	}
}

func TestBatch(t *testing.T) {
	w := newWire(t)
	w.initialize()
	w.send(`[{"jsonrpc":"2.0","method":"$/x"},{"foo":1}]`)
	w.send(`{"jsonrpc":"2.0","id":5,"method":"nosuch"}`)
	if code := w.errorCode(5); code != methodNotFound {
		t.Errorf("after a batch: error %d, want %d", code, methodNotFound)
	}
}

func TestLifecycle(t *testing.T) {
	const shutdown = `{"jsonrpc":"2.0","id":100,"method":"shutdown"}`
	const exit = `{"jsonrpc":"2.0","method":"exit"}`
	t.Run("requests before initialize", func(t *testing.T) {
		w := newWire(t)
		w.send(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}`)
		if code := w.errorCode(1); code != serverNotInitialized {
			t.Errorf("error %d, want %d", code, serverNotInitialized)
		}
		w.send(`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`)
		if code := w.errorCode(2); code != serverNotInitialized {
			t.Errorf("shutdown: error %d, want %d", code, serverNotInitialized)
		}
		w.send(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}`)
		w.initialize()
	})
	t.Run("initialize that fails may be repeated", func(t *testing.T) {
		w := newWire(t)
		w.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":7}}`)
		if code := w.errorCode(1); code != invalidParams {
			t.Errorf("error %d, want %d", code, invalidParams)
		}
		w.initialize()
	})
	t.Run("requests after shutdown", func(t *testing.T) {
		w := newWire(t)
		w.initialize()
		w.send(shutdown)
		msg := w.answer(100)
		if result, ok := msg["result"]; !ok || result != nil {
			t.Errorf("shutdown is answered with %v", msg)
		}
		for i, method := range []string{"textDocument/hover", "initialize", "shutdown"} {
			w.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":{}}`, i, method))
			if code := w.errorCode(i); code != invalidRequest {
				t.Errorf("%s: error %d, want %d", method, code, invalidRequest)
			}
		}
		w.send(exit)
		if err := w.end(); err != nil {
			t.Errorf("the session ended with %v", err)
		}
	})
	t.Run("shutdown and exit at once", func(t *testing.T) {
		w := newWire(t)
		w.initialize()
		frames := ""
		for _, body := range []string{shutdown, exit} {
			frames += fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
		}
		w.raw(frames)
		w.answer(100)
		if err := w.end(); err != nil {
			t.Errorf("the session ended with %v", err)
		}
	})
	t.Run("exit without shutdown", func(t *testing.T) {
		w := newWire(t)
		w.initialize()
		w.send(exit)
		if err := w.end(); !errors.Is(err, ErrNoShutdown) {
			t.Errorf("the session ended with %v", err)
		}
	})
	t.Run("exit before initialize", func(t *testing.T) {
		w := newWire(t)
		w.send(exit)
		if err := w.end(); !errors.Is(err, ErrNoShutdown) {
			t.Errorf("the session ended with %v", err)
		}
	})
	t.Run("end of input", func(t *testing.T) {
		w := newWire(t)
		w.initialize()
		if err := w.rwc.Close(); err != nil {
			t.Fatal(err)
		}
		if err := w.end(); !errors.Is(err, ErrNoShutdown) || !strings.Contains(err.Error(), "hung up") {
			t.Errorf("the session ended with %v", err)
		}
	})
	t.Run("end of the client's process", func(t *testing.T) {
		parent := exec.Command("sleep", "60")
		if err := parent.Start(); err != nil {
			t.Skip(err)
		}
		w := newWire(t)
		w.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":%d,"rootUri":null,"capabilities":{}}}`,
			parent.Process.Pid))
		w.answer(0)
		if err := parent.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = parent.Wait() // it was killed
		if err := w.end(); !errors.Is(err, ErrNoShutdown) || !strings.Contains(err.Error(), "gone") {
			t.Errorf("the session ended with %v", err)
		}
	})
}
