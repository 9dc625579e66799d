package cli

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/term"
)

const (
	// progressDelay is how long a run takes before it is shown how far it is.
	progressDelay = time.Second
	// progressPeriod is how often that is shown anew.
	progressPeriod = 100 * time.Millisecond
	// stages is how often each directory is looked at.
	stages = 2
	// eraseLine empties the line of a terminal, and goes to its start.
	eraseLine = "\r\x1b[K"
)

// showProgress shows on standard error how much of the directories of p is checked, if that is a terminal and it takes
// long. The caller calls stop at the end.
func (l *linter) showProgress(p *subject, dirs int) (stop func()) {
	if l.quiet || dirs == 0 || !interactive(l.stderr) {
		return func() {}
	}
	var steps atomic.Int64
	p.step = func() { steps.Add(1) }
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		l.drawProgress(&steps, dirs, end)
	}()
	return func() {
		close(end)
		<-ended
	}
}

// drawProgress draws until end is closed, and leaves nothing behind.
func (a *app) drawProgress(steps *atomic.Int64, dirs int, end <-chan struct{}) {
	next := time.After(progressDelay)
	for {
		select {
		case <-end:
			if a.drawn.Swap(false) {
				_, _ = io.WriteString(a.stderr, eraseLine)
			}
			return
		case <-next:
			_, _ = io.WriteString(a.stderr, eraseLine+progressLine(steps.Load(), dirs))
			a.drawn.Store(true)
			next = time.After(progressPeriod)
		}
	}
}

// progressLine says how much is done. Fixing checks everything several times: each time it starts anew.
func progressLine(steps int64, dirs int) string {
	const width = 30
	total := int64(dirs) * stages
	done := steps % total
	filled := int(done * width / total)
	return fmt.Sprintf("checking [%-*s] %d%%", width, bar(filled), done*100/total)
}

func bar(n int) string {
	const full = "=============================="
	return full[:n]
}

// interactive reports whether somebody watches what is written to w: a person, not the log of a build.
func interactive(w io.Writer) bool {
	if raw, ok := w.(*rawWriter); ok {
		w = raw.w
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("CI") == "" && os.Getenv("TERM") != "dumb"
}
