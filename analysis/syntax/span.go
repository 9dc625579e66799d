package syntax

// A Span is the half-open range [Start, End) of byte offsets in a file.
type Span struct {
	Start, End int
}

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Text returns the bytes of src that s covers.
func (s Span) Text(src []byte) string { return string(src[s.Start:s.End]) }
