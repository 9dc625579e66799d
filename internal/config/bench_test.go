package config_test

import (
	"fmt"
	"testing"

	"golang.org/x/tools/txtar"
)

func BenchmarkFor(b *testing.B) {
	in, nested := input(txtar.Parse([]byte(`
-- buildlint.toml --
exclude = ["third_party/**", "*.generated"]
[[overrides]]
paths = ["src/main/python/legacy/**"]
rules = { library-sources = "off" }
[[overrides]]
paths = ["src/main/*/p7"]
rules = { library-sources = "off" }
-- src/x/buildlint.toml --
`)))
	c, err := load(in, nested)
	if err != nil {
		b.Fatal(err)
	}
	var paths []string
	for i := range 1000 {
		paths = append(paths, fmt.Sprintf("src/main/python/group%d/p%d/BUILD", i%10, i))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		path := paths[i%len(paths)]
		if !c.Excluded(path) {
			c.For(path)
		}
	}
}
