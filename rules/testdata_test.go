package rules

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
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

var update = flag.Bool("update", false, "write the files after fixes to testdata")

// TestData runs testdata/*.txtar. An archive holds cases: a section "case NAME", then the files of a workspace. A comment
// `# want: rule "part of the message"` at the end of a line stands for a finding that starts in that line; it is taken
// away before the workspace is read, and every finding is to be wanted. A file below before/ is as it was before a
// change. The body of the section "case" says more, a line each:
//
//	fix safe, fix unsafe     compare the files after fixes with the sections "safe PATH" and "unsafe PATH"
//	option RULE KEY = VALUE  an option, as TOML
//	off RULE                 the rule does not run
//	preset NAME              only the rules of this preset run
//	crlf                     the lines end in CRLF
func TestData(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("%d archives: %v", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			cases := readCases(t, archive)
			for _, c := range cases {
				t.Run(c.name, c.run)
			}
			if *update {
				writeCases(t, name, archive, cases)
			}
		})
	}
}

// A testCase is one workspace of an archive.
type testCase struct {
	name     string
	body     string
	files    map[string]string // without the wants
	order    []txtar.File      // as written
	wants    []want
	fixes    []analysis.Applicability
	golden   map[string]string // "safe PATH" → content
	fixed    map[string]string // what was found to be golden
	settings []analysis.Setting
}

// A want is a finding that a case expects.
type want struct {
	path, rule, message string
	line                int
}

func (w want) String() string { return fmt.Sprintf("%s:%d: %s %q", w.path, w.line, w.rule, w.message) }

func readCases(t *testing.T, archive *txtar.Archive) []*testCase {
	t.Helper()
	var cases []*testCase
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "case "); ok {
			c := &testCase{name: name, body: string(f.Data), files: map[string]string{}, golden: map[string]string{}}
			c.readBody(t)
			cases = append(cases, c)
			continue
		}
		if len(cases) == 0 {
			t.Fatalf("%s stands before the first case", f.Name)
		}
		cases[len(cases)-1].addFile(t, f)
	}
	return cases
}

func (c *testCase) addFile(t *testing.T, f txtar.File) {
	t.Helper()
	if strings.HasPrefix(f.Name, "safe ") || strings.HasPrefix(f.Name, "unsafe ") {
		c.golden[f.Name] = string(f.Data)
		return
	}
	c.order = append(c.order, f)
	var b strings.Builder
	line := 0
	for text := range strings.Lines(string(f.Data)) {
		line++
		code, comment, found := strings.Cut(text, "# want: ")
		if !found {
			b.WriteString(text)
			continue
		}
		for _, m := range wantPattern.FindAllStringSubmatch(comment, -1) {
			c.wants = append(c.wants, want{f.Name, m[1], m[2], line})
		}
		b.WriteString(strings.TrimRight(code, " ") + "\n")
	}
	content := b.String()
	if strings.TrimSpace(content) == "" {
		content = ""
	}
	if strings.Contains(c.body, "crlf\n") {
		content = strings.ReplaceAll(content, "\n", "\r\n")
	}
	c.files[f.Name] = content
}

var wantPattern = regexp.MustCompile(`([a-z-]+) "([^"]*)"`)

func (c *testCase) readBody(t *testing.T) {
	t.Helper()
	presets := Presets()
	on := slices.Concat(presets["recommended"], presets["aurora"])
	options := map[string]string{}
	for line := range strings.Lines(c.body) {
		switch fields := strings.Fields(line); {
		case len(fields) == 0 || fields[0] == "#" || fields[0] == "crlf":
		case fields[0] == "fix" && fields[1] == "safe":
			c.fixes = append(c.fixes, analysis.Safe)
		case fields[0] == "fix" && fields[1] == "unsafe":
			c.fixes = append(c.fixes, analysis.Unsafe)
		case fields[0] == "preset":
			on = slices.Clone(presets[fields[1]])
		case fields[0] == "off":
			on = slices.DeleteFunc(on, func(r string) bool { return r == fields[1] })
		case fields[0] == "option":
			options[fields[1]] += strings.Join(fields[2:], " ") + "\n"
		default:
			t.Fatalf("case %s: %q is not understood", c.name, line)
		}
	}
	for _, r := range All() {
		if slices.Contains(on, r.Name) {
			c.settings = append(c.settings, analysis.Setting{Rule: r, Severity: r.Severity, Options: r.Options})
			if o := options[r.Name]; o != "" { // All makes new rules each time: their defaults can be changed
				if err := toml.Unmarshal([]byte(o), r.Options); err != nil {
					t.Fatalf("case %s: option of %s: %v", c.name, r.Name, err)
				}
			}
		}
	}
}

