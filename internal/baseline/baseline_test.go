package baseline_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/internal/baseline"
)

// finding returns a finding at an offset.
func finding(rule, path, target, message string, offset int) analysis.Diagnostic {
	return analysis.Diagnostic{
		Rule: rule, Severity: analysis.Warning, Target: target, Message: message,
		Location: analysis.Location{Path: path, Span: syntax.Span{Start: offset, End: offset + 5}},
	}
}

func TestFingerprint(t *testing.T) {
	base := finding("unresolved-dependency", "a/BUILD", "a:a", "there is no target `x` in `b`: did you mean `b:y`?", 10)
	with := func(change func(*analysis.Diagnostic)) analysis.Diagnostic {
		d := base
		change(&d)
		return d
	}
	message := func(text string) analysis.Diagnostic {
		return with(func(d *analysis.Diagnostic) { d.Message = text })
	}
	tests := []struct {
		name string
		d    analysis.Diagnostic
		same bool
	}{
		{"moved", with(func(d *analysis.Diagnostic) { d.Span.Start, d.Span.End = 700, 800 }), true},
		{"severity", with(func(d *analysis.Diagnostic) { d.Severity = analysis.Error }), true},
		{"another BUILD file", with(func(d *analysis.Diagnostic) { d.Path = "a/BUILD.tools" }), true},
		{"no suggestion", message("there is no target `x` in `b`"), true},
		{"another suggestion", message("there is no target `x` in `b`: did you mean `b:z`?"), true},
		{"reworded", message("`b` has none of the 3 targets `x`"), true},
		{"variable", message("there is no target `x` in `b`, which `DEPENDENCIES_2` names at `17`"), true},
		{"another variable", message("there is no target `x` in `b`, which `_DEPS` names"), true},
		{"position", message("there is no target `x` in `b:12:3`"), true},
		{"quotes", message(`there is no target "x" in "b"`), true},
		{"rule", with(func(d *analysis.Diagnostic) { d.Rule = "duplicate-dependency" }), false},
		{"target", with(func(d *analysis.Diagnostic) { d.Target = "a:b" }), false},
		{"package", with(func(d *analysis.Diagnostic) { d.Path, d.Target = "c/BUILD", "c:c" }), false},
		{"dependency", message("there is no target `z` in `b`"), false},
	}
	want := baseline.Fingerprint(base)
	if len(want) != 32 {
		t.Errorf("Fingerprint = %q", want)
	}
	for _, test := range tests {
		if got := baseline.Fingerprint(test.d); (got == want) != test.same {
			t.Errorf("%s: same fingerprint %t, want %t", test.name, got == want, test.same)
		}
	}
	file := finding("suspicious-glob", "a/BUILD", "", "the pattern `*py` cannot match", 3)
	other := file
	other.Path = "a/BUILD.tools"
	if baseline.Fingerprint(file) == baseline.Fingerprint(other) {
		t.Error("a finding of no target is the same in two files")
	}
}

var findings = []analysis.Diagnostic{
	finding("duplicate-dependency", "b/BUILD", "b:b", "`:x` is already a dependency", 90),
	finding("duplicate-dependency", "b/BUILD", "b:b", "`:x` is already a dependency", 70),
	finding("package-layout", "a/BUILD", "", "BUILD files lie at level 3", 0),
	finding("with-binaries-dict", "a/BUILD", "a:a<&>", "keywords", 5),
}

const written = `{
  "version": 1,
  "findings": [
    {"rule":"package-layout","path":"a/BUILD","count":1},
    {"rule":"with-binaries-dict","path":"a/BUILD","target":"a:a<&>","count":1},
    {"rule":"duplicate-dependency","path":"b/BUILD","target":"b:b","about":[":x"],"count":2}
  ]
}
`

