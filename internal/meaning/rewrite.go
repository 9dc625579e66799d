package meaning

import (
	"strings"
	"unicode/utf8"
)

// A BUILD file of Pants v1 is Python. What Starlark does not take of it is rewritten here, without any of the parser
// that is to be checked: imports go, since unknown names are symbols anyway; strings are written out anew, adjacent
// ones are added; sets become calls.

type tokenKind uint8

const (
	otherToken tokenKind = iota // operators, names, numbers
	stringToken
	commentToken
	newlineToken // ends a logical line
	blankToken   // blanks and newlines in brackets
)

// A token is a piece of a file; all of them together are the file.
type token struct {
	kind tokenKind
	text string
}

// tokens splits a file.
func tokens(src string) []token {
	var found []token
	depth := 0
	for len(src) > 0 {
		t := token{otherToken, src[:width(src)]}
		switch c := src[0]; {
		case c == '#':
			t = token{commentToken, src[:indexOr(src, "\n", len(src))]}
		case c == '\n' && depth == 0:
			t.kind = newlineToken
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			t.kind = blankToken
		case c == '\\' && len(src) > 1 && src[1] == '\n':
			t = token{blankToken, src[:2]}
		case isName(c):
			t = name(src)
		case c == '\'' || c == '"':
			t = token{stringToken, src[:stringEnd(src, 0)]}
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			depth--
		}
		found = append(found, t)
		src = src[len(t.text):]
	}
	return found
}

func width(src string) int {
	_, n := utf8.DecodeRuneInString(src)
	return n
}

func indexOr(s, sep string, or int) int {
	if i := strings.Index(s, sep); i >= 0 {
		return i
	}
	return or
}

func isName(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// name returns the name, the number or the prefixed string at the start of src.
func name(src string) token {
	n := 0
	for n < len(src) && isName(src[n]) {
		n++
	}
	isPrefix := n <= 2 && strings.Trim(strings.ToLower(src[:n]), "rbuf") == ""
	if isPrefix && n < len(src) && (src[n] == '\'' || src[n] == '"') {
		return token{stringToken, src[:stringEnd(src, n)]}
	}
	return token{otherToken, src[:n]}
}

// stringEnd returns the end of the string whose quote is at i.
func stringEnd(src string, i int) int {
	quote := src[i : i+1]
	if strings.HasPrefix(src[i:], strings.Repeat(quote, 3)) {
		quote = src[i : i+3]
	}
	for j := i + len(quote); j < len(src); j++ {
		switch {
		case src[j] == '\\':
			j++
		case strings.HasPrefix(src[j:], quote):
			return j + len(quote)
		case src[j] == '\n' && len(quote) == 1:
			return j
		}
	}
	return len(src)
}

// rewrite returns a BUILD file as Starlark.
func rewrite(src string) string {
	src = strings.ReplaceAll(strings.TrimPrefix(src, "\ufeff"), "\r\n", "\n")
	r := &rewriter{tokens: tokens(src)}
	r.sets()
	for i := 0; i < len(r.tokens); i++ {
		i = r.token(i)
	}
	return r.out.String()
}

type rewriter struct {
	tokens []token
	out    strings.Builder
	inLine bool // something of the logical line was written
}

// token writes the i-th token, and returns the index of the last that it took.
func (r *rewriter) token(i int) int {
	t := r.tokens[i]
	switch t.kind {
	case newlineToken:
		r.inLine = false
	case commentToken, blankToken:
		if t.kind == commentToken {
			return i
		}
	case stringToken:
		r.inLine = true
		return r.strings(i)
	case otherToken:
		if !r.inLine && (t.text == "import" || t.text == "from") {
			r.out.WriteString("pass")
			return r.lineEnd(i)
		}
		r.inLine = true
		if t.text == "is" {
			t.text = "=="
		}
	}
	r.out.WriteString(t.text)
	return i
}

// lineEnd returns the index of the last token of a logical line.
func (r *rewriter) lineEnd(i int) int {
	for i+1 < len(r.tokens) && r.tokens[i+1].kind != newlineToken {
		i++
	}
	return i
}

// strings writes adjacent strings as one sum.
func (r *rewriter) strings(i int) int {
	parts := []string{starlarkString(r.tokens[i].text)}
	last := i
	for j := i + 1; j < len(r.tokens); j++ {
		switch r.tokens[j].kind {
		case blankToken, commentToken:
			continue
		case stringToken:
			parts = append(parts, starlarkString(r.tokens[j].text))
			last = j
			continue
		}
		break
	}
	text := strings.Join(parts, " + ")
	if len(parts) > 1 {
		text = "(" + text + ")"
	}
	r.out.WriteString(text)
	return last
}

// starlarkString returns a string of Python as one of Starlark. One that is formatted becomes a symbol.
func starlarkString(text string) string {
	i := strings.IndexAny(text, `'"`)
	prefix, body := strings.ToLower(text[:i]), text[i:]
	n := 1
	if len(body) >= 6 && (strings.HasPrefix(body, `'''`) || strings.HasPrefix(body, `"""`)) {
		n = 3
	}
	if len(body) < 2*n {
		return text // it does not end, which Starlark says
	}
	body = body[n : len(body)-n]
	raw := strings.Contains(prefix, "r")
	var b strings.Builder
	b.WriteByte('"')
	for j := 0; j < len(body); j++ {
		j += quoteByte(&b, body[j:], raw)
	}
	b.WriteByte('"')
	if strings.Contains(prefix, "f") {
		return "f_string(" + b.String() + ")"
	}
	return b.String()
}

// quoteByte writes the first character of the rest of a string, and returns how many bytes more it took.
func quoteByte(b *strings.Builder, rest string, raw bool) int {
	switch c := rest[0]; {
	case c == '\\' && !raw && len(rest) > 1 && rest[1] == '\n':
		return 1
	case c == '\\' && !raw && len(rest) > 1 && strings.IndexByte("abfnrtvx\\'\"01234567uU", rest[1]) >= 0:
		b.WriteString(rest[:2])
		return 1
	case c == '\\':
		b.WriteString(`\\`)
	case c == '"':
		b.WriteString(`\"`)
	case c == '\n':
		b.WriteString(`\n`)
	default:
		b.WriteByte(c)
	}
	return 0
}

// sets makes calls of the sets: a brace that holds something and no colon of its own.
func (r *rewriter) sets() {
	type open struct {
		at     int
		colon  bool
		filled bool
	}
	var stack []open
	for i, t := range r.tokens {
		if t.kind == stringToken && len(stack) > 0 {
			stack[len(stack)-1].filled = true
		}
		if t.kind != otherToken {
			continue
		}
		top := len(stack) - 1
		switch t.text {
		case "(", "[", "{":
			if top >= 0 {
				stack[top].filled = true
			}
			stack = append(stack, open{at: i})
		case ")", "]", "}":
			if top < 0 {
				return // Starlark says so
			}
			if t.text == "}" && stack[top].filled && !stack[top].colon {
				r.tokens[stack[top].at].text, r.tokens[i].text = "set([", "])"
			}
			stack = stack[:top]
		default:
			if top >= 0 {
				stack[top].filled = true
				stack[top].colon = stack[top].colon || t.text == ":" || t.text == "*"
			}
		}
	}
}
