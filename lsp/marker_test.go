package lsp

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/lsp/fake"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// TestMarkers opens the workspaces of testdata/marker in an editor, and does what the markers in them say. A marker is
// a comment: #@verb(args). A string among the arguments is the first text like it on the line, before the marker; what
// a verb compares with stands in the archive under the name that it gives, after an @. Columns are bytes, whatever the
// encoding that the editor chose.
func TestMarkers(t *testing.T) {
	archives, err := filepath.Glob("testdata/marker/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		for _, encoding := range []string{"utf-16", "utf-8"} {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+" "+encoding, func(t *testing.T) {
				t.Parallel()
				testMarkers(t, path, encoding)
			})
		}
	}
}

func testMarkers(t *testing.T, path, encoding string) {
	archive, err := txtar.ParseFile(path)
	must(t, err)
	r := &markerRun{
		t: t, dir: t.TempDir(), golden: map[string]string{}, texts: map[string]string{}, locations: map[string]string{},
	}
	cfg := fake.Config{Folders: []string{r.dir}}
	for _, f := range archive.Files {
		switch {
		case strings.HasPrefix(f.Name, "@"):
			r.golden[f.Name[1:]] = string(f.Data)
		case f.Name == "options.json":
			cfg.Options = string(f.Data)
		case f.Name == "capabilities.json":
			cfg.Capabilities = string(f.Data)
		default:
			r.texts[f.Name] = string(f.Data)
			write(t, r.dir, f.Name, string(f.Data))
		}
	}
	cfg.Capabilities = strings.Replace(cmp.Or(cfg.Capabilities, fake.Full), "utf-16", encoding, 1)
	r.editor = startEditor(t, cfg)
	r.findMarkers(archive)
	r.open()
	for _, m := range r.markers {
		r.do(m)
	}
	if *update && encoding == "utf-16" {
		r.update(path, archive)
	}
}

// A markerRun is a workspace that markers are done in.
type markerRun struct {
	t         *testing.T
	editor    *fake.Editor
	dir       string
	texts     map[string]string // by name of file
	golden    map[string]string // by name
	used      []string          // the golden parts that were compared
	locations map[string]string // "a/BUILD:3:9" by name
	markers   []marker
}

// A marker is a call in a comment.
type marker struct {
	file string
	line int // from 1
	verb string
	args []string
}

func (r *markerRun) findMarkers(archive *txtar.Archive) {
	for _, f := range archive.Files {
		if r.texts[f.Name] == "" {
			continue
		}
		for i, line := range strings.Split(string(f.Data), "\n") {
			for _, match := range strings.Split(line, "#@")[1:] {
				r.addMarker(f.Name, i+1, strings.TrimSpace(match))
			}
		}
	}
}

func (r *markerRun) addMarker(file string, line int, text string) {
	expr, err := parser.ParseExpr(text)
	call, ok := expr.(*ast.CallExpr)
	if err != nil || !ok {
		r.t.Fatalf("%s:%d: marker %q: %v", file, line, text, err)
	}
	m := marker{file: file, line: line, verb: call.Fun.(*ast.Ident).Name}
	for _, a := range call.Args {
		switch a := a.(type) {
		case *ast.BasicLit:
			arg := a.Value
			if a.Kind == token.STRING {
				arg, err = strconv.Unquote(a.Value)
				must(r.t, err)
			}
			m.args = append(m.args, arg)
		case *ast.Ident:
			m.args = append(m.args, a.Name)
		}
	}
	if m.verb == "loc" {
		start, _ := r.span(m, m.args[1])
		r.locations[m.args[0]] = r.place(file, start)
		return
	}
	r.markers = append(r.markers, m)
}

