package analysis_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// marking returns a rule that finds each place of a text in the files of a package.
func marking(name, text string) *analysis.Rule {
	return &analysis.Rule{
		Name: name, Severity: analysis.Warning,
		Check: func(p *analysis.Pass) {
			for _, f := range p.Package().Files {
				for at := 0; ; at += len(text) {
					next := strings.Index(string(f.Syntax.Src[at:]), text)
					if next < 0 {
						break
					}
					at += next
					p.Report(analysis.Diagnostic{
						Location: analysis.Location{Path: f.Path, Span: syntax.Span{Start: at, End: at + len(text)}}, Message: text,
					})
				}
			}
		},
	}
}

// unused returns a rule that reports the suppressions that silence nothing.
func unused() *analysis.Rule {
	return &analysis.Rule{
		Name: "unused", Severity: analysis.Warning, Stage: analysis.Last,
		Check: func(p *analysis.Pass) {
			for _, u := range p.UnusedSuppressions() {
				var names []string
				for _, r := range slices.Concat(u.Unknown, u.Unused) {
					names = append(names, r.Name)
				}
				p.Report(analysis.Diagnostic{
					Location: analysis.Location{Path: u.Path, Span: u.Comment}, Message: strings.Join(append(names, u.Err), " "),
				})
			}
		},
	}
}

// checkWith returns what rules find in files.
func checkWith(t *testing.T, files map[string]string, settings ...analysis.Setting) *analysis.Result {
	t.Helper()
	checker, dirs := checkerOf(t, open(files))
	checker.Settings = func(string) []analysis.Setting { return settings }
	checker.Known = func(name string) bool {
		return name == "known" || slices.ContainsFunc(settings, func(s analysis.Setting) bool { return s.Rule.Name == name })
	}
	result, err := checker.Check(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// on returns settings of rules as they are.
func on(rules ...*analysis.Rule) []analysis.Setting {
	var settings []analysis.Setting
	for _, r := range rules {
		settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity})
	}
	return settings
}

// messages writes findings as rule and message.
func messages(r *analysis.Result) []string {
	var lines []string
	for _, d := range r.Diagnostics {
		lines = append(lines, d.Rule+": "+strings.TrimSpace(d.Message))
	}
	return lines
}

