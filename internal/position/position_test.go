package position

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestPositions(t *testing.T) {
	type lc struct{ Line, Char uint32 }
	for _, tt := range []struct {
		name, src   string
		offset      int
		position    Position
		utf16, utf8 lc
		back        int // offset of both LSP positions
	}{
		{"empty", "", 0, Position{1, 1}, lc{0, 0}, lc{0, 0}, 0},
		{"start", "ab\ncd\n", 0, Position{1, 1}, lc{0, 0}, lc{0, 0}, 0},
		{"second line", "ab\ncd\n", 4, Position{2, 2}, lc{1, 1}, lc{1, 1}, 4},
		{"line end", "ab\ncd\n", 2, Position{1, 3}, lc{0, 2}, lc{0, 2}, 2},
		{"after the last line end", "ab\ncd\n", 6, Position{3, 1}, lc{2, 0}, lc{2, 0}, 6},
		{"no final line end", "ab\ncd", 5, Position{2, 3}, lc{1, 2}, lc{1, 2}, 5},
		{"before the text", "ab", -3, Position{1, 1}, lc{0, 0}, lc{0, 0}, 0},
		{"behind the text", "ab\ncd", 99, Position{2, 3}, lc{1, 2}, lc{1, 2}, 5},
		{"CRLF", "ab\r\ncd", 4, Position{2, 1}, lc{1, 0}, lc{1, 0}, 4},
		{"at CRLF", "ab\r\ncd", 2, Position{1, 3}, lc{0, 2}, lc{0, 2}, 2},
		{"inside CRLF", "ab\r\ncd", 3, Position{1, 3}, lc{0, 2}, lc{0, 2}, 2},
		{"lone CR", "ab\rcd", 4, Position{2, 2}, lc{1, 1}, lc{1, 1}, 4},
		{"CR CRLF", "a\r\r\nb", 4, Position{3, 1}, lc{2, 0}, lc{2, 0}, 4},
		{"LF CR", "a\n\rb", 3, Position{3, 1}, lc{2, 0}, lc{2, 0}, 3},
		{"two bytes", "é=1", 2, Position{1, 2}, lc{0, 1}, lc{0, 2}, 2},
		{"inside two bytes", "é=1", 1, Position{1, 1}, lc{0, 0}, lc{0, 0}, 0},
		{"surrogates", "a😀b", 5, Position{1, 3}, lc{0, 3}, lc{0, 5}, 5},
		{"inside four bytes", "a😀b", 3, Position{1, 2}, lc{0, 1}, lc{0, 1}, 1},
		{"combining", "e\u0301x", 3, Position{1, 3}, lc{0, 2}, lc{0, 3}, 3},
		{"other lines do not count", "é\nab", 4, Position{2, 2}, lc{1, 1}, lc{1, 1}, 4},
		{"invalid", "\xff\xfex", 2, Position{1, 3}, lc{0, 2}, lc{0, 2}, 2},
		{"cut short", "\xf0\x9f\x98x", 3, Position{1, 4}, lc{0, 3}, lc{0, 3}, 3},
		{"inside what is cut short", "\xf0\x9f\x98x", 2, Position{1, 3}, lc{0, 2}, lc{0, 2}, 2},
		{"cut short by the line end", "\xf0\x9f\n\x98", 2, Position{1, 3}, lc{0, 2}, lc{0, 2}, 2},
		{"stray continuation", "é\xa9x", 3, Position{1, 3}, lc{0, 2}, lc{0, 3}, 3},
		{"BOM", "\uFEFFab", 0, Position{1, 1}, lc{0, 0}, lc{0, 0}, 3},
		{"inside the BOM", "\uFEFFab", 2, Position{1, 1}, lc{0, 0}, lc{0, 0}, 3},
		{"behind the BOM", "\uFEFFab", 4, Position{1, 2}, lc{0, 1}, lc{0, 1}, 4},
		{"nothing but a BOM", "\uFEFF", 3, Position{1, 1}, lc{0, 0}, lc{0, 0}, 3},
		{"BOM on another line", "a\n\uFEFFb", 5, Position{2, 2}, lc{1, 1}, lc{1, 3}, 5},
		{"line separator is no line end", "a\u2028b", 4, Position{1, 3}, lc{0, 2}, lc{0, 4}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := NewMapper([]byte(tt.src))
			if diff := cmp.Diff(tt.position, m.Position(tt.offset)); diff != "" {
				t.Error(diff)
			}
			var got16, got8 lc
			got16.Line, got16.Char = m.UTF16(tt.offset)
			got8.Line, got8.Char = m.UTF8(tt.offset)
			if diff := cmp.Diff([]lc{tt.utf16, tt.utf8}, []lc{got16, got8}); diff != "" {
				t.Error(diff)
			}
			back16, err16 := m.OffsetUTF16(got16.Line, got16.Char)
			back8, err8 := m.OffsetUTF8(got8.Line, got8.Char)
			if back16 != tt.back || back8 != tt.back || err16 != nil || err8 != nil {
				t.Errorf("back: %d (%v) and %d (%v), want %d", back16, err16, back8, err8, tt.back)
			}
		})
	}
}

