package lsp

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// flood returns what an editor sends that is out of control: n changes of a file, each with requests that it does not
// wait for, every other of which it cancels. The last request is about the last text.
func flood(uri string, n int) string {
	var b strings.Builder
	send := func(format string, args ...any) {
		body := fmt.Sprintf(`{"jsonrpc":"2.0",`+format+`}`, args...)
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	ask := func(id, method string) {
		send(`"id":%q,"method":"textDocument/%s","params":{"textDocument":{"uri":%q}}`, id, method, uri)
	}
	send(`"method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"languageId":"bzl","version":0,"text":""}}`, uri)
	for i := range n {
		send(`"method":"textDocument/didChange","params":{"textDocument":{"uri":%q,"version":%d},`+
			`"contentChanges":[{"text":"target(name = 't%d')\n"}]}`, uri, i+1, i)
		ask(fmt.Sprintf("d%d", i), "diagnostic")
		ask(fmt.Sprintf("s%d", i), "documentSymbol")
		if i%2 == 0 {
			send(`"method":"$/cancelRequest","params":{"id":"d%d"}`, i)
		}
	}
	ask("last", "documentSymbol")
	return b.String()
}

// floodable returns a wire to a session on a workspace with one BUILD file, and the URI of that.
func floodable(t *testing.T) (w *wire, uri string) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	uri = "file://" + write(t, dir, "a/BUILD", "target()\n")
	w = newWire(t)
	w.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"rootUri":%q,`+
		`"capabilities":{}}}`, "file://"+dir))
	if code := w.errorCode(0); code != 0 {
		t.Fatalf("initialize: error %d", code)
	}
	w.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
	return w, uri
}

// Each request of a flood is answered once, and the last one sees the last text.
func TestFlood(t *testing.T) {
	const n = 1000
	w, uri := floodable(t)
	go func() {
		if _, err := io.WriteString(w.rwc, flood(uri, n)); err != nil {
			t.Error(err)
		}
	}()
	answered := map[string]int{}
	for len(answered) < 2*n+1 {
		msg, ok := <-w.in
		if !ok {
			t.Fatal("the server hung up")
		}
		id, isText := msg["id"].(string)
		if _, isCall := msg["method"]; isCall || !isText {
			continue
		}
		answered[id]++
		symbols, _ := msg["result"].([]any)
		if id == "last" && (len(symbols) != 1 || symbols[0].(map[string]any)["name"] != fmt.Sprintf("t%d", n-1)) {
			t.Errorf("the last text is not seen: %v", msg)
		}
	}
	for id, times := range answered {
		if times != 1 {
			t.Errorf("%s is answered %d times", id, times)
		}
	}
}

// An editor that dies in the middle of a flood, without having read the answers, ends the session.
func TestDeathInAFlood(t *testing.T) {
	w, uri := floodable(t)
	w.raw(flood(uri, 200) + "Content-Length: 100\r\n\r\n{")
	if err := w.rwc.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.end(); !errors.Is(err, ErrNoShutdown) {
		t.Errorf("the session ended with %v", err)
	}
	for range w.in { // what was read, so that the reader ends
	}
}
