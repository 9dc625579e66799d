package report

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
)

// found returns a result with a finding for each rule, severity and fix that is named.
func found(summary analysis.Summary, findings ...analysis.Diagnostic) *analysis.Result {
	return &analysis.Result{Diagnostics: findings, Summary: summary}
}

func of(rule string, s analysis.Severity, fixes ...analysis.Applicability) analysis.Diagnostic {
	d := analysis.Diagnostic{Rule: rule, Severity: s}
	for _, a := range fixes {
		d.Fixes = append(d.Fixes, fix("mend", a))
	}
	return d
}

func TestSummaryLine(t *testing.T) {
	warning, info := of("w", analysis.Warning), of("i", analysis.Info)
	unsafe := of("w", analysis.Warning, analysis.Unsafe)
	for _, test := range []struct {
		result *analysis.Result
		want   string
	}{
		{found(analysis.Summary{Packages: 41}), "No problems in 41 packages."},
		{found(analysis.Summary{Packages: 1}), "No problems in 1 package."},
		{found(analysis.Summary{}), "No problems in 0 packages."},
		{
			found(analysis.Summary{Packages: 41, Suppressed: 2, Baselined: 3}),
			"No problems in 41 packages (3 in the baseline, 2 suppressed).",
		},
		{
			found(analysis.Summary{Packages: 41}, warning, warning, of("e", analysis.Error)),
			"Found 2 warnings and 1 error in 41 packages.",
		},
		{
			found(analysis.Summary{Packages: 2}, info, info, warning, of("e", analysis.Error)),
			"Found 1 warning, 1 error and 2 infos in 2 packages.",
		},
		{
			found(analysis.Summary{Packages: 2}, of("w", analysis.Warning, analysis.Safe, analysis.Unsafe), unsafe),
			"Found 2 warnings in 2 packages (1 fixable with `--fix`, 1 more with `--unsafe-fixes`).",
		},
		{
			found(analysis.Summary{Packages: 2}, unsafe),
			"Found 1 warning in 2 packages (1 fixable with `--fix --unsafe-fixes`).",
		},
	} {
		if got := SummaryLine(test.result); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
	broken := found(analysis.Summary{Packages: 2})
	broken.Errors = []analysis.FileError{{Path: "a", Err: errors.New("is gone")}}
	if got, want := SummaryLine(broken), "No problems in 2 packages; 1 path could not be read or written."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestStatistics(t *testing.T) {
	safe := of("redundant-target-name", analysis.Warning, analysis.Safe)
	unsafe := of("private-target-name", analysis.Warning, analysis.Unsafe)
	layout := of("package-layout", analysis.Warning)
	result := found(analysis.Summary{}, safe, layout, of("b", analysis.Info), unsafe, unsafe,
		of("b", analysis.Info, analysis.Safe), of("b", analysis.Info, analysis.Unsafe))
	for range 7 {
		result.Diagnostics = append(result.Diagnostics, safe)
	}
	for format, want := range map[string]string{
		"full": `8  redundant-target-name  8 fixable
3  b                      1 fixable, 1 more with --unsafe-fixes
2  private-target-name    2 fixable with --unsafe-fixes
1  package-layout
`,
		"json-lines": `{"rule":"redundant-target-name","count":8,"fixable":8,"unsafe":0}
{"rule":"b","count":3,"fixable":1,"unsafe":1}
{"rule":"private-target-name","count":2,"fixable":0,"unsafe":2}
{"rule":"package-layout","count":1,"fixable":0,"unsafe":0}
`,
	} {
		if diff := cmp.Diff(want, statistics(t, result, format)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
	for format, want := range map[string]string{"concise": "", "json": "[]\n", "json-lines": ""} {
		if got := statistics(t, &analysis.Result{}, format); got != want {
			t.Errorf("nothing as %s: got %q, want %q", format, got, want)
		}
	}
}

func statistics(t *testing.T, result *analysis.Result, format string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Statistics(&b, result, Options{Format: format}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
