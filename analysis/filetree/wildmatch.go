package filetree

import "strings"

// wildmatch reports whether a pattern of a .gitignore matches all of name, as git has it: * and ? stop at a slash, **
// between slashes stands for any number of directories, and bytes are compared, not runes. Its time is bounded by
// len(pattern)*len(name): a star is only ever tried again after the last one that was met, since an earlier one that
// took more would leave the later ones less.
func wildmatch(pattern, name string) bool {
	m := matcher{pattern: pattern, name: name, star: -1, dirs: -1}
	for m.n < len(name) {
		if m.p < len(pattern) && m.step() {
			if m.all {
				return true
			}
			continue
		}
		if !m.retry() {
			return false
		}
	}
	rest := pattern[m.p:]
	if name == "" { // what is left of b for the rule b**/*: the **/ stands for nothing
		rest = trimDirs(rest)
	}
	return strings.Trim(rest, "*") == ""
}

// trimDirs drops each **/ at the start of a pattern.
func trimDirs(pattern string) string {
	for {
		rest := strings.TrimLeft(pattern, "*")
		if len(pattern)-len(rest) < 2 || !strings.HasPrefix(rest, "/") {
			return pattern
		}
		pattern = rest[1:]
	}
}

// A matcher is a place in a pattern and one in a name, and where to go on after a mismatch.
type matcher struct {
	pattern, name  string
	p, n           int
	star, starName int  // after the last *, and where in the name it was tried; star is -1 if there is none
	dirs, dirsName int  // the same for the last **/
	all            bool // a ** at the end takes whatever is left
}

// step takes one element of the pattern, or reports that it does not match here.
func (m *matcher) step() bool {
	switch c := m.pattern[m.p]; c {
	case '*':
		m.stars()
		return true
	case '?':
		return m.take(1, m.name[m.n] != '/')
	case '[':
		size, ok := matchClass(m.pattern[m.p:], m.name[m.n])
		return m.take(size, ok && m.name[m.n] != '/')
	case '\\':
		return m.p+1 < len(m.pattern) && m.take(2, m.pattern[m.p+1] == m.name[m.n])
	default:
		return m.take(1, c == m.name[m.n])
	}
}

func (m *matcher) take(size int, ok bool) bool {
	if ok {
		m.p += size
		m.n++
	}
	return ok
}

func (m *matcher) stars() {
	end := m.p
	for end < len(m.pattern) && m.pattern[end] == '*' {
		end++
	}
	whole := end-m.p > 1 && (m.p == 0 || m.pattern[m.p-1] == '/') // ** fills its segment so far
	switch {
	case whole && end == len(m.pattern):
		m.all = true
	case whole && m.pattern[end] == '/':
		m.p = end + 1
		m.dirs, m.dirsName, m.star = m.p, m.n, -1
	default:
		m.p = end
		m.star, m.starName = end, m.n
	}
}

// retry lets the last * take one byte more, else the last **/ one directory more.
func (m *matcher) retry() bool {
	if m.star >= 0 && m.name[m.starName] != '/' {
		m.starName++
		m.p, m.n = m.star, m.starName
		return true
	}
	if m.dirs < 0 {
		return false
	}
	slash := strings.IndexByte(m.name[m.dirsName:], '/')
	if slash < 0 {
		return false
	}
	m.dirsName += slash + 1
	m.p, m.n, m.star = m.dirs, m.dirsName, -1
	return true
}

// matchClass matches a byte with the [...] at the start of a pattern, and gives the length of that. A class that is not
// closed, or names a set that is not known, matches nothing.
func matchClass(pattern string, b byte) (size int, ok bool) {
	i := 1
	negated := i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^')
	if negated {
		i++
	}
	matched := false
	for first := true; ; first = false {
		if i >= len(pattern) {
			return 0, false
		}
		if pattern[i] == ']' && !first {
			return i + 1, matched != negated
		}
		n, in := classItem(pattern[i:], b)
		if n == 0 {
			return 0, false
		}
		i += n
		matched = matched || in
	}
}

// classItem matches a byte with the first item inside [...]: [:set:], a-z or a. Its length is 0 if it is malformed.
func classItem(s string, b byte) (size int, in bool) {
	if strings.HasPrefix(s, "[:") {
		if end := strings.IndexByte(s, ']'); end > 2 && s[end-1] == ':' {
			in, known := posixSet(s[2:end-1], b)
			if !known {
				return 0, false
			}
			return end + 1, in
		}
	}
	lo, n := classByte(s)
	if n == 0 {
		return 0, false
	}
	if len(s) > n+1 && s[n] == '-' && s[n+1] != ']' {
		hi, m := classByte(s[n+1:])
		if m == 0 {
			return 0, false
		}
		return n + 1 + m, b == lo || lo <= b && b <= hi // git compares lo apart: it is in z-a
	}
	return n, b == lo
}

// classByte reads one byte inside [...], which may be escaped.
func classByte(s string) (b byte, size int) {
	if s[0] != '\\' {
		return s[0], 1
	}
	if len(s) < 2 {
		return 0, 0
	}
	return s[1], 2
}