func TestSuppressions(t *testing.T) {
	tests := []struct {
		name, src  string
		want       []string
		suppressed int
	}{
		{"none", "f(X)\n", []string{"x: X"}, 0},
		{"end of line", "f(X)  # buildlint: disable=x\nf(X)\n", []string{"x: X"}, 1},
		{"end of a line within a statement", "f(\n  X,  # buildlint: disable=x -- why\n  X,\n)\n", []string{"x: X"}, 1},
		{"before a statement", "# buildlint: disable=x\nf(\n  X,\n  X,\n)\nf(X)\n", []string{"x: X"}, 2},
		{"before a statement, with comments between", "# buildlint: disable=x\n\n# more\nf(X)\n", nil, 1},
		{"before an element", "f(a = [\n  # buildlint: disable=x\n  [\n    X,\n  ],\n  X,\n])\n", []string{"x: X"}, 1},
		{"before an argument", "f(\n  # buildlint: disable=x\n  a = [\n    X,\n  ],\n  b = X,\n)\n", []string{"x: X"}, 1},
		{"before an entry", "f({\n  # buildlint: disable=x\n  'a': [\n    X,\n  ],\n  'b': X,\n})\n", []string{"x: X"}, 1},
		{"before the closing bracket", "f([\n  'a',\n  # buildlint: disable=x\n])\nf(X)\n", []string{"unused: x", "x: X"}, 0},
		{"at the end", "f(X)\n# buildlint: disable=x\n", []string{"x: X", "unused: x"}, 0},
		{"file", "f(X)\n# buildlint: disable-file=x -- why\nf(X)\n", nil, 2},
		{"several", "f(X, Y)  # buildlint: disable=x,y\n", nil, 2},
		{"several with blanks", "f(X, Y)  # buildlint: disable= x , y  -- why\n", nil, 2},
		{"another", "f(X)  # buildlint: disable=y\n", []string{"x: X", "unused: y"}, 0},
		{"one of two unused", "f(X)  # buildlint: disable=x,y\n", []string{"unused: y"}, 1},
		{"exact names only", "f(X)  # buildlint: disable=x-\n", []string{"x: X", "unused: x-"}, 0},
		{"unknown", "f(X)  # buildlint: disable=x,gone\n", []string{"unused: gone"}, 1},
		{"known but switched off", "f()  # buildlint: disable=known\n", nil, 0},
		{"no rule", "f(X)  # buildlint: disable=\n", []string{"x: X", "unused: a rule's name is missing"}, 0},
		{"no verb", "f(X)  # buildlint: x\n", []string{"x: X", "unused: `buildlint:` is followed by `disable=RULE` or `disable-file=RULE`"}, 0},
		{"in a string", "f(X, '# buildlint: disable=x')\n", []string{"x: X"}, 0},
		{"CRLF", "# buildlint: disable=x\r\nf(\r\n  X,\r\n)\r\nf(X)  # buildlint: disable=x -- why\r\nf(X)\r\n", []string{"x: X"}, 2},
		{"no final newline", "f(X)  # buildlint: disable=x", nil, 1},
		{"of unused itself", "# buildlint: disable-file=unused\nf()  # buildlint: disable=x\n", nil, 0},
		{"in a broken file", "f(X)  # buildlint: disable=x\ng(\n", nil, 1},
		{"twice", "# buildlint: disable-file=x\nf(X)  # buildlint: disable=x\n", nil, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := checkWith(t, map[string]string{"a/BUILD": tt.src}, on(marking("x", "X"), marking("y", "Y"), unused())...)
			if diff := cmp.Diff(tt.want, messages(r)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.src, diff)
			}
			if r.Summary.Suppressed != tt.suppressed {
				t.Errorf("%d are counted as suppressed, want %d", r.Summary.Suppressed, tt.suppressed)
			}
		})
	}
}

