package meaning

import (
	"path"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// A pattern is one of a target's sources.
type pattern struct {
	components []string
	exclude    bool
}

// patterns returns the patterns that an expression of sources stands for; not where it holds anything else.
func patterns(v starlark.Value) ([]pattern, bool) {
	switch v := v.(type) {
	case starlark.String:
		return []pattern{{components: strings.Split(string(v), "/")}}, true
	case starlark.Sequence:
		return allPatterns(starlark.Elements(v))
	case *symbol:
		return symbolPatterns(v)
	}
	return nil, false
}

func allPatterns(values func(yield func(starlark.Value) bool)) ([]pattern, bool) {
	var all []pattern
	for v := range values {
		ps, ok := patterns(v)
		if !ok {
			return nil, false
		}
		all = append(all, ps...)
	}
	return all, true
}

func symbolPatterns(s *symbol) ([]pattern, bool) {
	switch s.fn {
	case "globs", "rglobs", "zglobs":
		return globPatterns(s)
	case "+", "reverse +", "-":
		all, ok := patterns(s.recv)
		more, moreOK := patterns(s.args[0])
		if s.fn == "-" {
			exclude(more)
		}
		return append(all, more...), ok && moreOK
	}
	return nil, false
}

// globPatterns returns the patterns of globs('*.py', exclude=[…]).
func globPatterns(s *symbol) ([]pattern, bool) {
	all, ok := allPatterns(slices.Values(s.args))
	for i := range all {
		if s.fn == "rglobs" {
			all[i].components = deep(all[i].components)
		}
	}
	for _, kw := range s.kwargs {
		switch string(kw[0].(starlark.String)) {
		case "exclude":
			out, outOK := patterns(kw[1])
			exclude(out)
			all, ok = append(all, out...), ok && outOK
		case "follow_links":
		default:
			ok = false
		}
	}
	return all, ok
}

func exclude(ps []pattern) {
	for i := range ps {
		ps[i].exclude = true
	}
}

// deep makes a recursive pattern: a component that starts with a star is looked for at any depth.
func deep(components []string) []string {
	var found []string
	for _, c := range components {
		if strings.HasPrefix(c, "*") && c != "**" && !slices.Contains(found, "**") {
			found = append(found, "**")
		}
		found = append(found, c)
	}
	return found
}

// matches reports whether the components of a pattern match those of a path.
func matches(components, name []string) bool {
	switch {
	case len(components) == 0:
		return len(name) == 0
	case components[0] == "**" && len(components) > 1:
		return matches(components[1:], name) || len(name) > 0 && matches(components, name[1:])
	case len(name) == 0:
		return false
	}
	ok, err := path.Match(components[0], name[0])
	return err == nil && ok && matches(components[1:], name[1:])
}

// sources returns the files that a target owns, relative to the root; not where that is not known.
func (r *repository) sources(t *target) ([]string, bool) {
	ps, ok := r.patterns(t)
	if !ok {
		return nil, false
	}
	var found []string
	for _, file := range r.below(t.dir) {
		name := strings.Split(strings.TrimPrefix(file, t.dir+"/"), "/")
		in := slices.ContainsFunc(ps, func(p pattern) bool { return !p.exclude && matches(p.components, name) })
		out := slices.ContainsFunc(ps, func(p pattern) bool { return p.exclude && matches(p.components, name) })
		if in && !out {
			found = append(found, file)
		}
	}
	return found, true
}

// patterns returns those of a target, or the default of a Python library.
func (r *repository) patterns(t *target) ([]pattern, bool) {
	for _, field := range []string{"sources", "source"} {
		if v := t.get(field); v != nil {
			return patterns(v)
		}
	}
	if strings.HasSuffix(t.kind, "_library") {
		return []pattern{{components: []string{"*.py"}}, {components: []string{"test_*.py"}, exclude: true},
			{components: []string{"*_test.py"}, exclude: true}, {components: []string{"conftest.py"}, exclude: true}}, true
	}
	return nil, true
}