// open opens all files with markers, and waits until the workspace is indexed.
func (r *markerRun) open() {
	for _, name := range slices.Sorted(keys(r.texts)) {
		if strings.Contains(r.texts[name], "#@") {
			must(r.t, r.editor.Open(r.t.Context(), r.path(name)))
		}
	}
	err := r.editor.Eventually(func() bool { return strings.Contains(strings.Join(r.editor.Progress(), ""), `"kind":"end"`) })
	must(r.t, err)
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (r *markerRun) path(name string) string { return filepath.Join(r.dir, filepath.FromSlash(name)) }

// span returns the bytes of text on the line of a marker.
func (r *markerRun) span(m marker, text string) (start, end int) {
	lines := strings.SplitAfter(r.texts[m.file], "\n")
	before := len(strings.Join(lines[:m.line-1], ""))
	line, _, _ := strings.Cut(lines[m.line-1], "#@")
	i := strings.Index(line, text)
	if i < 0 {
		r.t.Fatalf("%s:%d: no %q before the marker", m.file, m.line, text)
	}
	return before + i, before + i + len(text)
}

func (r *markerRun) position(m marker, text string) protocol.TextDocumentPositionParams {
	start, _ := r.span(m, text)
	return r.at(m.file, start)
}

func (r *markerRun) at(file string, offset int) protocol.TextDocumentPositionParams {
	return protocol.TextDocumentPositionParams{
		TextDocument: fake.TextDocument(r.path(file)), Position: r.editor.Position(r.texts[file], offset),
	}
}

// place returns where a byte is, for people.
func (r *markerRun) place(file string, offset int) string {
	before := r.texts[file][:offset]
	return fmt.Sprintf("%s:%d:%d", file, strings.Count(before, "\n")+1, offset-strings.LastIndex(before, "\n"))
}

// placeOf returns where a range starts, for people.
func (r *markerRun) placeOf(u uri.URI, rg protocol.Range) string {
	name, err := filepath.Rel(r.dir, u.FsPath())
	must(r.t, err)
	name = filepath.ToSlash(name)
	offset, err := r.editor.Offset(r.texts[name], rg.Start)
	must(r.t, err)
	return r.place(name, offset)
}

// covered returns the text that a range covers, on one line.
func (r *markerRun) covered(file string, rg protocol.Range) string {
	start, err := r.editor.Offset(r.texts[file], rg.Start)
	must(r.t, err)
	end, err := r.editor.Offset(r.texts[file], rg.End)
	must(r.t, err)
	text := r.texts[file][start:end]
	if first, _, more := strings.Cut(text, "\n"); more {
		text = unmarked(first) + "…"
	}
	return unmarked(text)
}

// unmarked returns a line without its markers.
func unmarked(line string) string {
	line, _, _ = strings.Cut(line, "#@")
	return strings.TrimRight(line, " ")
}

func (r *markerRun) errorf(m marker, format string, args ...any) {
	r.t.Helper()
	r.t.Errorf("%s:%d: %s: %s", m.file, m.line, m.verb, fmt.Sprintf(format, args...))
}

// compare compares with what the archive has under a name.
func (r *markerRun) compare(m marker, name, got string) {
	r.t.Helper()
	if got != "" && !strings.HasSuffix(got, "\n") {
		got += "\n"
	}
	r.used = append(r.used, name)
	if *update {
		r.golden[name] = got
		return
	}
	if diff := gocmp.Diff(r.golden[name], got); diff != "" {
		r.errorf(m, "@%s (-want +got):\n%s", name, diff)
	}
}

// sameSet compares places with those of named locations.
func (r *markerRun) sameSet(m marker, names []string, got []string) {
	r.t.Helper()
	var want []string
	for _, name := range names {
		place, ok := r.locations[name]
		if !ok {
			r.t.Fatalf("%s:%d: no location %q", m.file, m.line, name)
		}
		want = append(want, place)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := gocmp.Diff(want, got); diff != "" {
		r.errorf(m, "(-want +got):\n%s", diff)
	}
}

func (r *markerRun) update(path string, archive *txtar.Archive) {
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "@") })
	slices.Sort(r.used)
	for _, name := range slices.Compact(r.used) {
		archive.Files = append(archive.Files, txtar.File{Name: "@" + name, Data: []byte(r.golden[name])})
	}
	must(r.t, os.WriteFile(path, bytes.TrimLeft(txtar.Format(archive), "\n"), 0o600))
}
