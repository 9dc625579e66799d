package repository_test

import (
	"strings"
	"testing"

	"github.com/buildlint/buildlint/internal/bench/repository"
)

// TestSize holds the repository to what is said of it: figures of different sizes are compared by it.
func TestSize(t *testing.T) {
	files, size, deps, imports := 0, 0, 0, 0
	seen := map[string]bool{}
	for name, text := range repository.Files(1000) {
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
		if !strings.HasSuffix(name, "/BUILD") || strings.HasPrefix(name, "3rdparty") {
			continue
		}
		files++
		size += len(text)
		deps += strings.Count(text, "\n    '3rdparty") + strings.Count(text, "\n    'src/")
		if strings.Contains(text, "import os\n") {
			imports++
		}
	}
	if files != 1000 {
		t.Errorf("%d BUILD files, want 1000", files)
	}
	if mean := size / files; mean < 1500 || mean > 1700 {
		t.Errorf("%d bytes a BUILD file, want about 1,600", mean)
	}
	if mean := float64(deps) / float64(files); mean < 7.5 || mean > 8.5 {
		t.Errorf("%.1f dependencies a package, want about 8", mean)
	}
	if imports != files*3/8 {
		t.Errorf("%d of %d BUILD files import a module, want three of eight", imports, files)
	}
	if got := repository.BuildFile(500); !seen[got] {
		t.Errorf("there is no %s", got)
	}
}
