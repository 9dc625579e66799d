package rewrite

import (
	"bytes"

	"github.com/buildlint/buildlint/analysis/syntax"
)

func isBlank(c byte) bool   { return c == ' ' || c == '\t' || c == '\f' || c == '\v' }
func isNewline(c byte) bool { return c == '\n' || c == '\r' }
func isSpace(c byte) bool   { return isBlank(c) || isNewline(c) }

// skip returns the first offset from i on whose byte is not in class.
func skip(src []byte, i int, class func(byte) bool) int {
	for i < len(src) && class(src[i]) {
		i++
	}
	return i
}

// skipBack returns the first offset up to i in front of which is no byte of class.
func skipBack(src []byte, i int, class func(byte) bool) int {
	for i > 0 && class(src[i-1]) {
		i--
	}
	return i
}

// fileStart returns the offset after the byte order mark.
func fileStart(src []byte) int {
	bom := []byte("\xef\xbb\xbf")
	if bytes.HasPrefix(src, bom) {
		return len(bom)
	}
	return 0
}

func isLineStart(src []byte, i int) bool { return i == fileStart(src) || i == 0 || isNewline(src[i-1]) }

func isLineEnd(src []byte, i int) bool { return i == len(src) || isNewline(src[i]) }

// lineStart returns the offset of the first byte of the line that i is on, byte order mark excluded.
func lineStart(src []byte, i int) int {
	start := fileStart(src)
	for i > start && !isNewline(src[i-1]) {
		i--
	}
	return i
}

// lineEnd returns the offset of the line end of the line that i is on.
func lineEnd(src []byte, i int) int {
	return skip(src, i, func(c byte) bool { return !isNewline(c) })
}

// nextLine returns the offset after the line end at i.
func nextLine(src []byte, i int) int {
	switch {
	case i+1 < len(src) && src[i] == '\r' && src[i+1] == '\n':
		return i + 2
	case i < len(src):
		return i + 1
	}
	return i
}

// startsLine reports whether only white space stands in front of i on its line.
func startsLine(src []byte, i int) bool { return isLineStart(src, skipBack(src, i, isBlank)) }

// sameLine reports whether there is no line end in src[from:to].
func sameLine(src []byte, from, to int) bool { return !bytes.ContainsAny(src[from:to], "\r\n") }

// indentOf returns the white space that the line of i starts with.
func indentOf(src []byte, i int) string {
	start := lineStart(src, i)
	return string(src[start:skip(src, start, isBlank)])
}

// indentTo returns white space as wide as what stands in front of i on its line.
func indentTo(src []byte, i int) string {
	indent := indentOf(src, i)
	rest := bytes.Runes(src[lineStart(src, i)+len(indent) : i])
	return indent + string(bytes.Repeat([]byte(" "), len(rest)))
}

// wholeLines widens s, which are whole lines without the last line end, so that deleting it leaves the blank lines
// around it as one would by hand: none where nothing is left in front of them or behind them, else the longer run.
// Atop says that nothing but blank lines is in front of an offset, below that nothing else is behind it.
func wholeLines(src []byte, s syntax.Span, atop, below func(int) bool) syntax.Span {
	s = syntax.Span{Start: lineStart(src, s.Start), End: nextLine(src, s.End)}
	above, after := blankAbove(src, s.Start), blankBelow(src, s.End)
	switch {
	case below(after):
		s = syntax.Span{Start: above, End: after}
	case atop(above):
		s.End = after
	case bytes.Count(src[s.End:after], []byte("\n")) <= bytes.Count(src[above:s.Start], []byte("\n")):
		s.End = after
	default:
		s.Start = above
	}
	return s
}

// blankAbove returns the start of the blank lines that end at the line start i.
func blankAbove(src []byte, i int) int {
	top := skipBack(src, i, isSpace)
	if isLineStart(src, top) {
		return top
	}
	return min(nextLine(src, skip(src, top, isBlank)), i)
}

// blankBelow returns the end of the blank lines that start at the line start i.
func blankBelow(src []byte, i int) int {
	bottom := skip(src, i, isSpace)
	if bottom == len(src) {
		return bottom
	}
	return max(lineStart(src, bottom), i)
}
