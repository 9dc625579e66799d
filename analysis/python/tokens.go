package python

import (
	"strings"
	"unicode"

	"github.com/buildlint/buildlint/analysis/syntax"
)

func (r *reader) text(t syntax.Token) string { return r.src[t.Span.Start:t.Span.End] }

func (r *reader) is(t syntax.Token, text string) bool { return r.text(t) == text }

func (r *reader) binding(name syntax.Token, kind BindingKind) Binding {
	return Binding{Name: r.text(name), Kind: kind, Span: name.Span}
}

// find returns the index of the first token with the given text outside of brackets and lambdas' parameters, -1 if
// there is none.
func (r *reader) find(tokens []syntax.Token, text string) int {
	depth, lambdas := 0, 0
	for i, t := range tokens {
		switch c := r.src[t.Span.Start]; {
		case isOpening(c):
			depth++
		case isClosing(c):
			depth--
		case depth > 0:
		case c == 'l' && r.is(t, "lambda"):
			lambdas++
		case lambdas > 0:
			if r.is(t, ":") {
				lambdas--
			}
		case r.is(t, text):
			return i
		}
	}
	return -1
}

// split cuts tokens at a separator outside of brackets and lambdas' parameters. Empty parts are left out.
func (r *reader) split(tokens []syntax.Token, separator string) [][]syntax.Token {
	var parts [][]syntax.Token
	for len(tokens) > 0 {
		n := r.find(tokens, separator)
		if n < 0 {
			return append(parts, tokens)
		}
		if n > 0 {
			parts = append(parts, tokens[:n])
		}
		tokens = tokens[n+1:]
	}
	return parts
}

// dotted returns the text of `a.b.c`, if tokens are nothing else.
func (r *reader) dotted(tokens []syntax.Token) (string, bool) {
	if len(tokens)%2 == 0 {
		return "", false
	}
	var name strings.Builder
	for i, t := range tokens {
		if i%2 == 0 && t.Kind != syntax.NameTok || i%2 == 1 && !r.is(t, ".") {
			return "", false
		}
		name.WriteString(r.text(t))
	}
	return name.String(), true
}

// afterBracket returns the index behind the bracket that closes the one at tokens[0].
func (r *reader) afterBracket(tokens []syntax.Token) int {
	depth := 0
	for i, t := range tokens {
		switch c := r.src[t.Span.Start]; {
		case isOpening(c):
			depth++
		case isClosing(c):
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(tokens)
}

func isOpening(c byte) bool { return c == '(' || c == '[' || c == '{' }

func isClosing(c byte) bool { return c == ')' || c == ']' || c == '}' }

// isIdentifier reports whether s is an identifier of Python 3.
func isIdentifier(s string) bool {
	for i, c := range s {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.In(c, unicode.N, unicode.Mn, unicode.Mc)) {
			return false
		}
	}
	return s != ""
}
