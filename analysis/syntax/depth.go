package syntax

import "bytes"

// The parser and whoever walks its tree recurse, and the parser looks again at all of a chain of operators for each
// operator. What follows keeps both within bounds.
const (
	maxHeight   = 4000    // operators, brackets and words from the root of an expression to its leaves
	smallEnough = 8 << 10 // no text of this size can do harm
	maxBrackets = 1000    // open brackets in a statement that is read on its own
)

// tooDeep reports whether text may nest so deeply that the parser must not see it. It may err on the safe side.
func tooDeep(text []byte) bool {
	if len(text) <= smallEnough {
		return false
	}
	d := depthMeter{stack: []heights{{}}}
	for i := 0; i < len(text); {
		if c := text[i]; c == ' ' || c == '\t' {
			i++
			continue
		}
		i = d.step(text, i)
		if d.top().cur > maxHeight || len(d.stack) > maxHeight || d.branches > maxHeight {
			return true
		}
	}
	return false
}

// A depthMeter bounds the height of the syntax tree from above without building it.
type depthMeter struct {
	stack    []heights // one for each open bracket, and one for the statement
	branches int       // else and elif outside brackets
}

// heights are those of the expressions within one pair of brackets.
type heights struct {
	cur  int // of the element that is being read
	best int // of the highest element before it
}

func (d *depthMeter) top() *heights { return &d.stack[len(d.stack)-1] }

// step reads what is at offset i of text and returns the offset after it.
func (d *depthMeter) step(text []byte, i int) int {
	switch c := text[i]; c {
	case '\r', ';':
	case '\n':
		if len(d.stack) == 1 {
			d.stack[0] = heights{}
		}
	case '#':
		return i + lineLen(text[i:])
	case '"', '\'':
		s := scanner{src: text, pos: i}
		s.scanString()
		return s.pos
	case '(', '[', '{':
		d.stack = append(d.stack, heights{})
	case ')', ']', '}':
		d.pop()
	case ',':
		t := d.top()
		t.best, t.cur = max(t.best, t.cur), 0
	default:
		return d.word(text, i)
	}
	return i + 1
}

// pop adds the height of the brackets that are closed to the element that they are in.
func (d *depthMeter) pop() {
	if len(d.stack) == 1 {
		return
	}
	inner := *d.top()
	d.stack = d.stack[:len(d.stack)-1]
	d.top().cur = max(d.top().cur, inner.cur, inner.best) + 1
}

// word counts a name, a number or an operator.
func (d *depthMeter) word(text []byte, i int) int {
	d.top().cur++
	start := i
	for i < len(text) && isNameByte(text[i]) {
		i++
	}
	if i == start {
		return i + 1
	}
	if len(d.stack) == 1 && bytes.HasPrefix(text[start:i], []byte("el")) {
		d.branches++
	}
	return i
}
