package report

import (
	"encoding/json"
	"path"
	"slices"
	"testing"

	"github.com/buildlint/buildlint/analysis"
)

// TestGitLabSchema checks what GitLab's schema of code quality reports and its reader demand. The reader drops the
// first issue that breaks the schema and all that follow, and those whose fingerprint it has already seen.
func TestGitLabSchema(t *testing.T) {
	w, result := example()
	issues := gitlabIssues(t, w, result)
	if len(issues) != len(result.Diagnostics) {
		t.Fatalf("got %d issues, want %d", len(issues), len(result.Diagnostics))
	}
	seen := map[string]bool{}
	for i, issue := range issues {
		for _, key := range []string{"description", "check_name", "fingerprint", "severity"} {
			if s, ok := issue[key].(string); !ok || s == "" {
				t.Errorf("issue %d: %s is %#v, want a string", i, key, issue[key])
			}
		}
		checkGitLabLocation(t, i, issue["location"])
		id, _ := issue["fingerprint"].(string)
		if seen[id] {
			t.Errorf("issue %d: fingerprint %s is not the first", i, id)
		}
		seen[id] = true
	}
}

func gitlabIssues(t *testing.T, w workspace, result *analysis.Result) []map[string]any {
	t.Helper()
	var issues []map[string]any
	if err := json.Unmarshal(render(t, result, exampleOptions("gitlab", w)), &issues); err != nil {
		t.Fatal(err)
	}
	return issues
}

// checkGitLabLocation wants a path relative to the root, which becomes part of an address, and lines that exist.
func checkGitLabLocation(t *testing.T, i int, value any) {
	t.Helper()
	location, _ := value.(map[string]any)
	name, ok := location["path"].(string)
	if !ok || name != path.Clean(name) || path.IsAbs(name) {
		t.Errorf("issue %d: path is %#v, want a clean relative one", i, location["path"])
	}
	lines, _ := location["lines"].(map[string]any)
	begin, _ := lines["begin"].(float64)
	end, _ := lines["end"].(float64)
	if begin < 1 || end < begin || begin != float64(int(begin)) || end != float64(int(end)) {
		t.Errorf("issue %d: lines are %v, want integers from 1", i, lines)
	}
}

// TestGitLabSeverity has GitLab's severities: its summary of a report fails at any other word.
func TestGitLabSeverity(t *testing.T) {
	known := []string{"blocker", "critical", "major", "minor", "info", "unknown"}
	seen := map[string]analysis.Severity{}
	for _, s := range []analysis.Severity{analysis.Info, analysis.Warning, analysis.Error} {
		word := gitlabSeverity(s)
		if !slices.Contains(known, word) {
			t.Errorf("%v: GitLab does not know %q", s, word)
		}
		if other, ok := seen[word]; ok {
			t.Errorf("%v and %v are both %q", other, s, word)
		}
		seen[word] = s
	}
}
