package workspace

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
)

// A textTable is a table of texts. Most of them lie one after the other in a few large ones: a repository has texts by
// the million, which the garbage collector would look at one by one.
type textTable struct {
	shards [tableShards]textShard
}

type textShard struct {
	mu    sync.RWMutex
	slots slots
	texts atomic.Pointer[textList]
}

// A textList holds the texts of a shard by number. It does not change but for texts that come to its end.
type textList struct {
	full []*textBlock
	last *[blockLen]string // those after the full blocks; some are not yet
}

// blockLen is how many texts are put together.
const blockLen = 64

// A textBlock is texts that follow each other.
type textBlock struct {
	text string
	ends [blockLen]uint32
}

// find returns the number of a text, if it has one.
func (t *textTable) find(text string) (number uint32, ok bool) {
	h := maphash.String(seed, text)
	shard := &t.shards[h%tableShards]
	shard.mu.RLock()
	defer shard.mu.RUnlock()
	i, ok := shard.find(text, h)
	return i<<tableBits | uint32(h%tableShards), ok
}

// number returns the number of a text, a new one if it has none. The text is copied.
func (t *textTable) number(text string) uint32 {
	if number, ok := t.find(text); ok {
		return number
	}
	h := maphash.String(seed, text)
	shard := &t.shards[h%tableShards]
	shard.mu.Lock()
	defer shard.mu.Unlock()
	i, ok := shard.find(text, h)
	if !ok {
		i = shard.add(strings.Clone(text), h)
	}
	return i<<tableBits | uint32(h%tableShards)
}

// value returns the text of a number that t gave. Whoever keeps it keeps those beside it.
func (t *textTable) value(number uint32) string {
	return t.shards[number%tableShards].texts.Load().at(number >> tableBits)
}

// len returns how many texts there are.
func (t *textTable) len() int {
	n := 0
	for i := range t.shards {
		t.shards[i].mu.RLock()
		n += int(t.shards[i].slots.n)
		t.shards[i].mu.RUnlock()
	}
	return n
}

func (s *textShard) find(text string, h uint64) (uint32, bool) {
	return s.slots.find(h>>tableBits, func(i uint32) bool { return s.texts.Load().at(i) == text })
}

func (s *textShard) add(text string, h uint64) uint32 {
	i := s.slots.add(h>>tableBits, func(i uint32) uint64 {
		return maphash.String(seed, s.texts.Load().at(i)) >> tableBits
	})
	if i%blockLen == 0 {
		s.texts.Store(s.texts.Load().extended())
	}
	s.texts.Load().last[i%blockLen] = text
	return i
}

func (l *textList) at(i uint32) string {
	if block := int(i / blockLen); block < len(l.full) {
		return l.full[block].at(i % blockLen)
	}
	return l.last[i%blockLen]
}

// extended returns a list with room for more texts, after those of l, which is full or nil.
func (l *textList) extended() *textList {
	if l == nil {
		return &textList{last: new([blockLen]string)}
	}
	next := *l
	next.full = append(next.full, newBlock(l.last))
	next.last = new([blockLen]string)
	return &next
}

func newBlock(texts *[blockLen]string) *textBlock {
	b := &textBlock{text: strings.Join(texts[:], "")}
	end := 0
	for i, text := range texts {
		end += len(text)
		b.ends[i] = uint32(end)
	}
	return b
}

func (b *textBlock) at(i uint32) string {
	start := uint32(0)
	if i > 0 {
		start = b.ends[i-1]
	}
	return b.text[start:b.ends[i]]
}
