package docs

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/rules"
)

// root is the root of the repository.
const root = "../.."

func TestUpToDate(t *testing.T) {
	files, err := Generate(t.Context(), root, program)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if diff := cmp.Diff(readFile(t, name), files[name]); diff != "" {
			t.Errorf("%s is stale, run go generate ./... (-file +generated):\n%s", name, diff)
		}
	}
	pages, err := os.ReadDir(filepath.Join(root, RulesDir))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if _, ok := files[RulesDir+"/"+page.Name()]; !ok {
			t.Errorf("%s/%s is no rule's page: run go generate ./...", RulesDir, page.Name())
		}
	}
}

// Every rule is in a preset that has a table.
func TestPresets(t *testing.T) {
	for _, r := range rules.All() {
		if len(presetsOf(r.Name)) == 0 {
			t.Errorf("%s is in no table", r.Name)
		}
	}
}

// docs/architecture.md names each module that go.mod asks for, and none that it does not.
func TestDependencies(t *testing.T) {
	table := readFile(t, "docs/architecture.md")
	_, table, _ = strings.Cut(table, "\n## Dependencies\n")
	named := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([\w./, -]+\.[\w./, -]+) \|`).FindAllStringSubmatch(table, -1) {
		for module := range strings.SplitSeq(row[1], ", ") {
			named[module] = true
		}
	}
	required := map[string]bool{}
	for line := range strings.Lines(readFile(t, "go.mod")) {
		line = strings.TrimPrefix(line, "require ")
		module, _, ok := strings.Cut(strings.TrimSpace(line), " v")
		if !ok {
			continue
		}
		required[module] = true
		if !named[module] && !strings.Contains(line, "// indirect") {
			t.Errorf("docs/architecture.md does not say why %s is there", module)
		}
	}
	for module := range named {
		if !required[module] {
			t.Errorf("docs/architecture.md names %s, which is not in go.mod", module)
		}
	}
}

// The commands that the README begins with are those that are tried before a change lands.
func TestCommands(t *testing.T) {
	_, section, _ := strings.Cut(readFile(t, "README.md"), "\n## Try it\n")
	section, _, _ = strings.Cut(section, "\n## ")
	commands := regexp.MustCompile("(?s)```sh\n(.*?)\n```").FindAllStringSubmatch(section, -1)
	if len(commands) != 2 {
		t.Fatalf("%d commands in the README's section, want 2", len(commands))
	}
	tried := strings.Split(readFile(t, ".ci/run"), "\n")
	for _, c := range commands {
		if !slices.Contains(tried, c[1]) {
			t.Errorf(".ci/run has no line %q", c[1])
		}
	}
}

// Each convention is broken in the package that is named for it, nothing else is found there, and nothing at all in the
// packages that keep them.
func TestMonorepo(t *testing.T) {
	l := lintRoot(t)
	broken := map[string]bool{}
	for _, d := range l.result.Diagnostics {
		_, below, _ := strings.Cut(d.Path, "/org/broken/")
		name, _, _ := strings.Cut(below, "/")
		if want := strings.ReplaceAll(name, "_", "-"); d.Rule != want {
			t.Errorf("%s: found by %s, the package is for %q: %s", d.Path, d.Rule, want, d.Message)
		}
		broken[d.Rule] = true
	}
	for _, s := range defaults("pants1") {
		if !broken[s.Rule.Name] && s.Rule.Name != "frozen-resources" { // which needs an option, and a change
			t.Errorf("no package breaks %s", s.Rule.Name)
		}
	}
	if l.result.Summary.Suppressed != 1 {
		t.Errorf("%d findings are suppressed, want that of org/example/testing", l.result.Summary.Suppressed)
	}
}

// What has a fix is mended by it.
func TestMonorepoFixed(t *testing.T) {
	l := lintRoot(t)
	fixer := &analysis.Fixer{Checker: l.checker, Dirs: l.dirs, Least: analysis.Unsafe}
	fixing, err := fixer.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range fixing.Refused {
		t.Errorf("%s: the fix of %s was refused: %v", r.Path, r.Diagnostic.Rule, r.Err)
	}
	for _, d := range fixing.Result.Diagnostics {
		if rules.Named(d.Rule).Fix != analysis.NoFix && d.Rule != "deprecated-target" { // fixed where there is a successor
			t.Errorf("%s: left by the fix of %s: %s", d.Path, d.Rule, d.Message)
		}
	}
}

// readFile returns a file of the repository, "" if there is none.
func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

func lintRoot(t *testing.T) *linting {
	t.Helper()
	l, err := lint(t.Context(), filepath.Join(root, monorepo))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestFill(t *testing.T) {
	const text = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n"
	got, err := fill(text, map[string]string{"x": "new\n"})
	if want := "a\n<!-- begin x -->\n\nnew\n\n<!-- end x -->\nb\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if again, _ := fill(got, map[string]string{"x": "new\n"}); again != got {
		t.Errorf("a second time gives %q", again)
	}
	if _, err := fill(text, map[string]string{"y": ""}); err == nil {
		t.Error("a section that is not there is no error")
	}
}
