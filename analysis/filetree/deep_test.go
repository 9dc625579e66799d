package filetree_test

import (
	"strings"
	"testing"
	"time"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// TestDeepPaths asks for paths of thousands of directories that are not there. Each costs milliseconds; looking at the
// whole way for each directory on it would take minutes.
func TestDeepPaths(t *testing.T) {
	const depth = 2000
	tree := filetree.FromMap(map[string]string{".gitignore": "gen/\n", "src/BUILD": ""})
	start := time.Now()
	for _, test := range []struct {
		path    string
		ignored bool
	}{
		{"src/" + strings.Repeat("a/", depth) + "b", false},
		{"src/BUILD/" + strings.Repeat("a/", depth) + "b", false},
		{"src/" + strings.Repeat("a/", depth) + "gen/b", true},
		{"src/" + strings.Repeat("a/", depth/2) + "gen/" + strings.Repeat("a/", depth/2) + "b", true},
		{"gen/" + strings.Repeat("a/", depth) + "b", true},
	} {
		if got := tree.Ignored(test.path); got != test.ignored {
			t.Errorf("%.10s…: ignored is %t, want %t", test.path, got, test.ignored)
		}
		if got := tree.Stat(test.path); got != filetree.Absent {
			t.Errorf("%.10s…: the state is %v", test.path, got)
		}
		if _, err := tree.Dir(test.path); err == nil {
			t.Errorf("%.10s…: it is listed", test.path)
		}
		if got := tree.Glob(test.path, []string{"**/*"}, nil); len(got) > 0 {
			t.Errorf("%.10s…: it holds %d files", test.path, len(got))
		}
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}
