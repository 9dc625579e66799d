package project

import (
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// pantsIgnored returns what Pants leaves out of a workspace beyond what .gitignore names: a function of paths below the
// root. What cannot be read leaves out nothing.
func pantsIgnored(read func(string) ([]byte, error)) func(name string) bool {
	text, err := read(pantsFile)
	var config pantsConfig
	if err != nil || toml.Unmarshal(text, &config) != nil {
		return nil
	}
	return filetree.ParseIgnoreRules([]byte(strings.Join(ignorePatterns(&config), "\n"))).Matches
}

// ignorePatterns returns the patterns of what Pants leaves out.
func ignorePatterns(config *pantsConfig) []string {
	patterns := option(config.Global.PantsIgnore, []string{".*/", "/dist/", "__pycache__"})
	return slices.Concat(patterns, option(config.Global.BuildIgnore, nil))
}
