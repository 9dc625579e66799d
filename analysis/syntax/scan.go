package syntax

import "iter"

// A TokenKind says what a [Token] is.
type TokenKind uint8

// The kinds of tokens.
const (
	EOF         TokenKind = iota // the zero Token; [Scan] never yields it
	NewlineTok                   // the end of a logical line; empty where the file ends without a line end
	CommentTok                   // # to the end of the line, without the line's end
	NameTok                      // identifiers and keywords
	NumberTok                    //
	StringTok                    // with its prefix and its quotes
	OpTok                        // one operator, bracket or delimiter
	ConflictTok                  // a merge conflict marker's line
	BadTok                       // an unterminated string, a stray byte
)

// A Token is a lexical element of a file. White space, line ends inside brackets and continuation lines give none.
type Token struct {
	Kind TokenKind
	Span Span
}

// Scan yields the tokens of Python or BUILD text in order. It takes Python 2 and Python 3 alike, never fails, and goes
// on after a [BadTok]: an unterminated string ends with its line. Offsets are into src, byte order mark included.
func Scan(src []byte) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		s := newScanner(src)
		for {
			tok := s.next()
			if tok.Kind == EOF || !yield(tok) {
				return
			}
		}
	}
}

// tokenize returns all tokens of src.
func tokenize(src []byte) []Token {
	toks := make([]Token, 0, len(src)/4+8)
	s := newScanner(src)
	for {
		tok := s.next()
		if tok.Kind == EOF {
			return toks
		}
		toks = append(toks, tok)
	}
}
