package rules

import (
	"bytes"
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// checkerFor returns a checker of the files of an archive. All rules run, with the options that a buildlint.toml among
// the files sets.
func checkerFor(archive string) (*analysis.Checker, []string) {
	files := map[string]string{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = string(f.Data)
	}
	before := takeBefore(files)
	tree := filetree.FromMap(files)
	snapshot := workspace.New(tree, &workspace.Options{Dialect: dialectOf(files)})
	var settings []analysis.Setting
	for _, r := range All() {
		setOptions(r, files["buildlint.toml"])
		settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity, Options: r.Options})
	}
	c := &analysis.Checker{
		Snapshot: snapshot,
		Settings: func(string) []analysis.Setting { return settings },
		Known:    func(name string) bool { return Named(name) != nil },
		Before:   before,
	}
	dirs, err := analysis.Directories(context.Background(), snapshot, []string{""})
	if err != nil {
		panic(err)
	}
	return c, dirs
}

// takeBefore takes the files below before/ out of files, and returns the change of which they are the state before; nil
// if there are none. A file that is there alone was deleted; one that is not there did not change.
func takeBefore(files map[string]string) *analysis.Before {
	old := maps.Clone(files)
	b := &analysis.Before{Snapshot: func() *workspace.Snapshot {
		return workspace.New(filetree.FromMap(old), &workspace.Options{Dialect: dialectOf(old)})
	}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		was, ok := strings.CutPrefix(name, "before/")
		if !ok {
			continue
		}
		old[was] = files[name]
		delete(files, name)
		delete(old, name)
		if now, ok := files[was]; !ok {
			b.Files = append(b.Files, analysis.FileChange{Path: was, Kind: analysis.DeletedFile})
		} else if now != old[was] {
			b.Files = append(b.Files, analysis.FileChange{Path: was, Kind: analysis.ModifiedFile})
		}
	}
	if len(b.Files) == 0 {
		return nil
	}
	return b
}

// setOptions sets the options of a rule to those of a configuration file.
func setOptions(r *analysis.Rule, config string) {
	var content struct {
		Rules map[string]map[string]any `toml:"rules"`
	}
	err := toml.Unmarshal([]byte(config), &content)
	if table := content.Rules[r.Name]; err == nil && table != nil {
		var own []byte
		if own, err = toml.Marshal(table); err == nil {
			err = toml.NewDecoder(bytes.NewReader(own)).DisallowUnknownFields().Decode(r.Options)
		}
	}
	if err != nil {
		panic(err)
	}
}

// The examples of the documentation are true: the bad one has a finding, the good one has none, and the fix makes the
// second of the first.
func TestExamples(t *testing.T) {
	for _, rule := range All() {
		t.Run(rule.Name, func(t *testing.T) {
			if strings.TrimSpace(rule.Doc) == "" || rule.Bad == "" || rule.Good == "" || rule.Summary == "" {
				t.Fatal("a rule needs a summary, documentation, a bad and a good example")
			}
			if found := findings(t, rule.Bad, rule); len(found) == 0 {
				t.Error("nothing is found in the bad example")
			}
			for _, d := range findings(t, rule.Good, rule) {
				t.Errorf("found in the good example: %s: %s", d.Path, d.Message)
			}
			if rule.Fix != analysis.NoFix {
				testExampleFix(t, rule)
			}
		})
	}
}

// findings returns what a rule finds where all run.
func findings(t *testing.T, archive string, rule *analysis.Rule) []analysis.Diagnostic {
	t.Helper()
	c, dirs := checkerFor(archive)
	result, err := c.Check(context.Background(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range result.Errors {
		t.Errorf("error of the run: %v", e)
	}
	return slices.DeleteFunc(result.Diagnostics, func(d analysis.Diagnostic) bool { return d.Rule != rule.Name })
}

func testExampleFix(t *testing.T, rule *analysis.Rule) {
	c, dirs := checkerFor(rule.Bad)
	fixer := &analysis.Fixer{
		Checker: c, Dirs: dirs, Least: analysis.Unsafe,
		Keep: func(d analysis.Diagnostic) bool { return d.Rule == rule.Name },
	}
	fixing, err := fixer.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range fixing.Refused {
		t.Errorf("refused in %s: %v", r.Path, r.Err)
	}
	best := analysis.NoFix
	for _, d := range findings(t, rule.Bad, rule) {
		for _, f := range d.Fixes {
			best = max(best, f.Applicability)
		}
	}
	if best != rule.Fix {
		t.Errorf("the best fix in the bad example is %v, the rule says %v", best, rule.Fix)
	}
	for _, f := range txtar.Parse([]byte(rule.Good)).Files {
		got, _ := fixing.Checker.Snapshot.Tree().Read(path.Clean(f.Name))
		if diff := cmp.Diff(string(f.Data), string(got)); diff != "" {
			t.Errorf("%s after the fix (-good +fixed):\n%s", f.Name, diff)
		}
	}
}
