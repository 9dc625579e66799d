package filetree

import (
	"bytes"
	"encoding/binary"
	"sort"
	"strings"
)

// nameBlock is how many names follow one that is stored whole.
const nameBlock = 32

// A nameList is a sorted list of names that share their beginnings with their neighbours, stored without these: a
// million paths take some ten bytes each. Names are added in order; what is not in order is refused.
type nameList struct {
	data   []byte // per name: length shared with the one before, length of the rest, the rest
	blocks []int  // where each block starts in data; its first name shares nothing
	count  int
	last   []byte
}

// add appends a name, which must not sort before the last one. The same name again is dropped.
func (l *nameList) add(name []byte) bool {
	if order := bytes.Compare(l.last, name); l.count > 0 && order >= 0 {
		return order == 0
	}
	shared := 0
	if l.count%nameBlock == 0 {
		l.blocks = append(l.blocks, len(l.data))
	} else {
		shared = sharedPrefix(l.last, name)
	}
	l.data = binary.AppendUvarint(l.data, uint64(shared))
	l.data = binary.AppendUvarint(l.data, uint64(len(name)-shared))
	l.data = append(l.data, name[shared:]...)
	l.count++
	l.last = append(l.last[:0], name...)
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

// has reports whether a name is in the list.
func (l *nameList) has(name string) bool {
	got, ok := l.seek(name)
	return ok && got == name
}

// hasBelow reports whether a name in the list starts with dir and a slash.
func (l *nameList) hasBelow(dir string) bool {
	got, ok := l.seek(dir + "/")
	return ok && strings.HasPrefix(got, dir+"/")
}

// seek gives the first name that does not sort before name.
func (l *nameList) seek(name string) (string, bool) {
	i := sort.Search(len(l.blocks), func(i int) bool { return l.first(i) > name })
	if i > 0 {
		i--
	}
	if i == len(l.blocks) {
		return "", false
	}
	var cur []byte
	for rest := l.data[l.blocks[i]:]; len(rest) > 0; {
		cur, rest = nextName(cur, rest)
		if string(cur) >= name {
			return string(cur), true
		}
	}
	return "", false
}

// first gives the first name of a block.
func (l *nameList) first(block int) string {
	name, _ := nextName(nil, l.data[l.blocks[block]:])
	return string(name)
}

// nextName decodes one name into the bytes of the one before.
func nextName(prev, data []byte) (name, rest []byte) {
	shared, n := binary.Uvarint(data)
	data = data[n:]
	size, n := binary.Uvarint(data)
	data = data[n:]
	return append(prev[:shared], data[:size]...), data[size:]
}
