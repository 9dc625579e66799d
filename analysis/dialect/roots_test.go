package dialect

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestRootOf(t *testing.T) {
	tests := []struct {
		dir  string
		want Root // zero: none
	}{
		{"src/python", Root{"src/python", SourceRoot, Python}},
		{"src/python/a/b", Root{"src/python", SourceRoot, Python}},
		{"src/py/a", Root{"src/py", SourceRoot, Python}},
		{"src/main/python/a/b/c", Root{"src/main/python", SourceRoot, Python}},
		{"src/main/java/a", Root{"src/main/java", SourceRoot, "java"}},
		{"src/test/python/a", Root{"src/test/python", TestRoot, Python}},
		{"test/python/a", Root{"test/python", TestRoot, Python}},
		{"tests/python/a", Root{"tests/python", TestRoot, Python}},
		{"3rdparty/python", Root{"3rdparty/python", ThirdPartyRoot, Python}},
		{"3rd_party/py", Root{"3rd_party/py", ThirdPartyRoot, Python}},
		{"third_party/python/a", Root{"third_party/python", ThirdPartyRoot, Python}},
		{"thirdparty/python", Root{"thirdparty/python", ThirdPartyRoot, Python}},
		{"my/project/src/python/a", Root{"my/project/src/python", SourceRoot, Python}},
		{"src/python/src/java/a", Root{"src/python", SourceRoot, Python}}, // the outermost
		{"tests/src/python/a", Root{"tests/src", TestRoot, ""}},           // src as a language
		{"src/haskell/a", Root{"src/haskell", SourceRoot, ""}},
		{"src/main", Root{}}, // a part of src/main/*, and so no language
		{"src", Root{}},
		{"src/test", Root{}},
		{"", Root{}},
		{"python", Root{}},
		{"xsrc/python", Root{}},
		{"src/mainpython", Root{"src/mainpython", SourceRoot, ""}},
		{"src/main/test/python", Root{"src/main/test", SourceRoot, ""}},
	}
	for _, tt := range tests {
		got, ok := Pants1().RootOf(tt.dir)
		if got != tt.want || ok != (tt.want != Root{}) {
			t.Errorf("RootOf(%q) = %+v, %v; want %+v", tt.dir, got, ok, tt.want)
		}
	}
}

// A trieNode is a node of the trie that Pants 1.20 looks source roots up in.
type trieNode struct {
	children map[string]*trieNode
	category RootCategory
}

func (n *trieNode) add(pattern string, category RootCategory) {
	for _, key := range strings.Split(pattern, "/") {
		if n.children[key] == nil {
			n.children[key] = &trieNode{children: map[string]*trieNode{}}
		}
		n = n.children[key]
	}
	n.category = category
}

// find is SourceRootTrie.find of Pants, line by line.
func (n *trieNode) find(dir string) (string, RootCategory) {
	keys := strings.Split(dir, "/")
	for i := range keys {
		node, j := n, i
		for ; j < len(keys); j++ {
			child := node.children[keys[j]]
			if child == nil {
				child = node.children["*"]
			}
			if child == nil {
				break
			}
			node = child
		}
		if node.category != NoRoot {
			return strings.Join(keys[:j], "/"), node.category
		}
	}
	return "", NoRoot
}

func TestRootOfIsThatOfPants(t *testing.T) {
	d := Pants1()
	trie := &trieNode{children: map[string]*trieNode{}}
	for _, p := range d.Roots {
		trie.add(p.Pattern, p.Category)
	}
	names := []string{"src", "main", "test", "tests", "python", "java", "3rdparty", "third_party", "a", "b"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		parts := make([]string, 1+r.IntN(6))
		for i := range parts {
			parts[i] = names[r.IntN(len(names))]
		}
		dir := strings.Join(parts, "/")
		want, category := trie.find(dir)
		got, _ := d.RootOf(dir)
		if got.Dir != want || got.Category != category {
			t.Fatalf("RootOf(%q) = %+v, want %q, %d", dir, got, want, category)
		}
	}
}

func TestNearestRoot(t *testing.T) {
	d := &Dialect{
		Nearest: true,
		Roots: []RootPattern{
			{"/", SourceRoot}, {"src", SourceRoot}, {"src/*", SourceRoot}, {"/lib/py", SourceRoot},
		},
		Languages: map[string]string{"python": Python, "java": "java"},
	}
	for dir, want := range map[string]Root{
		"":                   {"", SourceRoot, Python},
		"a/b":                {"", SourceRoot, Python},
		"src":                {"src", SourceRoot, Python},
		"src/python/a/b":     {"src/python", SourceRoot, Python},
		"a/src/java/b":       {"a/src/java", SourceRoot, "java"},
		"src/python/src/b/c": {"src/python/src/b", SourceRoot, Python}, // the nearest
		"lib/py/a":           {"lib/py", SourceRoot, Python},
		"a/lib/py/b":         {"", SourceRoot, Python}, // the slash anchors
		"xsrc":               {"", SourceRoot, Python},
	} {
		if got, ok := d.RootOf(dir); got != want || !ok {
			t.Errorf("RootOf(%q) = %+v, %v; want %+v", dir, got, ok, want)
		}
	}
	d.Roots = d.Roots[1:]
	if got, ok := d.RootOf("a/b"); ok {
		t.Errorf("RootOf where nothing matches = %+v", got)
	}
}
