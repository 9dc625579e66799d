package nearest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/internal/nearest"
)

func TestOf(t *testing.T) {
	rules := []string{
		"with-binaries-dict", "with-binaries-complete", "private-dependency", "provides-name", "provides-version",
	}
	tests := []struct {
		name       string
		candidates []string
		want       string
	}{
		{"with-binary-dict", rules, "with-binaries-dict"},
		{"with-binaries-dict", rules, "with-binaries-dict"},
		{"private-dependencies", rules, "private-dependency"},
		{"provides", rules, ""},
		{"PROVIDES-NAME", rules, "provides-name"},
		{"rpovides-name", rules, "provides-name"},
		{"something-else", rules, ""},
		{"warn", []string{"off", "info", "warning", "error"}, ""},
		{"warnin", []string{"off", "info", "warning", "error"}, "warning"},
		{"eror", []string{"off", "info", "warning", "error"}, "error"},
		{"ca", []string{"abc"}, ""},
		{"ab", []string{"ba"}, "ba"},
		{"a", []string{"b"}, ""},
		{"a", []string{"ab"}, "ab"},
		{"", []string{"", "a"}, ""},
		{"", []string{"a"}, ""},
		{"name1", []string{"name3", "name2", "name4"}, "name2"},
		{"x", nil, ""},
	}
	for _, test := range tests {
		got, ok := nearest.Of(test.name, slices.Values(test.candidates))
		if got != test.want {
			t.Errorf("Of(%q, %q) = %q, want %q", test.name, test.candidates, got, test.want)
		}
		if ok != (test.want != "" || slices.Contains(test.candidates, test.name)) {
			t.Errorf("Of(%q, %q) reports %t", test.name, test.candidates, ok)
		}
	}
}

// TestOfOrder holds that the order of the candidates does not matter.
func TestOfOrder(t *testing.T) {
	candidates := []string{"abcdef", "abcdeg", "abcdfe", "abxdef", "abcde"}
	want, _ := nearest.Of("abcdeh", slices.Values(candidates))
	for range len(candidates) {
		candidates = append(candidates[1:], candidates[0])
		if got, _ := nearest.Of("abcdeh", slices.Values(candidates)); got != want {
			t.Errorf("Of with %q = %q, want %q", candidates, got, want)
		}
	}
}

// TestSearch looks for as many names as there are candidates. The first are found, and the rest cost nothing.
func TestSearch(t *testing.T) {
	const n = 4000
	names := func(format string) []string {
		var found []string
		for i := range n {
			found = append(found, fmt.Sprintf(format, i))
		}
		return found
	}
	search, looked, found := nearest.NewSearch(n), 0, 0
	candidates := func(yield func(string) bool) {
		for _, name := range names("target_number_%04d") {
			if looked++; !yield(name) {
				return
			}
		}
	}
	for i, name := range names("target_nomber_%04d") {
		near, ok := search.Of(name, candidates)
		if want := fmt.Sprintf("target_number_%04d", i); ok && near != want {
			t.Errorf("Of(%q) = %q, want %q", name, near, want)
		}
		if ok {
			found++
		}
	}
	if found < 30 || looked > n*500 {
		t.Errorf("%d names are found of %d, and %d candidates were looked at", found, n, looked)
	}
}

// TestSearchOrder holds that the order of the candidates does not matter for when a search gives up.
func TestSearchOrder(t *testing.T) {
	var candidates []string
	for i := range 1000 {
		candidates = append(candidates, strings.Repeat(string(rune('a'+i%26)), 1+i%70))
	}
	until := func() int {
		search, n := nearest.NewSearch(0), 0
		for ; n < 10_000; n++ {
			if _, ok := search.Of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", slices.Values(candidates)); !ok {
				break
			}
		}
		return n
	}
	want := until()
	slices.Reverse(candidates)
	if got := until(); got != want || want == 0 || want == 10_000 {
		t.Errorf("a search gives up after %d names, and %d in another order", want, got)
	}
}

// TestSearchLong compares two long words: that alone is too much.
func TestSearchLong(t *testing.T) {
	name := strings.Repeat("ab", 1<<18)
	if near, ok := nearest.NewSearch(2).Of(name, slices.Values([]string{strings.Repeat("ba", 1<<18)})); ok {
		t.Errorf("a name of %d bytes is found for one of as many", len(near))
	}
}

func BenchmarkOf(b *testing.B) {
	var candidates []string
	for i := range 100_000 {
		candidates = append(candidates, "src/main/python/apache/aurora/p"+string(rune('a'+i%26))+":library")
	}
	for b.Loop() {
		nearest.Of("src/main/python/apache/aurora/px:librari", slices.Values(candidates))
	}
}
