package syntax

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bazelbuild/buildtools/build"
)

// Value returns the value of a String or a Concat as Python 3 reads it. It is false for other kinds and where the value
// is not statically known: an f-string with placeholders, an escape that is malformed or names a character.
func (n Node) Value() (string, bool) {
	switch x := n.expr.(type) {
	case *build.StringExpr:
		return literalValue(n.Span().of(n.file.Src))
	case *pyExpr:
		switch x.kind {
		case String:
			return literalValue(n.Span().of(n.file.Src))
		case Concat:
			return n.joined()
		}
	}
	return "", false
}

// joined returns the value of a Concat.
func (n Node) joined() (string, bool) {
	var b strings.Builder
	for part := range n.Elems() {
		v, ok := part.Value()
		if !ok {
			return "", false
		}
		b.WriteString(v)
	}
	return b.String(), true
}

// Content returns the place of what a String has between its quotes.
func (n Node) Content() Span {
	if n.Kind() != String {
		return Span{}
	}
	s := n.Span()
	prefix, quote := literalParts(s.of(n.file.Src))
	return Span{s.Start + len(prefix) + quote, s.End - quote}
}

// of returns the bytes of src that s covers.
func (s Span) of(src []byte) []byte { return src[s.Start:s.End] }

// literalParts returns the prefix of a string literal and the length of its quotes.
func literalParts(lit []byte) (prefix []byte, quote int) {
	n := stringPrefixLen(lit)
	prefix, lit = lit[:n], lit[n:]
	if len(lit) >= 6 && lit[1] == lit[0] && lit[2] == lit[0] {
		return prefix, 3
	}
	return prefix, 1
}

// literalValue returns the value of a string literal.
func literalValue(lit []byte) (string, bool) {
	prefix, quote := literalParts(lit)
	text := lit[len(prefix)+quote : len(lit)-quote]
	if quote == 3 && bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	var raw, isBytes, formatted bool
	for _, c := range prefix {
		switch c | 0x20 {
		case 'r':
			raw = true
		case 'b':
			isBytes = true
		case 'f', 't':
			formatted = true
		}
	}
	if formatted {
		var ok bool
		if text, ok = unbrace(text); !ok {
			return "", false
		}
	}
	if raw || bytes.IndexByte(text, '\\') < 0 {
		return string(text), true
	}
	return unescape(text, isBytes)
}

// unbrace returns the text of an f-string that has no placeholders.
func unbrace(text []byte) ([]byte, bool) {
	plain := bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("{{"), nil), []byte("}}"), nil)
	if bytes.ContainsAny(plain, "{}") {
		return nil, false
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("{{"), []byte("{")), []byte("}}"), []byte("}")), true
}

// unescape resolves the escapes of Python in text.
func unescape(text []byte, isBytes bool) (string, bool) {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			i = len(text)
		}
		out, text = append(out, text[:i]...), text[i:]
		if len(text) == 0 {
			break
		}
		if len(text) == 1 {
			return "", false
		}
		var ok bool
		if out, text, ok = appendEscape(out, text, isBytes); !ok {
			return "", false
		}
	}
	return string(out), true
}

// appendEscape appends what the escape at the start of text stands for, and returns the text after it.
func appendEscape(out, text []byte, isBytes bool) (newOut, rest []byte, ok bool) {
	if n := newlineLen(text[1:]); n > 0 {
		return out, text[1+n:], true
	}
	c := text[1]
	switch {
	case '0' <= c && c <= '7':
		n := 2
		for n < 4 && n < len(text) && '0' <= text[n] && text[n] <= '7' {
			n++
		}
		return appendCode(out, text[1:n], 8, text[n:], isBytes)
	case c == 'x':
		return appendDigits(out, text, 2, isBytes)
	case c == 'u' && !isBytes:
		return appendDigits(out, text, 4, isBytes)
	case c == 'U' && !isBytes:
		return appendDigits(out, text, 8, isBytes)
	case c == 'N' && !isBytes:
		return nil, nil, false
	}
	const from, to = `abfnrtv\'"`, "\a\b\f\n\r\t\v\\'\""
	if i := strings.IndexByte(from, c); i >= 0 {
		return append(out, to[i]), text[2:], true
	}
	return append(out, '\\', c), text[2:], true
}

// appendDigits appends the character of an escape with n hexadecimal digits.
func appendDigits(out, text []byte, n int, isBytes bool) (newOut, rest []byte, ok bool) {
	if len(text) < 2+n {
		return nil, nil, false
	}
	return appendCode(out, text[2:2+n], 16, text[2+n:], isBytes)
}

func appendCode(out, digits []byte, radix int, rest []byte, isBytes bool) (newOut, newRest []byte, ok bool) {
	code, err := strconv.ParseUint(string(digits), radix, 32)
	if err != nil {
		return nil, nil, false
	}
	if isBytes {
		return append(out, byte(code)), rest, true
	}
	if !utf8.ValidRune(rune(code)) {
		return nil, nil, false
	}
	return utf8.AppendRune(out, rune(code)), rest, true
}