// checker returns a checker of the files of c, and the directories to check.
func (c *testCase) checker(t *testing.T) (*analysis.Checker, []string) {
	t.Helper()
	files := maps.Clone(c.files)
	before := takeBefore(files)
	snapshot := workspace.New(filetree.FromMap(files), &workspace.Options{Dialect: dialectOf(files)})
	dirs, err := analysis.Directories(context.Background(), snapshot, []string{""})
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Checker{
		Snapshot: snapshot,
		Settings: func(string) []analysis.Setting { return c.settings },
		Known:    func(name string) bool { return Named(name) != nil },
		Before:   before,
	}, dirs
}

func (c *testCase) run(t *testing.T) {
	checker, dirs := c.checker(t)
	result, err := checker.Check(context.Background(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range result.Errors {
		t.Errorf("error of the run: %v", e)
	}
	c.compare(t, result.Diagnostics)
	for _, least := range []analysis.Applicability{analysis.Safe, analysis.Unsafe} {
		fixing, err := (&analysis.Fixer{Checker: checker, Dirs: dirs, Least: least}).Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		c.checkFixing(t, fixing, dirs, least, result)
	}
}

// compare reports the findings that are not wanted and the wants that are not found.
func (c *testCase) compare(t *testing.T, found []analysis.Diagnostic) {
	t.Helper()
	missing := slices.Clone(c.wants)
	for _, d := range found {
		line := 1 + strings.Count(c.files[d.Path][:d.Span.Start], "\n")
		i := slices.IndexFunc(missing, func(w want) bool {
			return w.path == d.Path && w.line == line && w.rule == d.Rule && strings.Contains(d.Message, w.message)
		})
		if i < 0 {
			t.Errorf("not wanted: %s:%d: %s %q", d.Path, line, d.Rule, d.Message)
			continue
		}
		missing = slices.Delete(missing, i, i+1)
	}
	for _, w := range missing {
		t.Errorf("not found: %v", w)
	}
}

// checkFixing compares the files after fixes with the golden ones, and checks what is true of all fixes.
func (c *testCase) checkFixing(
	t *testing.T, fixing *analysis.Fixing, dirs []string, least analysis.Applicability, before *analysis.Result,
) {
	t.Helper()
	for _, r := range fixing.Refused {
		t.Errorf("%v: %s was refused in %s: %v", least, r.Diagnostic.Rule, r.Path, r.Err)
	}
	for _, d := range fixing.Result.Diagnostics {
		if slices.ContainsFunc(d.Fixes, func(f analysis.Fix) bool { return f.Applicability >= least && len(f.Edits()) > 0 }) {
			t.Errorf("%v: %s is left in %s although it has a fix", least, d.Rule, d.Path)
		}
	}
	if n, was := fixing.Result.Count(analysis.Error), before.Count(analysis.Error); n > was {
		t.Errorf("%v: %d errors after the fixes, %d before", least, n, was)
	}
	again, err := (&analysis.Fixer{Checker: fixing.Checker, Dirs: dirs, Least: least}).Run(context.Background())
	if err != nil || len(again.Files) > 0 {
		t.Errorf("%v: a second run changes %d files, %v", least, len(again.Files), err)
	}
	if slices.Contains(c.fixes, least) {
		c.compareGolden(t, fixing, least)
	}
}

func (c *testCase) compareGolden(t *testing.T, fixing *analysis.Fixing, least analysis.Applicability) {
	t.Helper()
	got := map[string]string{}
	for _, f := range fixing.Files {
		text := string(f.New)
		if strings.Contains(c.body, "crlf\n") {
			if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
				t.Errorf("%v: the lines of %s do not all end in CRLF: %q", least, f.Path, text)
			}
			text = strings.ReplaceAll(text, "\r\n", "\n")
		}
		got[least.String()+" "+f.Path] = text
	}
	if *update {
		if c.fixed == nil {
			c.fixed = map[string]string{}
		}
		maps.Copy(c.fixed, got)
		return
	}
	golden := maps.Clone(c.golden)
	maps.DeleteFunc(golden, func(name, _ string) bool { return !strings.HasPrefix(name, least.String()+" ") })
	if diff := cmp.Diff(golden, got); diff != "" {
		t.Errorf("%v fixes (-golden +fixed):\n%s", least, diff)
	}
}

// writeCases writes an archive with what the fixes made.
func writeCases(t *testing.T, name string, archive *txtar.Archive, cases []*testCase) {
	t.Helper()
	next := &txtar.Archive{Comment: archive.Comment}
	for _, c := range cases {
		next.Files = append(next.Files, txtar.File{Name: "case " + c.name, Data: []byte(c.body)})
		next.Files = append(next.Files, c.order...)
		for _, golden := range slices.Sorted(maps.Keys(c.fixed)) {
			next.Files = append(next.Files, txtar.File{Name: golden, Data: []byte(c.fixed[golden])})
		}
	}
	if data := txtar.Format(next); !bytes.Equal(data, txtar.Format(archive)) {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
