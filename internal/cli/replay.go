package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/factcache"
	"github.com/buildlint/buildlint/internal/replay"
)

const (
	maxCaptured = 16 << 20 // how much a run may write that is kept
	maxNamed    = 1 << 20  // what may be kept of a run over files by name, as of a hook: it rarely comes again
)

// A capture is what a run writes, and what it looks at. Nil takes nothing down.
type capture struct {
	cache   *factcache.Cache
	key     factcache.Key
	screen  string
	journal *replay.Journal
	hasTree bool // a directory with all below it is asked for

	notes, output bytes.Buffer
	tooMuch       bool
}

// captureOf returns what takes down a run that is asked for these patterns, nil if another run cannot be told to write
// the same.
func (l *linter) captureOf(asked []*request) *capture {
	if !l.replayable() {
		return nil
	}
	program := factcache.Program()
	cwd, err := os.Getwd()
	cache := factcache.Open(factcache.Runs())
	if program == "" || err != nil || cache == nil {
		return nil
	}
	settled := l.began.Add(-l.settling).UnixNano()
	return &capture{
		cache: cache, screen: l.screen(), hasTree: slices.ContainsFunc(asked, (*request).hasTree),
		key: factcache.NewKey(program, versionOf(), cwd, fmt.Sprintf("%q", l.args), keyOf(asked), l.screen(),
			strconv.Itoa(l.began.Year())), // a licence header may have the year
		journal: replay.NewJournal(func(s filetree.Stamp) bool { return max(s.Modified, s.Changed) < settled }),
	}
}

func (r *request) hasTree() bool {
	return slices.ContainsFunc(r.patterns, func(p pattern) bool { return p.kind == treePattern })
}

func sizeOf(pieces [][]byte) int {
	n := 0
	for _, p := range pieces {
		n += len(p)
	}
	return n
}

// replayable reports whether the flags ask for nothing but findings, of files as they are on disk.
func (l *linter) replayable() bool {
	return !l.noCache && !l.fix && !l.diff && !l.verbose && !l.staged && l.since == ""
}

// keyOf tells apart what patterns came to mean.
func keyOf(asked []*request) string {
	var b strings.Builder
	for _, r := range asked {
		fmt.Fprintf(&b, "%q %q", r.root, r.marker)
		for _, p := range r.patterns {
			fmt.Fprintf(&b, " %d %q", p.kind, p.path)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// screen tells apart what findings are written for.
func (l *linter) screen() string {
	width, _ := l.stdout.terminal()
	return fmt.Sprint(l.outputFormat(), l.colored(), width)
}

// replay writes what an earlier run wrote, and reports whether there was one that looked at the same.
func (l *linter) replay() (done bool, err error) {
	if l.capture == nil {
		return false, nil
	}
	data := l.capture.cache.Load(l.capture.key)
	if data == nil {
		return false, nil
	}
	l.collector.expect(0)
	run, ok := replay.Decode(data)
	if !ok {
		return false, nil
	}
	l.capture, l.replayed = nil, true
	_, _ = l.stderr.Write(run.Notes) // of an error here nobody can be told
	l.findings = run.Code == exitFindings
	return true, l.writeOut(func(w io.Writer) error {
		_, err := w.Write(run.Output)
		return err
	})
}

// observer returns what is to be told of accesses to the disk.
func (c *capture) observer() func(filetree.Access) {
	if c == nil {
		return nil
	}
	return c.journal.Observe
}

// note takes down a line on standard error.
func (c *capture) note(line string) {
	if c != nil {
		c.take(&c.notes, []byte(line))
	}
}

// writer returns a writer to w that is taken down.
func (c *capture) writer(w io.Writer) io.Writer {
	if c == nil {
		return w
	}
	return io.MultiWriter(w, captureWriter{c})
}

// A captureWriter takes down what is written as findings.
type captureWriter struct{ *capture }

// Write never fails.
func (w captureWriter) Write(p []byte) (int, error) {
	w.take(&w.output, p)
	return len(p), nil
}

func (c *capture) take(b *bytes.Buffer, p []byte) {
	if c.tooMuch = c.tooMuch || b.Len()+len(p) > maxCaptured; !c.tooMuch {
		b.Write(p)
	}
}

// keepRun keeps a run that has ended well, for one that looks at the same.
func (l *linter) keepRun() {
	c := l.capture
	if c == nil || c.tooMuch || l.failed || l.stdout.failure() != nil || l.stdout.gone() || l.screen() != c.screen {
		return
	}
	run := &replay.Run{Notes: c.notes.Bytes(), Output: c.output.Bytes(), Code: exitClean}
	if l.findings {
		run.Code = exitFindings
	}
	pieces := c.journal.Encode(run)
	if pieces == nil || !c.hasTree && sizeOf(pieces) > maxNamed {
		return
	}
	c.cache.Store(c.key, pieces...)
}
