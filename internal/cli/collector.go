package cli

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// Bounds of the memory that the garbage collector aims at: below them it runs as rarely as mostPercent says.
const (
	mostPercent  = 1000
	baseMemory   = 112 << 20 // the process takes 16 MiB beside
	memoryOfADir = 960
)

// A collector has the garbage collector run less often than it would: a run is over soon, and most of what it makes is
// dropped at once. Up to a bound, which grows with the number of directories, memory is for the taking. Where more than
// that is needed the bound moves, for a collector that is held to one too small does nothing but collect.
type collector struct {
	start sync.Once
	bound atomic.Uint64
	tree  atomic.Pointer[filetree.Tree]
}

// expect sets the bound for a workspace of so many directories. What the environment says goes before.
func (c *collector) expect(dirs int) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	c.bound.Store(max(c.bound.Load(), boundOf(dirs)))
	c.limit()
	c.start.Do(func() {
		debug.SetGCPercent(mostPercent)
		afterCollection(c.limit)
	})
}

// follow has the bound grow with what a run sees of a tree: more than what it was asked for, where a rule looks at the
// whole workspace.
func (c *collector) follow(t *filetree.Tree) { c.tree.Store(t) }

func (c *collector) limit() {
	bound := c.bound.Load()
	if t := c.tree.Load(); t != nil {
		bound = max(bound, boundOf(t.Seen()))
	}
	debug.SetMemoryLimit(memoryLimit(bound, liveMemory()))
}

// boundOf returns the bound for so many directories.
func boundOf(dirs int) uint64 { return uint64(baseMemory + memoryOfADir*dirs) }

// memoryLimit leaves half as much as is live for garbage at least.
func memoryLimit(bound, live uint64) int64 {
	return int64(min(max(bound, live+live/2), math.MaxInt64))
}

// liveMemory returns the bytes that the last collection left.
func liveMemory() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

// afterCollection calls f after each collection from now on.
func afterCollection(f func()) {
	type token struct{ _ [16]byte } // of a size that is not put together with others
	runtime.AddCleanup(&token{}, func(struct{}) {
		afterCollection(f) // first, for f may have another collection wait for it
		f()
	}, struct{}{})
}
