package workspace

import "slices"

// Users knows the packages that use each target: the numbers of their directories by the number of the address. It is
// immutable and kept in pages, so that the next one shares all that did not change.
type users struct{ pages []*userPage }

// A userPage is of the addresses with the numbers from a multiple of pageSize on.
type userPage struct {
	end  [pageSize]uint32 // where in dirs those of an address end
	dirs []uint32
}

const pageSize = 256

// of returns the directories of the packages that use a target.
func (u *users) of(number uint32) []uint32 {
	if int(number/pageSize) >= len(u.pages) || u.pages[number/pageSize] == nil {
		return nil
	}
	return u.pages[number/pageSize].of(number % pageSize)
}

func (p *userPage) of(i uint32) []uint32 { return p.dirs[p.start(i):p.end[i]] }

func (p *userPage) start(i uint32) uint32 {
	if i == 0 {
		return 0
	}
	return p.end[i-1]
}

// newUsers returns the users of all targets in the packages of dirs.
func newUsers(s *Snapshot, dirs []string) *users {
	c := &counting{}
	for range 2 { // how many first, so that each page is made in its size
		c.begin()
		for _, dir := range dirs {
			number := s.names.text(dir)
			if f, _ := s.cache.load(number); f != nil {
				c.add(number, f)
			}
		}
	}
	return &users{c.pages}
}

// A counting makes pages in two rounds: one that counts, and one that fills them.
type counting struct {
	pages []*userPage
	count []uint32 // by address; in the second round, where the next goes in its page
	last  []uint32 // by address, the number of the directory, + 1, that was added last
	fills bool
}

// begin begins a round.
func (c *counting) begin() {
	clear(c.last)
	c.fills = len(c.count) > 0
	for from := 0; from < len(c.count); from += pageSize {
		page, n := &userPage{}, uint32(0)
		for i := range page.end {
			if from+i < len(c.count) {
				n, c.count[from+i] = n+c.count[from+i], n
			}
			page.end[i] = n
		}
		page.dirs = make([]uint32, n)
		c.pages = append(c.pages, page)
	}
}

// add adds a package, each target that it uses once.
func (c *counting) add(dir uint32, f *Facts) {
	for _, e := range f.edges {
		to := e.to()
		if missing := int(to) + 1 - len(c.count); missing > 0 {
			c.count = append(c.count, make([]uint32, missing)...)
			c.last = append(c.last, make([]uint32, missing)...)
		}
		if e.bad() || c.last[to] == dir+1 {
			continue
		}
		c.last[to] = dir + 1
		if c.fills {
			c.pages[to/pageSize].dirs[c.count[to]] = dir
		}
		c.count[to]++
	}
}

// A usersChange makes the next users of some that it shares the pages with.
type usersChange struct {
	*users
	owned map[uint32]bool // the pages that are its own
}

func newUsersChange(from *users) *usersChange {
	return &usersChange{users: &users{from.pages}, owned: map[uint32]bool{}}
}

// change makes the users of targets those after a change of a package. Most changes are of something else.
func (c *usersChange) change(dir uint32, old, now *Facts) {
	before, after := old.used(), now.used()
	for _, number := range after {
		if _, ok := slices.BinarySearch(before, number); !ok {
			c.set(number, append(slices.Clone(c.of(number)), dir))
		}
	}
	for _, number := range before {
		if _, ok := slices.BinarySearch(after, number); !ok {
			c.set(number, slices.DeleteFunc(slices.Clone(c.of(number)), func(user uint32) bool { return user == dir }))
		}
	}
}

// used returns the numbers of the addresses that a package uses, sorted.
func (f *Facts) used() []uint32 {
	if f == nil {
		return nil
	}
	numbers := make([]uint32, 0, len(f.edges))
	for _, e := range f.edges {
		if !e.bad() {
			numbers = append(numbers, e.to())
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// set makes dirs the users of a target.
func (c *usersChange) set(number uint32, dirs []uint32) {
	page, i := c.own(number/pageSize), number%pageSize
	start, end := page.start(i), page.end[i]
	page.dirs = slices.Replace(slices.Clone(page.dirs), int(start), int(end), dirs...)
	grown := uint32(len(dirs)) - (end - start) // modulo 2³²: it may be less
	for ; i < pageSize; i++ {
		page.end[i] += grown
	}
}

// own returns a page, to be changed.
func (c *usersChange) own(n uint32) *userPage {
	if len(c.owned) == 0 {
		c.pages = slices.Clone(c.pages)
	}
	if missing := int(n) + 1 - len(c.pages); missing > 0 {
		c.pages = append(c.pages, make([]*userPage, missing)...)
	}
	if !c.owned[n] {
		page := userPage{}
		if c.pages[n] != nil {
			page = *c.pages[n]
		}
		c.owned[n], c.pages[n] = true, &page
	}
	return c.pages[n]
}
