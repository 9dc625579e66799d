package analysis_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
)

// eachRequirement returns a rule that finds each requirement of a directory.
func eachRequirement() *analysis.Rule {
	return &analysis.Rule{
		Name: "each", Severity: analysis.Warning, Stage: analysis.Graph, Sources: true, Options: "default",
		Check: func(p *analysis.Pass) {
			for _, r := range p.Requirements() {
				p.Report(analysis.Diagnostic{
					Location: analysis.Location{Path: r.Path, Span: r.Place}, Message: r.Name + " " + p.OptionsFor(r.Path).(string),
				})
			}
		},
	}
}

// Requirements files are looked at where there is no BUILD file, too, and comments in them silence rules.
func TestRequirementsFindings(t *testing.T) {
	files := map[string]string{
		"requirements.txt": `# buildlint: disable=other
one
two # buildlint: disable=each
# buildlint: disable=each -- on a line of its own

# another comment
three==1 \
  --hash=sha256:00
four
`,
		"docs/constraints.txt": "# buildlint: disable-file=each\nfive==1\nsix==1\n",
		"app/BUILD":            "python_requirements()\npython_requirement_library(requirements = [python_requirement('seven')])\n",
		"app/requirements.txt": "eight\n",
	}
	checker, dirs := checkerOf(t, open(files))
	checker.Settings = func(path string) []analysis.Setting {
		return []analysis.Setting{{Rule: eachRequirement(), Severity: analysis.Warning, Options: "of " + path}}
	}
	result, err := checker.Check(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range result.Diagnostics {
		got = append(got, d.Message)
	}
	want := []string{
		"seven of app/BUILD", "eight of app/requirements.txt", "one of requirements.txt", "four of requirements.txt",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if result.Summary.Suppressed != 4 || result.Summary.Packages != 1 {
		t.Errorf("%d suppressed in %d packages, want 4 in 1", result.Summary.Suppressed, result.Summary.Packages)
	}
}
