package syntax

import (
	"bytes"
	"iter"
)

// ScanModule is [Scan] for Python modules. An f-string is one token, also if it holds its own quotes, line ends and
// comments between braces, as it may since Python 3.12 (PEP 701). One whose braces do not match is a [BadTok], and what
// follows is read as if there were none.
func ScanModule(src []byte) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		s := newScanner(src)
		s.fields = true
		for tok := s.next(); tok.Kind != EOF && yield(tok); {
			tok = s.next()
		}
	}
}

// maxFStrings bounds how deep f-strings may be nested, as the interpreter does.
const maxFStrings = 150

// scanFString consumes the f-string whose opening quote is at the position. After one that is torn others are read as
// plain strings: to look for the end of each would take too long.
func (s *scanner) scanFString(raw bool) TokenKind {
	end := s.fStringEnd(s.pos, raw, 0)
	if end < 0 {
		s.fields = false
		s.scanString()
		return BadTok
	}
	s.pos = end
	return StringTok
}

// An fString is an f-string that is being read.
type fString struct {
	*scanner
	quote []byte // one or three
	raw   bool
	depth int
}

// fStringEnd returns where the f-string ends whose opening quote is at i, -1 if it does not.
func (s *scanner) fStringEnd(i int, raw bool, depth int) int {
	if depth > maxFStrings {
		return -1
	}
	f := fString{scanner: s, quote: openingQuote(s.src[i:]), raw: raw, depth: depth}
	return f.text(i + len(f.quote))
}

// openingQuote returns the one or three quotes that src starts with.
func openingQuote(src []byte) []byte {
	if len(src) > 2 && src[1] == src[0] && src[2] == src[0] {
		return src[:3]
	}
	return src[:1]
}

// text returns where the f-string ends whose text goes on at i, -1 if it does not.
func (f *fString) text(i int) int {
	for i >= 0 && i < len(f.src) {
		switch c := f.src[i]; {
		case bytes.HasPrefix(f.src[i:], f.quote):
			return i + len(f.quote)
		case c == '\\':
			i = f.escape(i)
		case (c == '{' || c == '}') && i+1 < len(f.src) && f.src[i+1] == c:
			i += 2
		case c == '{':
			i = f.field(i + 1)
		case c == '}', f.endsLine(c):
			return -1
		default:
			i++
		}
	}
	return -1
}

// endsLine reports whether a byte of the text ends a line that it must not end.
func (f *fString) endsLine(c byte) bool { return len(f.quote) == 1 && (c == '\n' || c == '\r') }

// escape returns where the text goes on after the backslash at i. A brace is none that is escaped, but for that of
// \N{name}.
func (f *fString) escape(i int) int {
	rest := f.src[i+1:]
	switch {
	case len(rest) > 0 && (rest[0] == '{' || rest[0] == '}'):
		return i + 1
	case !f.raw && bytes.HasPrefix(rest, []byte("N{")):
		if n := bytes.IndexByte(rest[:lineLen(rest)], '}'); n > 0 {
			return i + 1 + n + 1
		}
	}
	return i + 1 + max(newlineLen(rest), 1)
}

// field returns where the text goes on after the replacement field whose expression goes on at i, -1 if it has no end.
func (f *fString) field(i int) int {
	var open []byte
	for i >= 0 && i < len(f.src) {
		c := f.src[i]
		switch {
		case c == '#':
			i += lineLen(f.src[i:])
		case isNameByte(c), c == '"', c == '\'':
			i = f.operand(i)
		case len(open) == 0 && c == '}':
			return i + 1
		case len(open) == 0 && c == ':':
			return f.format(i + 1)
		case c == '(' || c == '[' || c == '{':
			open = append(open, c)
			i++
		case c == ')' || c == ']' || c == '}':
			last := len(open) - 1
			if last < 0 || closingBracket(open[last]) != c {
				return -1
			}
			open = open[:last]
			i++
		default:
			i++
		}
	}
	return -1
}

func closingBracket(open byte) byte {
	if open == '(' {
		return ')'
	}
	return open + 2 // [ ] and { } are two apart in ASCII
}

// operand returns where the name, the number or the string at i ends, -1 if it does not.
func (f *fString) operand(i int) int {
	n := stringPrefixLen(f.src[i:])
	if quote := f.src[i+n]; quote != '"' && quote != '\'' {
		for i < len(f.src) && isNameByte(f.src[i]) {
			i++
		}
		return i
	}
	if prefix := f.src[i : i+n]; isFPrefix(prefix) {
		return f.fStringEnd(i+n, isRawPrefix(prefix), f.depth+1)
	}
	return f.stringEnd(i + n)
}

// stringEnd returns where the string ends whose opening quote is at i, -1 if it does not.
func (f *fString) stringEnd(i int) int {
	quote := openingQuote(f.src[i:])
	for i += len(quote); i < len(f.src); i++ {
		switch c := f.src[i]; {
		case bytes.HasPrefix(f.src[i:], quote):
			return i + len(quote)
		case c == '\\':
			i += max(newlineLen(f.src[i+1:]), 1)
		case len(quote) == 1 && (c == '\n' || c == '\r'):
			return -1
		}
	}
	return -1
}

// format returns where the text goes on after the replacement field whose format goes on at i, -1 if it has no end.
func (f *fString) format(i int) int {
	for i >= 0 && i < len(f.src) {
		switch c := f.src[i]; {
		case c == '}':
			return i + 1
		case bytes.HasPrefix(f.src[i:], f.quote):
			return -1
		case c == '{':
			i = f.nested(i + 1)
		case c == '\\':
			i = f.escape(i)
		case f.endsLine(c):
			return f.nested(i) // the line end is one between braces
		default:
			i++
		}
	}
	return -1
}

// nested is field for what is in a format.
func (f *fString) nested(i int) int {
	if f.depth++; f.depth > maxFStrings {
		return -1
	}
	defer func() { f.depth-- }()
	return f.field(i)
}

func isFPrefix(prefix []byte) bool   { return bytes.ContainsAny(prefix, "fFtT") }
func isRawPrefix(prefix []byte) bool { return bytes.ContainsAny(prefix, "rR") }
