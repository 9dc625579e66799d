package python

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// An Option is an option as pip knows it.
type Option struct {
	Name      string // the long form of those that have one: "--requirement" for `-r`
	Value     string // without quotes, "" if there is none
	Span      syntax.Span
	NameSpan  syntax.Span // as written
	ValueSpan syntax.Span // with its quotes, empty if there is no value
}

// An optionForm is what pip takes in a requirements file.
type optionForm struct {
	short, long string
	value       bool // takes one
	requirement bool // stands behind a requirement
}

//nolint:gochecknoglobals // a table that nobody writes
var optionForms = []optionForm{
	{short: "-c", long: "--constraint", value: true},
	{short: "-e", long: "--editable", value: true},
	{short: "-f", long: "--find-links", value: true},
	{short: "-i", long: "--index-url", value: true},
	{short: "-r", long: "--requirement", value: true},
	{short: "-Z", long: "--always-unzip"},
	{long: "--extra-index-url", value: true},
	{long: "--no-binary", value: true},
	{long: "--no-index"},
	{long: "--no-use-wheel"},
	{long: "--only-binary", value: true},
	{long: "--pre"},
	{long: "--prefer-binary"},
	{long: "--process-dependency-links"},
	{long: "--pypi-url", value: true},
	{long: "--require-hashes"},
	{long: "--trusted-host", value: true},
	{long: "--use-feature", value: true},
	{long: "--use-wheel"},
	{short: "-C", long: "--config-settings", value: true, requirement: true},
	{long: "--config-setting", value: true, requirement: true},
	{long: "--global-option", value: true, requirement: true},
	{long: "--hash", value: true, requirement: true},
	{long: "--install-option", value: true, requirement: true},
}

func findOption(name string) (optionForm, bool) {
	i := slices.IndexFunc(optionForms, func(f optionForm) bool {
		return name == f.long || name == f.short && name != ""
	})
	if i < 0 {
		return optionForm{}, false
	}
	return optionForms[i], true
}

// options reads what is left of the line: every word is an option, or the value of the one before it. Options of the
// other kind of line are errors, as pip ignores them.
func (p *requirementParser) options(kind LineKind) []Option {
	var options []Option
	for p.space(); p.pos < p.end; p.space() {
		if p.peek() != '-' {
			p.fail("this belongs to no option: pip ignores it")
			p.word()
			continue
		}
		options = append(options, p.option(kind))
	}
	return options
}

func (p *requirementParser) option(kind LineKind) Option {
	start := p.pos
	name, attached := p.optionName()
	o := Option{Name: name, NameSpan: p.span(start, start+len(name)), Span: p.span(start, p.pos)}
	form, known := findOption(name)
	switch {
	case !known:
		p.errorAt(o.NameSpan, "pip knows no option `"+name+"` in a requirements file")
	case form.requirement != (kind == RequirementLine):
		o.Name = form.long
		p.errorAt(o.NameSpan, misplaced(form, name))
	default:
		o.Name = form.long
	}
	if attached || form.value {
		p.optionValue(&o, attached)
		o.Span = syntax.Span{Start: o.Span.Start, End: max(o.NameSpan.End, o.ValueSpan.End)}
	}
	return o
}

func misplaced(form optionForm, name string) string {
	if form.requirement {
		return "`" + name + "` belongs behind a requirement, on its line"
	}
	return "`" + name + "` needs a line of its own: pip ignores it behind a requirement"
}

// optionName reads `--name` and the `=` behind it, or `-n`, and reports whether a value is attached to it.
func (p *requirementParser) optionName() (name string, attached bool) {
	start := p.pos
	for p.pos < p.end && !isSpace(p.text[p.pos]) && p.text[p.pos] != '=' {
		p.pos++
	}
	word := p.text[start:p.pos]
	if strings.HasPrefix(word, "--") {
		return word, p.skip('=')
	}
	p.pos = min(start+len("-r"), p.end)
	word = p.text[start:p.pos]
	return word, p.pos < p.end && !isSpace(p.text[p.pos])
}

func (p *requirementParser) optionValue(o *Option, attached bool) {
	if !attached {
		p.space()
	}
	start := p.pos
	o.Value = p.word()
	o.ValueSpan = p.span(start, p.pos)
	switch {
	case start == p.pos:
		p.errorAt(o.NameSpan, "`"+o.Name+"` needs a value")
	case o.Name == "--editable":
		p.editable = p.part(start, p.pos, (*requirementParser).direct)
	}
}

// word reads up to white space, as a shell does: quotes hold white space and are no part of what is returned.
func (p *requirementParser) word() string {
	var word strings.Builder
	var quote byte
	for ; p.pos < p.end; p.pos++ {
		switch c := p.text[p.pos]; {
		case quote == 0 && isSpace(c):
			return word.String()
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		default:
			word.WriteByte(c)
		}
	}
	return word.String()
}
