package dialect

import (
	"path"
	"strings"
)

// A RootCategory says what lies below a source root.
type RootCategory uint8

// The categories of source roots.
const (
	NoRoot RootCategory = iota
	SourceRoot
	TestRoot
	ThirdPartyRoot
)

// A RootPattern is a pattern of source roots, whose components are matched at any depth. Where the outermost root
// counts, the last is `*` and stands for a language; where the nearest does, a slash at the start anchors the pattern
// at the root of the workspace, and alone is that root.
type RootPattern struct {
	Pattern  string
	Category RootCategory
}

// A Root is a directory below which the modules of a language are looked up.
type Root struct {
	Dir      string
	Category RootCategory
	Language string // "" if it is none that the dialect knows
}

// RootOf returns the source root that dir lies in or below.
func (d *Dialect) RootOf(dir string) (Root, bool) {
	if d.Nearest {
		return d.nearestRoot(dir)
	}
	return d.outermostRoot(dir)
}

// nearestRoot returns the nearest directory upward that a pattern matches. The algorithm is that of Pants 2,
// src/python/pants/source/source_root.py: patterns match as PurePath.match does, from the right.
func (d *Dialect) nearestRoot(dir string) (Root, bool) {
	for {
		for _, p := range d.Roots {
			if matchRoot(p.Pattern, dir) {
				return Root{Dir: dir, Category: p.Category, Language: d.languageOf(dir)}, true
			}
		}
		if dir == "" {
			return Root{}, false
		}
		dir = strings.TrimSuffix(dir[:len(dir)-len(base(dir))], "/")
	}
}

// languageOf returns the language that the last component of a root names. One that names none may hold any: that is
// taken for Python, which the conventions are about.
func (d *Dialect) languageOf(root string) string {
	if language, ok := d.Languages[base(root)]; ok {
		return language
	}
	return Python
}

// matchRoot reports whether the end of a directory's path matches a pattern, or all of it a pattern with a slash.
func matchRoot(pattern, dir string) bool {
	anchored := strings.HasPrefix(pattern, "/")
	pattern = strings.Trim(pattern, "/")
	if pattern == "" || dir == "" {
		return anchored && pattern == dir
	}
	want, have := strings.Split(pattern, "/"), strings.Split(dir, "/")
	if len(have) < len(want) || anchored && len(have) != len(want) {
		return false
	}
	have = have[len(have)-len(want):]
	for i := range want {
		if ok, err := path.Match(want[i], have[i]); err != nil || !ok {
			return false
		}
	}
	return true
}

// outermostRoot returns the source root that dir lies in or below: the outermost directory that a pattern matches, and
// from the same start the longest. A component that a pattern names is not taken for a language: with src/* and
// src/main/*, src/main is no root. The algorithm is that of Pants 1.20, src/python/pants/source/source_root.py.
func (d *Dialect) outermostRoot(dir string) (Root, bool) {
	for start := 0; start < len(dir); start++ {
		if start > 0 && dir[start-1] != '/' {
			continue
		}
		if end, category := d.rootFrom(dir, start); category != NoRoot {
			root := dir[:end]
			return Root{Dir: root, Category: category, Language: d.Languages[base(root)]}, true
		}
	}
	return Root{}, false
}

// rootFrom follows the patterns along dir from the component at start as far as they go. It returns where they end, and
// NoRoot if no pattern ends there.
func (d *Dialect) rootFrom(dir string, start int) (end int, category RootCategory) {
	live := make([]string, 0, 16) // what is left of each pattern, "" if it does not match
	for _, p := range d.Roots {
		live = append(live, p.Pattern)
	}
	for start < len(dir) {
		part, _, _ := strings.Cut(dir[start:], "/")
		ended, ok := follow(live, part)
		if !ok {
			ended, ok = follow(live, "*")
		}
		if !ok {
			break
		}
		end, category = start+len(part), NoRoot
		if ended >= 0 {
			category = d.Roots[ended].Category
		}
		start = end + 1
	}
	return end, category
}

// follow takes a component off the patterns that start with it, and drops the others. It does nothing if there is none.
// ended is the pattern that is at its end, -1 if none is.
func follow(live []string, part string) (ended int, ok bool) {
	ended = -1
	for _, p := range live {
		first, _, _ := strings.Cut(p, "/")
		ok = ok || p != "" && first == part
	}
	if !ok {
		return ended, false
	}
	for i, p := range live {
		first, rest, _ := strings.Cut(p, "/")
		switch {
		case first != part:
			rest = ""
		case rest == "":
			ended = i
		}
		live[i] = rest
	}
	return ended, true
}
