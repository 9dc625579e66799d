package rewrite

import (
	"bytes"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// reindent returns text with indent in front of every line but the first, and with the line end eol. Empty lines and
// lines that start within a string stay as they are.
func reindent(text, indent, eol string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.Contains(text, "\n") {
		return text
	}
	inString := stringLines([]byte(text))
	lines := strings.Split(text, "\n")
	for i := range lines {
		if i > 0 && lines[i] != "" && !inString[i] {
			lines[i] = indent + lines[i]
		}
	}
	return strings.Join(lines, eol)
}

// stringLines returns the numbers, from 0, of the lines of src that start within a string.
func stringLines(src []byte) map[int]bool {
	inside := map[int]bool{}
	line, pos := 0, 0
	for tok := range syntax.Scan(src) {
		line += bytes.Count(src[pos:tok.Span.Start], []byte("\n"))
		pos = tok.Span.Start
		if tok.Kind != syntax.StringTok {
			continue
		}
		for range bytes.Count(src[pos:tok.Span.End], []byte("\n")) {
			line++
			inside[line] = true
		}
		pos = tok.Span.End
	}
	return inside
}

// trimIndent takes indent from the start of every line of text but the first, as far as a line has it. It is the
// opposite of reindent.
func trimIndent(text, indent string) string {
	if indent == "" || !strings.Contains(text, "\n") {
		return text
	}
	inString := stringLines([]byte(text))
	lines := strings.Split(text, "\n")
	for i := range lines {
		if i > 0 && !inString[i] {
			lines[i] = strings.TrimPrefix(lines[i], indent)
		}
	}
	return strings.Join(lines, "\n")
}
