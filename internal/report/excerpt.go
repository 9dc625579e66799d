package report

import (
	"fmt"
	"strings"
)

const (
	// contextLines is how many lines are shown around the range of a finding.
	contextLines = 2
	// maxRangeLines is how many lines of a range are shown; of a longer one headLines and tailLines.
	maxRangeLines = 8
	headLines     = 4
	tailLines     = 2
)

// An excerpt shows a range of a file: its lines with their numbers, the range underlined.
type excerpt struct {
	file        *file
	first, last int // lines of the range
	// from and to are the bytes in front of the range on its first line and up to its end on the last.
	from, to int
	context  int // lines around it
}

func newExcerpt(f *file, start, end, context int) excerpt {
	x := excerpt{file: f, context: context}
	x.first, x.from = f.locate(start)
	// A range that ends with a line end does not touch the next line.
	x.last, _ = f.locate(max(start, end-1))
	var endLine int
	if endLine, x.to = f.locate(max(start, end)); endLine > x.last {
		x.to = len(f.line(x.last))
	}
	return x
}

// above returns the first line to show, below the last: context that is blank is left out.
func (x excerpt) above() int {
	n := max(1, x.first-x.context)
	for n < x.first && strings.TrimSpace(x.file.line(n)) == "" {
		n++
	}
	return n
}

func (x excerpt) below() int {
	n := min(x.file.mapper.Lines(), x.last+x.context)
	for n > x.last && strings.TrimSpace(x.file.line(n)) == "" {
		n--
	}
	return n
}

// A canvas takes the lines of one finding. All have a gutter of the same width.
type canvas struct {
	strings.Builder
	palette
	gutter int // digits of the largest line number
	width  int // of the terminal
}

// textWidth is what a line of source may take on.
func (c *canvas) textWidth() int { return max(c.width-c.gutter-len("  | "), minWidth) }

// row writes one line: what stands in the gutter (a line number or nothing), and the text behind it.
func (c *canvas) row(gutter, text string) {
	head := fmt.Sprintf(" %*s |", c.gutter, gutter)
	c.WriteString(c.paint(dim, head) + strings.TrimRight(" "+text, " ") + "\n")
}

// excerpt writes x; mark is the style of the underline.
func (c *canvas) excerpt(x excerpt, mark style) {
	if x.first == x.last {
		c.singleLine(x, mark)
		return
	}
	c.multiLine(x, mark)
}

func (c *canvas) singleLine(x excerpt, mark style) {
	text := x.file.line(x.first)
	lo, hi := around(text, x.from)
	line := cells(text[lo:hi])
	from, to := columns(line, x.from-lo, x.to-lo)
	w := newWindow(width(line), from, to, c.textWidth())

	c.source(x.file, x.above(), x.first-1, w, "")
	c.row(fmt.Sprint(x.first), w.show(line))
	from, to = w.clip(from), w.clip(to-1)
	c.row("", strings.Repeat(" ", from)+c.paint(mark, strings.Repeat("^", to-from+1)))
	c.source(x.file, x.last+1, x.below(), w, "")
}

// multiLine draws a bar along the lines of the range:
//
//	1 |   foo(bar,
//	  |  ____^
//	2 | |     baz)
//	  | |________^
func (c *canvas) multiLine(x excerpt, mark style) {
	w := window{0, max(c.textWidth()-2, minWidth)}
	bar := c.paint(mark, "|") + " "
	c.source(x.file, x.above(), x.first-1, w, "  ")

	first := x.file.line(x.first)
	if strings.TrimSpace(first[:x.from]) == "" {
		c.source(x.file, x.first, x.first, w, c.paint(mark, "/")+" ")
	} else {
		c.source(x.file, x.first, x.first, w, "  ")
		c.row("", c.paint(mark, " "+corner(first, x.from, w)))
	}
	if x.last-x.first >= maxRangeLines {
		c.source(x.file, x.first+1, x.first+headLines-1, w, bar)
		c.row(strings.Repeat(".", c.gutter), bar)
		c.source(x.file, x.last-tailLines+1, x.last, w, bar)
	} else {
		c.source(x.file, x.first+1, x.last, w, bar)
	}
	c.row("", c.paint(mark, "|"+corner(x.file.line(x.last), x.to-1, w)))
	c.source(x.file, x.last+1, x.below(), w, "  ")
}

// corner returns the line that leads from the bar to the column below the byte at offset.
func corner(text string, offset int, w window) string {
	_, hi := around(text, 0)
	column, _ := columns(cells(text[:hi]), offset, offset+1)
	return strings.Repeat("_", w.clip(column)+1) + "^"
}

// source writes the lines first to last, each behind prefix.
func (c *canvas) source(f *file, first, last int, w window, prefix string) {
	for n := first; n <= last; n++ {
		text := f.line(n)
		_, hi := around(text, w.from)
		c.row(fmt.Sprint(n), prefix+w.show(cells(text[:hi])))
	}
}
