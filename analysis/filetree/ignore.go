package filetree

import "strings"

// IgnoreRules are a list of patterns in the language of .gitignore.
type IgnoreRules struct{ rules rules }

// ParseIgnoreRules reads patterns, one a line, as git does.
func ParseIgnoreRules(text []byte) IgnoreRules { return IgnoreRules{parseRules(text)} }

// Matches reports whether the patterns name a path below the root, or a directory that it lies in. The path itself is
// taken for a directory: patterns that end in a slash match it, too.
func (i IgnoreRules) Matches(name string) bool {
	for end := 0; end < len(name); {
		next := strings.IndexByte(name[end:], '/')
		if next < 0 {
			next = len(name) - end
		}
		if i.rules.match(name[:end+next], true) == ignored {
			return true
		}
		end += next + 1
	}
	return false
}
