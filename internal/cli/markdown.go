package cli

import (
	"strings"

	"github.com/rivo/uniseg"
)

// markdown writes the Markdown of a rule's documentation for a terminal: paragraphs and list items are wrapped,
// headings stand out, code blocks stay as they are.
func (e *explanation) markdown(text string) {
	for i, block := range blocks(text) {
		if i > 0 {
			e.WriteByte('\n')
		}
		switch first := block[0]; {
		case strings.HasPrefix(first, "```"):
			e.code(block)
		case strings.HasPrefix(first, "#"):
			e.heading(strings.TrimLeft(first, "# "))
		case isItem(first):
			e.list(block)
		default:
			e.paragraph(strings.Join(block, " "))
		}
	}
}

// blocks cuts Markdown into the lines of its paragraphs, lists, headings and code blocks.
func blocks(text string) [][]string {
	var all [][]string
	var block []string
	inCode := false
	for line := range strings.Lines(strings.TrimSpace(text)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "```") {
			inCode = !inCode
		}
		if line != "" || inCode {
			block = append(block, line)
			continue
		}
		if len(block) > 0 {
			all = append(all, block)
		}
		block = nil
	}
	if len(block) > 0 {
		all = append(all, block)
	}
	return all
}

func isItem(line string) bool { return strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") }

// code writes a code block, indented, without its fences.
func (e *explanation) code(block []string) {
	for _, line := range block {
		if !strings.HasPrefix(line, "```") {
			e.WriteString("  " + line + "\n")
		}
	}
}

// list writes list items.
func (e *explanation) list(block []string) {
	item := ""
	for _, line := range block {
		if isItem(line) && item != "" {
			e.wrap(item, "- ", "  ")
			item = ""
		}
		if isItem(line) {
			line = line[len("- "):]
		}
		item = strings.TrimSpace(item + " " + strings.TrimSpace(line))
	}
	e.wrap(item, "- ", "  ")
}

func (e *explanation) paragraph(text string) { e.wrap(text, "", "") }

// wrap writes text in lines of at most e.width columns, if its words are short enough.
func (e *explanation) wrap(text, first, rest string) {
	line, width := first, uniseg.StringWidth(first)
	empty := true
	for _, word := range strings.Fields(text) {
		w := uniseg.StringWidth(word)
		switch {
		case empty:
			line, width = line+word, width+w
		case width+1+w > e.width:
			e.WriteString(line + "\n")
			line, width = rest+word, uniseg.StringWidth(rest)+w
		default:
			line, width = line+" "+word, width+1+w
		}
		empty = false
	}
	e.WriteString(line + "\n")
}
