package syntax

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A scanner is the state of a [Scan].
type scanner struct {
	src       []byte
	pos       int
	depth     int  // open brackets
	inLine    bool // a token of the current logical line was seen
	lineStart bool // pos is the start of a physical line
	fields    bool // f-strings may hold their own quotes, see ScanModule

	noTriple [2]bool // no further """ (0) or ''' (1) in the file: do not look again
}

const bom = "\xef\xbb\xbf"

func newScanner(src []byte) *scanner {
	s := &scanner{src: src, lineStart: true}
	if bytes.HasPrefix(src, []byte(bom)) {
		s.pos = len(bom)
	}
	return s
}

// peek returns the byte at n after the position, or 0 at the end of the file.
func (s *scanner) peek(n int) byte {
	if s.pos+n < len(s.src) {
		return s.src[s.pos+n]
	}
	return 0
}

// next returns the next token, or one of the kind EOF at the end of the file.
func (s *scanner) next() Token {
	if tok, ok := s.skipSpace(); ok {
		return tok
	}
	start := s.pos
	if start >= len(s.src) {
		if s.inLine {
			s.inLine = false
			return Token{NewlineTok, Span{start, start}}
		}
		return Token{EOF, Span{start, start}}
	}
	if s.lineStart && isConflictMarker(s.src[start:]) {
		s.pos += lineLen(s.src[start:])
		return Token{ConflictTok, Span{start, s.pos}}
	}
	s.lineStart = false
	kind := s.scanToken()
	if kind != CommentTok {
		s.inLine = true
	}
	return Token{kind, Span{start, s.pos}}
}

// skipSpace moves to the next token. It returns a token if it passed the end of a logical line.
func (s *scanner) skipSpace() (Token, bool) {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\f', '\v':
			s.pos++
			s.lineStart = false
		case '\\':
			n := newlineLen(s.src[s.pos+1:])
			if n == 0 {
				return Token{}, false
			}
			s.pos += 1 + n
		case '\n', '\r':
			start := s.pos
			s.pos += newlineLen(s.src[s.pos:])
			s.lineStart = true
			if s.inLine && s.depth == 0 {
				s.inLine = false
				return Token{NewlineTok, Span{start, s.pos}}, true
			}
		default:
			return Token{}, false
		}
	}
	return Token{}, false
}

// scanToken consumes the token at the position.
func (s *scanner) scanToken() TokenKind {
	c := s.src[s.pos]
	switch {
	case c == '#':
		s.pos += lineLen(s.src[s.pos:])
		return CommentTok
	case c == '"' || c == '\'':
		return s.scanString()
	case isDigit(c), c == '.' && isDigit(s.peek(1)):
		s.scanNumber()
		return NumberTok
	case isNameByte(c):
		if n := stringPrefixLen(s.src[s.pos:]); n > 0 {
			prefix := s.src[s.pos : s.pos+n]
			s.pos += n
			if s.fields && isFPrefix(prefix) {
				return s.scanFString(isRawPrefix(prefix))
			}
			return s.scanString()
		}
		return s.scanName()
	}
	if n := opLen(s.src[s.pos:]); n > 0 {
		s.countBracket(c)
		s.pos += n
		return OpTok
	}
	s.pos++
	return BadTok
}

func (s *scanner) countBracket(c byte) {
	switch c {
	case '(', '[', '{':
		s.depth++
	case ')', ']', '}':
		s.depth = max(s.depth-1, 0)
	}
}

// scanName consumes an identifier, or one rune that cannot be in any.
func (s *scanner) scanName() TokenKind {
	start := s.pos
	for s.pos < len(s.src) && isNameByte(s.src[s.pos]) {
		if s.src[s.pos] < utf8.RuneSelf {
			s.pos++
			continue
		}
		r, size := utf8.DecodeRune(s.src[s.pos:])
		if !isNameRune(r, size) {
			if s.pos > start {
				return NameTok
			}
			s.pos += size
			return BadTok
		}
		s.pos += size
	}
	return NameTok
}

// scanNumber consumes a number of Python 2 or 3.
func (s *scanner) scanNumber() {
	if s.peek(0) == '0' && isRadix(s.peek(1)) {
		s.pos += 2
		s.skipWhile(func(c byte) bool { return isHex(c) || c == '_' })
	} else {
		s.skipWhile(isDecimal)
		if s.peek(0) == '.' {
			s.pos++
			s.skipWhile(isDecimal)
		}
		s.scanExponent()
	}
	switch s.peek(0) {
	case 'j', 'J', 'l', 'L':
		s.pos++
	}
}

func (s *scanner) scanExponent() {
	if c := s.peek(0); c != 'e' && c != 'E' {
		return
	}
	n := 1
	if c := s.peek(1); c == '+' || c == '-' {
		n = 2
	}
	if isDigit(s.peek(n)) {
		s.pos += n
		s.skipWhile(isDecimal)
	}
}

func (s *scanner) skipWhile(ok func(byte) bool) {
	for s.pos < len(s.src) && ok(s.src[s.pos]) {
		s.pos++
	}
}

