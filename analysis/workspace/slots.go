package workspace

// A slots finds the numbers of values by their hashes: a hash table with linear probing. It holds numbers alone, for a
// map would take five times the memory. Numbers are given one after the other, from 0 on.
type slots struct {
	numbers []uint32 // + 1, 0 for none; a power of two
	n       uint32
}

// leastSlots is the first size of a table that is not empty.
const leastSlots = 16

// find returns the number of the value with the given hash that is the one looked for.
func (s *slots) find(hash uint64, is func(number uint32) bool) (number uint32, ok bool) {
	if len(s.numbers) == 0 {
		return 0, false
	}
	mask := uint64(len(s.numbers) - 1)
	for at := hash & mask; s.numbers[at] != 0; at = (at + 1) & mask {
		if number = s.numbers[at] - 1; is(number) {
			return number, true
		}
	}
	return 0, false
}

// add gives a number to a new value.
func (s *slots) add(hash uint64, hashOf func(number uint32) uint64) (number uint32) {
	if int(s.n)*4 >= len(s.numbers)*3 {
		s.grow(hashOf)
	}
	number = s.n
	s.n++
	s.place(number, hash)
	return number
}

func (s *slots) place(number uint32, hash uint64) {
	mask := uint64(len(s.numbers) - 1)
	at := hash & mask
	for s.numbers[at] != 0 {
		at = (at + 1) & mask
	}
	s.numbers[at] = number + 1
}

func (s *slots) grow(hashOf func(number uint32) uint64) {
	s.numbers = make([]uint32, max(leastSlots, 2*len(s.numbers)))
	for number := range s.n {
		s.place(number, hashOf(number))
	}
}
