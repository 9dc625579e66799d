package config_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/config"
)

func TestWriteInit(t *testing.T) {
	tests := []struct {
		golden string
		facts  config.InitFacts
		on     string // the rules that are on where the file is loaded
	}{
		{
			golden: "full",
			facts: config.InitFacts{
				Dialect: "pants1", Marker: "pants.ini", Extends: []string{"recommended", "aurora", "style"},
				SourceRoots: []string{"src/main/python", ""}, TestRoots: []string{}, Exclude: []string{"3rdparty/*"},
				Rules: []config.InitRule{
					{Name: "syntax-error", Summary: "what cannot be read", Kept: true},
					{Name: "duplicate-target", Summary: "a name twice", Kept: true, Findings: 1},
					{
						Name: "package-layout", Summary: "a BUILD at\tthe\nwrong depth", Kept: true, Findings: 3,
						Options: map[string]any{"depth": 2, "exempt-kinds": []string{`a "b"`}},
					},
					{Name: "library-sources", Summary: "sources that are not the usual", Findings: 120},
					{Name: "with-binaries-dict", Summary: "keywords for a dict", Findings: 4},
					{
						Name: "list-style", Summary: "a list in another form", Findings: 40,
						Options: map[string]any{"form": "flat", "ratio": 2.0},
					},
				},
			},
			on: "syntax-error duplicate-target package-layout",
		},
		{golden: "empty", on: "syntax-error duplicate-target package-layout library-sources with-binaries-dict"},
	}
	for _, test := range tests {
		var out strings.Builder
		if err := config.WriteInit(&out, test.facts); err != nil {
			t.Fatal(err)
		}
		file := "testdata/init/" + test.golden + ".toml"
		if *update {
			if err := os.WriteFile(file, []byte(out.String()), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), out.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
		if on := rulesOf(t, out.String()); on != test.on {
			t.Errorf("%s: %q are on, want %q", file, on, test.on)
		}
	}
}

// rulesOf returns the names of the rules that are on under a configuration.
func rulesOf(t *testing.T, text string) string {
	t.Helper()
	in, _ := input(&txtar.Archive{Files: []txtar.File{{Name: config.FileName, Data: []byte(text)}}})
	c, err := config.Load(in)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range c.For(".").Rules {
		if s.Severity == analysis.Off {
			t.Errorf("%s is off and yet runs", s.Rule.Name)
		}
		names = append(names, s.Rule.Name)
	}
	return strings.Join(names, " ")
}
