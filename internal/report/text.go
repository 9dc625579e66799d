package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// printable returns s with everything escaped, as in a Go string, that a terminal would obey, show as nothing or show
// in another order: control and format characters, line and paragraph separators, bytes that are not UTF-8. Paths and
// names come from files that nobody has to trust.
func printable(s string) string {
	if !needsEscape(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(escapeRune(r, s[i:i+size]))
		i += size
	}
	return b.String()
}

func needsEscape(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable)
}

func unprintable(r rune) bool {
	if r == zeroWidthJoiner || r == zeroWidthNonJoiner {
		return false // part of how emoji and several scripts are written
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// escapeUnprintable escapes what a terminal may obey in a document whose encoder has escaped ASCII. Beyond the BMP
// there is nothing of the kind but tags, which no terminal knows.
func escapeUnprintable(document string, escape func(rune) string) string {
	obeyed := func(r rune) bool { return r >= 0x7f && r <= 0xffff && unprintable(r) }
	if !strings.ContainsFunc(document, obeyed) {
		return document
	}
	var b strings.Builder
	for _, r := range document {
		if obeyed(r) {
			b.WriteString(escape(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// escapeRune returns how r shows, raw being its bytes.
func escapeRune(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case !unprintable(r):
		return raw
	case r == '\t':
		return `\t`
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// tabWidth is the distance of tab stops in excerpts.
const tabWidth = 4

// A cell is a grapheme cluster of a source line as a terminal shows it.
type cell struct {
	text       string
	width      int // in columns; 0 for a combining mark that stands alone
	start, end int // bytes of the line
}

// cells returns the cells of a line. Tabs become spaces, and what must not reach a terminal is escaped.
func cells(text string) []cell {
	var all []cell
	column, offset, state := 0, 0, -1
	for rest := text; rest != ""; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		c := cell{text: cluster, width: width, start: offset, end: offset + len(cluster)}
		switch {
		case cluster == "\t":
			c.width = tabWidth - column%tabWidth
			c.text = strings.Repeat(" ", c.width)
		case needsEscape(cluster):
			c.text = printable(cluster)
			c.width = uniseg.StringWidth(c.text)
		}
		all = append(all, c)
		column += c.width
		offset = c.end
	}
	return all
}

// columns returns the display columns [from, to) of the bytes [start, end) of a line. An empty range, and one of
// nothing visible, has one column.
func columns(cells []cell, start, end int) (from, to int) {
	for _, c := range cells {
		if c.end <= start {
			from += c.width
		}
		if c.start < end {
			to += c.width
		}
	}
	return from, max(to, from+1)
}

func width(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}
