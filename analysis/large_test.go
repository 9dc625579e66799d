package analysis_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/buildlint/buildlint/analysis"
)

// TestManyTargets lints and fixes a BUILD file with 100,000 targets. It takes seconds; what looks through the file for
// each of them takes minutes.
func TestManyTargets(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	const n = 100_000
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "target(name='t%d', dependencies=['util:util'])\n", i)
	}
	files := map[string]string{"lib/BUILD": text.String(), "util/BUILD": "target()\n"}
	checker, dirs := checkerOf(t, open(files))
	start := time.Now()
	fixing := run(t, &analysis.Fixer{
		Checker: checker, Dirs: dirs, Least: analysis.Safe,
		Keep: func(d analysis.Diagnostic) bool { return d.Rule == "redundant-target-name" },
	})
	if took := time.Since(start); took > 2*time.Minute {
		t.Errorf("%d targets took %v", n, took)
	}
	if len(fixing.Fixed) != n || count(fixing.Result, "redundant-target-name") != 0 {
		t.Errorf("%d findings are mended, %d left", len(fixing.Fixed), count(fixing.Result, "redundant-target-name"))
	}
	want := strings.ReplaceAll(text.String(), "util:util", "util")
	if len(fixing.Files) != 1 || string(fixing.Files[0].New) != want {
		t.Errorf("%d files are changed, or something else in them", len(fixing.Files))
	}
}

// TestCycleOfPackages tells once of a circle through 10,000 packages, and names them all.
func TestCycleOfPackages(t *testing.T) {
	const n = 10_000
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("p%d/BUILD", i)] = fmt.Sprintf("target(dependencies=['p%d'])\n", (i+1)%n)
	}
	checker, dirs := checkerOf(t, open(files))
	result, err := checker.Check(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics {
		if d.Rule == "dependency-cycle" && (len(d.Message) > 1000 || len(d.Related) > n) {
			t.Errorf("%d bytes and %d places are told of one circle", len(d.Message), len(d.Related))
		}
	}
	if got := count(result, "dependency-cycle"); got != 1 {
		t.Errorf("%d findings of the circle, want 1", got)
	}
}
