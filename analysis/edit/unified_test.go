package edit

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnified(t *testing.T) {
	for _, tt := range []struct {
		name, path, before, after string
		context                   int
		want                      string
	}{
		{"equal", "BUILD", "a\n", "a\n", 3, ""},
		{"one line", "src/BUILD", "a\n", "b\n", 3, "--- a/src/BUILD\n+++ b/src/BUILD\n@@ -1 +1 @@\n-a\n+b\n"},
		{"from nothing", "BUILD", "", "a\nb\n", 3, "--- a/BUILD\n+++ b/BUILD\n@@ -0,0 +1,2 @@\n+a\n+b\n"},
		{"to nothing", "BUILD", "a\nb\n", "", 3, "--- a/BUILD\n+++ b/BUILD\n@@ -1,2 +0,0 @@\n-a\n-b\n"},
		{"context", "BUILD", "1\n2\n3\n4\n5\n", "1\n2\n3\n4\nx\n5\n", 2,
			"--- a/BUILD\n+++ b/BUILD\n@@ -3,3 +3,4 @@\n 3\n 4\n+x\n 5\n"},
		{"no context", "BUILD", "1\n2\n3\n", "1\n2\nx\n3\n", 0, "--- a/BUILD\n+++ b/BUILD\n@@ -2,0 +3 @@\n+x\n"},
		{"negative context", "BUILD", "1\n2\n3\n", "1\n3\n", -1, "--- a/BUILD\n+++ b/BUILD\n@@ -2 +1,0 @@\n-2\n"},
		{"hunks that touch are one", "BUILD", "1\n2\n3\n4\n", "x\n2\n3\ny\n", 1,
			"--- a/BUILD\n+++ b/BUILD\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n-4\n+y\n"},
		{"two hunks", "BUILD", "1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\n", 1,
			"--- a/BUILD\n+++ b/BUILD\n@@ -1,2 +1,2 @@\n-1\n+x\n 2\n@@ -4,2 +4,2 @@\n 4\n-5\n+y\n"},
		{"lines that are not unique", "BUILD", "b\na\nb\na\n", "a\nb\na\nb\n", 3,
			"--- a/BUILD\n+++ b/BUILD\n@@ -1,4 +1,4 @@\n-b\n a\n b\n a\n+b\n"},
		{"no final newline in both", "BUILD", "a\nb", "a\nc", 3,
			"--- a/BUILD\n+++ b/BUILD\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n" +
				"+c\n\\ No newline at end of file\n"},
		{"final newline added", "BUILD", "a\nb", "a\nb\n", 3,
			"--- a/BUILD\n+++ b/BUILD\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"},
		{"no final newline in the context", "BUILD", "a\nb", "x\nb", 3,
			"--- a/BUILD\n+++ b/BUILD\n@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n"},
		{"CRLF stays", "BUILD", "a\r\nb\r\n", "a\r\nc\r\n", 3,
			"--- a/BUILD\n+++ b/BUILD\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"},
		{"lone CR ends no line", "BUILD", "a\rb\n", "a\rc\n", 3, "--- a/BUILD\n+++ b/BUILD\n@@ -1 +1 @@\n-a\rb\n+a\rc\n"},
		{"space in the name", "a b/BUILD", "a\n", "", 3, "--- a/a b/BUILD\t\n+++ b/a b/BUILD\t\n@@ -1 +0,0 @@\n-a\n"},
		{"strange name", "é\n\"\\\x01\xff/BUILD", "a\n", "", 3,
			`--- "a/\303\251\n\"\\\001\377/BUILD"` + "\n" + `+++ "b/\303\251\n\"\\\001\377/BUILD"` + "\n@@ -1 +0,0 @@\n-a\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Unified(tt.path, []byte(tt.before), []byte(tt.after), tt.context)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// patchTexts are contents of a file, each of which is patched to each other.
var patchTexts = []string{
	"",
	"a",
	"a\n",
	"\n",
	"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n",
	"a\nb\nX\nd\ne\nf\ng\nh\ni\nj\nY\nk",
	"a\r\nb\r\nc\r\n",
	"a\r\nX\r\nc\r\n\r\n",
	"a\nb\r\nc\rd\n",
	"-- x\n++ y\n\\ z\n@@ -1 +1 @@\n",
	"a\xff\nb\x00\nc",
}

func TestUnifiedIsTakenByGitAndPatch(t *testing.T) {
	tools := map[string][]string{
		"git":   {"apply", "--whitespace=nowarn", "-"},
		"patch": {"-p1", "--silent", "--binary"},
	}
	for tool, args := range tools {
		t.Run(tool, func(t *testing.T) {
			if _, err := exec.LookPath(tool); err != nil {
				needed(t, err.Error())
			}
			for i, before := range patchTexts {
				for j, after := range patchTexts {
					if i != j {
						applyWith(t, tool, args, "dir/BUILD", before, after)
					}
				}
			}
			for _, dir := range []string{"a b", "é", "\"q\"", "back\\slash", "tab\tdir", "\xff", "b/a"} {
				applyWith(t, tool, args, dir+"/BUILD.x", "a\nb\n", "a\nc\n")
			}
		})
	}
}

// applyWith lets the tool apply the diff of before and after to a file of its own.
func applyWith(t *testing.T, tool string, args []string, path, before, after string) {
	t.Helper()
	root := t.TempDir()
	file := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(before), 0o666); err != nil {
		t.Fatal(err)
	}
	diff := Unified(path, []byte(before), []byte(after), 3)
	cmd := exec.Command(tool, args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(root))
	cmd.Stdin = strings.NewReader(diff)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v: %s\n%q", tool, err, out, diff)
		return
	}
	got, err := os.ReadFile(file)
	if err != nil && after != "" { // both tools may delete a file that becomes empty
		t.Fatal(err)
	}
	if string(got) != after {
		t.Errorf("%s: %q became %q, want %q by\n%s", tool, before, got, after, diff)
	}
}

// needed skips the test for lack of something, which on CI is an error.
func needed(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// FuzzUnified applies the diff, by a patch of our own, and must get the other text.
func FuzzUnified(f *testing.F) {
	for i, before := range patchTexts {
		f.Add(before, patchTexts[(i+1)%len(patchTexts)], uint8(i))
	}
	f.Fuzz(func(t *testing.T, before, after string, context uint8) {
		diff := Unified("BUILD", []byte(before), []byte(after), int(context%5))
		if (diff == "") != (before == after) {
			t.Fatalf("%q to %q: diff %q", before, after, diff)
		}
		got, err := patch(before, diff)
		if err != nil || got != after {
			t.Errorf("%q to %q: got %q, error %v, by\n%s", before, after, got, err, diff)
		}
	})
}

// TestUnifiedRandom makes FuzzUnified's check on texts of few different lines, which are hard to align.
func TestUnifiedRandom(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	for range 3000 {
		before, after := randomLines(rnd), randomLines(rnd)
		diff := Unified("BUILD", []byte(before), []byte(after), rnd.Intn(4))
		if got, err := patch(before, diff); err != nil || got != after {
			t.Fatalf("%q to %q: got %q, error %v, by\n%s", before, after, got, err, diff)
		}
	}
}

func randomLines(rnd *rand.Rand) string {
	var text strings.Builder
	for range rnd.Intn(30) {
		fmt.Fprintf(&text, "%c\n", 'a'+rnd.Intn(6))
	}
	if rnd.Intn(3) == 0 {
		text.WriteString("end")
	}
	return text.String()
}

// patch applies a unified diff of one file strictly: every number and every line has to be right.
func patch(src, diff string) (string, error) {
	if diff == "" {
		return src, nil
	}
	lines := strings.SplitAfter(src, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	diff, found := strings.CutPrefix(diff, "--- a/BUILD\n+++ b/BUILD\n")
	if !found {
		return "", fmt.Errorf("no head")
	}
	p := patcher{src: lines, rest: strings.SplitAfter(strings.TrimSuffix(diff, "\n"), "\n")}
	for len(p.rest) > 0 {
		if err := p.hunk(); err != nil {
			return "", err
		}
	}
	return strings.Join(append(p.out, lines[p.at:]...), ""), nil
}

// A patcher has taken src[:at] and made out of it.
type patcher struct {
	src, rest, out []string
	at             int
}

func (p *patcher) hunk() error {
	fields := strings.Fields(p.rest[0])
	if len(fields) != 4 || fields[0] != "@@" || fields[3] != "@@" {
		return fmt.Errorf("bad hunk %q", p.rest[0])
	}
	p.rest = p.rest[1:]
	from, removed := parseRange(fields[1], "-")
	to, added := parseRange(fields[2], "+")
	if from < p.at || from > len(p.src) {
		return fmt.Errorf("hunk at %d, after %d of %d", from, p.at, len(p.src))
	}
	p.out = append(p.out, p.src[p.at:from]...)
	if p.at = from; len(p.out) != to {
		return fmt.Errorf("hunk to %d, but at %d", to, len(p.out))
	}
	for endFrom, endTo := from+removed, to+added; p.at < endFrom || len(p.out) < endTo; {
		if err := p.line(); err != nil {
			return err
		}
	}
	return nil
}

func (p *patcher) line() error {
	if len(p.rest) == 0 {
		return fmt.Errorf("the hunk ends early")
	}
	kind, text := p.rest[0][0], p.rest[0][1:]
	p.rest = p.rest[1:]
	if !strings.HasSuffix(text, "\n") {
		text += "\n" // patch took it off the end of the diff
	}
	if len(p.rest) > 0 && p.rest[0][0] == '\\' {
		text = strings.TrimSuffix(text, "\n")
		p.rest = p.rest[1:]
	}
	if kind != '+' {
		if p.at >= len(p.src) || p.src[p.at] != text {
			return fmt.Errorf("line %d is not %q", p.at+1, text)
		}
		p.at++
	}
	if kind != '-' {
		p.out = append(p.out, text)
	}
	return nil
}

// parseRange parses "-3,2", which is the lines [2, 4) from 0, or "-3".
func parseRange(s, sign string) (start, count int) {
	first, rest, found := strings.Cut(strings.TrimPrefix(s, sign), ",")
	start, _ = strconv.Atoi(first)
	if count = 1; found {
		count, _ = strconv.Atoi(rest)
	}
	if count > 0 {
		start--
	}
	return start, count
}

// TestUnifiedLarge holds time and memory of what Myers' algorithm alone would take gigabytes for.
func TestUnifiedLarge(t *testing.T) {
	var before, after bytes.Buffer
	for i := range 100_000 {
		fmt.Fprintf(&before, "python_library(\n  name = 'x%d',\n)\n", i)
		fmt.Fprintf(&after, "python_library(\n  name = '_x%d',\n)\n", i)
	}
	diff := Unified("BUILD", before.Bytes(), after.Bytes(), 0)
	if got, err := patch(before.String(), diff); err != nil || got != after.String() {
		t.Errorf("the diff of %d bytes is wrong: %v", len(diff), err)
	}
	if n := strings.Count(diff, "\n-"); n != 100_000 {
		t.Errorf("%d lines removed, want only those that changed", n)
	}
}
