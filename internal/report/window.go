package report

import (
	"strings"
	"unicode/utf8"
)

const (
	ellipsis = "..."
	// defaultWidth is the width of output that goes to no terminal.
	defaultWidth = 140
	// minWidth is what an excerpt takes on however narrow a terminal.
	minWidth = 40
	// maxLine is how many bytes of a line are looked at: a line may be as long as its file.
	maxLine = 8192
)

// A window is the range [from, to) of display columns of a line that are shown.
type window struct{ from, to int }

// newWindow returns a window of at most size columns that shows the columns [from, to) of a line of the given width
// with what is around them; their start if they are too many.
func newWindow(width, from, to, size int) window {
	if width <= size || to+len(ellipsis) <= size {
		return window{0, size}
	}
	margin := max((size-(to-from))/2, 2*len(ellipsis))
	left := min(from-margin, width-size)
	if left <= len(ellipsis) {
		left = 0 // dots would hide as much as they stand for
	}
	return window{left, left + size}
}

// cutsLeft and cutsRight say at which ends a line of the given width is cut.
func (w window) cutsLeft() bool           { return w.from > 0 }
func (w window) cutsRight(width int) bool { return width > w.to }

// show returns the part of a line that is in the window. Dots stand for what is not.
func (w window) show(line []cell) string {
	total := width(line)
	switch {
	case total == 0:
		return ""
	case total <= w.from:
		return ellipsis
	}
	var b strings.Builder
	inner := w
	if w.cutsLeft() {
		inner.from += len(ellipsis)
		b.WriteString(ellipsis)
	}
	if w.cutsRight(total) {
		inner.to -= len(ellipsis)
	}
	inner.write(&b, line)
	if w.cutsRight(total) {
		b.WriteString(ellipsis)
	}
	return strings.TrimRight(b.String(), " ")
}

// write writes the cells in the window; a wide one that is only half in it becomes a space.
func (w window) write(b *strings.Builder, line []cell) {
	column := 0
	for _, c := range line {
		from, to := max(column, w.from), min(column+c.width, w.to)
		switch {
		case column >= w.from && column+c.width <= w.to:
			b.WriteString(c.text)
		case from < to:
			b.WriteString(strings.Repeat(" ", to-from))
		}
		column += c.width
	}
}

// clip moves a column to the nearest one in the window and counts it from there.
func (w window) clip(column int) int { return min(max(column, w.from), w.to-1) - w.from }

// around returns the bytes [from, to) of text that are looked at for a range that starts at offset start: all but of a
// monstrous line. It cuts between characters.
func around(text string, start int) (from, to int) {
	if len(text) <= maxLine {
		return 0, len(text)
	}
	start = min(start, len(text))
	from, to = max(start-maxLine/4, 0), min(start+maxLine, len(text))
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return from, to
}
