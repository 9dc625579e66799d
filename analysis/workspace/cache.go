package workspace

import (
	"maps"
	"sync"
)

// shards is how many parts the facts of a workspace are kept in: a change copies one of them.
const shards = 1024

// A cache holds the facts of packages by the number of the directory. Snapshots share the parts that did not change, as
// long as it is known which those are.
type cache struct {
	shards [shards]*shard
}

// A shard is a part of a cache. Facts are only ever added to it, and what is added follows from the snapshot's files.
type shard struct {
	mu    sync.RWMutex
	facts map[uint32]*Facts // nil for a directory that is no package
}

func newCache() *cache {
	c := &cache{}
	for i := range c.shards {
		c.shards[i] = &shard{facts: map[uint32]*Facts{}}
	}
	return c
}

func (c *cache) load(dir uint32) (*Facts, bool) {
	s := c.shards[dir%shards]
	s.mu.RLock()
	defer s.mu.RUnlock()
	f, ok := s.facts[dir]
	return f, ok
}

// store keeps the facts of a directory; the first, if a file changed without notice.
func (c *cache) store(dir uint32, f *Facts) {
	s := c.shards[dir%shards]
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.facts[dir]; !ok {
		s.facts[dir] = f
	}
}

// below returns the directories that something is known of and that are one of roots or lie below one.
func (c *cache) below(n *names, roots map[string]bool) []string {
	var dirs []string
	for _, s := range c.shards {
		s.mu.RLock()
		for number := range s.facts {
			if dir := n.texts.value(number); isBelow(dir, roots) {
				dirs = append(dirs, dir)
			}
		}
		s.mu.RUnlock()
	}
	return dirs
}

func isBelow(dir string, roots map[string]bool) bool {
	for dir != "" && !roots[dir] {
		dir = dirOf(dir)
	}
	return roots[dir]
}

// clone returns a cache that knows the same, and shares nothing.
func (c *cache) clone() *cache {
	next := &cache{}
	for i, s := range c.shards {
		next.shards[i] = s.clone()
	}
	return next
}

// without returns a cache that has forgotten the given directories.
func (c *cache) without(dirs []uint32) *cache {
	next := *c
	copied := map[uint32]bool{}
	for _, dir := range dirs {
		i := dir % shards
		if !copied[i] {
			next.shards[i] = c.shards[i].clone()
			copied[i] = true
		}
		delete(next.shards[i].facts, dir)
	}
	return &next
}

func (s *shard) clone() *shard {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return &shard{facts: maps.Clone(s.facts)}
}
