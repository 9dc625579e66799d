package cli

import (
	"runtime"
	"testing"
	"time"
)

func TestMemoryLimit(t *testing.T) {
	for _, tt := range []struct{ bound, live, want uint64 }{
		{100, 0, 100}, {100, 60, 100}, {100, 100, 150}, {100, 1000, 1500},
	} {
		if got := memoryLimit(tt.bound, tt.live); got != int64(tt.want) {
			t.Errorf("of %d with %d live: %d, want %d", tt.bound, tt.live, got, tt.want)
		}
	}
}

// Each collection is told of, not the first alone.
func TestAfterCollection(t *testing.T) {
	told := make(chan bool, 100)
	afterCollection(func() { told <- true })
	for range 3 {
		runtime.GC()
		select {
		case <-told:
		case <-time.After(time.Minute):
			t.Fatal("a collection was not told of")
		}
	}
	if liveMemory() == 0 {
		t.Error("nothing is live")
	}
}