// scanString consumes the string whose opening quote is at the position.
func (s *scanner) scanString() TokenKind {
	quote := s.src[s.pos]
	if s.peek(1) == quote && s.peek(2) == quote {
		return s.scanTriple(quote)
	}
	for i := s.pos + 1; i < len(s.src); i++ {
		switch s.src[i] {
		case quote:
			s.pos = i + 1
			return StringTok
		case '\\':
			i += max(newlineLen(s.src[i+1:]), 1)
		case '\n', '\r':
			s.pos = i
			return BadTok
		}
	}
	s.pos = len(s.src)
	return BadTok
}

// scanTriple consumes a triple-quoted string. One that is never closed ends with its line, so that it does not swallow
// the rest of the file.
func (s *scanner) scanTriple(quote byte) TokenKind {
	which := 0
	if quote == '\'' {
		which = 1
	}
	if !s.noTriple[which] {
		for i := s.pos + 3; i < len(s.src); i++ {
			if s.src[i] == '\\' {
				i++
			} else if s.src[i] == quote && i+2 < len(s.src) && s.src[i+1] == quote && s.src[i+2] == quote {
				s.pos = i + 3
				return StringTok
			}
		}
		s.noTriple[which] = true
	}
	s.pos += lineLen(s.src[s.pos:])
	return BadTok
}

// stringPrefixLen returns the length of the string prefix that src starts with, 0 if it is none.
func stringPrefixLen(src []byte) int {
	for n := 0; n < len(src) && n < 3; n++ {
		switch src[n] {
		case '"', '\'':
			return n
		case 'r', 'R', 'u', 'U', 'b', 'B', 'f', 'F', 't', 'T':
		default:
			return 0
		}
	}
	return 0
}

// isConflictMarker reports whether line, which starts a physical line, starts with a marker that a merge leaves.
func isConflictMarker(line []byte) bool {
	const size = 7
	if len(line) < size {
		return false
	}
	c := line[0]
	if c != '<' && c != '=' && c != '>' && c != '|' {
		return false
	}
	for _, b := range line[1:size] {
		if b != c {
			return false
		}
	}
	return len(line) == size || line[size] == ' ' || line[size] == '\n' || line[size] == '\r'
}

// lineLen returns the number of bytes before the next line end.
func lineLen(src []byte) int {
	for i, c := range src {
		if c == '\n' || c == '\r' {
			return i
		}
	}
	return len(src)
}

// newlineLen returns the length of the line end that src starts with, 0 if it is none.
func newlineLen(src []byte) int {
	switch {
	case len(src) == 0:
		return 0
	case src[0] == '\n':
		return 1
	case src[0] == '\r' && len(src) > 1 && src[1] == '\n':
		return 2
	case src[0] == '\r':
		return 1
	}
	return 0
}

// opLen returns the length of the operator that src starts with, 0 if it is none.
func opLen(src []byte) int {
	var c1, c2 byte
	if len(src) > 1 {
		c1 = src[1]
	}
	if len(src) > 2 {
		c2 = src[2]
	}
	switch c := src[0]; c {
	case '(', ')', '[', ']', '{', '}', ',', ';', '~', '`':
		return 1
	case '.':
		if c1 == '.' && c2 == '.' {
			return 3
		}
		return 1
	case '*', '/', '<', '>':
		n := 1
		if c1 == c {
			n = 2
			c1 = c2
		} else if c == '<' && c1 == '>' {
			return 2
		}
		if c1 == '=' {
			n++
		}
		return n
	case '-':
		if c1 == '>' || c1 == '=' {
			return 2
		}
		return 1
	case '!':
		if c1 == '=' {
			return 2
		}
		return 0
	case ':', '=', '+', '%', '&', '|', '^', '@':
		if c1 == '=' {
			return 2
		}
		return 1
	}
	return 0
}

func isDigit(c byte) bool   { return '0' <= c && c <= '9' }
func isDecimal(c byte) bool { return isDigit(c) || c == '_' }
func isHex(c byte) bool     { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
func isRadix(c byte) bool   { return c|0x20 == 'x' || c|0x20 == 'o' || c|0x20 == 'b' }

// isNameByte reports whether c can be in an identifier; any byte of a rune above ASCII is taken for one.
func isNameByte(c byte) bool { return nameBytes[c] }

// nameBytes is the table behind isNameByte, which the time of scanning hangs on.
//
//nolint:gochecknoglobals // a constant table; Go has no constants of arrays
var nameBytes = func() (table [256]bool) {
	for c := range table {
		lower := c | 0x20
		table[c] = 'a' <= lower && lower <= 'z' || '0' <= c && c <= '9' || c == '_' || c >= utf8.RuneSelf
	}
	return table
}()

// isNameRune reports whether a rune above ASCII, of size bytes, can be in an identifier.
func isNameRune(r rune, size int) bool {
	if r == utf8.RuneError && size == 1 {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Pc, r) ||
		unicode.Is(unicode.Nl, r)
}
