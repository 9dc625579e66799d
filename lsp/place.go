package lsp

import (
	"bytes"
	"slices"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A place says where a cursor is in a text that need not parse: somebody is typing there.
type place struct {
	frames []frame     // the open brackets around, the outermost first
	word   syntax.Span // what is typed of a name or a string's content, to be replaced as a whole
	prefix string      // its part before the cursor
	quoted bool        // whether it is in a string
	noWord bool        // whether the cursor is in a comment or a number, where nothing is to be offered
}

// A frame is an open bracket.
type frame struct {
	open   byte
	callee string   // of a call: the function or method
	arg    string   // of a call: the argument that the cursor is in, "" if it is positional or has no name yet
	value  bool     // the cursor is behind `arg =` or `key:`
	args   []string // of a call: the names of the arguments, also those behind the cursor
	items  int      // the commas before the cursor
	texts  []string // of a list: the strings in it, also those behind the cursor, but not the one at it
}

// call returns the innermost call that the cursor is in, and the frames within it.
func (p *place) call() (call *frame, inner []frame) {
	for i := len(p.frames) - 1; i >= 0; i-- {
		if p.frames[i].callee != "" {
			return &p.frames[i], p.frames[i+1:]
		}
	}
	return nil, p.frames
}

// placeAt returns the place of offset in src.
func placeAt(src []byte, offset int) *place {
	s := &placeScanner{src: src, offset: offset, place: &place{word: syntax.Span{Start: offset, End: offset}}}
	depth := -1 // of brackets that opened behind the cursor, -1 while it is before it
	for token := range syntax.Scan(src) {
		switch {
		case depth < 0 && s.before(token):
			s.token(token)
		case depth < 0 && s.at(token):
			depth = 0
		default:
			depth = max(depth, 0)
			if depth = s.behind(token, depth); depth < 0 {
				return s.place
			}
		}
	}
	return s.place
}

type placeScanner struct {
	*place
	src    []byte
	offset int
	last   syntax.Token // of code, before the current one
}

// before reports whether a token ends before the cursor, so that the cursor is not in or at it.
func (s *placeScanner) before(t syntax.Token) bool {
	switch t.Kind {
	case syntax.NameTok, syntax.NumberTok, syntax.CommentTok: // what is typed next belongs to it
		return t.Span.End < s.offset
	}
	return t.Span.End <= s.offset && !s.openString(t)
}

// openString reports whether t is a string that has no closing quote, so that a cursor at its end is in it.
func (s *placeScanner) openString(t syntax.Token) bool {
	return t.Kind == syntax.BadTok && t.Span.End == s.offset && isQuote(s.src[t.Span.Start])
}

func isQuote(c byte) bool { return c == '\'' || c == '"' }

// at takes the token at the cursor, and reports whether there is one.
func (s *placeScanner) at(t syntax.Token) bool {
	if t.Span.Start >= s.offset && t.Kind != syntax.NameTok || t.Span.Start > s.offset {
		return false
	}
	switch text := s.src[t.Span.Start:t.Span.End]; {
	case t.Kind == syntax.NameTok:
		s.name(t)
		s.word = t.Span
	case t.Kind == syntax.StringTok, t.Kind == syntax.BadTok && isQuote(text[0]):
		s.quoted = true
		s.word = s.contentOf(t)
	case t.Kind == syntax.CommentTok, t.Kind == syntax.NumberTok:
		s.noWord = true
	default:
		return false
	}
	if s.word.Start > s.offset || s.word.End < s.offset { // in the prefix or behind the last quote
		s.word, s.noWord = syntax.Span{Start: s.offset, End: s.offset}, true
	}
	s.prefix = string(s.src[s.word.Start:s.offset])
	return true
}

// contentOf returns what a string has between its quotes, or behind the first where there is no other. What is then on
// the line behind the cursor is none of it: it was there before the quote.
func (s *placeScanner) contentOf(t syntax.Token) syntax.Span {
	text := s.src[t.Span.Start:t.Span.End]
	start := bytes.IndexAny(text, `'"`)
	quote := text[start : start+1]
	if bytes.HasPrefix(text[start:], bytes.Repeat(quote, 3)) {
		quote = text[start : start+3]
	}
	content := syntax.Span{Start: t.Span.Start + start + len(quote), End: s.offset}
	end := t.Span.End - len(quote)
	closed := t.Kind == syntax.StringTok && bytes.HasSuffix(text, quote) && end >= content.Start
	if closed && !s.endsAtCursor(content.Start, end) {
		content.End = end
	}
	return content
}

// endsAtCursor reports whether the string whose content is from start to end is to end at the cursor, for what follows
// is no part of a name: the quote was put before another string, whose first one is taken for its last.
func (s *placeScanner) endsAtCursor(start, end int) bool {
	return start <= s.offset && s.offset < end && bytes.IndexByte([]byte(",)]}"), s.src[s.offset]) >= 0
}

// next returns the first byte behind the word at the cursor that is no blank, 0 at the end of the line.
func (p *place) next(src []byte) byte {
	line, _, _ := bytes.Cut(src[p.word.End:], []byte("\n"))
	return firstByte(bytes.TrimRight(line, "\r"))
}

// token follows the brackets up to the cursor.
func (s *placeScanner) token(t syntax.Token) {
	text := string(s.src[t.Span.Start:t.Span.End])
	switch t.Kind {
	case syntax.NewlineTok, syntax.CommentTok:
		return
	case syntax.NameTok:
		if s.startsLine(t) {
			s.frames = nil // a bracket above was never closed
		}
		s.name(t)
	case syntax.StringTok:
		s.text(t)
	case syntax.OpTok:
		s.operator(text)
	}
	s.last = t
}

// name begins with the next argument of a call at a name behind a value: the comma between them is still to be typed.
func (s *placeScanner) name(t syntax.Token) {
	if top := s.top(); top.callee != "" && top.value && s.endsValue() && !isOperator(t.Span.Text(s.src)) {
		top.arg, top.value = "", false
	}
}

// endsValue reports whether the last token may end a value.
func (s *placeScanner) endsValue() bool {
	switch text := s.last.Span.Text(s.src); s.last.Kind {
	case syntax.StringTok, syntax.NumberTok:
		return true
	case syntax.NameTok:
		return !isOperator(text)
	case syntax.OpTok:
		return text == ")" || text == "]" || text == "}"
	}
	return false
}

// isOperator reports whether a word stands between values, or before one.
func isOperator(word string) bool {
	switch word {
	case "and", "else", "for", "if", "in", "is", "lambda", "not", "or":
		return true
	}
	return false
}

// startsLine reports whether a token is the first of its line and not indented.
func (s *placeScanner) startsLine(t syntax.Token) bool {
	return t.Span.Start == 0 || s.src[t.Span.Start-1] == '\n'
}

func (s *placeScanner) top() *frame {
	if len(s.frames) == 0 {
		return &frame{}
	}
	return &s.frames[len(s.frames)-1]
}

func (s *placeScanner) text(t syntax.Token) {
	top := s.top()
	c := s.contentOf(t)
	top.texts = append(top.texts, string(s.src[c.Start:max(c.Start, min(c.End, t.Span.End))]))
}

func (s *placeScanner) operator(op string) {
	top := s.top()
	switch op {
	case "(", "[", "{":
		f := frame{open: op[0]}
		if op == "(" && s.last.Kind == syntax.NameTok {
			f.callee = s.last.Span.Text(s.src)
		}
		s.frames = append(s.frames, f)
	case ")", "]", "}":
		s.frames = s.frames[:max(0, len(s.frames)-1)]
	case ",":
		top.arg, top.value = "", false
		top.items++
	case "=":
		if s.last.Kind == syntax.NameTok && top.callee != "" && !top.value {
			top.arg, top.value = s.last.Span.Text(s.src), true
			top.args = append(top.args, top.arg)
		}
	case ":":
		top.value = top.value || top.open == '{'
	}
}

// behind looks at a token behind the cursor for the names of the call's other arguments and the strings of the list. It
// returns how many brackets are open since the cursor, -1 when that of the cursor is closed.
func (s *placeScanner) behind(t syntax.Token, depth int) int {
	text := string(s.src[t.Span.Start:t.Span.End])
	if t.Kind == syntax.NameTok && s.startsLine(t) {
		return -1
	}
	if t.Kind == syntax.StringTok && depth == 0 {
		s.text(t)
	}
	if t.Kind == syntax.OpTok {
		switch text {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case "=":
			if call, _ := s.call(); call != nil && depth == 0 && s.last.Kind == syntax.NameTok && s.top() == call {
				call.args = append(call.args, s.last.Span.Text(s.src))
			}
		}
	}
	s.last = t
	return depth
}

// names returns the arguments that a call has but for the one at the cursor.
func (f *frame) names(at string) []string {
	return slices.DeleteFunc(slices.Clone(f.args), func(name string) bool { return name == at && at != "" })
}
