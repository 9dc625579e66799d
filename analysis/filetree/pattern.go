package filetree

import (
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// maxAlternatives bounds what the braces of one pattern may stand for; a pattern of more matches nothing.
const maxAlternatives = 1024

// A pattern is a glob without braces, split at its slashes.
type pattern []segment

type segment struct {
	text string
	kind segmentKind
}

type segmentKind uint8

const (
	exact   segmentKind = iota // no wildcard
	endsIn                     // *text
	wild                       // anything else within a name
	anyDirs                    // **
)

// compile gives the patterns that a glob stands for; none if it is malformed.
func compile(glob string) []pattern {
	if !doublestar.ValidatePattern(glob) {
		return nil
	}
	alternatives := []string{glob}
	if strings.Contains(glob, "{") {
		alternatives = expand(glob)
	}
	out := make([]pattern, 0, len(alternatives))
	for _, a := range alternatives {
		if p, ok := split(a); ok {
			out = append(out, p)
		}
	}
	return out
}

func split(glob string) (pattern, bool) {
	out := make(pattern, 0, strings.Count(glob, "/")+1)
	for text := range strings.SplitSeq(glob, "/") {
		s := newSegment(text)
		if s.kind == wild && !doublestar.ValidatePattern(text) { // a class that holds a slash
			return nil, false
		}
		if s.kind == anyDirs && len(out) > 0 && out[len(out)-1].kind == anyDirs {
			continue
		}
		out = append(out, s)
	}
	return out, true
}

func newSegment(text string) segment {
	switch {
	case text == "**":
		return segment{text, anyDirs}
	case !strings.ContainsAny(text, wildcards):
		return segment{text, exact}
	case text[0] == '*' && !strings.ContainsAny(text[1:], wildcards):
		return segment{text[1:], endsIn}
	}
	return segment{text, wild}
}

func (s segment) matches(name string) bool {
	switch s.kind {
	case exact:
		return name == s.text
	case endsIn:
		return strings.HasSuffix(name, s.text)
	case wild:
		return doublestar.MatchUnvalidated(s.text, name)
	default:
		return true
	}
}

// match reports whether a pattern matches all of a path. A mismatch goes back to the last ** alone: an earlier one that
// took more would leave the later ones less.
func (p pattern) match(name string) bool {
	back, backName := -1, ""
	for i := 0; ; {
		if i < len(p) && p[i].kind == anyDirs {
			i++
			if i == len(p) {
				return true
			}
			back, backName = i, name
		}
		first, rest, more := strings.Cut(name, "/")
		switch {
		case i < len(p) && p[i].matches(first) && more:
			i++
			name = rest
			continue
		case i < len(p) && p[i].matches(first) && p[i+1:].mayBeNothing():
			return true
		}
		if back < 0 {
			return false
		}
		if _, backName, more = strings.Cut(backName, "/"); !more {
			return false
		}
		i, name = back, backName
	}
}

// mayBeNothing reports whether the rest of a pattern matches the end of a path.
func (p pattern) mayBeNothing() bool {
	return len(p) == 0 || len(p) == 1 && p[0].kind == anyDirs
}

// expand gives the patterns without braces that a valid pattern stands for; none if they are too many.
func expand(glob string) []string {
	done := []string{}
	todo := []string{glob}
	for len(todo) > 0 {
		g := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		open := indexUnescaped(g, '{')
		if open < 0 {
			done = append(done, g)
		} else {
			todo = append(todo, alternatives(g, open)...)
		}
		if len(todo)+len(done) > maxAlternatives {
			return nil
		}
	}
	return done
}

// alternatives replaces the braces that open at a place by each of what they hold.
func alternatives(glob string, open int) []string {
	var parts []string
	depth, start := 1, open+1
	for i := open + 1; i < len(glob); i++ {
		switch glob[i] {
		case '\\':
			i++
		case '[':
			i += max(0, indexUnescaped(glob[i+1:], ']')+1)
		case '{':
			depth++
		case ',':
			if depth == 1 {
				parts = append(parts, glob[start:i])
				start = i + 1
			}
		case '}':
			if depth--; depth == 0 {
				parts = append(parts, glob[start:i])
				for j := range parts {
					parts[j] = glob[:open] + parts[j] + glob[i+1:]
				}
				return parts
			}
		}
	}
	return nil
}

// indexUnescaped finds a byte that is neither escaped nor in a class.
func indexUnescaped(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case c:
			return i
		case '[':
			i += max(0, indexUnescaped(s[i+1:], ']')+1)
		}
	}
	return -1
}