func TestOffset(t *testing.T) {
	const src = "a😀b\r\ncd\n"
	for _, tt := range []struct {
		name        string
		line, char  uint32
		utf16, utf8 int
	}{
		{"inside a character", 0, 2, 1, 1},
		{"beyond the line", 1, 77, 10, 10},
		{"beyond the line that is not ASCII", 0, 77, 6, 6},
		{"largest char", 1, 1<<32 - 1, 10, 10},
		{"last line", 2, 0, 11, 11},
		{"after the last line", 3, 0, 11, 11},
		{"well after the last line", 3, 5, 11, 11},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := NewMapper([]byte(src))
			got16, err16 := m.OffsetUTF16(tt.line, tt.char)
			got8, err8 := m.OffsetUTF8(tt.line, tt.char)
			if got16 != tt.utf16 || got8 != tt.utf8 || err16 != nil || err8 != nil {
				t.Errorf("got %d (%v) and %d (%v), want %d and %d", got16, err16, got8, err8, tt.utf16, tt.utf8)
			}
		})
	}
	const want = "line 4 is out of range: the text has 3 lines, counted from 0"
	for _, offset := range []func(line, char uint32) (int, error){
		NewMapper([]byte(src)).OffsetUTF16,
		NewMapper([]byte(src)).OffsetUTF8,
	} {
		if _, err := offset(4, 0); err == nil || err.Error() != want {
			t.Errorf("got error %v, want %s", err, want)
		}
		if _, err := offset(1<<32-1, 0); err == nil {
			t.Error("no error for the largest line")
		}
	}
}

func TestLine(t *testing.T) {
	m := NewMapper([]byte("\uFEFFab\r\n\ncd\ré"))
	var got []string
	for n := 1; n <= m.Lines(); n++ {
		got = append(got, string(m.Line(n)))
	}
	if diff := cmp.Diff([]string{"ab", "", "cd", "é"}, got); diff != "" {
		t.Error(diff)
	}
	if m.Line(0) != nil || m.Line(5) != nil || m.Line(-1) != nil {
		t.Error("a line that is not there has text")
	}
	if line := m.Line(1); cap(line) != len(line) {
		t.Error("an append to a line would write into the text")
	}
}

func TestConcurrentUse(t *testing.T) {
	m := NewMapper([]byte(strings.Repeat("é = 1\n", 1000)))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := m.Position(7 * 500).Line; got != 501 {
				t.Errorf("line %d, want 501", got)
			}
		})
	}
	group.Wait()
}

