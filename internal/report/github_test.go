package report

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
)

// A workflowCommand is a command as the runner of GitHub Actions understands it.
type workflowCommand struct {
	Name       string
	Properties map[string]string
	Data       string
}

// parseWorkflowCommand reads a line as the runner does: up to the second double colon are the name and, split at
// commas and at their first equals sign, the properties; all that follows is data.
func parseWorkflowCommand(t *testing.T, line string) workflowCommand {
	t.Helper()
	rest, ok := strings.CutPrefix(line, "::")
	info, data, found := strings.Cut(rest, "::")
	if !ok || !found || strings.ContainsAny(line, "\r\n") {
		t.Fatalf("%q is not a command", line)
	}
	name, list, _ := strings.Cut(info, " ")
	c := workflowCommand{name, map[string]string{}, unescapeWorkflow(data, "%0D", "\r", "%0A", "\n", "%25", "%")}
	for property := range strings.SplitSeq(list, ",") {
		key, value, ok := strings.Cut(property, "=")
		if !ok {
			t.Fatalf("%q: %q is not a property", line, property)
		}
		c.Properties[key] = unescapeWorkflow(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	}
	return c
}

// unescapeWorkflow replaces one sequence after the other, as the runner does, so the percent sign has to be the last.
func unescapeWorkflow(s string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return s
}

func TestGitHubCommands(t *testing.T) {
	tests := []struct{ name, path, message string }{
		{"plain", "src/BUILD", "a message"},
		{"separators in path", "a, b=c::d:e/BUILD", "m"},
		{"equals sign first", "a=b/BUILD", "x=y,z=1"},
		{"percent", "100%/BUILD", "100% of it"},
		{"looks escaped", "a%2Cb%253A%0A/BUILD", "a%0Ab%250D%25"},
		{"double colon", "src/BUILD", "use `src::` or `::error file=x::y`"},
		{"newlines", "a\nb\r/BUILD", "first\nsecond\r\nthird"},
		{"other scripts", "größe/日本/BUILD", "ümlaut 🎉"},
		{"spaces", " a b /BUILD", " leading and trailing "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := workspace{test.path: "one\ntwo\n"}
			d := analysis.Diagnostic{
				Rule: "some-rule", Severity: analysis.Warning, Location: w.location(test.path, "two"), Message: test.message,
			}
			out := string(render(t, &analysis.Result{Diagnostics: []analysis.Diagnostic{d}}, exampleOptions("github", w)))
			want := workflowCommand{"warning", map[string]string{
				"file": test.path, "line": "2", "endLine": "2", "col": "1", "endColumn": "4", "title": "buildlint (some-rule)",
			}, test.message}
			if diff := cmp.Diff(want, parseWorkflowCommand(t, strings.TrimSuffix(out, "\n"))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", out, diff)
			}
		})
	}
}

// TestGitHubRanges has what the runner demands, which leaves out properties of ranges that it takes for wrong.
func TestGitHubRanges(t *testing.T) {
	w, result := example()
	lines := strings.Split(strings.TrimSuffix(string(render(t, result, exampleOptions("github", w))), "\n"), "\n")
	if len(lines) != len(result.Diagnostics) {
		t.Fatalf("got %d commands, want %d", len(lines), len(result.Diagnostics))
	}
	for _, line := range lines {
		p := parseWorkflowCommand(t, line).Properties
		number := func(key string) int {
			n, err := strconv.Atoi(p[key])
			if err != nil || n < 1 {
				t.Errorf("%s: %s is %q", line, key, p[key])
			}
			return n
		}
		if number("endLine") < number("line") {
			t.Errorf("%s: ends before its first line", line)
		}
		_, columns := p["col"]
		if columns && (p["line"] != p["endLine"] || number("endColumn") < number("col")) {
			t.Errorf("%s: has columns that the runner refuses", line)
		}
	}
}
