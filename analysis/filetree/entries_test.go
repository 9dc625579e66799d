package filetree

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPacked holds that a packed listing is the listing, and that each name is found in it and no other.
func TestPacked(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for size := range 200 {
		listed := randomListing(rng, size)
		p := pack(listed)
		if diff := cmp.Diff(listed, p.entries()); diff != "" {
			t.Fatalf("%q (-want +got):\n%s", p, diff)
		}
		links := slices.ContainsFunc(listed, func(e Entry) bool { return e.Link })
		if p.hasLink() != links {
			t.Errorf("%q: hasLink %t, want %t", p, !links, links)
		}
		for i := range 300 {
			name := fmt.Sprint(i)
			want, there := find(listed, name)
			if got, ok := p.find(name); ok != there || got != want {
				t.Errorf("%q: %q is %v, %t, want %v, %t", p, name, got, ok, want, there)
			}
		}
	}
}

func randomListing(rng *rand.Rand, size int) []Entry {
	listed := make([]Entry, 0, size)
	for range size {
		listed = append(listed, Entry{Name: fmt.Sprint(rng.IntN(300)), Dir: rng.IntN(3) == 0, Link: rng.IntN(3) == 0})
	}
	slices.SortFunc(listed, compareEntries)
	return slices.CompactFunc(listed, func(a, b Entry) bool { return a.Name == b.Name })
}
