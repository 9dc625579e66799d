package filetree

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// naiveGlob matches every file below dir with every pattern.
func naiveGlob(files map[string]string, dir string, include, exclude []string) []string {
	matches := func(name string) func(string) bool {
		return func(glob string) bool {
			if strings.HasSuffix(glob, "/") {
				return false // doublestar takes the file a for a/**/
			}
			ok, _ := doublestar.Match(glob, name)
			for !ok && strings.HasSuffix(glob, "/**") { // doublestar has x of x/**, but not of x*/**
				glob = strings.TrimSuffix(glob, "/**")
				ok, _ = doublestar.Match(glob, name)
			}
			return ok
		}
	}
	var out []string
	for _, file := range slices.Sorted(maps.Keys(files)) {
		name, below := strings.CutPrefix(file, dir+"/")
		if dir == "" {
			name, below = file, true
		}
		if below && slices.ContainsFunc(include, matches(name)) && !slices.ContainsFunc(exclude, matches(name)) {
			out = append(out, file)
		}
	}
	return out
}

func randomGlob(r *rand.Rand) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	if r.IntN(15) == 0 {
		return pick("", "/", "a/", "a//b", "./a", "../a", "{a", "a}", "[", "[]", "[a", `a\`, "**/", "a/**/", "{}", "{a,}",
			"{,a}/*", "{a,b/c}/z", "{**/z,a}", "{a,{b,c}/*}", "{*,*}*", "a/{**,b}/z", "{[,],a}", "**/**", "**/**/z",
			"a**/b", "**b", "[{]", `\{a\}`, "a{b,.x}")
	}
	var b strings.Builder
	for i := range 1 + r.IntN(3) {
		if i > 0 {
			b.WriteString(pick("/", "/", "/", "/**/", "/*/"))
		}
		b.WriteString(pick("a", "b", "c", "z", "ab", "*", "*", "?", "[ab]", "[a-c]", "**", "*.x", "a.*", "{a,b}",
			"{a,*.x}", "*b*", "[[]", "\\a"))
	}
	return b.String()
}

func randomGlobs(r *rand.Rand, most int) []string {
	out := make([]string, r.IntN(most+1))
	for i := range out {
		out[i] = randomGlob(r)
	}
	return out
}

// TestGlobLikeMatch compares with doublestar.Match on each file, in trees with and without listings, with overlays.
func TestGlobLikeMatch(t *testing.T) {
	for seed := range 300 {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		files := randomTree(r)
		tree := FromMap(files)
		for name := range files {
			if r.IntN(50) == 0 {
				tree = tree.With([]Change{{Path: name + "+/ab", Op: SetOverlay}})
				files[name+"+/ab"] = ""
			}
		}
		for range 50 {
			dir := []string{"", "", "a", "a/b", "none"}[r.IntN(5)]
			include, exclude := randomGlobs(r, 4), randomGlobs(r, 2)
			want := naiveGlob(files, dir, include, exclude)
			got := tree.Glob(dir, include, exclude)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d: Glob(%q, %q, %q): want -, got +:\n%s", seed, dir, include, exclude, diff)
			}
			for _, glob := range include {
				if got, want := tree.Match1(dir, glob), len(naiveGlob(files, dir, []string{glob}, nil)) > 0; got != want {
					t.Fatalf("seed %d: Match1(%q, %q) = %v", seed, dir, glob, got)
				}
			}
		}
	}
}

// TestGlobListsOnce counts look-ups: a directory is listed once, and none where it cannot hold a match.
func TestGlobListsOnce(t *testing.T) {
	tree := FromMap(map[string]string{"a/b/c/x.py": "", "a/d/x.py": "", "e/x.py": "", "node/x/y/z.py": ""})
	for _, tt := range []struct {
		include, exclude, want string
	}{
		{"**/*.py */*.py a/**/x.py", "node/**", "[{list } {list a} {list a/b} {list a/b/c} {list a/d} {list e}]"},
		{"a/*/x.py", "", "[{stat a} {list a} {stat a/b/x.py} {stat a/d/x.py}]"},
		{"*/x.py e/x.py", "", "[{list } {stat a/x.py} {stat e/x.py} {stat node/x.py}]"},
	} {
		var got []Lookup
		view := tree.Recording(func(l Lookup) { got = append(got, l) })
		view.Glob("", strings.Fields(tt.include), strings.Fields(tt.exclude))
		if fmt.Sprint(got) != tt.want {
			t.Errorf("%s: got %v, want %s", tt.include, got, tt.want)
		}
	}
}

func TestGlobBombs(t *testing.T) {
	tree := FromMap(map[string]string{strings.Repeat("a/", 40) + "a": ""})
	for _, glob := range []string{
		strings.Repeat("{a,b}", 64), strings.Repeat("**/", 64) + "b", strings.Repeat("**/a/", 30) + "b",
		strings.Repeat("{", 1000) + strings.Repeat("}", 1000),
		strings.Repeat("*", 1000) + "b", strings.Repeat("a*", 500) + "b",
	} {
		if tree.Match1("", glob) {
			t.Errorf("%.20s… matches", glob)
		}
	}
}
