package workspace

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// A table numbers values: equal ones alike, in no order, and densely enough for slices that are indexed by number. It
// is safe for concurrent use, and asking for the value of a number waits for nobody. Texts have a table of their own.
type table[T comparable] struct {
	shards [tableShards]tableShard[T]
}

// tableShards keeps those who add at the same time from waiting for each other. The number of a value is that in its
// shard, times tableShards, plus that of the shard.
const (
	tableShards = 1 << tableBits
	tableBits   = 6
)

type tableShard[T comparable] struct {
	mu     sync.RWMutex
	slots  slots
	values atomic.Pointer[[]T] // by number in the shard; those from slots.n on are not yet
}

// find returns the number of a value, if it has one.
func (t *table[T]) find(v T) (number uint32, ok bool) {
	h := maphash.Comparable(seed, v)
	shard := &t.shards[h%tableShards]
	shard.mu.RLock()
	defer shard.mu.RUnlock()
	i, ok := shard.find(v, h)
	return i<<tableBits | uint32(h%tableShards), ok
}

// number returns the number of a value, a new one if it has none.
func (t *table[T]) number(v T) uint32 {
	if number, ok := t.find(v); ok {
		return number
	}
	h := maphash.Comparable(seed, v)
	shard := &t.shards[h%tableShards]
	shard.mu.Lock()
	defer shard.mu.Unlock()
	i, ok := shard.find(v, h)
	if !ok {
		i = shard.add(v, h)
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
		n += int(t.shards[i].slots.n)
		t.shards[i].mu.RUnlock()
	}
	return n
}

func (s *tableShard[T]) find(v T, h uint64) (uint32, bool) {
	return s.slots.find(h>>tableBits, func(i uint32) bool { return (*s.values.Load())[i] == v })
}

// add adds a value. Those who read the old ones go on with them where room is made for more.
func (s *tableShard[T]) add(v T, h uint64) uint32 {
	i := s.slots.add(h>>tableBits, func(i uint32) uint64 {
		return maphash.Comparable(seed, (*s.values.Load())[i]) >> tableBits
	})
	var values []T
	if old := s.values.Load(); old != nil {
		values = *old
	}
	if int(i) == len(values) {
		values = append(make([]T, 0, max(leastSlots, len(values)*5/4)), values...)
		values = values[:cap(values)]
		s.values.Store(&values)
	}
	values[i] = v
	return i
}
