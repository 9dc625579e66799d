package report

import (
	"slices"
	"unicode/utf8"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/internal/position"
)

// maxFiles bounds how many files are kept. Findings come ordered by file, so that few are asked for twice.
const maxFiles = 256

// files gives the files that findings are in.
type files struct {
	source func(path string) []byte
	open   map[string]*file
}

func newFiles(source func(string) []byte) *files {
	return &files{source: source, open: map[string]*file{}}
}

func (fs *files) get(path string) *file {
	if f, ok := fs.open[path]; ok {
		return f
	}
	if len(fs.open) >= maxFiles {
		clear(fs.open)
	}
	f := &file{}
	if fs.source != nil {
		f.src = fs.source(path)
	}
	f.mapper = position.NewMapper(f.src)
	fs.open[path] = f
	return f
}

// A place is a range in lines and columns; its end is exclusive.
type place struct{ start, end position.Position }

// place returns the range of l. It is the start of a file whose content is unknown.
func (fs *files) place(l analysis.Location) place {
	m := fs.get(l.Path).mapper
	return place{m.Position(l.Span.Start), m.Position(max(l.Span.Start, l.Span.End))}
}

// lastLine returns the last line that p touches: a range up to the start of a line does not touch it.
func (p place) lastLine() int {
	if p.end.Column == 1 && p.end.Line > p.start.Line {
		return p.end.Line - 1
	}
	return p.end.Line
}

// A file is the content of a file with its lines, which count from 1.
type file struct {
	src    []byte // nil if unknown
	mapper *position.Mapper
}

func (f *file) known() bool { return f.src != nil }

// line returns the text of a line without its end, "" if there is no such line.
func (f *file) line(n int) string { return string(f.mapper.Line(n)) }

// locate returns the line of offset and the number of bytes in front of it on that line.
func (f *file) locate(offset int) (line, bytes int) {
	l, b := f.mapper.UTF8(offset)
	return int(l) + 1, int(b)
}

// edits returns what a fix changes, byte for byte as --fix does. It returns none where the fix turned out to be
// impossible, and where a reader of the report could not apply it: a file's content is unknown, or a new text is not
// valid UTF-8 and would arrive changed.
func (fs *files) edits(fix analysis.Fix) []edit.Edit {
	edits := slices.Compact(fix.Edits())
	if len(edits) == 0 || edit.Validate(edits) != nil {
		return nil
	}
	var all []edit.Edit
	for _, run := range byFile(edits) {
		f := fs.get(run[0].Path)
		if !f.canShow(run) {
			return nil
		}
		all = append(all, edit.KeepLineEnds(f.src, run)...)
	}
	return all
}

// canShow says whether a reader of the report can apply edits of f.
func (f *file) canShow(edits []edit.Edit) bool {
	return f.known() && !slices.ContainsFunc(edits, func(e edit.Edit) bool {
		return e.End > len(f.src) || !utf8.ValidString(e.Path) || !utf8.ValidString(e.New)
	})
}

// editLocation returns the range that e replaces.
func editLocation(e edit.Edit) analysis.Location {
	l := analysis.Location{Path: e.Path}
	l.Span.Start, l.Span.End = e.Start, e.End
	return l
}

// byFile cuts edits, which are sorted, into runs of the same file.
func byFile(edits []edit.Edit) [][]edit.Edit {
	return runs(edits, func(e edit.Edit) string { return e.Path })
}

// runs cuts a list into the longest parts whose elements have the same key.
func runs[E any](list []E, key func(E) string) [][]E {
	var all [][]E
	start := 0
	for i := range list {
		if i+1 == len(list) || key(list[i+1]) != key(list[start]) {
			all = append(all, list[start:i+1])
			start = i + 1
		}
	}
	return all
}
