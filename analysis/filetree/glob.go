package filetree

import (
	"slices"
)

// Glob gives the files below dir that one of the include patterns matches and none of the exclude patterns, as sorted
// paths from the root. Patterns are doublestar's, relative to dir; but a class ([^a]) matches no slash, and x*/** takes
// the file x, as x/** does. One that is malformed, leaves dir or ends in a slash matches nothing. Globs reach into
// directories that have BUILD files of their own, take links to files and files that are ignored, and enter no link to
// a directory, nor .git, .hg and .pants.d. What cannot be listed holds no match. Each directory is listed once; where
// patterns name files without wildcards none is.
func (t *Tree) Glob(dir string, include, exclude []string) []string {
	var out []string
	t.glob(dir, include, exclude, func(name string) bool {
		out = append(out, name)
		return true
	})
	slices.Sort(out)
	return out
}

// Match1 reports whether a pattern matches any file below dir, as Glob has it. It stops at the first.
func (t *Tree) Match1(dir, pattern string) bool {
	found := false
	t.glob(dir, []string{pattern}, nil, func(string) bool {
		found = true
		return false
	})
	return found
}

func (t *Tree) glob(dir string, include, exclude []string, yield func(string) bool) {
	name, err := clean("glob", dir)
	if err != nil {
		return
	}
	g := &globber{tree: t, base: name, yield: yield}
	for _, glob := range include {
		g.patterns = append(g.patterns, compile(glob)...)
	}
	for _, glob := range exclude {
		g.exclude = append(g.exclude, compile(glob)...)
	}
	var start states
	for i := range g.patterns {
		start = g.advance(start, state{i, 0})
	}
	g.dir("", start)
}

// A globber matches all patterns in one walk: in each directory it holds the places that the patterns have come to.
type globber struct {
	tree     *Tree
	base     string
	patterns []pattern
	exclude  []pattern
	yield    func(string) bool // false ends the walk
}

// A state is a segment of a pattern: the one to match with the next name.
type state struct{ pattern, segment int }

type states []state

// advance adds a state, and those that it is as good as: a ** may stand for no directory.
func (g *globber) advance(ss states, s state) states {
	p := g.patterns[s.pattern]
	for ; s.segment < len(p) && !slices.Contains(ss, s); s.segment++ {
		ss = append(ss, s)
		if p[s.segment].kind != anyDirs {
			break
		}
	}
	return ss
}

// dir yields the matches below a directory, which is relative to the base. It reports whether to go on.
func (g *globber) dir(dir string, ss states) bool {
	if len(ss) == 0 {
		return true
	}
	if g.exactly(ss) {
		return g.named(dir, ss)
	}
	entries, err := g.tree.entries(join(g.base, dir))
	if err != nil {
		return true
	}
	for _, e := range entries {
		if !g.entry(dir, e, ss) {
			return false
		}
	}
	return true
}

func (g *globber) exactly(ss states) bool {
	return !slices.ContainsFunc(ss, func(s state) bool { return g.patterns[s.pattern][s.segment].kind != exact })
}

// named is dir where every pattern goes on with a name: the directory need not be listed.
func (g *globber) named(dir string, ss states) bool {
	var names []string
	for _, s := range ss {
		names = append(names, g.patterns[s.pattern][s.segment].text)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name == "" || name == "." || name == ".." {
			continue
		}
		full := join(g.base, join(dir, name))
		g.tree.record(Stat, full)
		e, err := g.tree.entry(full)
		e.Name = name
		if err == nil && !g.entry(dir, e, ss) {
			return false
		}
	}
	return true
}

func (g *globber) entry(dir string, e Entry, ss states) bool {
	name := join(dir, e.Name)
	if !e.Dir {
		return !g.takes(e.Name, ss) || g.excludes(name, false) || g.yield(join(g.base, name))
	}
	if e.Link || neverEntered(e.Name) || g.excludes(name, true) {
		return true
	}
	return g.dir(name, g.next(e.Name, ss))
}

// takes reports whether a file's name ends a pattern. A ** after it may stand for nothing.
func (g *globber) takes(name string, ss states) bool {
	return slices.ContainsFunc(ss, func(s state) bool {
		p := g.patterns[s.pattern]
		return p[s.segment].matches(name) && p[s.segment+1:].mayBeNothing()
	})
}

// next gives the states in a directory of a name.
func (g *globber) next(name string, ss states) states {
	var out states
	for _, s := range ss {
		seg := g.patterns[s.pattern][s.segment]
		switch {
		case seg.kind == anyDirs:
			out = g.advance(out, s)
		case seg.matches(name):
			out = g.advance(out, state{s.pattern, s.segment + 1})
		}
	}
	return out
}

// excludes reports whether a file, or a directory with all below it, is excluded.
func (g *globber) excludes(name string, dir bool) bool {
	return slices.ContainsFunc(g.exclude, func(p pattern) bool {
		return (!dir || p[len(p)-1].kind == anyDirs) && p.match(name)
	})
}

// neverEntered names the directories in which tools keep what is theirs.
func neverEntered(name string) bool {
	return name == ".git" || name == ".hg" || name == ".pants.d"
}
