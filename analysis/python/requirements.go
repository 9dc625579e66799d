package python

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A LineKind says what a [Line] holds.
type LineKind uint8

// The kinds of lines.
const (
	BlankLine       LineKind = iota
	CommentLine              // a comment alone
	RequirementLine          // a requirement, which may have options such as `--hash`
	OptionLine               // options alone, such as `-r other.txt`
)

// A Line is a logical line of a requirements or constraints file: lines that end in a backslash go on in the next one.
type Line struct {
	Kind LineKind
	Span syntax.Span // with its comment, without the last line's end
	// Requirement is what a RequirementLine asks for, as far as it could be read, or the project of an `-e`.
	Requirement *Requirement
	Options     []Option    // by position
	Comment     syntax.Span // from the `#` on, empty if there is none
	Errors      []Error     // by position
}

// ParseRequirements reads a requirements or constraints file as pip does. The lines come by position and cover all of
// src but the line ends and the byte order mark.
func ParseRequirements(src []byte) []Line {
	var lines []Line
	start := 0
	if bytes.HasPrefix(src, []byte("\ufeff")) {
		start = len("\ufeff")
	}
	for start < len(src) {
		l, next := readLogicalLine(src, start)
		lines = append(lines, l.parse())
		start = next
	}
	return lines
}

// Option returns the line's option of the given long name.
func (l Line) Option(name string) (Option, bool) {
	for _, o := range l.Options {
		if o.Name == name {
			return o, true
		}
	}
	return Option{}, false
}

// Hashes returns the values of the line's `--hash` options, such as "sha256:0a1b…".
func (l Line) Hashes() []string {
	var hashes []string
	for _, o := range l.Options {
		if o.Name == "--hash" {
			hashes = append(hashes, o.Value)
		}
	}
	return hashes
}

// A logicalLine is the text of a line without the backslashes and line ends of its continuations.
type logicalLine struct {
	span   syntax.Span
	text   string
	pieces []piece
}

// A piece is a physical line of a logical one.
type piece struct {
	text, file int // where it begins
}

