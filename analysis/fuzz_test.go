package analysis_test

import (
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/rules"
)

// around are the files around the text that FuzzText reads.
var around = map[string]string{
	"src/main/python/org/app/web/__init__.py": "", "src/main/python/org/app/web/main.py": "def run():\n  pass\n",
	"src/main/python/org/app/store/BUILD": "python_library(\n  name = 'store',\n  sources = rglobs('*.py'),\n" +
		"  dependencies = ['src/main/python/org/app/web:_web', 'src/main/python/org/app/web', '3rdparty/python:six'],\n" +
		"  provides = setup_py(name = 'org.app.store', version = open('.version').read()),\n)\n",
	"src/main/python/org/app/store/__init__.py": "", "src/main/python/org/__init__.py": "",
	"3rdparty/python/BUILD": "python_requirements()\n", "3rdparty/python/requirements.txt": "six==1.16\n",
}

// FuzzText runs all rules and fixes on any text of a BUILD file.
func FuzzText(f *testing.F) {
	for seed := range uint64(20) {
		f.Add([]byte(newGenerator(seed).build("src/main/python/org/app/web")))
	}
	for _, rule := range rules.All() {
		for _, example := range txtar.Parse([]byte(rule.Bad)).Files {
			if strings.HasPrefix(path.Base(example.Name), "BUILD") {
				f.Add(example.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		files := map[string]string{"src/main/python/org/app/web/BUILD": string(text)}
		for name, content := range around {
			files[name] = content
		}
		snapshot := open(files)
		checkFindings(t, snapshot)
		checkFixes(t, snapshot, analysis.Safe)
		checkFixes(t, snapshot, analysis.Unsafe)
		checkComments(t, snapshot)
	})
}

// checkFindings checks that findings lie in their files, and that neither the order of the directories nor the number
// of workers changes them.
func checkFindings(t *testing.T, snapshot *workspace.Snapshot) {
	t.Helper()
	checker, dirs := checkerOf(t, snapshot)
	checker.Jobs = 1
	result, err := checker.Check(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range result.Errors {
		t.Errorf("error of the run: %v", err)
	}
	for _, d := range result.Diagnostics {
		checkLocation(t, snapshot, d.Location)
		if strings.TrimSpace(d.Message) == "" || strings.ContainsAny(d.Message, "\r\n") {
			t.Errorf("the message %q is not one line", d.Message)
		}
		for _, r := range d.Related {
			checkLocation(t, snapshot, r.Location)
		}
	}
	again, others := checkerOf(t, workspace.New(snapshot.Tree(), snapshot.Options()))
	again.Jobs = 4
	slices.Reverse(others)
	second, err := again.Check(t.Context(), others)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := showResult(result), showResult(second); a != b {
		t.Errorf("one worker finds\n%sfour in another order\n%s", a, b)
	}
}

func checkLocation(t *testing.T, snapshot *workspace.Snapshot, l analysis.Location) {
	t.Helper()
	src, err := snapshot.Tree().Read(l.Path)
	if err != nil {
		t.Fatalf("a finding in %q: %v", l.Path, err)
	}
	if l.Span.Start < 0 || l.Span.End < l.Span.Start || l.Span.End > len(src) {
		t.Fatalf("a finding at %v of %q, which has %d bytes", l.Span, l.Path, len(src))
	}
	for _, at := range []int{l.Span.Start, l.Span.End} {
		if utf8.Valid(src) && at < len(src) && !utf8.RuneStart(src[at]) {
			t.Fatalf("a finding at %v of %q cuts a character in two", l.Span, src)
		}
	}
}

func showResult(r *analysis.Result) string {
	var b strings.Builder
	for _, d := range r.Diagnostics {
		b.WriteString(show(d) + "\n")
	}
	return b.String()
}

// movesComments are the rules whose safe fixes add comments, move them, or remove what they belong to.
var movesComments = []string{"duplicate-dependency", "license-header", "unsorted-dependencies", "unused-suppression"}

// checkComments checks that all other safe fixes leave all comments as they are.
func checkComments(t *testing.T, snapshot *workspace.Snapshot) {
	t.Helper()
	checker, dirs := checkerOf(t, snapshot)
	fixing := run(t, &analysis.Fixer{
		Checker: checker, Dirs: dirs, Least: analysis.Safe,
		Keep: func(d analysis.Diagnostic) bool { return !slices.Contains(movesComments, d.Rule) },
	})
	for _, f := range fixing.Files {
		old, now := commentTexts(f.Old), commentTexts(f.New)
		if !slices.Equal(old, now) {
			t.Errorf("the comments of %s were %q, are %q:\n%s\n→\n%s", f.Path, old, now, f.Old, f.New)
		}
	}
}

func commentTexts(src []byte) []string {
	var texts []string
	for _, c := range syntax.Parse(src).Comments() {
		texts = append(texts, strings.TrimSpace(c.Text(src)))
	}
	return texts
}
