package workspace

import (
	"hash/maphash"
	"strings"
	"sync"
)

// An interner shares what many packages say alike: directories, names, patterns of sources. It belongs to a snapshot
// and all that are made from it, and is safe for concurrent use.
type interner struct {
	strings [internShards]internShard
	specs   sync.Map // string → *Sources
}

// internShards keeps those who intern at the same time from waiting for each other.
const internShards = 64

type internShard struct {
	mu   sync.RWMutex
	seen map[string]string
}

func (in *interner) string(s string) string {
	shard := &in.strings[maphash.String(seed, s)%internShards]
	shard.mu.RLock()
	shared, ok := shard.seen[s]
	shard.mu.RUnlock()
	if ok {
		return shared
	}
	return shard.add(s)
}

func (shard *internShard) add(s string) string {
	shard.mu.Lock()
	defer shard.mu.Unlock()
	if shared, ok := shard.seen[s]; ok {
		return shared
	}
	if shard.seen == nil {
		shard.seen = map[string]string{}
	}
	s = strings.Clone(s)
	shard.seen[s] = s
	return s
}

// address returns an equal address. A default name needs no text of its own.
func (in *interner) address(a Address) Address {
	dir := in.string(a.Dir)
	if a.IsDefault() {
		return Address{Dir: dir, Name: dir[len(dir)-len(a.Name):]}
	}
	return Address{Dir: dir, Name: in.string(a.Name)}
}

// sources returns the patterns of s without their nodes.
func (in *interner) sources(s *Sources) *Sources {
	if s == nil {
		return nil
	}
	key := sourcesKey(s)
	if v, ok := in.specs.Load(key); ok {
		return v.(*Sources)
	}
	c := &Sources{Known: s.Known, Written: s.Written}
	for _, p := range s.Include {
		c.Include = append(c.Include, Pattern{Glob: in.string(p.Glob), Func: in.string(p.Func)})
	}
	for _, e := range s.Exclude {
		c.Exclude = append(c.Exclude, in.string(e))
	}
	v, _ := in.specs.LoadOrStore(key, c)
	return v.(*Sources)
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

// hash tells contents apart. It is stable within a process only.
func hash(src []byte) uint64 { return maphash.Bytes(seed, src) }

// seed is the process's own: hashes of one process can be compared.
var seed = maphash.MakeSeed()
