package syntax

import (
	"errors"
	"fmt"
	"strings"

	"github.com/bazelbuild/buildtools/build"
)

// diagnose returns the error for a group that the parser rejected with err. The brackets and strings of g are sound.
func (f *File) diagnose(g *group, base int, err error) Error {
	d := diagnosis{src: f.Src, group: g}
	i := d.failedAt(base + errorOffset(err))
	if e, ok := d.missingColon(i); ok {
		return e
	}
	if e, ok := d.missingValue(i); ok {
		return e
	}
	if e, ok := d.missingComma(i); ok {
		return e
	}
	return Error{Span: g.toks[i].Span, Message: d.otherwise(i, err)}
}

// A diagnosis finds out what is wrong at a token of a group.
type diagnosis struct {
	src   []byte
	group *group
}

func (d *diagnosis) word(i int) string {
	if i < 0 || i >= len(d.group.toks) {
		return ""
	}
	return d.group.toks[i].Span.Text(d.src)
}

// failedAt returns the index of the token at which the parser stopped: the last that starts before offset.
func (d *diagnosis) failedAt(offset int) int {
	i := 0
	for i+1 < len(d.group.toks) && d.group.toks[i+1].Span.Start < offset {
		i++
	}
	return i
}

// lineOf returns the line that the token i is in.
func (d *diagnosis) lineOf(i int) line {
	for _, ln := range d.group.lines {
		if i < ln.end {
			return ln
		}
	}
	return d.group.lines[len(d.group.lines)-1]
}

// missingColon tells of a header without its colon. The parser stops at its last token, or at the first of the block.
func (d *diagnosis) missingColon(i int) (Error, bool) {
	ln := d.lineOf(i)
	if i == ln.first && i > 0 {
		ln = d.lineOf(i - 1)
	}
	word := d.word(ln.first)
	last := ln.end - 1
	if !isCompoundWord(word) || word == "@" || i < last || d.colonIn(ln) {
		return Error{}, false
	}
	return Error{
		Span:    d.group.toks[last].Span,
		Message: fmt.Sprintf("a colon is missing after this, at the end of the `%s` line", word),
	}, true
}

// colonIn reports whether a line has a colon outside brackets.
func (d *diagnosis) colonIn(ln line) bool {
	r := rewriter{src: d.src}
	return r.atDepth0(d.group.toks[ln.first:ln.end], ":") >= 0
}

// missingValue tells of an operator without an operand behind it, at the token i or before it.
func (d *diagnosis) missingValue(i int) (Error, bool) {
	ln := d.lineOf(i)
	if i == ln.first && i > 0 {
		i, ln = i-1, d.lineOf(i-1)
	}
	at := i - 1
	switch {
	case i == ln.end-1 && d.wantsValue(i):
		at = i
	case at < ln.first || !d.wantsValue(at) || d.startsValue(i):
		return Error{}, false
	}
	return Error{Span: d.group.toks[at].Span, Message: fmt.Sprintf("a value is missing after this `%s`", d.word(at))}, true
}

// wantsValue reports whether an operand must follow the token i.
func (d *diagnosis) wantsValue(i int) bool {
	word := d.word(i)
	switch d.group.toks[i].Kind {
	case NameTok:
		return isOperatorWord(word)
	case OpTok:
		return strings.Trim(word, "=+-*/%<>!&|^@~.") == ""
	}
	return false
}

// startsValue reports whether an operand can start with the token i.
func (d *diagnosis) startsValue(i int) bool {
	switch word := d.word(i); d.group.toks[i].Kind {
	case OpTok:
		return strings.Contains("([{-+~*", word[:1])
	case NameTok:
		return !isOperatorWord(word) || word == "not" || word == "lambda" || word == "in"
	}
	return true
}

// missingComma tells of two values side by side in brackets.
func (d *diagnosis) missingComma(i int) (Error, bool) {
	ln := d.lineOf(i)
	if i == ln.first || !d.inBrackets(ln, i) || !d.endsValue(i-1) || !d.startsAnother(i) {
		return Error{}, false
	}
	// The parser sees an assignment only at its operator: the comma is missing before the name.
	if d.word(i) == "=" && i-1 > ln.first && d.endsValue(i-2) {
		i--
	}
	toks := d.group.toks
	what := "values"
	switch {
	case toks[i-1].Kind == StringTok && toks[i].Kind == StringTok:
		what = "strings"
	case d.word(i+1) == "=":
		what = "arguments"
	}
	return Error{
		Span:    Span{toks[i-1].Span.Start, toks[i].Span.End},
		Message: fmt.Sprintf("a comma is missing between these two %s", what),
	}, true
}

// inBrackets reports whether brackets of the line are open before the token i.
func (d *diagnosis) inBrackets(ln line, i int) bool {
	depth := 0
	for _, tok := range d.group.toks[ln.first:i] {
		switch tok.Span.Text(d.src) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		}
	}
	return depth > 0
}

// endsValue reports whether an operand can end with the token i.
func (d *diagnosis) endsValue(i int) bool {
	switch word := d.word(i); d.group.toks[i].Kind {
	case OpTok:
		return strings.Contains(")]}", word[:1])
	case NameTok:
		return !isPythonKeyword(word)
	}
	return true
}

// startsAnother reports whether the token i is the start of a value, or the operator of `name = value`.
func (d *diagnosis) startsAnother(i int) bool {
	switch word := d.word(i); d.group.toks[i].Kind {
	case OpTok:
		return word == "{" || word == "="
	case NameTok:
		return !isOperatorWord(word)
	}
	return true
}

// otherwise returns a message for what the parser said.
func (d *diagnosis) otherwise(i int, err error) string {
	if message := parserMessage(err); message != "" {
		return message
	}
	ln := d.lineOf(i)
	if i == ln.end-1 && i > ln.first && d.endsValue(i) && !d.endsValue(i-1) {
		return "this statement is not complete"
	}
	return fmt.Sprintf("`%s` cannot stand here", shorten(d.word(i)))
}

// parserMessage returns what the parser said, if it is of use to a person.
func parserMessage(err error) string {
	var pe build.ParseError
	if !errors.As(err, &pe) || strings.HasPrefix(pe.Message, "syntax error") ||
		strings.HasPrefix(pe.Message, "internal error") {
		return ""
	}
	return pe.Message
}

// shorten returns text, cut after its first line.
func shorten(text string) string {
	const most = 40
	first, _, more := strings.Cut(text, "\n")
	if len(first) > most {
		first, more = strings.ToValidUTF8(first[:most], ""), true
	}
	if more {
		return first + "…"
	}
	return first
}
