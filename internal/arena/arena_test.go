package arena

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestSlices holds that no slice reaches into another.
func TestSlices(t *testing.T) {
	var s Slices[int]
	var all [][]int
	var ones []*int
	pieceLen := pieceLen[int]()
	for i := range 5 * pieceLen {
		made := s.Make(i % 7)
		if len(made) != 0 || cap(made) != i%7 {
			t.Fatalf("Make(%d): length %d, room for %d", i%7, len(made), cap(made))
		}
		for range i%7 + i%2 { // sometimes one more than there is room for
			made = append(made, i)
		}
		all = append(all, made)
		one := s.New()
		if *one != 0 {
			t.Fatalf("a new element is %d", *one)
		}
		*one = i
		ones = append(ones, one)
	}
	for i, one := range ones {
		if *one != i {
			t.Fatalf("element %d is %d", i, *one)
		}
	}
	for i, made := range all {
		if want := slices.Repeat([]int{i}, i%7+i%2); !slices.Equal(made, want) {
			t.Fatalf("slice %d: %v, want %v", i, made, want)
		}
	}
	if large := s.Make(pieceLen + 1); cap(large) != pieceLen+1 {
		t.Errorf("room for %d, want %d", cap(large), pieceLen+1)
	}
}

// TestStrings holds that a text stays what it was, whatever is kept after it and by whom.
func TestStrings(t *testing.T) {
	var s Strings
	var workers sync.WaitGroup
	for w := range 4 {
		workers.Go(func() {
			var kept []string
			text := func(i int) string { return strings.Repeat(fmt.Sprint(w, i), i%40) }
			for i := range 2000 {
				kept = append(kept, s.Clone(text(i)))
			}
			for i, k := range kept {
				if k != text(i) {
					t.Errorf("text %d of %d is %q", i, w, k)
					return
				}
			}
		})
	}
	workers.Wait()
	for _, n := range []int{0, pieceBytes / 4, pieceBytes/4 + 1, pieceBytes + 1} {
		if text := strings.Repeat("x", n); s.Clone(text) != text {
			t.Errorf("a text of %d bytes is another", n)
		}
	}
}

// TestPieces holds that many small things are few pieces: that is what they are here for.
func TestPieces(t *testing.T) {
	var texts Strings
	var records Slices[[4]uint32]
	allocated := testing.AllocsPerRun(10, func() {
		for range 1000 {
			texts.Clone("src/main/python/org/example")
			records.Make(3)
		}
	})
	if allocated > 20 {
		t.Errorf("%v pieces for 2000 small things", allocated)
	}
}
