package cli

import (
	"bytes"
	"context"
	"io"
	"os"

	"golang.org/x/term"
)

// interruptKey is what Ctrl-C sends where the terminal makes no signal of it.
const interruptKey = 3

// listenForQuit returns a context that ends when somebody presses q or Ctrl-C, if standard input is a terminal. restore
// gives the terminal back as it was.
func (a *app) listenForQuit(ctx context.Context) (_ context.Context, restore func(), err error) {
	in, ok := a.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return ctx, func() {}, nil
	}
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, nil, err
	}
	stderr := a.stderr
	a.stdout.setRaw(true) // such a terminal does not return the carriage by itself
	a.stderr = &rawWriter{stderr}
	ctx, cancel := context.WithCancel(ctx)
	go waitForQuit(in, cancel) // it ends with the process: nothing can end a read of a terminal
	return ctx, func() {
		cancel()
		_ = term.Restore(int(in.Fd()), before)
		a.stdout.setRaw(false)
		a.stderr = stderr
	}, nil
}

func waitForQuit(in io.Reader, cancel func()) {
	var key [1]byte
	for {
		n, err := in.Read(key[:])
		if err != nil {
			return // nobody can press a key any more
		}
		if n == 1 && (key[0] == 'q' || key[0] == interruptKey) {
			cancel()
			return
		}
	}
}

// endKey says how to end a watch.
func (a *app) endKey() string {
	if in, ok := a.stdin.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		return "q"
	}
	return "an interrupt"
}

// A rawWriter writes to a terminal that does not return the carriage by itself.
type rawWriter struct{ w io.Writer }

func (r *rawWriter) Write(p []byte) (int, error) {
	if _, err := r.w.Write(withCarriages(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func withCarriages(p []byte) []byte { return bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")) }
