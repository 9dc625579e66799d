package cli

import (
	"errors"
	"io"
	"os"
	"sync"
	"syscall"

	"golang.org/x/term"
)

// An output is standard output. It remembers the first error, since not everybody who writes looks at it, and takes
// a pipe whose reader went away for one that reads on.
type output struct {
	w io.Writer

	mu     sync.Mutex
	closed bool
	raw    bool // see rawWriter
	err    error
}

func newOutput(w io.Writer) *output { return &output{w: w} }

// Write writes to standard output.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return len(p), nil
	}
	n, err := o.write(p)
	if errors.Is(err, syscall.EPIPE) {
		o.closed = true
		return len(p), nil
	}
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

func (o *output) write(p []byte) (int, error) {
	if o.raw {
		return (&rawWriter{o.w}).Write(p)
	}
	return o.w.Write(p)
}

// setRaw says whether standard output is a terminal that does not return the carriage by itself.
func (o *output) setRaw(raw bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, isTerminal := o.terminal()
	o.raw = raw && isTerminal
}

// gone reports whether nobody reads on.
func (o *output) gone() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.closed
}

// failure returns the first error, nil if all was written.
func (o *output) failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// terminal returns the number of columns of the terminal that standard output is; ok is false if it is none.
func (o *output) terminal() (width int, ok bool) {
	f, isFile := o.w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 0
	}
	return width, true
}

// colored reports whether standard output is to have colours.
func (o *output) colored(when string) bool {
	switch when {
	case "always":
		return true
	case "never":
		return false
	}
	_, isTerminal := o.terminal()
	return isTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
