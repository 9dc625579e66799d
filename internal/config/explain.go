package config

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/buildlint/buildlint/analysis"
)

// An Entry is a value of the configuration that is in force for a path, and where it comes from.
type Entry struct {
	Table  string // "", "rules" or "kinds"
	Key    string // of an option: RULE.OPTION
	Value  any    // what TOML can write; nil if the value is not configured but found out from the workspace
	Origin string // "default", "detected", "preset NAME", "FILE:LINE" or a flag of the command line
}

// Explain returns every value that is in force for a file or directory: first the keys of the file's top, then the
// rules in the order of the catalogue, each followed by its options, then the kinds.
func (c *Config) Explain(name string) []Entry {
	name = cleanPath(name)
	s, root := c.scope(name), c.scopes[""]
	entries := []Entry{
		{Key: dialectKey, Value: orNil(s.dialect.value), Origin: s.dialect.origin},
		{Key: extendsKey, Value: nonNil(s.presets.value), Origin: s.presets.origin},
		rootsEntry(sourceRootsKey, root.file.sourceRoots),
		rootsEntry(testRootsKey, root.file.testRoots),
		excludeEntry(s),
	}
	for _, r := range c.For(name).all {
		entries = append(entries, r.explain()...)
	}
	for _, macro := range slices.Sorted(maps.Keys(root.file.kinds)) {
		kind := root.file.kinds[macro]
		entries = append(entries, Entry{kindsKey, macro, kind.value, kind.origin})
	}
	return entries
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func rootsEntry(key string, roots *located[[]string]) Entry {
	if roots == nil {
		return Entry{Key: key, Origin: "detected"}
	}
	dirs := []string{}
	for _, dir := range roots.value {
		dirs = append(dirs, cmp.Or(dir, "."))
	}
	return Entry{Key: key, Value: dirs, Origin: roots.origin}
}

// excludeEntry returns the patterns of a scope and those above it, written as at the root.
func excludeEntry(s *scope) Entry {
	patterns, origins := []string{}, []string{}
	for _, s := range s.chain {
		for _, p := range s.file.exclude {
			patterns = append(patterns, p.value.rooted(s.file.dir))
			if !slices.Contains(origins, p.origin) {
				origins = append(origins, p.origin)
			}
		}
	}
	return Entry{Key: excludeKey, Value: patterns, Origin: cmp.Or(strings.Join(origins, ", "), defaultOrigin)}
}

// explain returns the entries of a rule and of its options; of one that is off only of those that are configured.
func (r *resolved) explain() []Entry {
	entries := []Entry{{rulesKey, r.rule.Name, r.severity.value.String(), r.severity.origin}}
	if r.rule.Options == nil {
		return entries
	}
	values := reflect.ValueOf(r.applied()).Elem()
	for _, o := range optionsOf(r.rule.Options) {
		origin := defaultOrigin
		for _, set := range r.options {
			if set.index == o.index {
				origin = set.origin
			}
		}
		if origin != defaultOrigin || r.severity.value != analysis.Off {
			value := values.Field(o.index).Interface()
			entries = append(entries, Entry{rulesKey, r.rule.Name + "." + o.name, value, origin})
		}
	}
	return entries
}

// WriteEffective writes the configuration that is in force for a file or directory as a buildlint.toml with the origin
// of each value as a comment. As the file of the root, it gives the path the configuration that it has.
func (c *Config) WriteEffective(w io.Writer, name string) error {
	of := cmp.Or(cleanPath(name), "the workspace's root")
	var out bytes.Buffer
	fmt.Fprintf(&out, "# The configuration of %s.\n", of)
	table := ""
	entries := c.Explain(name)
	for i, e := range entries {
		if e.Table != table {
			table = e.Table
			fmt.Fprintf(&out, "\n[%s]\n", table)
		}
		hasOptions := i+1 < len(entries) && strings.HasPrefix(entries[i+1].Key, e.Key+".")
		fmt.Fprintln(&out, tomlLine(e, hasOptions))
	}
	return writeAligned(w, out.Bytes())
}

// writeAligned writes lines with their tabs widened to columns.
func writeAligned(w io.Writer, text []byte) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := out.Write(text); err != nil {
		return err
	}
	return out.Flush()
}

// tomlLine returns the line of a value; hasOptions says that it is the severity of a rule whose options follow.
func tomlLine(e Entry, hasOptions bool) string {
	key := e.Key
	switch {
	case e.Table == kindsKey:
		key = tomlKey(key)
	case hasOptions:
		key += "." + severityKey
	}
	if e.Value == nil {
		return fmt.Sprintf("# %s: %s", key, e.Origin)
	}
	return fmt.Sprintf("%s = %s\t# %s", key, tomlValue(e.Value), e.Origin)
}
