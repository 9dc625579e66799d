package lsp

import (
	"sync"
	"sync/atomic"
	"testing"
)

// TestBackground holds that work which is to begin while a session ends is waited for or does not begin.
func TestBackground(t *testing.T) {
	for range 200 {
		var b background
		var begun, done atomic.Int64
		var messages sync.WaitGroup
		for range 4 {
			messages.Go(func() {
				b.run(func() { begun.Add(1); done.Add(1) })
			})
		}
		b.wait()
		if waited := done.Load(); waited != begun.Load() {
			t.Fatalf("%d began, %d were waited for", begun.Load(), waited)
		}
		before := begun.Load()
		messages.Wait()
		b.run(func() { begun.Add(1) })
		b.work.Wait()
		if begun.Load() != before {
			t.Fatal("work began after the end")
		}
	}
}
