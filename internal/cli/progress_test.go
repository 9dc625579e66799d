package cli

import (
	"bytes"
	"sync/atomic"
	"testing"
	"time"
)

func TestProgressLine(t *testing.T) {
	for _, tt := range []struct {
		steps int64
		want  string
	}{
		{0, "checking [                              ] 0%"},
		{5, "checking [===============               ] 50%"},
		{9, "checking [===========================   ] 90%"},
		{10, "checking [                              ] 0%"}, // the next round of fixes
	} {
		if got := progressLine(tt.steps, 5); got != tt.want {
			t.Errorf("after %d steps: %q, want %q", tt.steps, got, tt.want)
		}
	}
}

// TestProgress holds that a short run shows nothing, and that a long one leaves nothing behind, under a message
// neither.
func TestProgress(t *testing.T) {
	draw := func(d time.Duration) string {
		var shown bytes.Buffer
		a := &app{stderr: &shown}
		var steps atomic.Int64
		end, ended := make(chan struct{}), make(chan struct{})
		go func() {
			a.drawProgress(&steps, 4, end)
			close(ended)
		}()
		time.Sleep(d)
		close(end)
		<-ended
		return shown.String()
	}
	if got := draw(50 * time.Millisecond); got != "" {
		t.Errorf("a short run shows %q", got)
	}
	line := eraseLine + progressLine(0, 4)
	if got, want := draw(progressDelay+progressPeriod/2), line+eraseLine; got != want {
		t.Errorf("a long run shows %q, want %q", got, want)
	}
	var shown bytes.Buffer
	a := &app{stderr: &shown}
	a.drawn.Store(true)
	a.note("x")
	if got, want := shown.String(), eraseLine+"buildlint: x\n"; got != want {
		t.Errorf("a message shows %q, want %q", got, want)
	}
}
