package analysis_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// What is true of all fixes, on workspaces of all styles.
func FuzzFix(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	for _, seed := range []uint64{1191, 1512, 1545, 2033, 2123} { // each has found something
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		snapshot := open(newGenerator(seed).workspace())
		for _, least := range []analysis.Applicability{analysis.Safe, analysis.Unsafe} {
			checkFixes(t, snapshot, least)
		}
	})
}

func checkFixes(t *testing.T, snapshot *workspace.Snapshot, least analysis.Applicability) {
	t.Helper()
	checker, dirs := checkerOf(t, snapshot)
	before, err := checker.Check(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	fixing := run(t, &analysis.Fixer{Checker: checker, Dirs: dirs, Least: least})
	refused := map[string]bool{}
	for _, r := range fixing.Refused {
		refused[r.Diagnostic.Rule+r.Diagnostic.Message] = true
		t.Logf("%v: refused %s: %v", least, show(r.Diagnostic), r.Err)
	}
	for _, d := range fixing.Result.Diagnostics {
		if canBeFixed(d, least) && !refused[d.Rule+d.Message] {
			t.Errorf("%v: left: %s", least, show(d))
		}
	}
	if again := run(t, &analysis.Fixer{Checker: fixing.Checker, Dirs: dirs, Least: least}); len(again.Files) > 0 {
		t.Errorf("%v: a second run changes %s:\n%s\n→\n%s", least, again.Files[0].Path, again.Files[0].Old, again.Files[0].New)
	}
	for _, f := range fixing.Files {
		checkFixed(t, f, least)
	}
	for _, rule := range []string{"dependency-cycle", "duplicate-target", "syntax-error"} {
		n, was := count(fixing.Result, rule), count(before, rule)
		if rule == "dependency-cycle" && was > 0 {
			continue // a circle that loses a part may leave two
		}
		if n > was {
			t.Errorf("%v: %d findings of %s after the fixes, %d before", least, n, rule, was)
		}
	}
}

func run(t *testing.T, f *analysis.Fixer) *analysis.Fixing {
	t.Helper()
	fixing, err := f.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fixing
}

func canBeFixed(d analysis.Diagnostic, least analysis.Applicability) bool {
	return slices.ContainsFunc(d.Fixes, func(f analysis.Fix) bool {
		return f.Applicability >= least && len(f.Edits()) > 0
	})
}

func count(r *analysis.Result, rule string) int {
	n := 0
	for _, d := range r.Diagnostics {
		if d.Rule == rule {
			n++
		}
	}
	return n
}

// checkFixed compares a file before and after the fixes.
func checkFixed(t *testing.T, f analysis.FixedFile, least analysis.Applicability) {
	t.Helper()
	old, now := syntax.Parse(f.Old), syntax.Parse(f.New)
	if len(now.Errors) > len(old.Errors) {
		t.Errorf("%v: %s parses worse:\n%s\n→\n%s", least, f.Path, f.Old, f.New)
	}
	if crlf := strings.Count(string(f.New), "\r\n"); crlf > 0 && crlf != strings.Count(string(f.New), "\n") &&
		strings.Count(string(f.Old), "\r\n") == strings.Count(string(f.Old), "\n") {
		t.Errorf("%v: the lines of %s end in two ways: %q", least, f.Path, f.New)
	}
	if least == analysis.Unsafe {
		return // it may delete targets with the comments in them
	}
	kept := comments(now)
	for text, n := range comments(old) {
		gone := strings.HasPrefix(text, "# behind") || strings.HasPrefix(text, "# above") || strings.Contains(text, "buildlint:")
		if kept[text] < n && !gone { // those of a removed element may go with it
			t.Errorf("%v: %s lost %q:\n%s\n→\n%s", least, f.Path, text, f.Old, f.New)
		}
	}
}

func comments(f *syntax.File) map[string]int {
	texts := map[string]int{}
	for _, c := range f.Comments() {
		texts[strings.TrimSpace(c.Text(f.Src))]++
	}
	return texts
}

// replacing returns a rule that replaces one text by another, for tests of the fixer alone.
func replacing(name, old, replacement string, edits ...edit.Edit) *analysis.Rule {
	return &analysis.Rule{
		Name: name, Severity: analysis.Warning, Fix: analysis.Safe,
		Check: func(p *analysis.Pass) {
			for _, f := range p.Package().Files {
				at := strings.Index(string(f.Syntax.Src), old)
				if at < 0 {
					continue
				}
				all := append(slices.Clone(edits), edit.Edit{Path: f.Path, Start: at, End: at + len(old), New: replacement})
				p.Report(analysis.Diagnostic{
					Location: analysis.Location{Path: f.Path, Span: syntax.Span{Start: at, End: at + len(old)}}, Message: old,
					Fixes: []analysis.Fix{analysis.Fixed("Replace", analysis.Safe, all)},
				})
			}
		},
	}
}

func fixWith(t *testing.T, files map[string]string, rules ...*analysis.Rule) *analysis.Fixing {
	t.Helper()
	checker, dirs := checkerOf(t, open(files))
	var settings []analysis.Setting
	for _, r := range rules {
		settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity})
	}
	checker.Settings = func(string) []analysis.Setting { return settings }
	return run(t, &analysis.Fixer{Checker: checker, Dirs: dirs, Least: analysis.Safe})
}

