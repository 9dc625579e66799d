package config

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// An Error is one mistake in a configuration file or in what the command line says of the configuration.
type Error struct {
	Path    string // as the user knows the file: relative to the root, or as given; "" for the command line
	Line    int    // from 1; 0 for the file as a whole
	Column  int    // from 1, in code points
	Message string // what is wrong and what to do
	Offset  int    // of the place, in bytes
	Err     error  // why the file could not be read, else nil
}

func (e *Error) Error() string {
	switch {
	case e.Path == "":
		return e.Message
	case e.Line == 0:
		return fmt.Sprintf("%s: %s", e.Path, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Message)
}

func (e *Error) Unwrap() error { return e.Err }

// Errors are all mistakes of a configuration: those of the command line, then by path and place.
type Errors []*Error

// Error returns the errors a line each.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes each of the errors visible to errors.Is and errors.As.
func (e Errors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, err := range e {
		errs[i] = err
	}
	return errs
}

// orNil returns e sorted and each once, as an error that is nil if there are none.
func (e Errors) orNil() error {
	if len(e) == 0 {
		return nil
	}
	slices.SortStableFunc(e, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(e, func(a, b *Error) bool { return a.Error() == b.Error() })
}

// place returns the line and column, from 1 and in code points, of an offset of data.
func place(data []byte, offset int) (line, column int) {
	before := data[:min(offset, len(data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

// offsetOf returns the offset of a line and column, from 1 and in bytes.
func offsetOf(data []byte, line, column int) int {
	offset := 0
	for range line - 1 {
		i := bytes.IndexByte(data[offset:], '\n')
		if i < 0 {
			break
		}
		offset += i + 1
	}
	return min(offset+column-1, len(data))
}

// runeStart moves an offset within a character to its start.
func runeStart(data []byte, offset int) int {
	for start := offset; start >= 0 && start > offset-utf8.UTFMax; start-- {
		if r, size := utf8.DecodeRune(data[start:]); r != utf8.RuneError && start+size > offset {
			return start
		}
	}
	return offset
}
