package nearest_test

import (
	"slices"
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

func BenchmarkOf(b *testing.B) {
	var candidates []string
	for i := range 100_000 {
		candidates = append(candidates, "src/main/python/apache/aurora/p"+string(rune('a'+i%26))+":library")
	}
	for b.Loop() {
		nearest.Of("src/main/python/apache/aurora/px:librari", slices.Values(candidates))
	}
}
