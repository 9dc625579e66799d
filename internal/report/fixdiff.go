package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
)

// A hunk is a place where a fix changes lines.
type hunk struct {
	number         int // of the first removed line, or of the line that the first added one becomes
	removed, added []string
}

// A fileDiff is what a fix does to one file.
type fileDiff struct {
	path  string
	hunks []hunk
}

// diff returns what edits do to their files, as lines.
func (fs *files) diff(edits []edit.Edit) []fileDiff {
	var diffs []fileDiff
	for _, run := range byFile(edits) {
		path := run[0].Path
		diffs = append(diffs, fileDiff{path, fs.get(path).hunks(run)})
	}
	return diffs
}

// hunks returns what edits of f do. It compares no more than the lines from the first edit to the last.
func (f *file) hunks(edits []edit.Edit) []hunk {
	start, end := f.wholeLines(edits[0].Start, edits[len(edits)-1].End)
	after, err := edit.Apply(f.src[start:end], moved(edits, -start))
	if err != nil {
		return nil // not reached: files.edits gives valid edits only
	}
	line, _ := f.locate(start)
	return parseUnified(edit.Unified("", f.src[start:end], after, 0), line-1)
}

// moved returns edits with their offsets changed by delta.
func moved(edits []edit.Edit, delta int) []edit.Edit {
	all := slices.Clone(edits)
	for i := range all {
		all[i].Start += delta
		all[i].End += delta
	}
	return all
}

// wholeLines widens a range to the starts of lines.
func (f *file) wholeLines(start, end int) (int, int) {
	start = bytes.LastIndexByte(f.src[:start], '\n') + 1
	if i := bytes.IndexByte(f.src[end:], '\n'); i >= 0 {
		return start, end + i + 1
	}
	return start, len(f.src)
}

// parseUnified returns the hunks of a unified diff without context. Line numbers rise by offset.
func parseUnified(diff string, offset int) []hunk {
	var hunks []hunk
	for text := range strings.Lines(diff) {
		body := strings.TrimRight(text[1:], "\r\n")
		switch {
		case strings.HasPrefix(text, "@@"):
			hunks = append(hunks, hunk{number: offset + hunkStart(text)})
		case len(hunks) == 0: // the names of the files
		case text[0] == '-':
			last := &hunks[len(hunks)-1]
			last.removed = append(last.removed, body)
		case text[0] == '+':
			last := &hunks[len(hunks)-1]
			last.added = append(last.added, body)
		}
	}
	return hunks
}

// hunkStart returns the line number in a hunk's head. One that removes nothing names the line before.
func hunkStart(head string) int {
	var number, count int
	if n, _ := fmt.Sscanf(head, "@@ -%d,%d", &number, &count); n == 2 && count == 0 {
		return number + 1
	}
	return number
}

// hunk writes at most limit lines of h, and returns how many it wrote.
func (c *canvas) hunk(h hunk, limit int) int {
	written := 0
	number := fmt.Sprint(h.number)
	for i, text := range h.removed {
		if written < limit {
			c.diffLine(fmt.Sprint(h.number+i), c.paint(red, "-"), text, h.added, i)
			written++
		}
		number = ""
	}
	for i, text := range h.added {
		if written < limit {
			c.diffLine(number, c.paint(green, "+"), text, h.removed, i)
			written++
		}
		number = ""
	}
	return written
}

// diffLine writes one line of a hunk. Of a long one it shows the part where it differs from its counterpart.
func (c *canvas) diffLine(number, sign, text string, counterparts []string, i int) {
	focus := 0
	if i < len(counterparts) {
		focus = commonPrefix(text, counterparts[i])
	}
	lo, hi := around(text, focus)
	line := cells(text[lo:hi])
	from, to := columns(line, focus-lo, focus-lo)
	w := newWindow(width(line), from, to, c.textWidth()-len("- "))
	c.row(number, sign+" "+w.show(line))
}

// commonPrefix returns how many bytes a and b start with alike.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// lines returns how many lines h has.
func (h hunk) lines() int { return len(h.removed) + len(h.added) }
