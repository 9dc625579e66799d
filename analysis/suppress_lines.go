package analysis

import (
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// lineSuppressions returns the suppressions of a requirements file by position. One at the end of a line holds for the
// line and for what it continues; one on a line of its own holds for the next line that asks for something.
func lineSuppressions(path string, src []byte) []*Suppression {
	var found []*Suppression
	lines := python.ParseRequirements(src)
	for i, l := range lines {
		if l.Comment.Len() == 0 {
			continue
		}
		s := parseSuppression(path, src, l.Comment)
		if s == nil {
			continue
		}
		if !s.File {
			s.Range = lineRange(lines[i:])
		}
		found = append(found, s)
	}
	return found
}

// lineRange returns the first line that is no comment.
func lineRange(lines []python.Line) syntax.Span {
	for _, l := range lines {
		if l.Kind != python.CommentLine && l.Kind != python.BlankLine {
			return l.Span
		}
	}
	return syntax.Span{}
}
