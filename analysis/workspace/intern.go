package workspace

import (
	"hash/crc32"
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/internal/arena"
)

// A names numbers what many packages say alike, so that facts are numbers without pointers: directories and names of
// targets, addresses, kinds, patterns of sources. It belongs to a snapshot and to those that are made from it, and is
// safe for concurrent use. What is no longer said anywhere stays until [Snapshot.With] starts anew.
type names struct {
	texts     textTable
	addresses table[addressKey]
	kinds     table[kindKey]
	roots     table[rootKey]
	specs     sourcesTable
	arenas    arenas
	settled   atomic.Int64 // see settle
}

// The arenas hold what names and facts consist of.
type arenas struct {
	facts   arena.Slices[Facts]
	files   arena.Slices[fileRecord]
	targets arena.Slices[targetRecord]
	edges   arena.Slices[edgeRecord]
	python  arena.Slices[pythonRecord]
}

// An addressKey is an address by the numbers of its texts.
type addressKey struct{ dir, name uint32 }

// A kindKey is a kind, nil if it is not known, with the name that it is called by.
type kindKey struct {
	kind *dialect.Kind
	name string
}

func (n *names) text(s string) uint32 { return n.texts.number(s) }

// keep returns s as one string that all share.
func (n *names) keep(s string) string { return n.texts.value(n.text(s)) }

func (n *names) address(a Address) uint32 {
	return n.addresses.number(addressKey{n.text(a.Dir), n.text(a.Name)})
}

// findAddress returns the number of an address, if anything has named it.
func (n *names) findAddress(a Address) (number uint32, ok bool) {
	dir, ok := n.texts.find(a.Dir)
	if !ok {
		return 0, false
	}
	name, ok := n.texts.find(a.Name)
	if !ok {
		return 0, false
	}
	return n.addresses.find(addressKey{dir, name})
}

// addressOf returns the address of a number.
func (n *names) addressOf(number uint32) Address {
	k := n.addresses.value(number)
	return Address{Dir: n.texts.value(k.dir), Name: n.texts.value(k.name)}
}

func (n *names) kind(k *dialect.Kind, name string) uint32 {
	return n.kinds.number(kindKey{k, n.keep(name)})
}

// A sourcesTable numbers patterns of sources from 1; 0 is of none.
type sourcesTable struct {
	mu    sync.RWMutex
	byKey map[string]uint32
	all   []*Sources
}

func (t *sourcesTable) value(number uint32) *Sources {
	if number == 0 {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.all[number-1]
}

// number returns the number of the patterns of s. They are kept without their nodes.
func (t *sourcesTable) number(s *Sources) uint32 {
	if s == nil {
		return 0
	}
	key := sourcesKey(s)
	t.mu.RLock()
	number, ok := t.byKey[key]
	t.mu.RUnlock()
	if ok {
		return number
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if number, ok = t.byKey[key]; ok {
		return number
	}
	if t.byKey == nil {
		t.byKey = map[string]uint32{}
	}
	t.all = append(t.all, withoutNodes(s))
	number = uint32(len(t.all))
	t.byKey[key] = number
	return number
}

func (t *sourcesTable) len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.all)
}

func withoutNodes(s *Sources) *Sources {
	c := &Sources{Known: s.Known, Written: s.Written}
	for _, p := range s.Include {
		c.Include = append(c.Include, Pattern{Glob: strings.Clone(p.Glob), Func: strings.Clone(p.Func)})
	}
	for _, e := range s.Exclude {
		c.Exclude = append(c.Exclude, strings.Clone(e))
	}
	return c
}

func sourcesKey(s *Sources) string {
	var b strings.Builder
	b.WriteByte('0' + boolByte(s.Known)<<1 + boolByte(s.Written))
	for _, p := range s.Include {
		b.WriteString("\x00+" + p.Func + "\x00" + p.Glob)
	}
	for _, e := range s.Exclude {
		b.WriteString("\x00-" + e)
	}
	return b.String()
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// hash tells contents apart. Facts outlive the process, and so it must be the same in the next.
func hash(src []byte) uint64 {
	return uint64(crc32.Checksum(src, castagnoli()))<<32 | uint64(crc32.ChecksumIEEE(src))
}

// seed is the process's own: hashes of one process can be compared.
var seed = maphash.MakeSeed()
