// Package arena keeps small things that live equally long in a few large pieces of memory: the garbage collector pays
// for each piece that it finds alive, and a repository has millions of names and records. A piece is kept as long as
// anything in it is.
package arena

import (
	"reflect"
	"strings"
	"sync"
)

// pieceBytes is how large a piece is. What takes more than a quarter of that has a piece of its own.
const pieceBytes = 16 << 10

// A Slices makes slices. The zero value is ready; it is safe for concurrent use.
type Slices[T any] struct {
	mu   sync.Mutex
	free []T
}

// Make returns an empty slice with room for n elements: if it grows beyond, it moves elsewhere.
func (s *Slices[T]) Make(n int) []T {
	if n > pieceLen[T]()/4 {
		return make([]T, 0, n)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.take(n)[:0]
}

// New returns a new element, which is zero.
func (s *Slices[T]) New() *T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &s.take(1)[0]
}

// take returns n elements of a piece.
func (s *Slices[T]) take(n int) []T {
	if n > len(s.free) {
		s.free = make([]T, max(n, pieceLen[T]()))
	}
	taken := s.free[:n:n]
	s.free = s.free[n:]
	return taken
}

// pieceLen returns how many elements a piece holds.
func pieceLen[T any]() int { return pieceBytes / max(1, int(reflect.TypeFor[T]().Size())) }

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
