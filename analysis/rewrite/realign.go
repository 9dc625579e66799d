package rewrite

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// realign returns rs, which are sorted and do not touch, with those added that keep lines below the element that they
// are aligned with, such as 'b' when deps gets a longer name:
//
//	f(deps=['a',
//	        'b'])
func realign(file *syntax.File, rs []replacement) []replacement {
	out := rs
	shift, last := 0, -1 // columns by which what follows offset last on its line moves
	for i, r := range rs {
		if last < 0 || !sameLine(file.Src, last, r.start) {
			shift = 0
		}
		column := columnOf(file.Src, r.start) + shift + utf8.RuneCountInString(r.text)
		if n := strings.LastIndexAny(r.text, "\r\n"); n >= 0 {
			column = utf8.RuneCountInString(r.text[n+1:])
		}
		shift, last = column-columnOf(file.Src, r.end), r.end
		moved := syntax.Span{Start: r.end, End: lineEnd(file.Src, r.end)}
		if i+1 < len(rs) {
			moved.End = min(moved.End, rs[i+1].start)
		}
		if shift != 0 {
			out = appendShifts(out[:len(out):len(out)], file, moved, shift)
		}
	}
	return out
}

// columnOf returns the number of characters in front of offset on its line.
func columnOf(src []byte, offset int) int { return utf8.RuneCount(src[lineStart(src, offset):offset]) }

// appendShifts appends the replacements that move lines in the brackets that are opened in moved by shift columns.
func appendShifts(rs []replacement, file *syntax.File, moved syntax.Span, shift int) []replacement {
	for _, tok := range tokensIn(file, moved) {
		if !strings.ContainsAny(tok.Span.Text(file.Src)[:1], "([{") {
			continue
		}
		for _, line := range alignedLines(file, tok.Span.Start) {
			text := skip(file.Src, line, isBlank)
			touched := func(r replacement) bool { return r.start <= text && line <= r.end }
			switch {
			case slices.ContainsFunc(rs, touched):
			case shift > 0:
				rs = append(rs, replacement{text, text, strings.Repeat(" ", shift)})
			default:
				rs = append(rs, replacement{text + shift, text, ""})
			}
		}
	}
	return rs
}

// alignedLines returns the starts of the lines that are aligned with what stands behind the bracket at open, or further
// to the right. There are none if the first of its items that start a line is not.
func alignedLines(file *syntax.File, open int) []int {
	src := file.Src
	toks := tokensIn(file, syntax.Span{Start: open, End: len(src)})
	if len(toks) < 2 || toks[1].Kind == syntax.CommentTok || !sameLine(src, open, toks[1].Span.Start) {
		return nil
	}
	column, aligned, depth := columnOf(src, toks[1].Span.Start), false, 0
	var lines []int
	for i, tok := range toks {
		start := tok.Span.Start
		if i > 0 && startsLine(src, start) {
			indent := indentOf(src, start)
			if strings.Contains(indent, "\t") {
				return nil
			}
			if depth == 1 && !aligned && tok.Kind != syntax.CommentTok {
				if len(indent) != column {
					return nil
				}
				aligned = true
			}
			if len(indent) >= columnOf(src, open) {
				lines = append(lines, lineStart(src, start))
			}
		}
		if depth += depthOf(src, tok); depth == 0 {
			break
		}
	}
	if !aligned {
		return nil
	}
	return lines
}

// depthOf returns 1 for an opening bracket, -1 for a closing one, else 0.
func depthOf(src []byte, tok syntax.Token) int {
	switch {
	case tok.Kind != syntax.OpTok:
		return 0
	case strings.IndexByte("([{", src[tok.Span.Start]) >= 0:
		return 1
	case strings.IndexByte(")]}", src[tok.Span.Start]) >= 0:
		return -1
	}
	return 0
}
