package workspace

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// Sources are the files that a target owns, as patterns relative to its directory.
type Sources struct {
	Include []Pattern
	Exclude []string // doublestar patterns
	// Known says that the patterns are all that there are.
	Known bool
	// Written says that the target names its sources; else they are its kind's default.
	Written bool
	// Node is the expression, zero unless Written.
	Node syntax.Node
}

// A Pattern is a pattern of source files.
type Pattern struct {
	Glob  string  // a doublestar pattern
	Value *String // as written, nil for a default
	Func  string  // the function that it is an argument of, such as rglobs; "" if it stands in a list or alone
	// Optional says that it is meant to match nothing at times: glob([…], allow_empty = True).
	Optional bool
}

// IsGlob reports whether p may match several files.
func (p Pattern) IsGlob() bool { return strings.ContainsAny(p.Glob, "*?[{") }

// Globs returns the patterns that files have to match.
func (s *Sources) Globs() []string {
	globs := make([]string, len(s.Include))
	for i, p := range s.Include {
		globs[i] = p.Glob
	}
	return globs
}

// sources reads the expression of a sources or source field.
func (m *modeler) sources(n syntax.Node) *Sources {
	s := &Sources{Known: true, Written: true, Node: n}
	m.addSources(s, n, 0)
	return s
}

// addSources adds what the expression n stands for to s.
func (m *modeler) addSources(s *Sources, n syntax.Node, depth int) {
	if depth > maxDepth || !m.eval.spend(1) {
		s.Known = false
		return
	}
	switch n.Kind() {
	case syntax.Paren:
		m.addSources(s, n.X(), depth+1)
	case syntax.Ident:
		if c := m.eval.consts[n.Name()]; c != nil && c.value != nil {
			m.addSources(s, c.node, depth+1)
			return
		}
		s.Known = s.Known && n.Name() == "None"
	case syntax.Binary:
		m.addBinarySources(s, n, depth)
	default:
		m.addSourceValue(s, m.eval.value(n), "")
	}
}

// addBinarySources adds globs(…) + x, globs(…) - x and the one string that 'a' + 'b' is.
func (m *modeler) addBinarySources(s *Sources, n syntax.Node, depth int) {
	v := m.eval.value(n)
	if _, ok := Text(v); ok {
		m.addSourceValue(s, v, "")
		return
	}
	switch n.Op() {
	case "+":
		m.addSources(s, n.X(), depth+1)
		m.addSources(s, n.Y(), depth+1)
		s.Known = s.Known && len(s.Exclude) == 0 // what one excludes the other may bring back
	case "-":
		m.addSources(s, n.X(), depth+1)
		without := &Sources{Known: true}
		m.addSources(without, n.Y(), depth+1)
		s.Exclude = append(s.Exclude, without.Globs()...)
		s.Known = s.Known && without.Known && len(without.Exclude) == 0
	default:
		m.addSourceValue(s, v, "")
	}
}

// addSourceValue adds the patterns of a string, a list or a call of a glob function.
func (m *modeler) addSourceValue(s *Sources, v Value, fn string) {
	if !m.eval.spend(1) { // constants in constants in constants: short to write, long to walk
		s.Known = false
		return
	}
	switch v := v.(type) {
	case *String:
		if fn == "" && strings.HasPrefix(v.Text, "!") {
			s.Exclude = append(s.Exclude, v.Text[1:])
			return
		}
		if fn == "" && m.dialect.Grammar.Labels && !m.isFileName(v.Text) {
			return
		}
		s.Include = append(s.Include, Pattern{Glob: m.glob(v.Text, fn), Value: v, Func: fn})
	case *List:
		s.Known = s.Known && !v.Open
		for _, call := range v.Rest {
			m.addSourceValue(s, call, fn)
		}
		for _, item := range v.Items {
			m.addSourceValue(s, item.Value, fn)
		}
	case *Dict:
		s.Known = s.Known && m.dialect.Groups && !v.Open
		if m.dialect.Groups {
			for _, e := range v.Entries {
				m.addSourceValue(s, e.Value, fn)
			}
		}
	case *Call:
		m.addGlobCall(s, v)
	default:
		s.Known = false
	}
}

// addGlobCall adds the patterns of globs('*.py', exclude=[…]).
func (m *modeler) addGlobCall(s *Sources, c *Call) {
	switch m.dialect.Functions[c.Func] {
	case dialect.Glob, dialect.RecursiveGlob:
	default:
		s.Known = false
		return
	}
	before := len(s.Include)
	optional := false
	for i, a := range c.Args {
		if p := m.dialect.GlobParameters; a.Name == "" && i < len(p) {
			a.Name = p[i]
		} else if a.Name == "" && len(p) > 0 {
			s.Known = false
			continue
		}
		switch a.Name {
		case "", "include":
			m.addSourceValue(s, a.Value, c.Func)
		case "exclude", "excludes":
			without := &Sources{Known: true}
			m.addSourceValue(without, a.Value, "")
			s.Exclude = append(s.Exclude, without.Globs()...)
			s.Known = s.Known && without.Known && len(without.Exclude) == 0
		case "allow_empty":
			optional = !isFalse(a.Value)
		case "follow_links", "exclude_directories", "hidden", "include_symlinks":
		default:
			s.Known = false
		}
	}
	for i := range s.Include[before:] {
		s.Include[before+i].Optional = optional
	}
}

// isFalse reports whether a value is known to be False.
func isFalse(v Value) bool {
	c, ok := v.(*Const)
	return ok && c.Text == "False"
}

var globEscaper = strings.NewReplacer(`\`, `\\`, `{`, `\{`, `}`, `\}`)

// glob returns the doublestar pattern of a pattern that is an argument of the function fn. What is a plain name to the
// build tool stays one: braces and backslashes mean nothing to it.
func (m *modeler) glob(pattern, fn string) string {
	if m.dialect.Grammar.Generated {
		pattern = strings.TrimPrefix(pattern, "./")
	}
	escaped := globEscaper.Replace(pattern)
	if m.dialect.Functions[fn] != dialect.RecursiveGlob {
		return escaped
	}
	return recursive(escaped)
}

// recursive returns the pattern that rglobs makes of one: a component that starts with a star is looked for at any
// depth, and others stand for themselves, src/python/pants/source/wrapped_globs.py.
func recursive(pattern string) string {
	var parts []string
	for _, part := range strings.Split(pattern, "/") {
		deep := len(parts) > 0 && strings.HasPrefix(parts[len(parts)-1], "**")
		switch {
		case part == "**" && deep:
		case part != "**" && strings.HasPrefix(part, "*") && !deep:
			parts = append(parts, "**/"+part)
		default:
			parts = append(parts, part)
		}
	}
	if parts[len(parts)-1] == "**" {
		parts = append(parts, "*")
	}
	return strings.Join(parts, "/")
}

// defaultSources returns the sources of a target of the kind k that names none.
func defaultSources(k *dialect.Kind) *Sources {
	s := &Sources{Known: true}
	if k == nil {
		s.Known = false
		return s
	}
	for _, glob := range k.Sources {
		s.Include = append(s.Include, Pattern{Glob: glob})
	}
	s.Exclude = slices.Clone(k.Excludes)
	return s
}

// Match reports whether a file, relative to the target's directory, is one of the sources.
func (s *Sources) Match(file string) bool {
	for _, e := range s.Exclude {
		if ok, _ := doublestar.Match(e, file); ok {
			return false
		}
	}
	for _, p := range s.Include {
		if ok, _ := doublestar.Match(p.Glob, file); ok {
			return true
		}
	}
	return false
}
