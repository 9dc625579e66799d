package rewrite

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// ReplaceString gives the string literal lit the value text. Parentheses, prefix and quotes stay, and so do the parts
// of an implicit concatenation that have no part in the change. A raw string that cannot hold text becomes a plain
// one. It returns nil for other nodes, and for a concatenation that would have to become one literal although there
// are comments in it.
func ReplaceString(path string, lit syntax.Node, text string) []edit.Edit {
	if value, ok := lit.Value(); ok && value == text {
		return nil
	}
	switch lit.Kind() {
	case syntax.Paren:
		return ReplaceString(path, lit.X(), text)
	case syntax.String:
		return finish(path, lit.File(), []replacement{replaceLiteral(lit, text)})
	case syntax.Concat:
		return replaceConcat(path, lit, text)
	}
	return nil
}

// replaceLiteral returns the replacement that gives the String lit the value text.
func replaceLiteral(lit syntax.Node, text string) replacement {
	span, content := lit.Span(), lit.Content()
	src := lit.File().Src
	open := string(src[span.Start:content.Start])
	start := strings.IndexAny(open, `'"`)
	prefix, quotes := open[:start], open[start:]
	has := func(letter string) bool { return strings.Contains(strings.ToLower(prefix), letter) }
	if has("f") || has("t") {
		text = strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
	}
	if has("r") && !has("b") && isRaw(text, quotes) {
		return replacement{content.Start, content.End, text}.narrowed(src)
	}
	encoded := escape(text, quotes)
	if has("b") {
		encoded = escapeBytes(encoded)
	}
	if strings.Contains(encoded, "\n") { // else the file need not be looked through, which adds up over its strings
		encoded = strings.ReplaceAll(encoded, "\n", edit.LineEnd(src))
	}
	if has("r") && encoded != text {
		prefix = strings.NewReplacer("r", "", "R", "").Replace(prefix)
		return replacement{span.Start, span.End, prefix + quotes + encoded + quotes}
	}
	return replacement{content.Start, content.End, encoded}.narrowed(src)
}

// isRaw reports whether text can stand as it is in a raw string with the given quotes.
func isRaw(text, quotes string) bool {
	for i := range len(text) {
		if c := text[i]; c == quotes[0] || c < ' ' || c == 0x7f {
			return false
		}
	}
	return !strings.HasSuffix(text, `\`)
}

// escapeBytes returns the content of a string literal as that of a bytes literal.
func escapeBytes(content string) string {
	var b strings.Builder
	for i := range len(content) {
		if c := content[i]; c < 0x80 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\x%02x`, c)
		}
	}
	return b.String()
}

// replaceConcat changes the one part of lit that differs from text; if it is not one, it makes lit one literal.
func replaceConcat(path string, lit syntax.Node, text string) []edit.Edit {
	if part, value, ok := changedPart(lit, text); ok {
		return finish(path, lit.File(), []replacement{replaceLiteral(part, value)})
	}
	for _, tok := range tokensIn(lit.File(), lit.Span()) {
		if tok.Kind == syntax.CommentTok {
			return nil
		}
	}
	return finish(path, lit.File(), []replacement{{lit.Span().Start, lit.Span().End, Quote(text, StyleAt(lit))}})
}

// changedPart returns the part of the Concat lit that alone has to change, and its new value, for lit to be text.
func changedPart(lit syntax.Node, text string) (syntax.Node, string, bool) {
	value, ok := lit.Value()
	if !ok {
		return syntax.Node{}, "", false
	}
	before := 0
	for part := range lit.Elems() {
		v, _ := part.Value()
		head, tail := value[:before], value[before+len(v):]
		fits := len(text) >= len(head)+len(tail)
		if fits && strings.HasPrefix(text, head) && strings.HasSuffix(text, tail) {
			return part, text[len(head) : len(text)-len(tail)], true
		}
		before += len(v)
	}
	return syntax.Node{}, "", false
}

// ReplaceExpr puts text in the place of the expression node. Lines of text but the first are relative to the line that
// node starts on. Comments within node go with it. It returns nil for a zero node.
func ReplaceExpr(path string, node syntax.Node, text string) []edit.Edit {
	if node.IsZero() {
		return nil
	}
	src, span := node.File().Src, node.Span()
	text = reindent(text, indentOf(src, span.Start), edit.LineEnd(src))
	return finish(path, node.File(), []replacement{{span.Start, span.End, text}})
}
