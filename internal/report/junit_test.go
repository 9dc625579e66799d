package report

import (
	"encoding/xml"
	"testing"
)

// TestJUnitCases checks that no two cases are the same to a reader: GitLab tells them apart by suite, class and name,
// and shows the last one alone.
func TestJUnitCases(t *testing.T) {
	w, result := example()
	var got junitReport
	if err := xml.Unmarshal(render(t, result, exampleOptions("junit", w)), &got); err != nil {
		t.Fatal(err)
	}
	seen := map[[3]string]bool{}
	tests, failures := 0, 0
	for _, s := range got.Suites {
		tests += s.Tests
		failures += s.Failures
		for _, c := range s.Cases {
			key := [3]string{s.Name, c.Classname, c.Name}
			if seen[key] {
				t.Errorf("two cases are %q", key)
			}
			seen[key] = true
		}
	}
	if n := len(result.Diagnostics); len(seen) != n || tests != n || got.Tests != n {
		t.Errorf("%d cases, suites count %d and the report %d; want %d", len(seen), tests, got.Tests, n)
	}
	if failures != got.Failures {
		t.Errorf("suites count %d failures, the report %d", failures, got.Failures)
	}
}
