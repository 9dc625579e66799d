package workspace

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// A table numbers values: equal ones alike, in no order, and densely enough for slices that are indexed by number. It
// is safe for concurrent use, and asking for the value of a number waits for nobody.
type table[T comparable] struct {
	shards [tableShards]tableShard[T]
}

// tableShards keeps those who add at the same time from waiting for each other. The number of a value is that in its
// shard, times tableShards, plus that of the shard.
const (
	tableShards = 1 << tableBits
	tableBits   = 6
)

// A tableShard is a hash table with linear probing. It holds numbers alone: a map would take five times the memory.
type tableShard[T comparable] struct {
	mu     sync.RWMutex
	slots  []uint32            // number in the shard + 1, 0 for none; a power of two
	values atomic.Pointer[[]T] // by number in the shard; those from n on are not yet
	n      uint32
}

// leastSlots is the first size of a shard that is not empty.
const leastSlots = 16

// find returns the number of a value, if it has one.
func (t *table[T]) find(v T) (number uint32, ok bool) {
	h := maphash.Comparable(seed, v)
	shard := &t.shards[h%tableShards]
	shard.mu.RLock()
	defer shard.mu.RUnlock()
	i, ok := shard.find(v, h)
	return i<<tableBits | uint32(h%tableShards), ok
}

// number returns the number of a value; a new value is kept as keep makes it.
func (t *table[T]) number(v T, keep func(T) T) uint32 {
	if number, ok := t.find(v); ok {
		return number
	}
	h := maphash.Comparable(seed, v)
	shard := &t.shards[h%tableShards]
	shard.mu.Lock()
	defer shard.mu.Unlock()
	i, ok := shard.find(v, h)
	if !ok {
		i = shard.add(keep(v), h)
	}
	return i<<tableBits | uint32(h%tableShards)
}

// value returns the value of a number that t gave.
func (t *table[T]) value(number uint32) T {
	return (*t.shards[number%tableShards].values.Load())[number>>tableBits]
}

// len returns how many values there are.
func (t *table[T]) len() int {
	n := 0
	for i := range t.shards {
		t.shards[i].mu.RLock()
		n += int(t.shards[i].n)
		t.shards[i].mu.RUnlock()
	}
	return n
}

func (s *tableShard[T]) find(v T, h uint64) (uint32, bool) {
	if len(s.slots) == 0 {
		return 0, false
	}
	values, mask := *s.values.Load(), uint64(len(s.slots)-1)
	for at := h >> tableBits & mask; s.slots[at] != 0; at = (at + 1) & mask {
		if i := s.slots[at] - 1; values[i] == v {
			return i, true
		}
	}
	return 0, false
}

func (s *tableShard[T]) add(v T, h uint64) uint32 {
	if int(s.n)*4 >= len(s.slots)*3 {
		s.grow()
	}
	i := s.n
	(*s.values.Load())[i] = v
	s.n++
	s.place(i, h)
	return i
}

func (s *tableShard[T]) place(i uint32, h uint64) {
	mask := uint64(len(s.slots) - 1)
	at := h >> tableBits & mask
	for s.slots[at] != 0 {
		at = (at + 1) & mask
	}
	s.slots[at] = i + 1
}

// grow makes room for as many values again. Those who read the old ones go on with them.
func (s *tableShard[T]) grow() {
	size := max(leastSlots, 2*len(s.slots))
	values := make([]T, size*3/4)
	if old := s.values.Load(); old != nil {
		copy(values, *old)
	}
	s.values.Store(&values)
	s.slots = make([]uint32, size)
	for i := range s.n {
		s.place(i, maphash.Comparable(seed, values[i]))
	}
}
