// Package syntax reads BUILD files without losing any of them.
//
// A file is a list of top-level statements with true byte offsets. What the parser of bazelbuild/buildtools accepts is
// parsed by it as it stands; a file that holds Python which that parser rejects is rewritten at the same length first;
// what is still rejected is parsed statement by statement, so that a bad statement costs itself alone.
//
// This is the only package that knows the parser. Its tree is read through [Node] and never printed: every change of a
// file is a byte edit.
package syntax

import (
	"slices"
	"sync"
)

// A File is a BUILD file as read. It is immutable and safe for concurrent use.
type File struct {
	// Src is the content as given to [Parse]: with its byte order mark and its line ends. It must not be changed.
	Src []byte
	// Stmts are the top-level statements by position. A statement that could not be read has the kind [Bad].
	Stmts []Node
	// Errors are the syntax errors by position; none if the build tool could read the file.
	Errors []Error

	tokens   func() []Token // computed once
	comments func() []Span  // computed once
}

// An Error is a place that the build tool could not read either.
type Error struct {
	Span    Span
	Message string // a sentence without a final period: "this `(` is never closed"
	Related []Related
}

// A Related is a second place of an [Error], such as where a bracket was opened.
type Related struct {
	Span    Span
	Message string
}

func newFile(src []byte) *File {
	f := &File{Src: src}
	f.tokens = sync.OnceValue(func() []Token { return tokenize(src) })
	f.comments = sync.OnceValue(f.findComments)
	return f
}

// Tokens returns the tokens of the file, see [Scan]. The slice must not be changed.
func (f *File) Tokens() []Token { return f.tokens() }

// Comments returns the places of the comments by position, each from its # to the end of its line. The slice must not
// be changed.
func (f *File) Comments() []Span { return f.comments() }

func (f *File) findComments() []Span {
	var spans []Span
	for _, tok := range f.Tokens() {
		if tok.Kind == CommentTok {
			spans = append(spans, tok.Span)
		}
	}
	return spans
}

// Path returns the nodes that contain the byte at offset, or end there, the outermost first.
func (f *File) Path(offset int) []Node {
	i, _ := slices.BinarySearchFunc(f.Stmts, offset, func(n Node, offset int) int { return n.Span().End - offset })
	var path []Node
	for ; i < len(f.Stmts) && f.Stmts[i].Span().Start <= offset; i++ {
		// Of two statements that meet at offset, the one that starts there is meant.
		path = appendPath(nil, f.Stmts[i], offset)
	}
	return path
}

func appendPath(path []Node, n Node, offset int) []Node {
	for {
		path = append(path, n)
		child, ok := childAt(n, offset)
		if !ok {
			return path
		}
		n = child
	}
}

// childAt returns the child of n that contains offset; of two that meet there, the one that starts there.
func childAt(n Node, offset int) (Node, bool) {
	var found Node
	for c := range n.Children() {
		if s := c.Span(); s.Start <= offset && offset <= s.End {
			found = c
		}
	}
	return found, !found.IsZero()
}
