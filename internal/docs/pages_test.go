package docs

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/buildlint/buildlint/internal/cli"
)

// TestMain makes buildlint a command of the tests.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"buildlint": func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// elsewhere are the pages whose commands other tests run: of the editors, and of the benchmarks.
var elsewhere = []string{"editors.md", "benchmarks.md"}

// TestPages runs what the pages of the documentation say, in a copy of testdata/monorepo that is a git repository: from
// top to bottom, as a reader would. Comments in front of blocks say what to do with them:
//
//	<!-- run -->                 run the block; it exits 0
//	<!-- run: exit 1 -->         run the block; it exits 1
//	<!-- commands: exit 1 -->    run the lines that call buildlint in a configuration of something else
//	<!-- output -->              what the last block printed, with … for lines that are left out
//	<!-- file: PATH -->          write the block to a file
//	<!-- configuration -->       the block is a buildlint.toml that can be read
//	<!-- not run: REASON -->
//
// Each block of shell commands has one of these.
func TestPages(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands of the documentation are for a shell of Unix")
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		name := filepath.Base(page)
		if slices.Contains(elsewhere, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &reader{t: t, dir: newRepository(t)}
			for _, b := range blocks(readFile(t, "docs/"+name)) {
				r.read(b)
			}
		})
	}
}

// A block is a fenced block of a page, with the comment in front of it.
type block struct {
	line                     int // of the fence
	language, verb, argument string
	text                     string
}

var fenced = regexp.MustCompile("(?ms)^(?:<!-- ([a-z ]+)(?:: (.*?))? -->\n\n?)?```(\\w*)\n(.*?)^```$")

// blocks returns the fenced blocks of a page.
func blocks(page string) []block {
	var list []block
	for _, m := range fenced.FindAllStringSubmatchIndex(page, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return page[m[2*i]:m[2*i+1]]
		}
		line := strings.Count(page[:m[6]], "\n") + 1
		list = append(list, block{line: line, verb: group(1), argument: group(2), language: group(3), text: group(4)})
	}
	return list
}

// A reader does what a page says.
type reader struct {
	t       *testing.T
	dir     string
	printed string // by the last command
}

func (r *reader) read(b block) {
	r.t.Helper()
	switch b.verb {
	case "run":
		r.run(b, b.text)
	case "commands":
		r.commands(b)
	case "output":
		r.compare(b)
	case "file":
		r.write(b)
	case "configuration":
		b.argument = "example.toml"
		r.write(b)
		r.run(block{line: b.line}, "buildlint config --config example.toml")
	case "not run":
		if b.argument == "" {
			r.t.Errorf("line %d: the comment gives no reason", b.line)
		}
	case "":
		if b.language == "sh" {
			r.t.Errorf("line %d: no comment says what to do with these commands", b.line)
		}
	default:
		r.t.Errorf("line %d: the comment %q is unknown", b.line, b.verb)
	}
}

