package syntax

// conflict adds tok, the line of a merge conflict's marker, to the conflict that it belongs to.
func (l *layout) conflict(tok Token) {
	n := len(l.conflicts)
	if l.src[tok.Span.Start] == '<' || n == 0 || l.closed(l.conflicts[n-1]) {
		l.conflicts = append(l.conflicts, Error{Span: tok.Span, Message: "this merge conflict is not resolved"})
		return
	}
	message := "the other side starts here"
	switch l.src[tok.Span.Start] {
	case '>':
		message = "the conflict ends here"
	case '|':
		message = "the common ancestor starts here"
	}
	last := &l.conflicts[n-1]
	last.Related = append(last.Related, Related{tok.Span, message})
}

// closed reports whether the end marker of a conflict was seen.
func (l *layout) closed(conflict Error) bool {
	n := len(conflict.Related)
	return n > 0 && l.src[conflict.Related[n-1].Span.Start] == '>'
}

// outside returns those of errs, sorted, that are not between the markers of a conflict: they follow from it.
func outside(conflicts, errs []Error) []Error {
	var out []Error
	for _, e := range errs {
		for len(conflicts) > 0 && conflictEnd(conflicts[0]) < e.Span.Start {
			conflicts = conflicts[1:]
		}
		if len(conflicts) == 0 || e.Span.Start < conflicts[0].Span.Start {
			out = append(out, e)
		}
	}
	return out
}

// conflictEnd returns the end of the last marker of a conflict.
func conflictEnd(conflict Error) int {
	if n := len(conflict.Related); n > 0 {
		return conflict.Related[n-1].Span.End
	}
	return conflict.Span.End
}