// FuzzMapper compares the mapper with a plain model, and goes there and back from every offset.
func FuzzMapper(f *testing.F) {
	f.Add([]byte("\uFEFFa😀b\r\nc\xffd\r\re\u0301\n\n\xf0\x9f\x98"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1000 {
			t.Skip("the model is quadratic")
		}
		m := NewMapper(src)
		line, start := 1, 0 // of the current line
		if bytes.HasPrefix(src, []byte("\uFEFF")) {
			start = 3
		}
		for at := start; at < len(src); {
			r, size := utf8.DecodeRune(src[at:])
			checkModel(t, m, src, line, start, at)
			checkBack(t, m, at)
			for inside := at + 1; inside < at+size; inside++ {
				if m.Position(inside) != m.Position(at) {
					t.Errorf("%q: %d is inside the character at %d, but elsewhere", src, inside, at)
				}
			}
			at += size
			if r == '\r' && at < len(src) && src[at] == '\n' {
				if m.Position(at) != m.Position(at-1) {
					t.Errorf("%q: %d is inside a line end, but elsewhere", src, at)
				}
				at++
			}
			if r == '\r' || r == '\n' {
				line, start = line+1, at
			}
		}
		checkModel(t, m, src, line, start, len(src))
		checkBack(t, m, len(src))
		if m.Lines() != line {
			t.Errorf("%q: %d lines, want %d", src, m.Lines(), line)
		}
	})
}

// checkModel checks all positions of offset, which is the start of a character of the line that begins at start.
func checkModel(t *testing.T, m *Mapper, src []byte, line, start, offset int) {
	t.Helper()
	start = min(start, offset)
	runes := []rune(string(src[start:offset]))
	if got, want := m.Position(offset), (Position{line, len(runes) + 1}); got != want {
		t.Errorf("%q: Position(%d) = %v, want %v", src, offset, got, want)
	}
	want := uint32(len(utf16.Encode(runes)))
	if l, char := m.UTF16(offset); int(l) != line-1 || char != want {
		t.Errorf("%q: UTF16(%d) = %d, %d, want %d, %d", src, offset, l, char, line-1, want)
	}
	if l, char := m.UTF8(offset); int(l) != line-1 || int(char) != offset-start {
		t.Errorf("%q: UTF8(%d) = %d, %d, want %d, %d", src, offset, l, char, line-1, offset-start)
	}
}

// checkBack checks that the LSP positions of offset lead back to it.
func checkBack(t *testing.T, m *Mapper, offset int) {
	t.Helper()
	if got, err := m.OffsetUTF16(m.UTF16(offset)); got != offset || err != nil {
		t.Errorf("%q: OffsetUTF16(UTF16(%d)) = %d, %v", m.src, offset, got, err)
	}
	if got, err := m.OffsetUTF8(m.UTF8(offset)); got != offset || err != nil {
		t.Errorf("%q: OffsetUTF8(UTF8(%d)) = %d, %v", m.src, offset, got, err)
	}
}

// FuzzOffset checks that any LSP position leads into its line, to the start of a character, and there again.
func FuzzOffset(f *testing.F) {
	f.Add([]byte("a😀b\r\ncd\n"), uint32(0), uint32(2))
	f.Fuzz(func(t *testing.T, src []byte, line, char uint32) {
		m := NewMapper(src)
		line %= uint32(m.Lines()) + 2
		offset, err := m.OffsetUTF16(line, char)
		if (err != nil) != (int(line) > m.Lines()) {
			t.Fatalf("%q: OffsetUTF16(%d, %d): %v", src, line, char, err)
		}
		if err != nil {
			return
		}
		gotLine, gotChar := m.UTF16(offset)
		if int(line) < m.Lines() && gotLine != line || gotChar > char && int(line) < m.Lines() {
			t.Errorf("%q: OffsetUTF16(%d, %d) = %d, at %d, %d", src, line, char, offset, gotLine, gotChar)
		}
		checkBack(t, m, offset)
	})
}

func BenchmarkPosition(b *testing.B) {
	for name, text := range map[string]string{"ascii": "  name = 'x',\n", "other": "  name = 'é',\n"} {
		b.Run(name, func(b *testing.B) {
			src := []byte(strings.Repeat(text, 100_000))
			m := NewMapper(src)
			for b.Loop() {
				m.Position(len(src) / 2)
			}
		})
	}
}

func BenchmarkNewMapper(b *testing.B) {
	src := []byte(strings.Repeat("python_library(\n  name = 'x',\n)\n", 50))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		NewMapper(src).Lines()
	}
}