// run runs commands, which have to exit as the block says.
func (r *reader) run(b block, script string) {
	r.t.Helper()
	want := 0
	if b.argument != "" {
		var err error
		if want, err = strconv.Atoi(strings.TrimPrefix(b.argument, "exit ")); err != nil {
			r.t.Fatalf("line %d: %q is no exit code", b.line, b.argument)
		}
	}
	cmd := exec.CommandContext(r.t.Context(), "sh", "-e", "-c", script)
	cmd.Dir, cmd.Env = r.dir, environment(r.dir)
	out, err := cmd.CombinedOutput()
	r.printed = string(out)
	if cmd.ProcessState == nil {
		r.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != want {
		r.t.Fatalf("line %d: exit code %d, want %d:\n%s\n%s", b.line, got, want, script, out)
	}
}

var called = regexp.MustCompile(`(?m)^[\t ]*(?:- )?(?:run: |script: |cmd = ")?(buildlint(?: .*?)?)"?,?$`)

// commands runs the lines of a configuration that call buildlint.
func (r *reader) commands(b block) {
	r.t.Helper()
	found := called.FindAllStringSubmatch(b.text, -1)
	if len(found) == 0 {
		r.t.Errorf("line %d: nothing calls buildlint", b.line)
	}
	for _, m := range found {
		r.run(b, m[1])
	}
}

var blanks = regexp.MustCompile(` +`)

// compare holds what was printed against the block, but for the width of columns.
func (r *reader) compare(b block) {
	r.t.Helper()
	rest := blanks.ReplaceAllString(r.printed, " ")
	for _, part := range strings.Split("\n"+b.text, "\n…\n") {
		_, after, ok := strings.Cut(rest, strings.Trim(blanks.ReplaceAllString(part, " "), "\n"))
		if !ok {
			r.t.Fatalf("line %d: this is not printed:\n%s\nbut this:\n%s", b.line, part, r.printed)
		}
		rest = after
	}
}

// write writes the block to a file of the repository.
func (r *reader) write(b block) {
	r.t.Helper()
	if strings.HasPrefix(b.argument, "rules/") {
		return // of the source of buildlint: TestWritingARule compiles it
	}
	name := filepath.Join(r.dir, filepath.FromSlash(b.argument))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(b.text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// newRepository returns the directory of a copy of testdata/monorepo whose only commit is that of origin/main, too.
func newRepository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, monorepo))); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-e", "-c", `git init -q -b main
git add .
git commit -q -m 'All there is'
git update-ref refs/remotes/origin/main HEAD`)
	cmd.Dir, cmd.Env = dir, environment(dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// environment returns the environment of commands that run in dir: nothing of the person who runs the tests.
func environment(dir string) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "GIT_") })
	return append(env, "HOME="+filepath.Dir(dir), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "NO_COLOR=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org")
}

// Each hook stands in the table of docs/pre-commit.md with what it runs.
func TestHooks(t *testing.T) {
	page := readFile(t, "docs/pre-commit.md")
	hooks := regexp.MustCompile(`(?m)^- id: (\S+)\n(?:  .*\n)*?  entry: (.*)$`).
		FindAllStringSubmatch(readFile(t, ".pre-commit-hooks.yaml"), -1)
	if len(hooks) != 3 {
		t.Errorf("%d hooks, want 3", len(hooks))
	}
	for _, h := range hooks {
		if start := fmt.Sprintf("| `%s` | `%s` |", h[1], h[2]); !strings.Contains(page, start) {
			t.Errorf("docs/pre-commit.md has no row that starts with %s", start)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)`)

// What the documentation links to in the repository is there.
func TestLinks(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/rules/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}

func TestBlocks(t *testing.T) {
	const page = "a\n```text\nb\n```\n<!-- run: exit 1 -->\n\n```sh\nc\n```\n<!-- output -->\n```\nd\n```\n"
	got := blocks(page)
	want := []block{
		{line: 2, language: "text", text: "b\n"},
		{line: 7, language: "sh", verb: "run", argument: "exit 1", text: "c\n"},
		{line: 11, verb: "output", text: "d\n"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

// program runs buildlint.
func program(args ...string) (string, error) {
	cmd := exec.Command("buildlint", args...)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("buildlint %s: %w", strings.Join(args, " "), err)
	}
	return string(out), nil
}

// TestWritingARule adds the rule of docs/writing-a-rule.md to the others and runs its test.
func TestWritingARule(t *testing.T) {
	const file = "rules/test_timeout.go"
	page := blocks(readFile(t, "docs/writing-a-rule.md"))
	i := slices.IndexFunc(page, func(b block) bool { return b.argument == file })
	if i < 0 {
		t.Fatalf("the page has no file %s", file)
	}
	const last = "\t\tunusedSuppression(),\n"
	list := readFile(t, "rules/rules.go")
	if !strings.Contains(list, last) {
		t.Fatalf("rules/rules.go has no line %q", last)
	}
	overlay := overlayOf(t, map[string]string{
		file:             page[i].text,
		"rules/rules.go": strings.Replace(list, last, last+"\t\ttestTimeout(),\n", 1),
	})
	cmd := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "-v", "-run", "TestExamples/test-timeout",
		"./rules")
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestExamples/test-timeout") {
		t.Errorf("%v\n%s", err, out)
	}
}

// overlayOf returns the path of a file that has go take files of the repository for what they are not.
func overlayOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	replace := map[string]string{}
	for name, text := range files {
		source, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		replace[source] = filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(replace[source], []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}