func contents(fixing *analysis.Fixing) map[string]string {
	files := map[string]string{}
	for _, f := range fixing.Files {
		files[f.Path] = string(f.New)
	}
	return files
}

func TestFixerRounds(t *testing.T) {
	fixing := fixWith(t, map[string]string{"a/BUILD": "one()\n"},
		replacing("a", "one", "two"), replacing("b", "two", "three"), replacing("c", "three", "four"))
	if got := contents(fixing)["a/BUILD"]; got != "four()\n" || len(fixing.Fixed) != 3 {
		t.Errorf("%q after %d fixes, want four after three", got, len(fixing.Fixed))
	}
	if string(fixing.Files[0].Old) != "one()\n" {
		t.Errorf("the file was %q", fixing.Files[0].Old)
	}
}

func TestFixerConflicts(t *testing.T) {
	fixing := fixWith(t, map[string]string{"a/BUILD": "abc()\n"}, replacing("a", "abc", "xbc"), replacing("b", "bc", "y"))
	if got := contents(fixing)["a/BUILD"]; got != "xy()\n" {
		t.Errorf("%q: the first by position wins, the other comes in the next round", got)
	}
}

func TestFixerContradiction(t *testing.T) {
	fixing := fixWith(t, map[string]string{"a/BUILD": "on()\nx()\n"},
		replacing("a", "on", "off"), replacing("b", "off", "on"), replacing("c", "x", "y"))
	if len(fixing.Refused) != 2 {
		t.Fatalf("%d fixes were refused, want the two that undo each other", len(fixing.Refused))
	}
	if got := contents(fixing)["a/BUILD"]; !strings.HasSuffix(got, "()\ny()\n") {
		t.Errorf("%q: the fix that contradicts none is to stay", got)
	}
}

func TestFixerRefusesWorse(t *testing.T) {
	both := []edit.Edit{{Path: "b/BUILD", Start: 0, End: 1, New: "y"}}
	fixing := fixWith(t, map[string]string{"a/BUILD": "x()\n", "b/BUILD": "x2()\n"}, replacing("a", "x()", "x(", both...))
	if len(fixing.Files) > 0 || len(fixing.Refused) != 1 {
		t.Fatalf("%d files changed, %d fixes refused, want none and one", len(fixing.Files), len(fixing.Refused))
	}
	r := fixing.Refused[0]
	if r.Path != "a/BUILD" || !strings.Contains(r.Err.Error(), "syntax error") {
		t.Errorf("refused in %s: %v", r.Path, r.Err)
	}
	mended := fixWith(t, map[string]string{"a/BUILD": "x(\n"}, replacing("a", "x(", "x()"))
	if got := contents(mended)["a/BUILD"]; got != "x()\n" {
		t.Errorf("%q: a fix may make a file parse better", got)
	}
}

func TestFixerKeepsLineEnds(t *testing.T) {
	fixing := fixWith(t, map[string]string{"a/BUILD": "one()\r\ntwo()\r\n"}, replacing("a", "one", "three()\nfour"))
	if got := contents(fixing)["a/BUILD"]; got != "three()\r\nfour()\r\ntwo()\r\n" {
		t.Errorf("%q", got)
	}
}

