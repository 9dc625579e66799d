package filetree

import (
	"bytes"
	"strings"
)

// A verdict is what rules say of a path.
type verdict uint8

const (
	silent   verdict = iota // no rule speaks of it
	ignored                 // a rule names it
	included                // a rule that starts with ! names it
)

// rules are the lines of one .gitignore.
type rules []rule

type rule struct {
	prefix  string // what comes before the first wildcard, in a general pattern that has a slash
	pattern string // without ! and the slashes at its ends, and without prefix
	verdict verdict
	form    form
	anyDir  bool // the pattern has no slash: it is for the last component, in any directory below
	dirOnly bool // ended in a slash
}

// A form is how a pattern is compared; most need no wildmatch.
type form uint8

const (
	literal form = iota // equal
	suffix              // * and then no wildcard: pattern is what comes after the *
	general
)

const wildcards = `*?[\`

// parseRules reads a .gitignore as git does.
func parseRules(data []byte) rules {
	var out rules
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for line := range strings.SplitSeq(string(data), "\n") {
		if r, ok := parseRule(strings.TrimSuffix(line, "\r")); ok {
			out = append(out, r)
		}
	}
	return out
}

func parseRule(line string) (rule, bool) {
	if strings.HasPrefix(line, "#") {
		return rule{}, false
	}
	line = trimSpaces(line)
	r := rule{verdict: ignored}
	if rest, ok := strings.CutPrefix(line, "!"); ok {
		line, r.verdict = rest, included
	}
	line, r.dirOnly = strings.CutSuffix(line, "/")
	r.anyDir = !strings.Contains(line, "/")
	r.pattern = strings.TrimPrefix(line, "/")
	if r.pattern == "" {
		return rule{}, false
	}
	switch {
	case !strings.ContainsAny(r.pattern, wildcards):
		r.form = literal
	case r.anyDir && r.pattern[0] == '*' && !strings.ContainsAny(r.pattern[1:], wildcards):
		r.form, r.pattern = suffix, r.pattern[1:]
	default:
		r.form = general
	}
	if r.form == general && !r.anyDir {
		// Git compares these apart, and so takes the ** of a**/b for one that follows a slash.
		i := strings.IndexAny(r.pattern, wildcards)
		r.prefix, r.pattern = r.pattern[:i], r.pattern[i:]
	}
	return r, true
}

// trimSpaces drops spaces at the end, but for one that a backslash keeps.
func trimSpaces(line string) string {
	end := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ':
		case '\\':
			i++
			end = min(i+1, len(line))
		default:
			end = i + 1
		}
	}
	return line[:end]
}

// match gives the verdict of the last rule that speaks of a path, which is relative to the directory of the rules.
func (rs rules) match(name string, dir bool) verdict {
	base := name[strings.LastIndexByte(name, '/')+1:]
	for i := len(rs) - 1; i >= 0; i-- {
		r := &rs[i]
		if r.dirOnly && !dir {
			continue
		}
		subject := name
		if r.anyDir {
			subject = base
		}
		if r.matches(subject) {
			return r.verdict
		}
	}
	return silent
}

func (r *rule) matches(subject string) bool {
	switch r.form {
	case literal:
		return subject == r.pattern
	case suffix:
		return strings.HasSuffix(subject, r.pattern)
	default:
		rest, ok := strings.CutPrefix(subject, r.prefix)
		return ok && wildmatch(r.pattern, rest)
	}
}
