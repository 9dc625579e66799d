package python

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A line is a logical line: the tokens between two line ends outside of brackets.
type line struct {
	indent int // as the interpreter counts it: tabs go to the next multiple of eight
	tokens []syntax.Token
}

// maxBrackets bounds how deep brackets may be nested, as the interpreter does. What is deeper is left out.
const maxBrackets = 200

// A lineReader cuts a file into logical lines.
type lineReader struct {
	src       string
	tokens    []syntax.Token // all of the file's that matter
	lines     []line
	start     int    // of the line's tokens
	indent    int    // of the line
	brackets  []byte // that are open
	comment   int    // where the last comment ended
	malformed bool
}

func readLines(src []byte) (lines []line, malformed bool) {
	const perToken = 4 // bytes; most tokens are longer with the space before them
	r := lineReader{src: string(src), comment: -1, tokens: make([]syntax.Token, 0, len(src)/perToken)}
	for t := range syntax.ScanModule(src) {
		r.token(t)
	}
	r.endLine()
	return r.lines, r.malformed || len(r.brackets) > 0
}

func (r *lineReader) token(t syntax.Token) {
	switch t.Kind {
	case syntax.EOF:
	case syntax.CommentTok:
		r.comment = t.Span.End
	case syntax.NewlineTok:
		r.endLine()
	case syntax.BadTok, syntax.ConflictTok:
		// A backquote is an operator in Python 2.
		r.malformed = r.malformed || r.src[t.Span.Start:t.Span.End] != "`"
	default:
		r.add(t)
	}
}

func (r *lineReader) add(t syntax.Token) {
	if t.Kind == syntax.OpTok {
		r.bracket(r.src[t.Span.Start])
	}
	if len(r.brackets) > maxBrackets {
		r.malformed = true
		return
	}
	if r.start == len(r.tokens) {
		r.indent = r.column(t.Span.Start)
	}
	r.tokens = append(r.tokens, t)
}

// bracket keeps track of what is open. A closing bracket that fits none makes the file malformed.
func (r *lineReader) bracket(c byte) {
	switch c {
	case '(', '[', '{':
		r.brackets = append(r.brackets, c)
	case ')', ']', '}':
		last := len(r.brackets) - 1
		if last < 0 || closing(r.brackets[last]) != c {
			r.malformed = true
			return
		}
		r.brackets = r.brackets[:last]
	}
}

func closing(open byte) byte {
	if open == '(' {
		return ')'
	}
	return open + 2 // [ ] and { } are two apart in ASCII
}

func (r *lineReader) endLine() {
	if r.start == len(r.tokens) {
		return
	}
	tokens := r.tokens[r.start:len(r.tokens):len(r.tokens)]
	r.lines = append(r.lines, line{indent: r.indent, tokens: tokens})
	r.start = len(r.tokens)
}

// column counts the columns before the token at offset.
func (r *lineReader) column(offset int) int {
	start := strings.LastIndexAny(r.src[:offset], "\r\n") + 1
	r.checkContinuation(start)
	column := 0
	for _, c := range []byte(strings.TrimPrefix(r.src[start:offset], "\ufeff")) {
		switch c {
		case '\t':
			column = column/8*8 + 8
		case '\f':
			column = 0
		default:
			column++
		}
	}
	return column
}

// checkContinuation gives up on a logical line that begins with a backslash: its indent stands on another line. A
// comment may end with one.
func (r *lineReader) checkContinuation(start int) {
	before := strings.TrimSuffix(strings.TrimSuffix(r.src[:start], "\n"), "\r")
	if strings.HasSuffix(before, `\`) && len(before) != r.comment {
		r.malformed = true
	}
}
