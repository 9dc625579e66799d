package project

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
)

// tuned returns the dialect as the build tool's own configuration of a workspace has it: the names of its BUILD files,
// and of the repositories in it. What cannot be read changes nothing.
func tuned(d *dialect.Dialect, in *inputs) *dialect.Dialect {
	switch d.Name {
	case "bazel":
		return tunedBazel(d, in.read)
	case "please":
		return tunedPlease(d, in.read)
	case "pants2":
		return tunedPants2(d, in)
	case "buck2":
		return tunedBuck2(d, in.read)
	}
	return d
}

// moduleName finds the name in module(name = "x") and workspace(name = "x").
var moduleName = regexp.MustCompile(`(?m)^(?:module|workspace)\(\s*(?:#.*\n\s*)*name\s*=\s*["']([^"'\n]+)["']`)

// tunedBazel knows the names that the repository has for itself.
func tunedBazel(d *dialect.Dialect, read func(string) ([]byte, error)) *dialect.Dialect {
	var names []string
	for _, marker := range d.Markers {
		text, err := read(marker)
		if err != nil {
			continue
		}
		if m := moduleName.FindSubmatch(text); m != nil {
			names = append(names, string(m[1]))
		}
	}
	if len(names) == 0 {
		return d
	}
	c := *d
	c.Loads.Own = slices.Concat(d.Loads.Own, names)
	return &c
}

// tunedPlease reads [parse] buildfilename, which was in [please] once.
func tunedPlease(d *dialect.Dialect, read func(string) ([]byte, error)) *dialect.Dialect {
	text, err := read(".plzconfig")
	if err != nil {
		return d
	}
	var names []string
	for _, e := range iniEntries(text) {
		parse := strings.EqualFold(e.section, "parse") || strings.EqualFold(e.section, "please")
		if parse && strings.EqualFold(e.key, "buildfilename") {
			names = append(names, e.value)
		}
	}
	return withBuildFiles(d, names)
}

// tunedBuck2 reads [buildfile] name and name_v2, and the cells of [cells] and [repositories].
func tunedBuck2(d *dialect.Dialect, read func(string) ([]byte, error)) *dialect.Dialect {
	text, err := read(".buckconfig")
	if err != nil {
		return d
	}
	c := *d
	c.Loads.Cells = map[string]string{}
	var names, namesV2 []string
	aliases := map[string]string{}
	for _, e := range iniEntries(text) {
		switch e.section {
		case "buildfile":
			switch e.key {
			case "name":
				names = buildFilesV2(listOf(e.value))
			case "name_v2":
				namesV2 = listOf(e.value)
			}
		case "cells", "repositories":
			if dir := path.Clean(e.value); dir == "." {
				c.Loads.Own = append(slices.Clone(c.Loads.Own), e.key)
			} else if !strings.HasPrefix(dir, "..") && !path.IsAbs(dir) && e.value != "none" {
				c.Loads.Cells[e.key] = dir
			}
		case "cell_aliases", "repository_aliases":
			aliases[e.key] = e.value
		}
	}
	if len(namesV2) > 0 {
		names = namesV2
	}
	addAliases(&c.Loads, aliases)
	return withBuildFiles(&c, names)
}

// addAliases adds further names of cells.
func addAliases(l *dialect.Loads, aliases map[string]string) {
	own := l.Own
	for alias, name := range aliases {
		if dir, ok := l.Cells[name]; ok {
			l.Cells[alias] = dir
		} else if slices.Contains(own, name) && !slices.Contains(own, alias) {
			l.Own = append([]string{alias}, l.Own...)
		}
	}
}

// buildFilesV2 puts the name with .v2 before each: Buck2 prefers it.
func buildFilesV2(names []string) []string {
	var both []string
	for _, name := range names {
		both = append(both, name+".v2", name)
	}
	return both
}

func listOf(value string) []string {
	var items []string
	for _, item := range strings.Split(value, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

func withBuildFiles(d *dialect.Dialect, names []string) *dialect.Dialect {
	if len(names) == 0 {
		return d
	}
	c := *d
	c.BuildFiles = names
	return &c
}

// An iniEntry is a line of a configuration file of Please or Buck2.
type iniEntry struct {
	section, key, value string
}

// iniEntries reads sections of `key = value`. A line that ends with a backslash goes on.
func iniEntries(text []byte) []iniEntry {
	var entries []iniEntry
	section := ""
	joined := strings.NewReplacer("\r\n", "\n", "\\\r\n", "", "\\\n", "").Replace(string(text))
	for line := range strings.Lines(joined) {
		line = strings.TrimSpace(line)
		switch key, value, ok := strings.Cut(line, "="); {
		case line == "", line[0] == '#', line[0] == ';':
		case line[0] == '[':
			section, _, _ = strings.Cut(line[1:], "]")
			section = strings.TrimSpace(section)
		case ok:
			entries = append(entries, iniEntry{section, strings.TrimSpace(key), strings.Trim(strings.TrimSpace(value), `"`)})
		}
	}
	return entries
}
