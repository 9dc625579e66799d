package report

import "github.com/buildlint/buildlint/analysis"

// A style is the parameter of an SGR escape sequence. Of the eight basic colours only red and magenta can be read on
// black and on white alike; yellow and cyan vanish on white, blue on black. Green is for single signs.
type style string

const (
	plain       style = ""
	bold        style = "1"
	dim         style = "2"
	red         style = "31"
	green       style = "32"
	boldRed     style = "1;31"
	boldMagenta style = "1;35"
)

// A palette paints, or leaves text as it is.
type palette struct{ enabled bool }

func (p palette) paint(s style, text string) string {
	if !p.enabled || s == plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

func severityStyle(s analysis.Severity) style {
	switch s {
	case analysis.Error:
		return boldRed
	case analysis.Warning:
		return boldMagenta
	}
	return bold
}
