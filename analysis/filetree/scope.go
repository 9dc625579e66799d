package filetree

import "sync"

// An ignoreState is one reading of what says which files are ignored. A change to any of it makes a new state, and so
// makes every scope stale.
type ignoreState struct {
	root     string // the workspace's root, free of links; "" for a tree from a map
	observer observer
	once     sync.Once
	repo     *repo // nil where there is none
	subs     *submodules
	top      *scope // the rules that come from above the root
}

// A scope is the rules in force in a directory: its own, then those of the scope above. Directories without a
// .gitignore share the scope of the one above.
type scope struct {
	state    *ignoreState
	up       *scope
	rules    rules
	base     int  // the length of the directory's path in the repository, with a slash at its end
	excluded bool // the directory is itself below one that a rule names: no rule can include what is in it
}

// Ignored reports whether git would leave a path out: a .gitignore at or above its directory, or the repository's
// info/exclude, names it or a directory above it, and git does not track it. A directory that holds a tracked file is
// not ignored. Without a repository, the .gitignore files of the workspace count all the same. Rules are read from
// disk: an overlay of a .gitignore counts once it is saved. The user's own excludes file is not read.
func (t *Tree) Ignored(name string) bool {
	name, err := clean("stat", name)
	if err != nil || name == "" {
		return false
	}
	t.record(Ignore, name)
	sc := t.scope(parent(name))
	if !sc.excluded {
		e, err := t.entry(name)
		if sc.verdict(t.ignore.full(name), err == nil && e.Dir && !e.Link) != ignored {
			return false
		}
	}
	return !t.ignore.tracks(name)
}

// verdict is that of the innermost rules that speak of a path in the repository.
func (s *scope) verdict(full string, dir bool) verdict {
	for ; s != nil; s = s.up {
		if v := s.rules.match(full[s.base:], dir); v != silent {
			return v
		}
	}
	return silent
}

// scope gives the rules in force in a directory.
func (t *Tree) scope(dir string) *scope {
	c := t.cache.peek(dir)
	if c != nil {
		if s := c.scope.Load(); s != nil && s.state == t.ignore {
			return s
		}
	}
	if dir == "" {
		return t.keepScope(dir, t.enter(t.ignore.above(), dir))
	}
	if way := t.notPlain(dir); way != "" && t.isGone(way) {
		return t.scopeBelow(way, dir)
	}
	up := t.scope(parent(dir))
	if !up.excluded && up.verdict(t.ignore.full(dir), !t.isLink(dir)) == ignored {
		up = up.exclude()
	}
	return t.keepScope(dir, t.enter(up, dir))
}

// scopeBelow gives the rules in force in a directory that is not there; gone is the first on the way to it that is not.
func (t *Tree) scopeBelow(gone, dir string) *scope {
	sc, full := t.scope(parent(gone)), t.ignore.full(dir)
	for way := range prefixes(dir) {
		if len(way) >= len(gone) && !sc.excluded && sc.verdict(full[:len(full)-len(dir)+len(way)], true) == ignored {
			return sc.exclude()
		}
	}
	return sc
}

// isLink reports whether a path above another is a link, which git takes for a file.
func (t *Tree) isLink(dir string) bool {
	e, err := t.entry(dir)
	return err == nil && e.Link
}

// keepScope remembers the scope of a directory that is there.
func (t *Tree) keepScope(dir string, s *scope) *scope {
	if t.plain(dir) {
		t.cache.cell(dir).scope.Store(s)
	}
	return s
}

// enter gives the scope in a directory, from the one above it.
func (t *Tree) enter(up *scope, dir string) *scope {
	if up.excluded || !t.plain(dir) {
		return up
	}
	name := join(dir, ".gitignore")
	if _, err := t.lookup(name); err != nil {
		return up
	}
	data, err := t.src.read(name) // a link is not followed: git does not either
	if err != nil {
		return up
	}
	own := parseRules(data)
	if len(own) == 0 {
		return up
	}
	return &scope{state: up.state, up: up, rules: own, base: len(t.ignore.full(name)) - len(".gitignore")}
}

func (s *scope) exclude() *scope { return &scope{state: s.state, excluded: true} }
