package rewrite

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// header matches a comment that is about the file, not about the statement below it.
var header = regexp.MustCompile(`(?i)copyright|licen[sc]e|-\*-|coding[:=]|buildlint:\s*disable-file`)

// RemoveStatement removes a top-level statement with the comment at its end, the suppressions above it, and the comment
// lines directly above it, which describe it. These stay if they are about the file: if they start it, or speak of a
// licence or copyright, an encoding, or a disable-file. Of the blank lines around the statement the longer run stays,
// none at the start and the end of the file. RemoveStatement returns nil for a statement within another one, and if
// something that is no part of it follows on its line.
func RemoveStatement(path string, file *syntax.File, stmt syntax.Node) []edit.Edit {
	isStmt := func(n syntax.Node) bool { return n.Span() == stmt.Span() }
	if stmt.IsZero() || !slices.ContainsFunc(file.Stmts, isStmt) {
		return nil
	}
	src, span := file.Src, stmt.Span()
	end, ok := statementEnd(file, span.End)
	if !ok {
		return nil
	}
	if before := skipBack(src, span.Start, isBlank); before > 0 && src[before-1] == ';' {
		return finish(path, file, []replacement{{before - 1, end.Start, ""}})
	}
	if !isLineEnd(src, end.End) {
		return finish(path, file, []replacement{{span.Start, end.End, ""}})
	}
	span = wholeLines(src, syntax.Span{Start: attached(src, file.Comments(), lineStart(src, span.Start)), End: end.End},
		func(i int) bool { return i <= fileStart(src) },
		func(i int) bool { return i == len(src) })
	return finish(path, file, []replacement{{span.Start, span.End, ""}})
}

// statementEnd returns where the statement ends whose last expression ends at offset, up to where what follows it
// starts: the next statement on the line, else the line end. It reports false if there is something else between.
func statementEnd(file *syntax.File, offset int) (syntax.Span, bool) {
	end := syntax.Span{Start: offset, End: offset}
	toks := tokensIn(file, syntax.Span{Start: offset, End: len(file.Src)})
	for i, tok := range toks {
		switch {
		case tok.Kind == syntax.NewlineTok || tok.Kind == syntax.CommentTok:
			end.End = lineEnd(file.Src, tok.Span.Start)
			return end, true
		case isOp(file.Src, tok, ','):
			end.Start = tok.Span.End // of a tuple
		case !isOp(file.Src, tok, ';'):
			return syntax.Span{}, false
		case i+1 < len(toks) && toks[i+1].Kind != syntax.NewlineTok && toks[i+1].Kind != syntax.CommentTok:
			end.End = toks[i+1].Span.Start
			return end, true
		}
	}
	end.End = len(file.Src)
	return end, true
}

// attached returns the start of the comment lines that go with a statement whose line starts at line.
func attached(src []byte, comments []syntax.Span, line int) int {
	above := linesAbove(src, comments, line)
	if len(above) == 0 {
		return line
	}
	isHeader := func(c syntax.Span) bool { return c.Start == fileStart(src) || header.MatchString(c.Text(src)) }
	if !slices.ContainsFunc(above, isHeader) {
		return above[0].Start
	}
	for _, c := range slices.Backward(above) {
		if !suppression.MatchString(c.Text(src)) {
			break
		}
		line = c.Start
	}
	return line
}

// linesAbove returns the comments that are whole lines, without indentation, directly above a line.
func linesAbove(src []byte, comments []syntax.Span, line int) []syntax.Span {
	n, _ := slices.BinarySearchFunc(comments, line, func(c syntax.Span, line int) int { return c.Start - line })
	first := n
	for first > 0 && isWholeLine(src, comments[first-1]) && nextLine(src, comments[first-1].End) == line {
		first--
		line = comments[first].Start
	}
	return comments[first:n]
}

// isWholeLine reports whether a comment starts at the start of a line that does not continue the one above.
func isWholeLine(src []byte, comment syntax.Span) bool {
	start := comment.Start
	if !isLineStart(src, start) {
		return false
	}
	before := bytes.TrimSuffix(bytes.TrimSuffix(src[:start], []byte("\n")), []byte("\r"))
	return !bytes.HasSuffix(before, []byte(`\`))
}
