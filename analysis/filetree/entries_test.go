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

// TestManyEntries holds that the entries of a large directory are made once, for each of its files may ask for them.
func TestManyEntries(t *testing.T) {
	files := map[string]string{}
	for i := range manyEntries {
		files[fmt.Sprintf("a/%d", i)] = ""
	}
	tree := FromMap(files)
	if _, err := tree.Dir("a"); err != nil {
		t.Fatal(err)
	}
	one, _ := tree.Dir("a")
	other, _ := tree.Dir("a")
	if len(one) != manyEntries || &one[0] != &other[0] {
		t.Errorf("%d and %d entries, made twice", len(one), len(other))
	}
}
