package python

import (
	"slices"
	"strings"
)

// markerVariables are those of PEP 508, and the dotted spellings that setuptools took before it.
//
//nolint:gochecknoglobals // a table that nobody writes
var markerVariables = []string{
	"python_version", "python_full_version", "os_name", "sys_platform", "platform_release", "platform_system",
	"platform_version", "platform_machine", "platform_python_implementation", "implementation_name",
	"implementation_version", "extra", "extras", "dependency_groups",
	"os.name", "sys.platform", "platform.version", "platform.machine", "platform.python_implementation",
	"python_implementation",
}

// A markerParser checks a marker's grammar. It counts the brackets instead of recursing: a hostile file may hold
// millions of them.
type markerParser struct {
	text       string
	start, pos int // of the last word
	depth      int
}

// check returns what is wrong at the last word, "" if nothing is.
func (m *markerParser) check() string {
	for {
		if message := m.comparison(); message != "" {
			return message
		}
		switch word := m.next(); word {
		case "and", "or":
		case "":
			if m.depth > 0 {
				return "a `)` is missing in the marker"
			}
			return ""
		default:
			return "`and`, `or` or the end of the marker is missing here"
		}
	}
}

// comparison reads `((left op right))` with whatever brackets stand around it.
func (m *markerParser) comparison() string {
	word := m.next()
	for ; word == "("; word = m.next() {
		m.depth++
	}
	if message := operandError(word); message != "" {
		return message
	}
	if !m.operator() {
		return "a comparison such as `==` or `in` is missing here"
	}
	if message := operandError(m.next()); message != "" {
		return message
	}
	for m.peek() == ")" {
		m.next()
		if m.depth--; m.depth < 0 {
			return "this `)` closes nothing"
		}
	}
	return ""
}

func (m *markerParser) operator() bool {
	word := m.next()
	if word == "not" {
		return m.next() == "in"
	}
	return slices.Contains([]string{"in", "==", "!=", "<", "<=", ">", ">=", "~=", "==="}, word)
}

func operandError(word string) string {
	switch {
	case word == "":
		return "the marker ends too early"
	case word[0] == '"' || word[0] == '\'':
		if len(word) == 1 || word[len(word)-1] != word[0] {
			return "this string is never closed"
		}
	case !slices.Contains(markerVariables, word):
		return "a marker compares variables such as `python_version` with strings: `" + word + "` is neither"
	}
	return ""
}

func (m *markerParser) peek() string {
	saved := *m
	word := m.next()
	*m = saved
	return word
}

// next returns the next word: a string with its quotes, a name, an operator or a bracket; "" at the end.
func (m *markerParser) next() string {
	for m.pos < len(m.text) && isSpace(m.text[m.pos]) {
		m.pos++
	}
	m.start = m.pos
	if m.pos == len(m.text) {
		return ""
	}
	switch c := m.text[m.pos]; {
	case c == '"' || c == '\'':
		m.quoted(c)
	case isNameByte(c):
		m.run(isNameByte)
	case strings.IndexByte("<>=!~", c) >= 0:
		m.run(func(c byte) bool { return strings.IndexByte("<>=!~", c) >= 0 })
	default:
		m.pos++
	}
	return m.text[m.start:m.pos]
}

func (m *markerParser) quoted(quote byte) {
	end := strings.IndexByte(m.text[m.pos+1:], quote)
	if end < 0 {
		m.pos = len(m.text)
		return
	}
	m.pos += end + 2
}

func (m *markerParser) run(in func(byte) bool) {
	for m.pos < len(m.text) && in(m.text[m.pos]) {
		m.pos++
	}
}
