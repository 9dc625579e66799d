package config

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// InitFacts are what is known of a repository that is to have its first configuration.
type InitFacts struct {
	Dialect     string // "" if none was detected
	Marker      string // the file at the root that tells of the build tool, "" if there is none
	Extends     []string
	SourceRoots []string // relative to the root, "" for the root itself; nil leaves them to be detected
	TestRoots   []string
	Exclude     []string
	Rules       []InitRule // those of Extends, in the order of the catalogue
}

// An InitRule is how a repository keeps a rule today.
type InitRule struct {
	Name     string
	Summary  string
	Findings int
	Kept     bool           // whether it is to stay on, if need be with its findings in a baseline
	Options  map[string]any // that fit the repository, such as the expression of provides-version
}

// WriteInit writes a commented buildlint.toml for the root of a repository: what is kept stays on, the rest is off.
func WriteInit(w io.Writer, facts InitFacts) error {
	var out bytes.Buffer
	fmt.Fprintln(&out, "# The conventions of this repository's BUILD files, for buildlint.")
	fmt.Fprintln(&out, "# `buildlint config` shows what is in force and why, `buildlint explain RULE` what a rule is for.")
	initTop(&out, facts)
	fmt.Fprint(&out, "\n[rules]\n")
	initKept(&out, facts.Rules)
	initOff(&out, facts.Rules)
	fmt.Fprint(&out, initExamples)
	return writeAligned(w, out.Bytes())
}

const initExamples = `
# A macro of your own that declares targets: name the kind that it stands for.
# [kinds]
# my_python_library = "python_library"

# Other rules for some paths, such as code that is on its way out.
# [[overrides]]
# paths = ["src/legacy/**"]
# rules = { unresolved-dependency = "warning" }
`

// initTop writes the keys above the first table.
func initTop(out *bytes.Buffer, facts InitFacts) {
	by := ""
	if facts.Marker != "" {
		by = ", as " + facts.Marker + " tells"
	}
	fmt.Fprintf(out, "\n# The build tool%s.\n", by)
	fmt.Fprintln(out, initLine(dialectKey, cmp.Or(facts.Dialect, "pants1"), facts.Dialect != ""))
	fmt.Fprint(out, "\n# The presets of rules that are on. `buildlint rules` lists what is in each.\n")
	extends := facts.Extends
	if extends == nil {
		extends = []string{"recommended"}
	}
	fmt.Fprintln(out, initLine(extendsKey, extends, facts.Extends != nil))
	fmt.Fprint(out, "\n# Where sources and tests lie, relative to this file.\n")
	fmt.Fprintln(out, initRoots(sourceRootsKey, facts.SourceRoots, "src/main/python"))
	fmt.Fprintln(out, initRoots(testRootsKey, facts.TestRoots, "src/test/python"))
	fmt.Fprint(out, "\n# What is not linted: a name at any depth, or a path with slashes.\n")
	exclude := facts.Exclude
	if exclude == nil {
		exclude = []string{"third_party", "src/generated/**"}
	}
	fmt.Fprintln(out, initLine(excludeKey, exclude, facts.Exclude != nil))
}

// initLine returns the line of a key; one that is not known is an example in a comment.
func initLine(key string, value any, known bool) string {
	line := key + " = " + tomlValue(value)
	if !known {
		return "# " + line
	}
	return line
}

func initRoots(key string, roots []string, example string) string {
	if roots == nil {
		return initLine(key, []string{example}, false)
	}
	dirs := []string{}
	for _, dir := range roots {
		dirs = append(dirs, cmp.Or(dir, "."))
	}
	return initLine(key, dirs, true)
}

// initKept writes the rules that stay on, as a comment, and then those of their options that fit the repository.
func initKept(out *bytes.Buffer, rules []InitRule) {
	kept := slices.Collect(filter(rules, true))
	if len(kept) == 0 {
		return
	}
	fmt.Fprintln(out, "# Kept today, and on:")
	for _, rule := range kept {
		fmt.Fprintf(out, "#   %s\t%s\n", rule.Name, rule.note())
	}
	if slices.ContainsFunc(kept, func(r InitRule) bool { return r.Findings > 0 }) {
		fmt.Fprintln(out, "# What they find today can be put on record: `buildlint baseline create`.")
	}
	for _, rule := range kept {
		if len(rule.Options) > 0 {
			fmt.Fprintf(out, "%s = %s\n", rule.Name, tomlInline(rule.Options))
		}
	}
}

// initOff writes the rules that are switched off, those with the fewest findings first: the least work.
func initOff(out *bytes.Buffer, rules []InitRule) {
	off := slices.SortedStableFunc(filter(rules, false), func(a, b InitRule) int {
		return cmp.Compare(a.Findings, b.Findings)
	})
	if len(off) == 0 {
		return
	}
	fmt.Fprint(out, "\n# Not kept yet, and off. Take up one by one: remove its line, then run `buildlint --fix`.\n")
	for _, rule := range off {
		value := tomlValue("off")
		if len(rule.Options) > 0 {
			options := maps.Clone(rule.Options)
			options[severityKey] = "off"
			value = tomlInline(options)
		}
		fmt.Fprintf(out, "%s = %s\t# %s\n", rule.Name, value, rule.note())
	}
}

func filter(rules []InitRule, kept bool) func(yield func(InitRule) bool) {
	return func(yield func(InitRule) bool) {
		for _, rule := range rules {
			if rule.Kept == kept && !yield(rule) {
				return
			}
		}
	}
}

// note says what a rule finds, and how often. Tabs would start a column, line ends the next line of the file.
func (r InitRule) note() string {
	summary := strings.Join(strings.Fields(r.Summary), " ")
	switch r.Findings {
	case 0:
		return summary
	case 1:
		return summary + " (1 finding)"
	}
	return fmt.Sprintf("%s (%d findings)", summary, r.Findings)
}

// tomlInline returns an inline table with the severity first.
func tomlInline(options map[string]any) string {
	var pairs []string
	for _, key := range slices.Sorted(maps.Keys(options)) {
		if key != severityKey {
			pairs = append(pairs, key+" = "+tomlValue(options[key]))
		}
	}
	if severity, ok := options[severityKey]; ok {
		pairs = slices.Insert(pairs, 0, severityKey+" = "+tomlValue(severity))
	}
	return "{ " + strings.Join(pairs, ", ") + " }"
}
