package rewrite

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// suppression matches a comment that is about the statement or element below it and means nothing without it.
var suppression = regexp.MustCompile(`^#\s*buildlint:\s*disable=`)

// cuts returns what goes: removed items, their commas and comments, and commas that nothing follows any more.
func (c *change) cuts() []syntax.Span {
	var cuts []syntax.Span
	for i, it := range c.items {
		if c.removed[i] {
			cuts = append(cuts, it.span)
			cuts = append(cuts, c.suppressionsAbove(it)...)
			if comment, ok := c.ownComment(i); ok {
				cuts = append(cuts, comment)
			}
		}
		if it.comma >= 0 && (c.removed[i] || !c.keepsComma(i)) {
			cuts = append(cuts, syntax.Span{Start: it.comma, End: it.comma + 1})
		}
	}
	slices.SortFunc(cuts, func(a, b syntax.Span) int { return cmp.Compare(a.Start, b.Start) })
	return slices.Compact(cuts)
}

// keepsComma reports whether the comma of item i, which stays, stays too.
func (c *change) keepsComma(i int) bool {
	return i != c.last || c.trailing || len(c.added[i]) > 0 && c.breaksAfter(i)
}

// ownComment returns the comment behind the removed item i, if every item that ends on this line is removed.
func (c *change) ownComment(i int) (syntax.Span, bool) {
	comment, ok := c.commentAfter(c.items[i].span.End)
	if comma := c.items[i].comma; !ok && comma >= 0 && sameLine(c.src, c.items[i].span.End, comma) {
		comment, ok = c.commentAfter(comma + 1)
	}
	if !ok {
		return syntax.Span{}, false
	}
	start := lineStart(c.src, comment.Start)
	for j, it := range c.items {
		if it.span.End > start && it.span.End <= comment.Start && !c.removed[j] {
			return syntax.Span{}, false
		}
	}
	return comment, true
}

// suppressionsAbove returns the suppressions on lines of their own directly above it.
func (c *change) suppressionsAbove(it item) []syntax.Span {
	if !startsLine(c.src, it.span.Start) {
		return nil
	}
	line := lineStart(c.src, it.span.Start)
	top := c.commentsAbove(line, func(s syntax.Span) bool { return suppression.MatchString(s.Text(c.src)) })
	var spans []syntax.Span
	for _, comment := range c.comments {
		if top <= comment.Start && comment.Start < line {
			spans = append(spans, comment)
		}
	}
	return spans
}

// deletions returns the replacements that delete cuts and the white space that has no use any more.
func (c *change) deletions(cuts []syntax.Span) []replacement {
	var out []replacement
	for _, cut := range c.joined(cuts) {
		whole := c.withSpace(cut)
		for _, r := range c.out { // never delete across a place where something is added
			if whole.Start < r.end && r.end <= cut.Start {
				whole.Start = r.end
			}
			if cut.End <= r.start && r.start < whole.End {
				whole.End = r.start
			}
		}
		out = append(out, replacement{whole.Start, whole.End, ""})
	}
	return out
}

// joined returns cuts with those merged that have only white space between them.
func (c *change) joined(cuts []syntax.Span) []syntax.Span {
	var out []syntax.Span
	for _, cut := range cuts {
		if n := len(out); n > 0 && skip(c.src, out[n-1].End, isSpace) >= cut.Start {
			out[n-1].End = cut.End
			continue
		}
		out = append(out, cut)
	}
	return out
}

// withSpace returns cut with the white space that goes with it.
func (c *change) withSpace(cut syntax.Span) syntax.Span {
	left, right := skipBack(c.src, cut.Start, isBlank), skip(c.src, cut.End, isBlank)
	atStart, atEnd := isLineStart(c.src, left), isLineEnd(c.src, right)
	switch {
	case atStart && atEnd:
		return wholeLines(c.src, syntax.Span{Start: cut.Start, End: right},
			func(i int) bool { return skipBack(c.src, i, isSpace) == c.open },
			func(i int) bool { return skip(c.src, i, isSpace) == c.close })
	case atStart:
		return c.lineHead(cut, right)
	case atEnd:
		return c.lineTail(cut, left, right)
	case right != c.close && c.src[right] != '#':
		return syntax.Span{Start: cut.Start, End: right}
	case left == c.open && right == c.close:
		return cut // something new comes between the brackets
	}
	return syntax.Span{Start: left, End: cut.End}
}

// lineHead returns what goes with a cut that starts a line on which something stays at right. A closing bracket moves
// up to what is left.
func (c *change) lineHead(cut syntax.Span, right int) syntax.Span {
	before := skipBack(c.src, cut.Start, isSpace)
	if right == c.close && !c.inComment(before) && c.src[before-1] != '\\' {
		return syntax.Span{Start: before, End: cut.End}
	}
	return syntax.Span{Start: cut.Start, End: right}
}

// lineTail returns what goes with a cut that ends a line on which something stays up to left. The next item moves up to
// the opening bracket, if that is where the first one stood.
func (c *change) lineTail(cut syntax.Span, left, right int) syntax.Span {
	next := skip(c.src, right, isSpace)
	if left == c.open && next != c.close && !bytes.HasPrefix(c.src[next:], []byte("#")) {
		return syntax.Span{Start: cut.Start, End: next}
	}
	return syntax.Span{Start: left, End: right}
}
