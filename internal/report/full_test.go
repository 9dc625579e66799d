package report

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// TestFull renders one finding for each archive in testdata/full. In its files, ‹ and › mark the range of the finding
// (in BUILD) and of a related place (in any other file). The comment holds options: width=N, color, show-fixes, and
// quoted, if the lines of the files are Go strings without their quotes. The file fix holds the text that replaces the
// range, without its last line end; want what is written.
func TestFull(t *testing.T) {
	archives, err := filepath.Glob("testdata/full/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		name := filepath.Base(path)
		t.Run(strings.TrimSuffix(name, ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			result, o := parseFinding(t, a)
			out := strings.ReplaceAll(string(render(t, result, o)), "\x1b", `\e`)
			golden(t, filepath.Join("full", name), "want", []byte(out))
		})
	}
}

// parseFinding returns the result and the options that an archive describes.
func parseFinding(t *testing.T, a *txtar.Archive) (*analysis.Result, Options) {
	d := analysis.Diagnostic{Rule: "some-rule", Severity: analysis.Warning, Message: "this is `wrong`"}
	o := Options{Format: "full"}
	quoted := false
	for _, option := range strings.Fields(string(a.Comment)) {
		key, value, _ := strings.Cut(option, "=")
		switch key {
		case "width":
			o.Width, _ = strconv.Atoi(value)
		case "color":
			o.Color = true
		case "show-fixes":
			o.ShowFixes = true
		case "quoted":
			quoted = true
		default:
			t.Fatalf("unknown option %q", key)
		}
	}
	w := workspace{}
	o.Source = w.source
	for _, f := range a.Files {
		switch f.Name {
		case "want":
		case "fix":
			text := unquoteLines(t, strings.TrimSuffix(string(f.Data), "\n"), quoted)
			e := edit.Edit{Path: "BUILD", Start: d.Span.Start, End: d.Span.End, New: text}
			d.Fixes = append(d.Fixes, fix("mend it", analysis.Safe, e))
		case "BUILD":
			d.Location = w.addMarked(t, f, quoted)
		default:
			d.Related = append(d.Related, analysis.Related{Location: w.addMarked(t, f, quoted), Message: "look here"})
		}
	}
	return &analysis.Result{Diagnostics: []analysis.Diagnostic{d}, Summary: analysis.Summary{Packages: 1}}, o
}

// addMarked puts a file into w and returns the range that is marked in it.
func (w workspace) addMarked(t *testing.T, f txtar.File, quoted bool) analysis.Location {
	text := unquoteLines(t, string(f.Data), quoted)
	before, rest, ok1 := strings.Cut(text, "‹")
	marked, after, ok2 := strings.Cut(rest, "›")
	if !ok1 || !ok2 {
		t.Fatalf("%s has no ‹range›", f.Name)
	}
	w[f.Name] = before + marked + after
	l := analysis.Location{Path: f.Name}
	l.Span.Start, l.Span.End = len(before), len(before)+len(marked)
	return l
}

func unquoteLines(t *testing.T, text string, quoted bool) string {
	if !quoted {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		s, err := strconv.Unquote(`"` + strings.TrimSuffix(line, "\n") + `"`)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		b.WriteString(s)
	}
	return b.String()
}

// TestHugeLine has a finding far inside a line that is as long as its file.
func TestHugeLine(t *testing.T) {
	const marked = "'größe'"
	w := workspace{"BUILD": "x = [" + strings.Repeat("'ä', ", 20_000) + marked + strings.Repeat(", 'ö'", 20_000) + "]"}
	d := analysis.Diagnostic{Rule: "r", Severity: analysis.Error, Location: w.location("BUILD", marked)}
	d.Fixes = []analysis.Fix{fix("mend", analysis.Safe, w.edit("BUILD", marked, "'x'"))}
	result := &analysis.Result{Diagnostics: []analysis.Diagnostic{d}}
	out := string(render(t, result, Options{Format: "full", Source: w.source, Width: 80}))
	lines := strings.Split(out, "\n")
	column := strings.Index(lines[2], "^")
	if got := string([]rune(lines[1])[column:][:len([]rune(marked))]); got != marked {
		t.Errorf("the underline is below %q, want it below %q:\n%s", got, marked, out)
	}
	if len(out) > 1000 || !strings.Contains(out, "+ ...") {
		t.Errorf("the line is not cut, or the fix not shown:\n%.2000s", out)
	}
}

// TestManyFiles has more files than are kept.
func TestManyFiles(t *testing.T) {
	w := workspace{}
	result := &analysis.Result{}
	for i := range 2*maxFiles + 1 {
		path := fmt.Sprintf("d%04d/BUILD", i)
		w[path] = strings.Repeat("\n", i) + "x"
		result.Diagnostics = append(result.Diagnostics, analysis.Diagnostic{Rule: "r", Location: w.location(path, "x")})
	}
	out := string(render(t, result, Options{Format: "concise", Source: w.source}))
	for i, line := range strings.Split(strings.TrimSpace(out), "\n") {
		if want := fmt.Sprintf("d%04d/BUILD:%d:1: ", i, i+1); !strings.HasPrefix(line, want) {
			t.Fatalf("got %q, want %q", line, want)
		}
	}
}

// TestWholeLine has a range that ends where the next line starts, which formats that know lines alone leave out.
func TestWholeLine(t *testing.T) {
	w := workspace{"BUILD": "a\nb\nc\nd\n"}
	d := analysis.Diagnostic{Rule: "r", Severity: analysis.Error, Location: w.location("BUILD", "b\nc\n"), Message: "m"}
	result := &analysis.Result{Diagnostics: []analysis.Diagnostic{d}}
	for format, want := range map[string]string{
		"github": "::error file=BUILD,line=2,endLine=3,title=buildlint (r)::m\n",
		"gitlab": "\"begin\": 2,\n        \"end\": 3\n",
	} {
		if got := string(render(t, result, Options{Format: format, Source: w.source})); !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want %s", format, got, want)
		}
	}
}
