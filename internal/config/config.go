package config

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/buildlint/buildlint/analysis"
)

// A Config is the configuration of a workspace. It is immutable and safe for concurrent use. Paths that it is asked
// for are relative to the root, with slashes; "" and "." are the root.
type Config struct {
	Dialect     string            // at the root: configured, else detected, else ""
	SourceRoots []string          // directories, "" for the root; nil if they are not configured
	TestRoots   []string          // in the same way
	Kinds       map[string]string // kinds by the name of the macro that stands for them
	Files       []string          // that were read, in the order of their layers
	// Ignored tells what the build tool itself leaves out, by path; nil if nothing.
	Ignored func(name string) bool

	in      Input
	command selection
	scopes  map[string]*scope // by directory; that of the root is always there
	cache   *cache
}

// A scope is a directory with a configuration file and all below it that has none of its own.
type scope struct {
	file    *file
	chain   []*scope // from the root's to this one
	dialect located[string]
	presets located[[]string]
}

func rootScope(f *file, in Input) *scope {
	s := &scope{file: f, dialect: located[string]{in.Dialect, "detected"}}
	s.chain = []*scope{s}
	if in.Dialect == "" {
		s.dialect.origin = "none was detected"
	}
	s.inherit(&in.Catalogue)
	return s
}

// inherit completes a scope, which has its parent's dialect and presets, with what its file says.
func (s *scope) inherit(catalogue *Catalogue) {
	if s.file.dialect != nil {
		s.dialect = *s.file.dialect
	}
	switch {
	case s.file.extends != nil:
		s.presets = *s.file.extends
	case s.presets.origin == "" || s.presets.origin == defaultOrigin:
		s.presets = located[[]string]{catalogue.Defaults(s.dialect.value), defaultOrigin}
	}
}

// defaultOrigin is the origin of what nobody configured.
const defaultOrigin = "default"

func newConfig(in Input, command selection, root *scope) *Config {
	c := &Config{
		Dialect: root.dialect.value,
		Kinds:   map[string]string{},
		in:      in, command: command, scopes: map[string]*scope{"": root}, cache: newCache(),
	}
	if roots := root.file.sourceRoots; roots != nil {
		c.SourceRoots = roots.value
	}
	if roots := root.file.testRoots; roots != nil {
		c.TestRoots = roots.value
	}
	for macro, kind := range root.file.kinds {
		c.Kinds[macro] = kind.value
	}
	if root.file.name != "" {
		c.Files = []string{root.file.name}
	}
	return c
}

// clone returns a copy to which scopes can be added.
func (c *Config) clone() *Config {
	copied := *c
	copied.scopes = maps.Clone(c.scopes)
	copied.Files = slices.Clone(c.Files)
	copied.cache = newCache()
	return &copied
}

// add enters the scope of a nested file.
func (c *Config) add(f *file, parent *scope) {
	s := &scope{file: f, dialect: parent.dialect, presets: parent.presets}
	s.chain = append(slices.Clone(parent.chain), s)
	s.inherit(&c.in.Catalogue)
	c.scopes[f.dir] = s
	c.Files = append(c.Files, f.name)
}

// scope returns the nearest scope of a file or directory; its path is clean.
func (c *Config) scope(name string) *scope {
	for len(c.scopes) > 1 && name != "" {
		if s := c.scopes[name]; s != nil {
			return s
		}
		name = name[:max(0, strings.LastIndexByte(name, '/'))]
	}
	return c.scopes[""]
}

// cleanPath returns a path relative to the root in the one form that is used within the package.
func cleanPath(name string) string {
	if fs.ValidPath(name) && name != "." {
		return name
	}
	if name = path.Clean(name); name == "." || name == "/" {
		return ""
	}
	return name
}

// Excluded reports whether a file or directory, or one that it lies in, is excluded here or left out by the build tool.
func (c *Config) Excluded(name string) bool {
	name = cleanPath(name)
	if c.Ignored != nil && c.Ignored(name) {
		return true
	}
	for _, s := range c.scope(name).chain {
		for _, p := range s.file.exclude {
			if p.value.match(name) {
				return true
			}
		}
	}
	return false
}

// An Effective is the configuration of a file or directory. Those that are equal share one; it must not be changed.
type Effective struct {
	Dialect string
	Rules   []analysis.Setting // the rules that run, in the order of the catalogue

	all []resolved
}

// For returns which rules run for a file or directory, and how. Overrides that name files by pattern count for those
// alone: ask for a BUILD file by its own path, for a package of several by that of each.
func (c *Config) For(name string) *Effective {
	name = cleanPath(name)
	s := c.scope(name)
	key := cacheKey{s, matching(s, name)}
	return c.cache.get(key, func() *Effective { return c.resolve(key) })
}

// matching returns the overrides of a scope and those above it that match: a byte each, in the order of their layers;
// "" if none does, so that the usual case costs no memory.
func matching(s *scope, name string) string {
	var bits []byte
	i := 0
	for _, s := range s.chain {
		for _, o := range s.file.overrides {
			if matchAny(o.paths, name) {
				bits = append(bits, make([]byte, i+1-len(bits))...)
				bits[i] = 1
			}
			i++
		}
	}
	return string(bits)
}

// A cache holds one Effective for each combination of a scope and the overrides that match.
type cache struct {
	mu      sync.RWMutex
	entries map[cacheKey]*Effective
}

type cacheKey struct {
	scope    *scope
	matching string
}

func newCache() *cache { return &cache{entries: map[cacheKey]*Effective{}} }

// get returns the entry of a key, which is computed if it is not there.
func (c *cache) get(key cacheKey, compute func() *Effective) *Effective {
	c.mu.RLock()
	e := c.entries[key]
	c.mu.RUnlock()
	if e != nil {
		return e
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[key]; e != nil {
		return e
	}
	e = compute()
	c.entries[key] = e
	return e
}
