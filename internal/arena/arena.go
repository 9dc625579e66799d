// Package arena keeps small things that live equally long in a few large pieces of memory: the garbage collector pays
// for each piece that it finds alive, and a repository has millions of names and records. A piece is kept as long as
// anything in it is.
package arena

import (
	"strings"
	"sync"
)

// pieceLen is how many elements, and pieceBytes how many bytes of text, a piece holds. More than a quarter of that has
// a piece of its own.
const (
	pieceLen   = 512
	pieceBytes = 8 << 10
)

// A Slices makes slices. The zero value is ready; it is safe for concurrent use.
type Slices[T any] struct {
	mu   sync.Mutex
	free []T
}

// Make returns an empty slice with room for n elements: if it grows beyond, it moves elsewhere.
func (s *Slices[T]) Make(n int) []T {
	if n > pieceLen/4 {
		return make([]T, 0, n)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > len(s.free) {
		s.free = make([]T, pieceLen)
	}
	made := s.free[:0:n]
	s.free = s.free[n:]
	return made
}

// A Strings makes copies of texts. The zero value is ready; it is safe for concurrent use, and must not be copied.
type Strings struct {
	mu    sync.Mutex
	piece strings.Builder
}

// Clone returns a copy of text that does not keep what text is a part of.
func (s *Strings) Clone(text string) string {
	if len(text) > pieceBytes/4 {
		return strings.Clone(text)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.piece.Cap()-s.piece.Len() < len(text) {
		s.piece.Reset()
		s.piece.Grow(pieceBytes)
	}
	start := s.piece.Len()
	s.piece.WriteString(text)
	return s.piece.String()[start:]
}