// readLogicalLine reads the line at start and returns where the next one begins. A line that is a comment ends a
// continuation and never begins one.
func readLogicalLine(src []byte, start int) (logicalLine, int) {
	l := logicalLine{span: syntax.Span{Start: start}}
	var text strings.Builder
	for {
		end, next := lineEnd(src, start)
		content := src[start:end]
		body, continued := bytes.CutSuffix(content, []byte(`\`))
		if isComment(content) {
			body, continued = content, false
		}
		l.pieces = append(l.pieces, piece{text: text.Len(), file: start})
		text.Write(body)
		if !continued || next == len(src) {
			l.span.End, l.text = end, text.String()
			return l, next
		}
		start = next
	}
}

// lineEnd returns where the content of the line at start ends, and where the next line begins.
func lineEnd(src []byte, start int) (end, next int) {
	n := bytes.IndexAny(src[start:], "\r\n")
	if n < 0 {
		return len(src), len(src)
	}
	end = start + n
	if bytes.HasPrefix(src[end:], []byte("\r\n")) {
		return end, end + 2
	}
	return end, end + 1
}

func isComment(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line, " \t\f\v"), []byte("#"))
}

// at turns an offset in the text into one in the file.
func (l *logicalLine) at(offset int) int {
	after := sort.Search(len(l.pieces), func(i int) bool { return l.pieces[i].text > offset })
	p := l.pieces[after-1]
	return p.file + offset - p.text
}

func (l *logicalLine) parse() Line {
	line := Line{Span: l.span}
	p := requirementParser{text: l.text, end: commentStart(l.text), at: l.at}
	if p.end < len(l.text) {
		line.Kind = CommentLine
		line.Comment = p.span(p.end, len(l.text))
	}
	if p.space(); p.pos == p.end {
		return line
	}
	line.Kind = OptionLine
	if options := optionsStart(l.text[:p.end], p.pos); options > p.pos {
		line.Kind = RequirementLine
		line.Requirement = p.requirementOrPath(p.pos, options)
		p.pos = options
	}
	line.Options = p.options(line.Kind)
	if line.Kind == OptionLine {
		line.Requirement = p.editable
	}
	line.Errors = p.errors
	slices.SortStableFunc(line.Errors, func(a, b Error) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return line
}

// commentStart returns the offset of the `#` that begins the comment: only white space may stand before it.
func commentStart(text string) int {
	for i := range len(text) {
		if text[i] == '#' && (i == 0 || isSpace(text[i-1])) {
			return i
		}
	}
	return len(text)
}

// optionsStart returns where the first word begins that starts with a dash.
func optionsStart(text string, start int) int {
	for i := start; i < len(text); i++ {
		if text[i] == '-' && (i == start || isSpace(text[i-1])) {
			return i
		}
	}
	return len(text)
}

// requirementOrPath reads text[start:end].
func (p *requirementParser) requirementOrPath(start, end int) *Requirement {
	read := (*requirementParser).requirement
	if isDirect(p.text[start:end]) {
		read = (*requirementParser).direct
	}
	return p.part(start, end, read)
}

// part reads text[start:end] and leaves p where it is.
func (p *requirementParser) part(start, end int, read func(*requirementParser) Requirement) *Requirement {
	part := requirementParser{text: p.text, pos: start, end: end, at: p.at}
	r := read(&part)
	p.errors = append(p.errors, part.errors...)
	return &r
}

// isDirect reports whether a requirement is a URL or a path by itself.
func isDirect(text string) bool {
	word, _, _ := strings.Cut(text, ";")
	word = strings.TrimRight(word, " \t\f\v")
	if strings.ContainsRune(word, '@') && isNamed(word) {
		return false
	}
	return strings.HasPrefix(word, ".") || strings.ContainsAny(word, `/\`) ||
		strings.HasSuffix(word, ".whl") || strings.HasSuffix(word, ".zip") || strings.HasSuffix(word, ".tar.gz")
}

// isNamed reports whether text is of the form `name[extra] @ url`.
func isNamed(text string) bool {
	p := requirementParser{text: text, end: len(text), at: func(i int) int { return i }}
	name, _ := p.name()
	var r Requirement
	if name == "" || !p.extras(&r) {
		return false
	}
	p.space()
	return p.skip('@')
}

// direct reads a URL or a path that stands alone. The project's name is that of `#egg=`, or of a wheel's file.
func (p *requirementParser) direct() Requirement {
	start := p.pos
	for p.end > start && isSpace(p.text[p.end-1]) {
		p.end--
	}
	end := p.end
	if i := strings.IndexByte(p.text[start:end], ';'); i > 0 && p.endsURL(start+i) {
		end = start + i
	}
	p.pos = end
	for p.pos > start && isSpace(p.text[p.pos-1]) {
		p.pos--
	}
	r := Requirement{Span: p.span(start, p.end), URL: p.text[start:p.pos], URLSpan: p.span(start, p.pos)}
	if from, to := nameInURL(r.URL); to > from {
		r.Name, r.NameSpan = r.URL[from:to], p.span(start+from, start+to)
	}
	p.marker(&r)
	return r
}

// endsURL reports whether the `;` at i ends a URL: one within it has no white space at its side.
func (p *requirementParser) endsURL(i int) bool {
	return isSpace(p.text[i-1]) || i+1 < p.end && isSpace(p.text[i+1])
}

// nameInURL returns where the project's name stands in a URL, an empty range if nowhere.
func nameInURL(url string) (start, end int) {
	if i := strings.Index(url, "#egg="); i >= 0 {
		start = i + len("#egg=")
	} else if i := strings.Index(url, "&egg="); i >= 0 {
		start = i + len("&egg=")
	} else {
		start = strings.LastIndexAny(url, `/\`) + 1
		path, _, _ := strings.Cut(url[start:], "#")
		dash := strings.IndexByte(path, '-')
		if !strings.HasSuffix(path, ".whl") || dash < 0 {
			return 0, 0
		}
		return start, start + dash
	}
	p := requirementParser{text: url, pos: start, end: len(url), at: func(i int) int { return i }}
	p.name()
	return start, p.pos
}
