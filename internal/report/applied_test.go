package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// The tests here apply fixes as a reader of a report does: by the lines and columns that it holds.

// A replacement is an edit by lines and columns.
type replacement struct {
	path                                       string
	startLine, startColumn, endLine, endColumn int
	text                                       string
}

// offset returns the offset of a line and column, both from 1.
func (w workspace) offset(path string, line, column int, inBytes bool) int {
	offset := 0
	for range line - 1 {
		offset += strings.Index(w[path][offset:], "\n") + 1
	}
	if inBytes {
		return offset + column - 1
	}
	return offset + len(string([]rune(w[path][offset:])[:column-1]))
}

// replace returns the files that replacements, which are sorted, change.
func (w workspace) replace(replacements []replacement, inBytes bool) workspace {
	changed := workspace{}
	for i := len(replacements) - 1; i >= 0; i-- {
		r := replacements[i]
		text, ok := changed[r.path]
		if !ok {
			text = w[r.path]
		}
		start := w.offset(r.path, r.startLine, r.startColumn, inBytes)
		end := w.offset(r.path, r.endLine, r.endColumn, inBytes)
		changed[r.path] = text[:start] + r.text + text[end:]
	}
	return changed
}

// apply returns the files that a fix changes.
func (w workspace) apply(t *testing.T, f analysis.Fix) workspace {
	t.Helper()
	changed := workspace{}
	for _, run := range byFile(f.Edits()) {
		text, err := edit.Apply([]byte(w[run[0].Path]), run)
		if err != nil {
			t.Fatal(err)
		}
		changed[run[0].Path] = string(text)
	}
	return changed
}

func TestSARIFFixes(t *testing.T) {
	type region struct{ StartLine, StartColumn, EndLine, EndColumn int }
	var log struct {
		Runs []struct {
			Results []struct {
				Fixes []struct {
					ArtifactChanges []struct {
						ArtifactLocation struct{ URI string }
						Replacements     []struct {
							DeletedRegion   region
							InsertedContent struct{ Text string }
						}
					}
				}
			}
		}
	}
	w, result := example()
	decode(t, render(t, result, exampleOptions("sarif", w)), &log)
	compared := 0
	for i, found := range log.Runs[0].Results {
		for j, f := range found.Fixes {
			var all []replacement
			for _, change := range f.ArtifactChanges {
				for _, r := range change.Replacements {
					d := r.DeletedRegion
					all = append(all, replacement{change.ArtifactLocation.URI,
						d.StartLine, d.StartColumn, d.EndLine, d.EndColumn, r.InsertedContent.Text})
				}
			}
			compared++
			if diff := cmp.Diff(w.apply(t, result.Diagnostics[i].Fixes[j]), w.replace(all, false)); diff != "" {
				t.Errorf("finding %d, fix %d (-want +got):\n%s", i, j, diff)
			}
		}
	}
	if compared != 4 {
		t.Errorf("there are %d fixes, want 4", compared)
	}
}

func TestRDJSONSuggestions(t *testing.T) {
	var log struct {
		Diagnostics []struct {
			Location    struct{ Path string }
			Suggestions []rdfSuggestion
		}
	}
	w, result := example()
	decode(t, render(t, result, exampleOptions("rdjson", w)), &log)
	compared := 0
	for i, found := range log.Diagnostics {
		for _, s := range found.Suggestions {
			r := replacement{found.Location.Path,
				s.Range.Start.Line, s.Range.Start.Column, s.Range.End.Line, s.Range.End.Column, s.Text}
			compared++
			if diff := cmp.Diff(w.apply(t, result.Diagnostics[i].Fixes[0]), w.replace([]replacement{r}, true)); diff != "" {
				t.Errorf("finding %d (-want +got):\n%s", i, diff)
			}
		}
	}
	if compared != 2 {
		t.Errorf("there are %d suggestions, want 2: a fix of other files has none", compared)
	}
}

func TestJSONEdits(t *testing.T) {
	var log struct{ Diagnostics []jsonDiagnostic }
	w, result := example()
	decode(t, render(t, result, exampleOptions("json", w)), &log)
	for i, found := range log.Diagnostics {
		for j, f := range found.Fixes {
			var all []replacement
			for _, e := range f.Edits {
				start, end := e.Range.Start, e.Range.End
				all = append(all, replacement{e.Path, start.Line, start.Column, end.Line, end.Column, e.NewText})
				if got := w.offset(e.Path, start.Line, start.Column, false); got != start.Offset {
					t.Errorf("%d:%d is said to be at offset %d, but is at %d", start.Line, start.Column, start.Offset, got)
				}
			}
			if diff := cmp.Diff(w.apply(t, result.Diagnostics[i].Fixes[j]), w.replace(all, false)); diff != "" {
				t.Errorf("finding %d, fix %d (-want +got):\n%s", i, j, diff)
			}
		}
	}
}

func decode(t *testing.T, text []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(text, v); err != nil {
		t.Fatal(err)
	}
}

// TestFixesLeftOut has fixes that a reader could not apply.
func TestFixesLeftOut(t *testing.T) {
	w := workspace{"BUILD": "abc\n"}
	edits := map[string][]edit.Edit{
		"none":             nil,
		"unknown file":     {{Path: "gone", Start: 0, End: 1, New: "x"}},
		"one unknown file": {{Path: "BUILD", Start: 0, End: 1, New: "x"}, {Path: "gone", New: "x"}},
		"out of range":     {{Path: "BUILD", Start: 3, End: 9, New: "x"}},
		"reversed":         {{Path: "BUILD", Start: 3, End: 1, New: "x"}},
		"overlap":          {{Path: "BUILD", Start: 0, End: 2, New: "x"}, {Path: "BUILD", Start: 1, End: 3, New: "y"}},
		"not UTF-8":        {{Path: "BUILD", Start: 0, End: 1, New: "\xff"}},
	}
	for name, list := range edits {
		d := analysis.Diagnostic{Rule: "r", Severity: analysis.Warning, Location: analysis.Location{Path: "BUILD"}}
		d.Fixes = []analysis.Fix{fix("mend", analysis.Safe, list...)}
		result := &analysis.Result{Diagnostics: []analysis.Diagnostic{d}}
		traces := map[string]string{"json": "mend", "sarif": "mend", "rdjson": "suggestions", "full": "= fix"}
		for format, trace := range traces {
			if out := render(t, result, Options{Format: format, Source: w.source}); strings.Contains(string(out), trace) {
				t.Errorf("%s: %s has the fix:\n%s", name, format, out)
			}
		}
	}
}

func TestRepeatedEdits(t *testing.T) {
	w := workspace{"BUILD": "a\r\nb\r\n"}
	e := edit.Edit{Path: "BUILD", Start: 0, End: 1, New: "x\ny"}
	got := newFiles(w.source).edits(fix("mend", analysis.Safe, e, e))
	want := []edit.Edit{{Path: "BUILD", Start: 0, End: 1, New: "x\r\ny"}} // once, and with the file's line ends
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
