package rewrite

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Style is how a file is written. Where a file shows nothing of it, the default stands.
type Style struct {
	Indent        string // one level: "\t" or spaces; default 4 spaces
	Quote         byte   // ' or "; default '
	SpacedEquals  bool   // keyword arguments are k = v, not k=v; default false
	TrailingComma bool   // brackets over several lines have a comma behind the last item; default true
	LineEnd       string // "\n" or "\r\n"
}

// StyleOf returns how most of file is written.
func StyleOf(file *syntax.File) Style {
	v := &votes{src: file.Src, indents: map[string]int{}}
	toks := file.Tokens()
	var opened []int // indexes of the open brackets
	for i, tok := range toks {
		switch {
		case tok.Kind == syntax.StringTok:
			v.quote(tok)
		case tok.Kind != syntax.OpTok:
		case strings.ContainsRune("([{", rune(file.Src[tok.Span.Start])):
			opened = append(opened, i)
			v.indent(toks, i)
		case len(opened) == 0:
		case strings.ContainsRune(")]}", rune(file.Src[tok.Span.Start])):
			v.close(toks, opened[len(opened)-1], i)
			opened = opened[:len(opened)-1]
		case isOp(file.Src, tok, '='):
			v.equals(tok)
		}
	}
	return v.style()
}

// votes counts the places in a file that speak for a style.
type votes struct {
	src                        []byte
	indents                    map[string]int
	single, double             int
	spaced, tight              int
	trailingComma, noLastComma int
}

func (v *votes) style() Style {
	s := Style{
		Indent: "    ", Quote: '\'', SpacedEquals: v.spaced > v.tight, TrailingComma: v.trailingComma >= v.noLastComma,
		LineEnd: edit.LineEnd(v.src),
	}
	most := 0
	for indent, n := range v.indents {
		if n > most || n == most && indent > s.Indent {
			s.Indent, most = indent, n
		}
	}
	if v.double > v.single {
		s.Quote = '"'
	}
	return s
}

// quote counts a string, unless its quotes may have been chosen for what it contains.
func (v *votes) quote(tok syntax.Token) {
	text := tok.Span.Text(v.src)
	switch {
	case strings.Contains(text, `"""`) || strings.Contains(text, `'''`):
	case !strings.Contains(text, `"`):
		v.single++
	case !strings.Contains(text, `'`):
		v.double++
	}
}

// indent counts the step from the line of the bracket toks[i] to the next one, if the line ends with the bracket.
func (v *votes) indent(toks []syntax.Token, i int) {
	if i+1 == len(toks) {
		return
	}
	next := toks[i+1].Span.Start
	if !startsLine(v.src, next) {
		return
	}
	if step, ok := strings.CutPrefix(indentOf(v.src, next), indentOf(v.src, toks[i].Span.Start)); ok && step != "" {
		v.indents[step]++
	}
}

// close counts the comma in front of the bracket toks[i], which closes toks[open], if the bracket starts its line.
func (v *votes) close(toks []syntax.Token, open, i int) {
	if !startsLine(v.src, toks[i].Span.Start) {
		return
	}
	last := i - 1
	for last > open && toks[last].Kind == syntax.CommentTok {
		last--
	}
	switch {
	case last == open:
	case isOp(v.src, toks[last], ','):
		v.trailingComma++
	default:
		v.noLastComma++
	}
}

func (v *votes) equals(tok syntax.Token) {
	if isBlank(v.src[tok.Span.Start-1]) {
		v.spaced++
	} else {
		v.tight++
	}
}

// StyleAt returns the style of the file of n, but with the quotes that the strings in n have.
func StyleAt(n syntax.Node) Style {
	style := StyleOf(n.File())
	v := votes{src: n.File().Src}
	for _, tok := range tokensIn(n.File(), n.Span()) {
		if tok.Kind == syntax.StringTok {
			v.quote(tok)
		}
	}
	switch {
	case v.single > v.double:
		style.Quote = '\''
	case v.double > v.single:
		style.Quote = '"'
	}
	return style
}

// Quote returns text as a string literal on one line, in the quotes of style unless the other ones save an escape.
func Quote(text string, style Style) string {
	quote := style.Quote
	if other := '\'' ^ '"' ^ quote; strings.IndexByte(text, quote) >= 0 && strings.IndexByte(text, other) < 0 {
		quote = other
	}
	return string(quote) + escape(text, string(quote)) + string(quote)
}

// escape returns text as the content of a string literal with the given quotes, one or three. Bytes of three-quoted
// strings that are line ends stay.
func escape(text, quotes string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		switch {
		case c == '\\':
			b.WriteString(`\\`)
		case c == quotes[0] && (len(quotes) == 1 || i+1 == len(text) || text[i+1] == c):
			b.WriteString(`\` + string(c))
		case c == '\n' && len(quotes) == 3:
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
