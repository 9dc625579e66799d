package cli

import (
	"os"
	"runtime/debug"
)

// Bounds of the percentage at which the garbage collector runs, and the number of directories up to which the upper one
// takes little memory.
const (
	leastPercent = 100
	mostPercent  = 400
	fewDirs      = 10000
)

// tuneCollector has the garbage collector run less often than it would: a run is over soon, and most of what it makes
// is dropped at once. The more directories there are the more is kept, and the less garbage may be left beside it. What
// the environment says goes before.
func tuneCollector(dirs int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectorPercent(dirs))
	}
}

func collectorPercent(dirs int) int {
	return max(leastPercent, min(mostPercent, mostPercent*fewDirs/max(dirs, 1)))
}
