package filetree

import (
	"hash/maphash"
	"maps"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/buildlint/buildlint/internal/arena"
)

// shardCount keeps a shard small (a hundred directories in a repository of a hundred thousand), since a change copies
// the shards that it touches.
const shardCount = 1024

// A dirCache holds what is known of directories. Snapshots share its shards and cells: a cell that one of them fills is
// filled for all.
type dirCache struct {
	seed   maphash.Seed
	shards [shardCount]atomic.Pointer[shard]
	loose  *looseDirs

	arenas     *arenas
	remembered *remembered
}

// The arenas hold what is kept of directories.
type arenas struct {
	names arena.Strings // paths and listings
	cells arena.Slices[cell]
}

type shard struct {
	mu    sync.RWMutex
	cells map[string]*cell
}

// A cell is what is known of one directory.
type cell struct {
	mu       sync.Mutex // held while the directory is listed
	listed   atomic.Bool
	plain    atomic.Bool           // a directory, reached without links
	dangling bool                  // see listing
	listing  packed                // if not listed: what an earlier snapshot had, for finding cells below
	many     *[]Entry              // of the listing, where it would take long to make them each time
	scope    atomic.Pointer[scope] // the .gitignore rules in force in it
}

// looseDirs are directories that got a cell when the one above was not listed, so that no listing leads to them.
type looseDirs struct {
	mu   sync.Mutex
	dirs map[string]struct{}
}

func newDirCache() *dirCache {
	return &dirCache{
		seed: maphash.MakeSeed(), loose: &looseDirs{dirs: map[string]struct{}{}},
		arenas: &arenas{}, remembered: &remembered{},
	}
}

func (d *dirCache) index(dir string) uint64 {
	return maphash.String(d.seed, dir) % shardCount
}

// peek gives the cell of a directory, or nil.
func (d *dirCache) peek(dir string) *cell {
	s := d.shards[d.index(dir)].Load()
	if s == nil {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cells[dir]
}

// cell gives the cell of a directory, a new one if need be.
func (d *dirCache) cell(dir string) *cell {
	if c := d.peek(dir); c != nil {
		return c
	}
	if dir != "" {
		if up := d.peek(parent(dir)); up == nil || !up.listed.Load() {
			d.loose.add(dir)
		}
	}
	return d.shard(d.index(dir)).cell(dir, d.arenas)
}

func (d *dirCache) shard(i uint64) *shard {
	if s := d.shards[i].Load(); s != nil {
		return s
	}
	d.shards[i].CompareAndSwap(nil, &shard{cells: map[string]*cell{}})
	return d.shards[i].Load()
}

func (s *shard) cell(dir string, a *arenas) *cell {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cells[dir]
	if c == nil {
		c = a.cells.New()
		s.cells[dir] = c
	}
	return c
}

// all gives the cells of a shard, as they are now.
func (s *shard) all() map[string]*cell {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Clone(s.cells)
}

// size gives the number of cells.
func (d *dirCache) size() int {
	n := 0
	for i := range d.shards {
		if s := d.shards[i].Load(); s != nil {
			s.mu.RLock()
			n += len(s.cells)
			s.mu.RUnlock()
		}
	}
	return n
}

// forget removes the cell of a directory that turned out not to be one.
func (d *dirCache) forget(dir string, c *cell) {
	s := d.shard(d.index(dir))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cells[dir] == c {
		delete(s.cells, dir)
	}
}

// fork gives a cache that shares every shard.
func (d *dirCache) fork() *dirCache {
	f := &dirCache{seed: d.seed, loose: d.loose, arenas: d.arenas, remembered: d.remembered}
	for i := range d.shards {
		f.shards[i].Store(d.shards[i].Load())
	}
	return f
}

// A cacheEdit collects what the next snapshot's cache must not share.
type cacheEdit struct {
	*dirCache
	own map[uint64]bool // shards that were copied
}

func (d *dirCache) edit() *cacheEdit {
	return &cacheEdit{dirCache: d.fork(), own: map[uint64]bool{}}
}

// cellsOf gives the map of a shard that this edit alone holds.
func (e *cacheEdit) cellsOf(dir string) map[string]*cell {
	i := e.index(dir)
	if !e.own[i] {
		e.own[i] = true
		old := e.shard(i)
		old.mu.RLock()
		e.shards[i].Store(&shard{cells: maps.Clone(old.cells)})
		old.mu.RUnlock()
	}
	return e.shards[i].Load().cells
}

// reset forgets everything.
func (e *cacheEdit) reset() {
	*e = cacheEdit{dirCache: newDirCache(), own: map[uint64]bool{}}
}

// relist makes a directory be listed again, and keeps what is known of those below it.
func (e *cacheEdit) relist(dir string) {
	old := e.peek(dir)
	if old == nil {
		return
	}
	c := &cell{listing: old.seen()}
	c.plain.Store(old.plain.Load())
	c.scope.Store(old.scope.Load())
	e.cellsOf(dir)[dir] = c
}

// drop forgets a directory and all below it.
func (e *cacheEdit) drop(dir string) {
	for _, d := range e.loose.below(dir) {
		e.dropListed(d)
	}
	e.dropListed(dir)
}

func (e *cacheEdit) dropListed(dir string) {
	c := e.peek(dir)
	if c == nil {
		return
	}
	delete(e.cellsOf(dir), dir)
	for entry := range c.seen().all() {
		if entry.Dir {
			e.dropListed(join(dir, entry.Name))
		}
	}
}

// manyEntries are as many as are not made for each who asks.
const manyEntries = 64

// keep keeps a listing.
func (c *cell) keep(listing packed) {
	c.listing = listing
	if entries := listing.entries(); len(entries) >= manyEntries {
		c.many = &entries
	}
}

// entries gives the entries of a directory that was listed.
func (c *cell) entries() []Entry {
	if c.many != nil {
		return *c.many
	}
	return c.listing.entries()
}

// seen gives the listing of a cell, or that which an earlier snapshot had.
func (c *cell) seen() packed {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.listing
}

func (l *looseDirs) add(dir string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dirs[dir] = struct{}{}
}

func (l *looseDirs) below(dir string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for d := range l.dirs {
		if len(d) > len(dir) && d[len(dir)] == '/' && strings.HasPrefix(d, dir) {
			out = append(out, d)
		}
	}
	return out
}
