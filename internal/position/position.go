// Package position converts between byte offsets, which are what the rest of the program knows, and the positions that
// people and editors use.
package position

import (
	"bytes"
	"fmt"
	"sort"
	"sync"
	"unicode/utf8"
)

// A Position is a place as reports name it.
type Position struct {
	Line   int // from 1
	Column int // from 1, in Unicode code points
}

// A Mapper converts positions in one text. It is immutable and safe for concurrent use; it builds its table of lines
// when it is first asked.
//
// A line ends with "\n", "\r\n" or a lone "\r", as in LSP, in every unit; the text after the last line end is a line
// too, so that no text has less than one. A byte that is no valid UTF-8 counts as one code point and as one UTF-16
// code unit. A byte order mark at the start of the text counts as nothing, since editors take it off: it is before
// column 1.
//
// Offsets outside the text mean its start or its end. An offset inside a character means that character, one inside or
// before a line end the end of the line's text.
type Mapper struct {
	src  []byte
	once sync.Once
	all  []line
}

// A line is the range [start, end) of a line's text, without line end and byte order mark.
type line struct {
	start, end int
	ascii      bool
}

// NewMapper returns the mapper of src, which must not change afterwards.
func NewMapper(src []byte) *Mapper { return &Mapper{src: src} }

// Lines returns the number of lines, at least 1.
func (m *Mapper) Lines() int { return len(m.lines()) }

// Line returns the text of line n, which counts from 1, without its line end; nil if there is no such line. The caller
// must not change it.
func (m *Mapper) Line(n int) []byte {
	if n < 1 || n > m.Lines() {
		return nil
	}
	l := m.lines()[n-1]
	return m.src[l.start:l.end:l.end]
}

// Position returns the position of the byte at offset.
func (m *Mapper) Position(offset int) Position {
	n, prefix, ascii := m.locate(offset)
	return Position{Line: n + 1, Column: 1 + count(prefix, ascii, codePoints)}
}

// UTF16 returns the line, from 0, and the UTF-16 code units before the byte at offset on it: an LSP position of the
// encoding utf-16.
func (m *Mapper) UTF16(offset int) (line, char uint32) {
	n, prefix, ascii := m.locate(offset)
	return uint32(n), uint32(count(prefix, ascii, utf16Units))
}

// OffsetUTF16 is the inverse of [Mapper.UTF16]. A char beyond the end of its line means that end; one inside a
// character means its start. The line after the last means the end of the text, since editors end the range of a whole
// text so; one beyond that is an error.
func (m *Mapper) OffsetUTF16(line, char uint32) (int, error) { return m.offset(line, char, utf16Units) }

// UTF8 returns the line, from 0, and the bytes before the byte at offset on it: an LSP position of the encoding utf-8.
func (m *Mapper) UTF8(offset int) (line, char uint32) {
	n, prefix, _ := m.locate(offset)
	return uint32(n), uint32(len(prefix))
}

// OffsetUTF8 is the inverse of [Mapper.UTF8]; see [Mapper.OffsetUTF16].
func (m *Mapper) OffsetUTF8(line, char uint32) (int, error) { return m.offset(line, char, utf8Units) }

// locate returns the line of offset, from 0, and the text on it before the character that holds offset. It says whether
// the line is all ASCII.
func (m *Mapper) locate(offset int) (n int, prefix []byte, ascii bool) {
	lines := m.lines()
	n = max(0, sort.Search(len(lines), func(i int) bool { return lines[i].start > offset })-1)
	l := lines[n]
	offset = min(max(offset, l.start), l.end)
	if !l.ascii {
		offset = l.start + runeStart(m.src[l.start:l.end], offset-l.start)
	}
	return n, m.src[l.start:offset], l.ascii
}

// runeStart returns the start of the character of text that holds offset.
func runeStart(text []byte, offset int) int {
	for start := offset - 1; start >= 0 && start > offset-utf8.UTFMax; start-- {
		if !utf8.RuneStart(text[start]) {
			continue
		}
		if _, size := utf8.DecodeRune(text[start:]); start+size > offset {
			return start
		}
		break
	}
	return offset
}

// A unit returns how many units of an encoding the character r counts that takes size bytes.
type unit func(r rune, size int) int

func codePoints(rune, int) int { return 1 }

func utf8Units(_ rune, size int) int { return size }

func utf16Units(r rune, _ int) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// count returns the length of text in units.
func count(text []byte, ascii bool, u unit) int {
	if ascii {
		return len(text)
	}
	n := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		n += u(r, size)
		text = text[size:]
	}
	return n
}

func (m *Mapper) offset(line, char uint32, u unit) (int, error) {
	lines := m.lines()
	switch {
	case uint64(line) == uint64(len(lines)):
		return len(m.src), nil
	case uint64(line) > uint64(len(lines)):
		return 0, fmt.Errorf("line %d is out of range: the text has %d lines, counted from 0", line, len(lines))
	}
	l := lines[line]
	if l.ascii {
		return l.start + int(min(uint64(char), uint64(l.end-l.start))), nil
	}
	at, left := l.start, uint64(char)
	for at < l.end && left > 0 {
		r, size := utf8.DecodeRune(m.src[at:l.end])
		units := uint64(u(r, size))
		if units > left {
			break
		}
		left -= units
		at += size
	}
	return at, nil
}

func (m *Mapper) lines() []line {
	m.once.Do(func() { m.all = split(m.src) })
	return m.all
}

// split returns the lines of src.
func split(src []byte) []line {
	lines := make([]line, 0, bytes.Count(src, []byte("\n"))+1)
	current := line{ascii: true}
	if bytes.HasPrefix(src, []byte("\uFEFF")) {
		current.start = len("\uFEFF")
	}
	for i := current.start; i < len(src); i++ {
		switch c := src[i]; {
		case c >= utf8.RuneSelf:
			current.ascii = false
		case c == '\n' || c == '\r':
			current.end = i
			lines = append(lines, current)
			if c == '\r' && i+1 < len(src) && src[i+1] == '\n' {
				i++
			}
			current = line{start: i + 1, ascii: true}
		}
	}
	current.end = len(src)
	return append(lines, current)
}
