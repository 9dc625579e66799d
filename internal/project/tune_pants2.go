package project

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/buildlint/buildlint/analysis/dialect"
)

const pantsFile = "pants.toml"

// pantsConfig is what is read of a pants.toml. A list option is a list, or a table with `add` and `remove`.
type pantsConfig struct {
	Global struct {
		Version       any `toml:"pants_version"`
		BuildPatterns any `toml:"build_patterns"`
		BuildIgnore   any `toml:"build_ignore"`
		PantsIgnore   any `toml:"pants_ignore"`
		Preludes      any `toml:"build_file_prelude_globs"`
		OldMacros     any `toml:"use_deprecated_python_macros"`
		Backends      any `toml:"backend_packages"`
	} `toml:"GLOBAL"`
	Source struct {
		RootPatterns    any `toml:"root_patterns"`
		MarkerFilenames any `toml:"marker_filenames"`
	} `toml:"source"`
}

// checkPantsConfig returns an error if there is a pants.toml that cannot be read: it says which files are BUILD files.
func checkPantsConfig(read func(string) ([]byte, error)) error {
	text, err := read(pantsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: cannot read the options of Pants: %w", pantsFile, err)
	}
	var content map[string]any
	err = toml.Unmarshal(text, &content)
	if place, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, column := place.Position()
		return fmt.Errorf("%s:%d:%d: %w", pantsFile, line, column, place)
	}
	return err
}

// tunedPants2 reads the names of BUILD files, the source roots, which names the preludes define, and whether there are
// plugins.
func tunedPants2(d *dialect.Dialect, in *inputs) *dialect.Dialect {
	text, err := in.read(pantsFile)
	var config pantsConfig
	if err != nil || toml.Unmarshal(text, &config) != nil {
		return d
	}
	c := *d
	c.Ignored = ignorePatterns(&config)
	c.BuildFiles, c.Family = buildPatterns(config.Global.BuildPatterns, d)
	c.Roots = nil
	patterns := make([]string, len(d.Roots))
	for i, r := range d.Roots {
		patterns[i] = r.Pattern
	}
	for _, p := range option(config.Source.RootPatterns, patterns) {
		c.Roots = append(c.Roots, dialect.RootPattern{Pattern: p, Category: dialect.SourceRoot})
	}
	if len(option(config.Source.MarkerFilenames, nil)) > 0 {
		c.Roots = nil // files say where they are
	}
	c.Kinds = maps.Clone(d.Kinds)
	c.Functions = maps.Clone(d.Functions)
	asOfRelease(&c, &config)
	c.Plugins = slices.ContainsFunc(option(config.Global.Backends, nil), isPlugin)
	for _, pattern := range option(config.Global.Preludes, nil) {
		for _, prelude := range in.glob(pattern) {
			dropDefined(c.Kinds, prelude, in.read)
		}
	}
	return &c
}

// isPlugin reports whether a backend is none of Pants itself.
func isPlugin(backend string) bool { return !strings.HasPrefix(backend, "pants.") }

// option returns the value of a list option whose default is given.
func option(value any, fallback []string) []string {
	switch v := value.(type) {
	case []any:
		return texts(v)
	case map[string]any:
		add, _ := v["add"].([]any)
		remove, _ := v["remove"].([]any)
		removed := texts(remove)
		return slices.DeleteFunc(slices.Concat(fallback, texts(add)), func(s string) bool {
			return slices.Contains(removed, s)
		})
	}
	return fallback
}

// texts returns the strings of a list.
func texts(list []any) []string {
	var all []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// buildPatterns returns the names of BUILD files, and whether those with an extension are some, too. Patterns that are
// not understood change nothing.
func buildPatterns(value any, d *dialect.Dialect) (names []string, family bool) {
	for _, p := range option(value, []string{"BUILD", "BUILD.*"}) {
		name, isFamily := strings.CutSuffix(path.Base(p), ".*")
		if strings.ContainsAny(name, "*?[!") {
			return d.BuildFiles, d.Family
		}
		family = family || isFamily
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, family
}

// definition finds what a file of Python defines at its top level.
var definition = regexp.MustCompile(`(?m)^(?:def[ \t]+|class[ \t]+)?([A-Za-z_]\w*)[ \t]*[(=]`)

// dropDefined forgets the kinds that a prelude gives another meaning.
func dropDefined(kinds map[string]*dialect.Kind, prelude string, read func(string) ([]byte, error)) {
	text, err := read(prelude)
	if err != nil {
		return
	}
	for _, m := range definition.FindAllSubmatch(text, -1) {
		line := string(m[0])
		if strings.HasPrefix(line, "def") || strings.HasPrefix(line, "class") || strings.HasSuffix(line, "=") {
			delete(kinds, string(m[1]))
		}
	}
}