// A comment counts in its own file alone, also where that is a source.
func TestSuppressionsOfOtherFiles(t *testing.T) {
	source := &analysis.Rule{
		Name: "source", Severity: analysis.Warning, Sources: true,
		Check: func(p *analysis.Pass) {
			for _, e := range p.Entries(p.Dir) {
				if strings.HasSuffix(e.Name, ".py") {
					p.Report(analysis.Diagnostic{Location: analysis.Location{Path: p.Dir + "/" + e.Name}, Message: e.Name})
				}
			}
		},
	}
	r := checkWith(t, map[string]string{
		"a/BUILD": "f(X)\n# buildlint: disable-file=source\n", "a/BUILD.more": "# buildlint: disable-file=x\nf(X)\n",
		"a/one.py": "", "a/two.py": "# buildlint: disable-file=source -- why\n", "a/three.py": "x = '''# buildlint:'''\n",
		"a/four.py": "import x  # buildlint: disable=source\n",
	}, on(marking("x", "X"), source)...)
	want := []string{"x: X", "source: one.py", "source: three.py"}
	if diff := cmp.Diff(want, messages(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestYields(t *testing.T) {
	yielding := func(name, text string, to, at []string) *analysis.Rule {
		r := marking(name, text)
		r.YieldsTo, r.YieldsAt = to, at
		return r
	}
	first, last := []string{"a"}, []string{"b"}
	tests := []struct {
		name  string
		src   string
		rules []*analysis.Rule
		want  []string
	}{
		{"in the package", "f(A)\nf(B)\n", []*analysis.Rule{marking("a", "A"), yielding("b", "B", first, nil)}, []string{"a: A"}},
		{"nothing to yield to", "f(B)\n", []*analysis.Rule{marking("a", "A"), yielding("b", "B", first, nil)}, []string{"b: B"}},
		{"at the place", "f(AB, B)\n", []*analysis.Rule{marking("a", "AB"), yielding("b", "B", nil, first)}, []string{"a: AB", "b: B"}},
		{"to one that yields itself", "f(A, B, C)\n",
			[]*analysis.Rule{marking("a", "A"), yielding("b", "B", first, nil), yielding("c", "C", last, nil)}, []string{"a: A", "c: C"}},
		{"to each other", "f(A, B)\n", []*analysis.Rule{yielding("a", "A", last, nil), yielding("b", "B", first, nil)}, nil},
	}
	for _, tt := range tests {
		r := checkWith(t, map[string]string{"a/BUILD": tt.src, "b/BUILD": "f()\n"}, on(tt.rules...)...)
		got := messages(r)
		if tt.want == nil { // of two that yield to each other one stays
			if len(got) != 1 {
				t.Errorf("%s: %q, want one of the two", tt.name, got)
			}
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	suppressed := checkWith(t, map[string]string{"a/BUILD": "f(A)  # buildlint: disable=a\nf(B)\n"},
		on(marking("a", "A"), yielding("b", "B", first, nil))...)
	if got := messages(suppressed); len(got) > 0 {
		t.Errorf("a suppression of the cause brings up %q", got)
	}
}

func TestSettings(t *testing.T) {
	x, y := marking("x", "X"), marking("y", "Y")
	r := checkWith(t, map[string]string{"a/BUILD": "f(X, Y)\n"},
		analysis.Setting{Rule: x, Severity: analysis.Error}, analysis.Setting{Rule: y, Severity: analysis.Off})
	if diff := cmp.Diff([]string{"x: X"}, messages(r)); diff != "" || r.Count(analysis.Error) != 1 {
		t.Errorf("%d errors (-want +got):\n%s", r.Count(analysis.Error), diff)
	}
	if r.Summary.Packages != 1 || r.Summary.Files != 1 {
		t.Errorf("the summary is %+v", r.Summary)
	}
}

// What stands in a constant is told once, although each target that uses it has it.
func TestOnce(t *testing.T) {
	r := checkWith(t, map[string]string{"a/BUILD": "f(X)\n"}, on(marking("x", "X"), marking("x", "X"))...)
	if got := messages(r); len(got) != 1 {
		t.Errorf("%q, want one", got)
	}
}

// A file that cannot be read is an error, and the others are checked.
func TestUnreadable(t *testing.T) {
	root := t.TempDir()
	outside := filepath.Join(t.TempDir(), "BUILD")
	for name, content := range map[string]string{outside: "f()\n", filepath.Join(root, "BUILD"): "f(X)\n"} {
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(root, "BUILD.out")); err != nil {
		t.Skip(err)
	}
	tree, err := filetree.New(root)
	if err != nil {
		t.Fatal(err)
	}
	checker, dirs := checkerOf(t, workspace.New(tree, &workspace.Options{Dialect: dialect.Pants1()}))
	checker.Settings = func(string) []analysis.Setting { return on(marking("x", "X")) }
	r, err := checker.Check(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"x: X"}, messages(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Errors) != 1 || r.Errors[0].Path != "BUILD.out" {
		t.Errorf("errors: %v, want one about BUILD.out", r.Errors)
	}
}

// The number of workers and the order of the directories change nothing.
func TestOrder(t *testing.T) {
	checker, dirs := checkerOf(t, open(newGenerator(7).workspace()))
	var first []string
	for jobs := range 4 {
		checker.Jobs = jobs
		slices.Reverse(dirs)
		r, err := checker.Check(t.Context(), dirs)
		if err != nil {
			t.Fatal(err)
		}
		if jobs == 0 {
			first = messages(r)
		}
		if diff := cmp.Diff(first, messages(r)); diff != "" {
			t.Errorf("%d jobs (-automatic +got):\n%s", jobs, diff)
		}
	}
	if len(first) == 0 {
		t.Fatal("nothing was found")
	}
}
