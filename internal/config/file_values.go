package config

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
)

// decode returns the value of n as a typ, and complains if it is none. The key is for people.
func (r *fileReader) decode(key string, n *node, typ reflect.Type) (reflect.Value, bool) {
	value, errs := decode(n, typ)
	for _, err := range errs {
		r.errorf(err.at, "%s: %v", key, err.error)
	}
	return value, len(errs) == 0
}

func (r *fileReader) readString(key string, n *node) (string, bool) {
	value, ok := r.decode("`"+key+"`", n, reflect.TypeFor[string]())
	return value.String(), ok
}

// readStrings returns the nodes of a list of strings; those that are none are left out.
func (r *fileReader) readStrings(key string, n *node) []*node {
	if !n.array {
		message := fmt.Sprintf("`%s`: want a list of strings, got %s", key, n.kind())
		if s, ok := n.value.(string); ok {
			message += fmt.Sprintf(": write `%s = [%q]`", key, s)
		}
		r.errorf(n.at, "%s", message)
		return nil
	}
	var list []*node
	for _, element := range n.list {
		if _, ok := r.readString(key, element); ok {
			list = append(list, element)
		}
	}
	return list
}

func (r *fileReader) readDialect(n *node) *located[string] {
	name, ok := r.readString(dialectKey, n)
	if !ok {
		return nil
	}
	if !slices.Contains(r.catalogue.Dialects, name) {
		known := r.catalogue.Dialects
		r.errorf(n.at, "%s", unknown("dialect", name, known, "it is one of "+quoteAll(known)))
		return nil
	}
	return &located[string]{name, r.origin(n.key)}
}

func (r *fileReader) readExtends(n *node) *located[[]string] {
	presets := &located[[]string]{value: []string{}, origin: r.origin(n.key)}
	known := r.catalogue.presetNames()
	for _, element := range r.readStrings(extendsKey, n) {
		name := element.value.(string)
		_, isRule := r.catalogue.rule(name)
		switch {
		case slices.Contains(known, name):
			presets.value = append(presets.value, name)
		case isRule:
			r.errorf(element.at, "`%s` is a rule, not a preset: give it a severity below `[rules]`", name)
		default:
			r.errorf(element.at, "%s", unknown("preset", name, known, "there are "+quoteAll(known)))
		}
	}
	return presets
}

func (r *fileReader) readRoots(key string, n *node) *located[[]string] {
	if !r.atRoot(key, n) {
		return nil
	}
	roots := &located[[]string]{value: []string{}, origin: r.origin(n.key)}
	for _, element := range r.readStrings(key, n) {
		root, err := cleanDir(element.value.(string))
		if err != nil {
			r.errorf(element.at, "`%s`: %v", key, err)
			continue
		}
		roots.value = append(roots.value, root)
	}
	return roots
}

// cleanDir returns a directory of the workspace relative to its root, "" for the root itself.
func cleanDir(dir string) (string, error) {
	switch {
	case dir == "":
		return "", errors.New("the directory is empty: the root itself is `.`")
	case strings.ContainsAny(dir, special):
		return "", fmt.Errorf("%q is a pattern: name a directory, with slashes", dir)
	case path.IsAbs(dir):
		return "", fmt.Errorf("%q is absolute: name it relative to the root of the workspace", dir)
	}
	clean := path.Clean(dir)
	if clean == ".." || strings.HasPrefix(clean, "../") {
		return "", fmt.Errorf("%q is outside of the workspace", dir)
	}
	if clean == "." {
		clean = ""
	}
	return clean, nil
}

func (r *fileReader) readPatterns(key string, n *node) []located[pattern] {
	var patterns []located[pattern]
	for _, element := range r.readStrings(key, n) {
		p, err := newPattern(element.value.(string), r.dir)
		if err != nil {
			r.errorf(element.at, "`%s`: %v", key, err)
			continue
		}
		patterns = append(patterns, located[pattern]{p, r.origin(element.at)})
	}
	return patterns
}

func (r *fileReader) readKinds(n *node) {
	if n.table == nil {
		r.errorf(n.at, "`kinds`: want a table of strings, got %s", n.kind())
		return
	}
	dialect := r.detected
	if r.dialect != nil {
		dialect = r.dialect.value
	}
	known := r.catalogue.Kinds(dialect)
	r.kinds = map[string]located[string]{}
	for _, macro := range n.keys() {
		child := n.table[macro]
		kind, ok := r.readString(macro, child)
		switch {
		case !ok:
		case len(known) > 0 && !slices.Contains(known, kind):
			r.errorf(child.at, "%s", unknown("kind", kind, known, dialect+" has none of this name"))
		default:
			r.kinds[macro] = located[string]{kind, r.origin(child.key)}
		}
	}
}

func (r *fileReader) readOverrides(n *node) {
	if !n.array {
		r.errorf(n.key, "`overrides`: want a list of tables, got %s: write `[[overrides]]`", n.kind())
		return
	}
	for _, element := range n.list {
		r.readOverride(element)
	}
}

func (r *fileReader) readOverride(n *node) {
	if n.table == nil {
		r.errorf(n.at, "`overrides`: want a table, got %s", n.kind())
		return
	}
	var o override
	for _, key := range n.keys() {
		switch child := n.table[key]; key {
		case pathsKey:
			o.paths = r.readPaths(child)
		case rulesKey:
			o.rules = r.readRules(child)
		default:
			r.errorf(child.key, "%s", unknown("key", key, overrideKeys, "an override has `paths` and `rules`"))
		}
	}
	for _, key := range overrideKeys {
		if n.table[key] == nil {
			r.errorf(n.key, "this override has no `%s`", key)
		}
	}
	r.overrides = append(r.overrides, o)
}

func (r *fileReader) readPaths(n *node) []pattern {
	var paths []pattern
	for _, p := range r.readPatterns(pathsKey, n) {
		paths = append(paths, p.value)
	}
	if n.array && len(n.list) == 0 {
		r.errorf(n.at, "`paths` is empty: the override would count nowhere")
	}
	return paths
}
