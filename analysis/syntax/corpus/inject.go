package main

import (
	"math/rand/v2"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// An injection is a way to break a file: by leaving out a part of it. Its cut reports false if there is no such part.
type injection struct {
	name string
	cut  func(*syntax.File, *rand.Rand) (syntax.Span, bool)
}

func injections() []injection {
	return []injection{
		{"deleted byte", deletedByte},
		{"call that is not closed", unclosedCall},
		{"string that is not closed", unclosedString},
		{"truncated statement", truncatedStatement},
	}
}

// deletedByte leaves out one byte of one statement.
func deletedByte(f *syntax.File, r *rand.Rand) (syntax.Span, bool) {
	if len(f.Stmts) == 0 {
		return syntax.Span{}, false
	}
	s := f.Stmts[r.IntN(len(f.Stmts))].Span()
	at := s.Start + r.IntN(s.Len())
	return syntax.Span{Start: at, End: at + 1}, true
}

// unclosedCall leaves out the closing parenthesis of a statement that is a call.
func unclosedCall(f *syntax.File, r *rand.Rand) (syntax.Span, bool) {
	var calls []syntax.Node
	for _, s := range f.Stmts {
		if s.Kind() == syntax.Call {
			calls = append(calls, s)
		}
	}
	if len(calls) == 0 {
		return syntax.Span{}, false
	}
	return calls[r.IntN(len(calls))].Close(), true
}

// unclosedString leaves out the closing quote of a string.
func unclosedString(f *syntax.File, r *rand.Rand) (syntax.Span, bool) {
	var ends []int
	for _, tok := range f.Tokens() {
		if tok.Kind == syntax.StringTok {
			ends = append(ends, tok.Span.End)
		}
	}
	if len(ends) == 0 {
		return syntax.Span{}, false
	}
	end := ends[r.IntN(len(ends))]
	return syntax.Span{Start: end - 1, End: end}, true
}

// truncatedStatement leaves out the end of a statement, from anywhere behind its first byte.
func truncatedStatement(f *syntax.File, r *rand.Rand) (syntax.Span, bool) {
	if len(f.Stmts) == 0 {
		return syntax.Span{}, false
	}
	s := f.Stmts[r.IntN(len(f.Stmts))].Span()
	if s.Len() < 2 {
		return syntax.Span{}, false
	}
	return syntax.Span{Start: s.Start + 1 + r.IntN(s.Len()-1), End: s.End}, true
}
