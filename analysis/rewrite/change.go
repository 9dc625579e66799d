package rewrite

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A change removes items of a group and adds others.
type change struct {
	*group
	removed []bool
	added   map[int][]string // texts by the index of the item they follow, which stays; -1 for the first place

	last     int  // index of the last item that stays, -1 if none does
	trailing bool // the last item has a comma behind it
	eol      string
	out      []replacement
}

func newChange(g *group) *change {
	return &change{
		group: g, removed: make([]bool, len(g.items)), added: map[int][]string{}, last: -1, eol: edit.LineEnd(g.src),
	}
}

// edits returns the edits of the change, nil if it cannot be made.
func (c *change) edits(path string) []edit.Edit {
	return finish(path, c.node.File(), c.replacements())
}

// replacements returns what the change consists of, nil if it cannot be made.
func (c *change) replacements() []replacement {
	kept, total := 0, 0
	for i, gone := range c.removed {
		if !gone {
			c.last = i
			kept++
		}
	}
	for _, texts := range c.added {
		total += len(texts)
	}
	total += kept
	if total == 0 && c.node.Kind() == syntax.Set {
		return nil // {} is a dict
	}
	c.trailing = c.hadTrailingComma() || total == 1 && c.node.Kind() == syntax.Tuple
	cuts := c.cuts()
	if total == 0 && !c.commentStays(cuts) {
		return []replacement{{c.open, c.close, ""}}
	}
	c.insert()
	return append(c.out, c.deletions(cuts)...)
}

// hadTrailingComma reports whether a comma behind the last item is the style of the group.
func (c *change) hadTrailingComma() bool {
	n := len(c.items)
	if n == 1 && c.node.Kind() == syntax.Tuple && sameLine(c.src, c.open, c.close) {
		return false // (x,) has it to be a tuple
	}
	return n > 0 && c.items[n-1].comma >= 0
}

// commentStays reports whether a comment is outside of cuts.
func (c *change) commentStays(cuts []syntax.Span) bool {
	for _, comment := range c.comments {
		inside := false
		for _, cut := range cuts {
			inside = inside || cut.Contains(comment)
		}
		if !inside {
			return true
		}
	}
	return false
}

// insert appends the replacements that add items and the commas that are missing then.
func (c *change) insert() {
	if texts := c.added[-1]; len(texts) > 0 {
		c.insertFirst(texts)
	}
	for i := range c.items {
		texts := c.added[i]
		switch {
		case c.removed[i]:
		case len(texts) == 0:
			if i == c.last && c.trailing && c.items[i].comma < 0 {
				c.put(c.items[i].span.End, ",")
			}
		case c.breaksAfter(i):
			c.insertLines(i, texts)
		default:
			c.insertInline(i, texts)
		}
	}
}

func (c *change) put(at int, text string) {
	c.out = append(c.out, replacement{at, at, text})
}

// insertInline adds texts on the line where item i ends. The comma of item i becomes that of the last of them.
func (c *change) insertInline(i int, texts []string) {
	end, sep := c.items[i].span.End, c.separator(i)
	var b strings.Builder
	for _, text := range texts {
		b.WriteString(sep + reindent(text, indentOf(c.src, end), c.eol))
	}
	c.put(end, b.String())
}

// insertLines adds texts below the line where item i ends.
func (c *change) insertLines(i int, texts []string) {
	it, indent := c.items[i], c.indent(i)
	at := it.end()
	if comment, ok := c.commentAfter(at); ok {
		at = comment.End
	} else if blank := skip(c.src, at, isBlank); isLineEnd(c.src, blank) {
		at = blank
	}
	var b strings.Builder
	from := at
	if it.comma < 0 {
		// One replacement, although only the comma and the lines are new: a second fix that adds to the same place
		// must overlap, or the comma between the two would be missing.
		from = it.span.End
		b.WriteString("," + string(c.src[from:at]))
	}
	for k, text := range texts {
		b.WriteString(c.eol + indent + reindent(text, indent, c.eol))
		if i != c.last || k < len(texts)-1 || c.trailing {
			b.WriteString(",")
		}
	}
	c.out = append(c.out, replacement{from, at, b.String()})
}

// insertFirst adds texts in front of all items.
func (c *change) insertFirst(texts []string) {
	if len(c.items) == 0 {
		c.insertOnly(texts)
		return
	}
	first := c.items[0].span.Start
	at, before, sep := first, "", c.separator(0)
	indent := indentOf(c.src, first)
	switch {
	case startsLine(c.src, first):
		at = c.commentsAbove(lineStart(c.src, first), func(syntax.Span) bool { return true })
		before, sep = indent, ","+c.eol
	case c.breaksBefore():
		indent = c.indent(0)
		sep = "," + c.eol + indent
	}
	var b strings.Builder
	for k, text := range texts {
		b.WriteString(before + reindent(text, indent, c.eol))
		switch {
		case c.last >= 0 || k < len(texts)-1:
			b.WriteString(sep)
		default:
			b.WriteString(c.comma(c.trailing))
			if before != "" {
				b.WriteString(c.eol)
			}
		}
	}
	c.put(at, b.String())
}

// insertOnly adds texts between brackets that hold no item.
func (c *change) insertOnly(texts []string) {
	at := c.open
	if n := len(c.comments); n > 0 {
		at = c.comments[n-1].End
	} else if sameLine(c.src, c.open, c.close) {
		base := indentOf(c.src, c.open)
		for i, text := range texts {
			texts[i] = reindent(text, base, c.eol)
		}
		c.out = append(c.out, replacement{c.open, c.close, strings.Join(texts, ", ") + c.comma(c.trailing)})
		return
	}
	indent, trailing := c.indent(0), c.trailing || StyleOf(c.node.File()).TrailingComma
	var b strings.Builder
	for i, text := range texts {
		b.WriteString(c.eol + indent + reindent(text, indent, c.eol) + c.comma(i < len(texts)-1 || trailing))
	}
	c.put(at, b.String())
}

func (c *change) comma(wanted bool) string {
	if wanted {
		return ","
	}
	return ""
}
