package replay

import (
	"bytes"
	"cmp"
	"encoding/binary"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// blockSize is how many accesses share the beginnings of their paths, and are repeated by one processor.
const blockSize = 256

// opBits are the low bits of a number that hold the question.
const (
	opBits = 2
	opMask = 1<<opBits - 1
)

// A list is accesses in the order of their paths, stored without what these share with the one before:
//
//	length of what is shared << 2 + the question, length of the rest, the rest, the answer
type list struct {
	data   []byte
	blocks []int // where each starts in data; its first path shares nothing

	count  int
	path   []byte // the last
	op     filetree.AccessOp
	answer answer
}

// add appends an access, which must not sort before the last one. The same again is dropped; add reports false if it
// has another answer.
func (l *list) add(path []byte, op filetree.AccessOp, a answer) bool {
	if l.count > 0 && op == l.op && bytes.Equal(path, l.path) {
		return a == l.answer
	}
	shared := 0
	if l.count%blockSize == 0 {
		l.blocks = append(l.blocks, len(l.data))
	} else {
		shared = sharedPrefix(l.path, path)
	}
	l.data = binary.AppendUvarint(l.data, uint64(shared)<<opBits|uint64(op))
	l.data = binary.AppendUvarint(l.data, uint64(len(path)-shared))
	l.data = append(l.data, path[shared:]...)
	l.data = append(l.data, a[:]...)
	l.count++
	l.path, l.op, l.answer = append(l.path[:0], path...), op, a
	return true
}

func sharedPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// block returns the bytes of a block.
func (l *list) block(i int) []byte {
	end := len(l.data)
	if i+1 < len(l.blocks) {
		end = l.blocks[i+1]
	}
	return l.data[l.blocks[i]:end]
}

// merge returns what is in one of two lists; false if they have different answers.
func merge(a, b *list) (*list, bool) {
	x, y := cursor{rest: a.data}, cursor{rest: b.data}
	all := &list{data: make([]byte, 0, len(a.data)+len(b.data))}
	moreX, moreY := x.next(), y.next()
	for moreX || moreY {
		if moreX && (!moreY || x.compare(&y) <= 0) {
			if !all.add(x.path, x.op, x.answer) {
				return nil, false
			}
			moreX = x.next()
			continue
		}
		if !all.add(y.path, y.op, y.answer) {
			return nil, false
		}
		moreY = y.next()
	}
	return all, true
}

// A cursor goes through the accesses of a list, or of a block.
type cursor struct {
	rest    []byte
	damaged bool

	path   []byte
	op     filetree.AccessOp
	answer answer
}

// next goes to the next access, if there is one.
func (c *cursor) next() bool {
	if len(c.rest) == 0 {
		return false
	}
	r := reader{data: c.rest, ok: true}
	head := r.number(len(c.path)<<opBits | opMask)
	rest := r.bytes(r.number(len(c.rest)))
	digest := r.bytes(len(c.answer))
	if !r.ok {
		c.rest, c.damaged = nil, true
		return false
	}
	c.op = filetree.AccessOp(head & opMask)
	c.path = append(c.path[:head>>opBits], rest...)
	c.answer = answer(digest)
	c.rest = r.data
	return true
}

func (c *cursor) compare(d *cursor) int {
	return cmp.Or(bytes.Compare(c.path, d.path), cmp.Compare(c.op, d.op))
}
