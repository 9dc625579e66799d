package python

import (
	"errors"
	"strconv"
	"strings"

	"deps.dev/util/pypi"
	"deps.dev/util/semver"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Requirement is what one line of a requirements file or one `python_requirement('…')` asks for, by PEP 508. Its
// spans are offsets in the file, or in the string that was given to [ParseRequirement].
type Requirement struct {
	Span     syntax.Span
	Name     string // as written; "" where a URL or a path does not say it
	NameSpan syntax.Span
	Extras   []Extra
	Clauses  []Clause // by position; all must hold
	// URL is a direct reference: of `name @ url`, or a URL or a path that stands alone.
	URL        string
	URLSpan    syntax.Span
	Marker     string // without the `;`, "" if none
	MarkerSpan syntax.Span
}

// NormalName returns the name of r as [Normalise] has it.
func (r Requirement) NormalName() string { return Normalise(r.Name) }

// An Extra is an optional feature in brackets.
type Extra struct {
	Name string // as written
	Span syntax.Span
}

// A Clause is a bound on the version, such as `>=1.2`.
type Clause struct {
	Operator     string // "==", "!=", "<", "<=", ">", ">=", "~=" or "==="
	Version      string // as written, without white space around it
	Span         syntax.Span
	OperatorSpan syntax.Span
	VersionSpan  syntax.Span
}

// An Error is a place that could not be read.
type Error struct {
	Span    syntax.Span
	Message string // without a final period
}

func (e Error) Error() string { return e.Message }

// Normalise returns a project's name by PEP 503: in lower case, with every run of `-`, `_` and `.` as one dash.
func Normalise(name string) string { return pypi.CanonPackageName(name) }

// ParseRequirement reads one PEP 508 requirement. An error is an [Error] with a place in s; what was read before it is
// in the requirement all the same. URLs and paths that stand alone, which only requirements files may hold, are errors.
func ParseRequirement(s string) (Requirement, error) {
	p := requirementParser{text: s, end: len(s), at: func(i int) int { return i }}
	r := p.requirement()
	if len(p.errors) > 0 {
		return r, p.errors[0]
	}
	return r, nil
}

// A requirementParser reads text[pos:end]. Whatever it cannot read ends it with an error, but for a bad version or
// marker, which leaves the rest readable.
type requirementParser struct {
	text     string
	pos, end int
	at       func(int) int // offset in text → offset in the file
	errors   []Error
	editable *Requirement // of an `-e`
}

func (p *requirementParser) requirement() Requirement {
	p.space()
	start := p.pos
	for p.end > start && isSpace(p.text[p.end-1]) {
		p.end--
	}
	r := Requirement{Span: p.span(start, p.end)}
	if r.Name, r.NameSpan = p.name(); r.Name == "" {
		p.fail("a requirement begins with the name of a project")
		return r
	}
	if p.extras(&r) && p.versionsOrURL(&r) {
		p.marker(&r)
	}
	return r
}

func (p *requirementParser) versionsOrURL(r *Requirement) bool {
	p.space()
	if p.skip('@') {
		return p.url(r)
	}
	if !p.skip('(') {
		return p.clauses(r)
	}
	if !p.clauses(r) {
		return false
	}
	if p.space(); !p.skip(')') {
		return p.fail("a `)` is missing after the versions")
	}
	return true
}

// extras reads `[a, b]`, if it is there.
func (p *requirementParser) extras(r *Requirement) bool {
	if p.space(); !p.skip('[') {
		return true
	}
	if p.space(); p.skip(']') {
		return true
	}
	for {
		p.space()
		name, span := p.name()
		if name == "" {
			return p.fail("the name of an extra is missing")
		}
		r.Extras = append(r.Extras, Extra{Name: name, Span: span})
		if p.space(); p.skip(']') {
			return true
		}
		if !p.skip(',') {
			return p.fail("a `,` or the closing `]` is missing after the extra")
		}
	}
}

// clauses reads `>=1, <2`, if it is there. A comma may stand behind the last.
func (p *requirementParser) clauses(r *Requirement) bool {
	for {
		p.space()
		operator := p.operator()
		if operator == "" {
			return p.noOperator()
		}
		start := p.pos
		p.pos += len(operator)
		c := Clause{Operator: operator, OperatorSpan: p.span(start, p.pos)}
		p.space()
		if c.Version, c.VersionSpan = p.version(operator); c.Version == "" {
			return p.fail("a version is missing after `" + operator + "`")
		}
		c.Span = syntax.Span{Start: c.OperatorSpan.Start, End: c.VersionSpan.End}
		r.Clauses = append(r.Clauses, c)
		if message := versionError(c); message != "" {
			p.errorAt(c.VersionSpan, message)
		}
		if p.space(); !p.skip(',') {
			return true
		}
	}
}

// noOperator says whether the versions may end here.
func (p *requirementParser) noOperator() bool {
	switch p.peek() {
	case 0, ';', ')':
		return true
	case '=':
		return p.fail("`=` is no operator: a version is pinned by `==`")
	}
	return p.fail("a version such as `>=1.0`, a `;` or the end of the requirement is missing here")
}

func (p *requirementParser) operator() string {
	for _, op := range []string{"===", "==", "!=", "<=", ">=", "~=", "<", ">"} {
		if p.hasPrefix(op) {
			return op
		}
	}
	return ""
}

// version reads up to what cannot be in a version. After `===` it is free text.
func (p *requirementParser) version(operator string) (string, syntax.Span) {
	stop := " \t\f\v,;()<>=~"
	if operator == "===" {
		stop = " \t\f\v;)"
	}
	start := p.pos
	for p.pos < p.end && strings.IndexByte(stop, p.text[p.pos]) < 0 {
		if operator != "===" && p.hasPrefix("!=") {
			break
		}
		p.pos++
	}
	return p.text[start:p.pos], p.span(start, p.pos)
}

// versionError asks the library about the version of a clause. The library does not know `===`, takes wildcards and
// local versions anywhere, and refuses numbers that are too large for it.
func versionError(c Clause) string {
	if c.Operator == "===" {
		return ""
	}
	exact := c.Operator == "==" || c.Operator == "!="
	release, wild := strings.CutSuffix(c.Version, ".*")
	_, err := semver.PyPI.Parse(release)
	tooLarge := errors.Is(err, strconv.ErrRange) && strings.Trim(release, "0123456789.!") == ""
	switch {
	case err != nil && !tooLarge, strings.Contains(release, "*"), wild && !isRelease(release):
		return "`" + c.Version + "` is no version (PEP 440)"
	case wild && !exact:
		return "`.*` is for `==` and `!=` only, not for `" + c.Operator + "`"
	case strings.Contains(release, "+") && !exact:
		return "a local version such as `" + c.Version + "` is for `==` and `!=` only, not for `" + c.Operator + "`"
	case c.Operator == "~=" && !strings.Contains(release, "."):
		return "`~=` needs a version of two numbers at least"
	}
	return ""
}

// isRelease reports whether a version is numbers alone, with an epoch or not.
func isRelease(version string) bool {
	return strings.Trim(strings.TrimLeft(version, "vV"), "0123456789.!") == ""
}

// url reads what stands after `name @`: it ends at white space, as PEP 508 has it.
func (p *requirementParser) url(r *Requirement) bool {
	p.space()
	start := p.pos
	for p.pos < p.end && !isSpace(p.text[p.pos]) {
		p.pos++
	}
	if start == p.pos {
		return p.fail("a URL is missing after the `@`")
	}
	r.URL, r.URLSpan = p.text[start:p.pos], p.span(start, p.pos)
	return true
}

func (p *requirementParser) marker(r *Requirement) {
	p.space()
	if p.pos == p.end {
		return
	}
	if !p.skip(';') {
		p.fail("the requirement should end here, or go on with a `;`")
		return
	}
	p.space()
	r.Marker, r.MarkerSpan = p.text[p.pos:p.end], p.span(p.pos, p.end)
	m := markerParser{text: r.Marker}
	if message := m.check(); message != "" {
		p.errorAt(p.span(p.pos+m.start, p.pos+m.pos), message)
	}
}

// name reads letters, digits, `-`, `_` and `.` that begin and end with a letter or a digit.
func (p *requirementParser) name() (string, syntax.Span) {
	start := p.pos
	for p.pos < p.end && isNameByte(p.text[p.pos]) {
		p.pos++
	}
	for p.pos > start && !isAlphanumeric(p.text[p.pos-1]) {
		p.pos--
	}
	if p.pos > start && !isAlphanumeric(p.text[start]) {
		p.pos = start
	}
	return p.text[start:p.pos], p.span(start, p.pos)
}

func (p *requirementParser) space() {
	for p.pos < p.end && isSpace(p.text[p.pos]) {
		p.pos++
	}
}

func (p *requirementParser) hasPrefix(s string) bool {
	return strings.HasPrefix(p.text[p.pos:p.end], s)
}

func (p *requirementParser) peek() byte {
	if p.pos < p.end {
		return p.text[p.pos]
	}
	return 0
}

func (p *requirementParser) skip(c byte) bool {
	if p.pos < p.end && p.text[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

// fail records an error from here to the next white space; it returns false.
func (p *requirementParser) fail(message string) bool {
	end := p.pos
	for end < p.end && !isSpace(p.text[end]) {
		end++
	}
	p.errorAt(p.span(p.pos, end), message)
	return false
}

func (p *requirementParser) errorAt(span syntax.Span, message string) {
	p.errors = append(p.errors, Error{Span: span, Message: message})
}

// span turns [start, end) of the text into a span of the file. It ends behind the last byte, not before the next one: a
// continuation may lie between the two.
func (p *requirementParser) span(start, end int) syntax.Span {
	if start == end {
		return syntax.Span{Start: p.at(start), End: p.at(start)}
	}
	return syntax.Span{Start: p.at(start), End: p.at(end-1) + 1}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\f' || c == '\v' }

func isNameByte(c byte) bool { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.' }

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