func text(t *testing.T, b *baseline.Baseline) string {
	t.Helper()
	var out strings.Builder
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWrite(t *testing.T) {
	reversed := slices.Clone(findings)
	slices.Reverse(reversed)
	for _, diagnostics := range [][]analysis.Diagnostic{findings, reversed} {
		b := baseline.Create(diagnostics)
		if diff := cmp.Diff(written, text(t, b)); diff != "" {
			t.Errorf("Write (-want +got):\n%s", diff)
		}
		again, err := baseline.Parse("x.json", []byte(text(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b.Entries(), again.Entries()); diff != "" {
			t.Errorf("written and read:\n%s", diff)
		}
	}
	if got := text(t, baseline.Create(nil)); got != "{\n  \"version\": 1,\n  \"findings\": []\n}\n" {
		t.Errorf("empty: %s", got)
	}
}

func TestFilter(t *testing.T) {
	b := baseline.Create(findings)
	left, baselined, stale := b.Filter(findings)
	if len(left) != 0 || baselined != len(findings) || len(stale) != 0 {
		t.Errorf("Filter of what is on record = %v, %d, %v", left, baselined, stale)
	}

	third := finding("duplicate-dependency", "b/BUILD", "b:b", "`:x` is already a dependency", 200)
	fresh := finding("duplicate-dependency", "b/BUILD", "b:b", "`:y` is already a dependency", 300)
	left, baselined, stale = b.Filter([]analysis.Diagnostic{findings[3], findings[0], findings[1], third, fresh})
	if diff := cmp.Diff([]int{200, 300}, offsets(left)); diff != "" {
		t.Errorf("left: %s", diff)
	}
	if baselined != 3 {
		t.Errorf("baselined %d, want 3", baselined)
	}
	want := []baseline.Entry{{Rule: "package-layout", Path: "a/BUILD", Count: 1}}
	if diff := cmp.Diff(want, stale); diff != "" {
		t.Errorf("stale: %s", diff)
	}

	_, _, stale = b.Filter(findings[1:])
	want = []baseline.Entry{
		{Rule: "duplicate-dependency", Path: "b/BUILD", Target: "b:b", About: []string{":x"}, Count: 1},
	}
	if diff := cmp.Diff(want, stale); diff != "" {
		t.Errorf("stale where one of two is left: %s", diff)
	}
}

func offsets(diagnostics []analysis.Diagnostic) []int {
	var list []int
	for _, d := range diagnostics {
		list = append(list, d.Span.Start)
	}
	return list
}

func TestPruneUpdate(t *testing.T) {
	b := baseline.Create(findings)
	fresh := finding("binary-name", "b/BUILD", "b:c", "`c` is named `d`", 9)
	now := []analysis.Diagnostic{findings[0], fresh}
	onlyB := func(e baseline.Entry) bool { return e.Path == "b/BUILD" }
	const (
		layout = "package-layout a/BUILD 1"
		dict   = "with-binaries-dict a/BUILD 1"
		one    = "duplicate-dependency b/BUILD 1"
		name   = "binary-name b/BUILD 1"
	)
	for _, test := range []struct {
		name string
		got  *baseline.Baseline
		want []string
	}{
		{"prune", b.Prune(now, nil), []string{one}},
		{"prune b", b.Prune(now, onlyB), []string{layout, dict, one}},
		{"update", b.Update(now, nil), []string{one, name}},
		{"update b", b.Update(now, onlyB), []string{layout, dict, one, name}},
		{"update twice", b.Update(now, onlyB).Update(now, onlyB), []string{layout, dict, one, name}},
		{"update not covered", b.Update(findings, func(baseline.Entry) bool { return false }),
			[]string{layout, dict, "duplicate-dependency b/BUILD 2"}},
		{"original", b, []string{layout, dict, "duplicate-dependency b/BUILD 2"}},
	} {
		if diff := cmp.Diff(test.want, short(test.got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func short(b *baseline.Baseline) []string {
	var list []string
	for _, e := range b.Entries() {
		list = append(list, e.Rule+" "+e.Path+" "+string(rune('0'+e.Count)))
	}
	return list
}

func TestParseErrors(t *testing.T) {
	const hint = ": mend it, or write the file anew with `buildlint baseline create`"
	entry := func(fields string) string { return "{\"version\": 1,\n \"findings\": [\n{" + fields + "}\n]}" }
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "x.json:1: the file is empty"},
		{"no object", "[]", "x.json:1: want an object"},
		{"no version", `{"findings": []}`, "x.json:1: the `version` is missing"},
		{"later version", "{\n\"version\": 2}",
			"x.json:2: version 2 of the format is unknown: this buildlint reads version 1"},
		{"version is no number", `{"version": "1"}`, "x.json:1: the value at `/version` does not fit"},
		{"unknown key", "{\"version\": 1,\n\"finding\": []}",
			"x.json:2: unknown key `finding`: there are `version` and `findings`"},
		{"findings", `{"version": 1, "findings": 3}`, "x.json:1: want a list of findings"},
		{"no rule", entry(`"path": "a", "count": 1`), "x.json:3: the finding has no `rule`"},
		{"no path", entry(`"rule": "r", "count": 1`),
			"x.json:3: the finding has no proper `path`: \"\" is not relative to the root"},
		{"outside", entry(`"rule": "r", "path": "../a", "count": 1`),
			"x.json:3: the finding has no proper `path`: \"../a\" is not relative to the root"},
		{"no count", entry(`"rule": "r", "path": "a"`), "x.json:3: the finding has no `count` of 1 or more"},
		{"unknown field", entry(`"rule": "r", "path": "a", "count": 1, "x": 1`), "x.json:3: unknown key `x`"},
		{"count is no number", entry(`"rule": "r", "path": "a", "count": 1.5`),
			"x.json:3: the value at `/findings/0/count` does not fit"},
		{"unsorted", entry(`"rule": "r", "path": "a", "about": ["b", "a"], "count": 1`),
			"x.json:3: what the finding is `about` is not sorted"},
		{"twice", entry(`"rule": "r", "path": "a", "count": 1}, {"rule": "r", "path": "a", "count": 2`),
			"x.json:3: the finding is on record twice"},
		{"conflict", "{\n<<<<<<< HEAD\n", "x.json:2: a merge left its conflict markers here"},
		{"cut off", "{\"version\": 1,\n", "x.json:2: the file ends too early"},
		{"no JSON", "{\"version\": 1,\n\"findings\": [}]}", "x.json:2: no JSON: invalid character '}' at start of value"},
		{"key twice", "{\"version\": 1,\n\"version\": 1}", "x.json:2: no JSON: duplicate object member name"},
		{"more", `{"version": 1} x`, "x.json:1: something follows the end of the baseline"},
	} {
		_, err := baseline.Parse("x.json", []byte(test.text))
		if err == nil {
			t.Errorf("%s: no error", test.name)
		} else if diff := cmp.Diff(test.want+hint, err.Error()); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
	for _, cut := range []string{written[:20], written[:60], written[:len(written)-3]} {
		if _, err := baseline.Parse("x.json", []byte(cut)); err == nil {
			t.Errorf("no error for a file that ends after %d bytes", len(cut))
		}
	}
}

func TestLoad(t *testing.T) {
	name := filepath.Join(t.TempDir(), baseline.FileName)
	if _, err := baseline.Load(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Load of a file that is not there: %v", err)
	}
	if err := os.WriteFile(name, []byte(written), 0o666); err != nil {
		t.Fatal(err)
	}
	b, err := baseline.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(baseline.Create(findings).Entries(), b.Entries()); diff != "" {
		t.Error(diff)
	}
}

// FuzzParse holds that nothing makes Parse panic, and that what it reads is written and read as the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte(written))
	f.Add([]byte(`{"version": 1, "findings": [{"rule": "r", "path": "a", "about": ["\u0000"], "count": 3}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := baseline.Parse("x.json", data)
		if err != nil {
			return
		}
		again, err := baseline.Parse("y.json", []byte(text(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text(t, b), text(t, again)); diff != "" {
			t.Error(diff)
		}
	})
}