func TestFixerKeep(t *testing.T) {
	checker, dirs := checkerOf(t, open(map[string]string{
		"a/BUILD": "target(dependencies = ['b:b'])\n", "b/BUILD": "target(dependencies = ['c:c'])\n", "c/BUILD": "target()\n",
	}))
	fixing := run(t, &analysis.Fixer{
		Checker: checker, Dirs: dirs, Least: analysis.Safe,
		Keep: func(d analysis.Diagnostic) bool { return d.Rule == "redundant-target-name" && d.Path == "a/BUILD" },
	})
	if got := contents(fixing); len(got) != 1 || got["a/BUILD"] != "target(dependencies = ['b'])\n" {
		t.Errorf("changed: %q", got)
	}
}

// Fixes that are right each for itself make no circle together.
func TestFixerMakesNoCircle(t *testing.T) {
	const library = "python_library(dependencies = [':_%[1]s'], provides = setup_py(name = 'org.app.%[1]s', version = v()))\n" +
		"python_library(name = '_%[1]s', sources = [], dependencies = [%[2]s])\n" +
		"python_library(name = '_leaf', sources = [])\ntarget(name = '_use', dependencies = [':_leaf'])\n"
	const root = "src/main/python/org/app/"
	build := func(name, dependency string) string {
		return strings.NewReplacer("%[1]s", name, "%[2]s", dependency).Replace(library)
	}
	checker, dirs := checkerOf(t, open(map[string]string{
		root + "a/BUILD": build("a", "'"+root+"b:_leaf'"), root + "b/BUILD": build("b", "'"+root+"a:_leaf'"),
	}))
	fixing := run(t, &analysis.Fixer{
		Checker: checker, Dirs: dirs, Least: analysis.Unsafe,
		Keep: func(d analysis.Diagnostic) bool { return d.Rule == "private-dependency" },
	})
	if n := count(fixing.Result, "dependency-cycle"); n > 0 || len(fixing.Files) != 1 {
		t.Errorf("%d circles, %d files changed, want none and one", n, len(fixing.Files))
	}
}

// A rename goes over all files, or over none.
func TestFixerRenames(t *testing.T) {
	files := map[string]string{
		"src/main/python/org/app/a/BUILD": "python_library(name = 'lib', provides = setup_py(name = 'org.app.a', version = v()))\n",
		"lib/BUILD":                       "target(dependencies = ['src/main/python/org/app/a:lib'])\n",
		"lib/BUILD.more":                  "target(name = 'm', dependencies = [\"//src/main/python/org/app/a:lib\"])\n",
	}
	rename := func(files map[string]string) map[string]string {
		checker, dirs := checkerOf(t, open(files))
		return contents(run(t, &analysis.Fixer{
			Checker: checker, Dirs: dirs, Least: analysis.Unsafe,
			Keep: func(d analysis.Diagnostic) bool { return d.Rule == "public-library-name" },
		}))
	}
	got := rename(files)
	if len(got) != 3 || got["lib/BUILD.more"] != "target(name = 'm', dependencies = [\"//src/main/python/org/app/a\"])\n" {
		t.Errorf("changed: %q", got)
	}
	files["lib/BUILD.more"] = "D = 'src/main/python/org/app/'\ntarget(name = 'm', dependencies = [D + 'a:lib'])\n"
	if got := rename(files); len(got) > 0 {
		t.Errorf("changed although one address is not written out: %q", got)
	}
	delete(files, "lib/BUILD.more")
	files["lib/BUILD"] += "target(name = 'n', dependencies = ['src/main/python/org/app/a'])\n"
	if got := rename(files); len(got) > 0 {
		t.Errorf("changed although something refers to the new name: %q", got)
	}
	files["lib/BUILD"] = "def f():\n  target(name = 'm', dependencies = ['src/main/python/org/app/a:lib'])\nf()\n"
	if got := rename(files); len(got) > 0 {
		t.Errorf("changed although a function refers to it: %q", got)
	}
	files["lib/BUILD"] = "def f():\n  target(name = 'm', dependencies = ['src/main/python/org/app/b:lib', ':lib'])\nf()\n"
	if got := rename(files); len(got) != 1 {
		t.Errorf("changed: %q, want one file: what the function refers to is something else", got)
	}
}
