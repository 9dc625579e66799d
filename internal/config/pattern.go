package config

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// A pattern says which files and directories are meant. As in .gitignore, one without a slash matches a name at any
// depth, one with a slash is anchored at the directory of its buildlint.toml, and what matches a directory matches
// all that is in it.
type pattern struct {
	text string // as written
	base string // the directories that the pattern starts with, without any special character; "" for the root
	name string // what a component below base is called, if the pattern has no slash, else ""
	glob string // the whole pattern, relative to the root; it matches everything below as well
}

// special are the characters that mean more than themselves in a pattern.
const special = `*?[{\`

// newPattern returns the pattern that a buildlint.toml of the directory dir ("" for the root) means by text.
func newPattern(text, dir string) (pattern, error) {
	if err := checkPattern(text); err != nil {
		return pattern{}, err
	}
	p := pattern{text: text}
	glob := strings.TrimSuffix(text, "/")
	switch {
	case strings.Contains(glob, "/"):
		glob = path.Clean(strings.TrimPrefix(glob, "/"))
	case glob != "." && glob != "**" && glob != "":
		p.name = glob
		glob = "**/" + glob
	}
	glob = path.Join(escape(dir), glob)
	if glob == "." || glob == "" {
		glob = "**"
	}
	if glob != "**" && !strings.HasSuffix(glob, "/**") {
		glob += "/**"
	}
	p.glob = glob
	p.base = literalBase(glob)
	if p.name != "" {
		p.base = dir
	}
	return p, nil
}

// literalBase returns the first components of a glob as far as they mean themselves.
func literalBase(glob string) string {
	literal := glob
	if i := strings.IndexAny(glob, special); i >= 0 {
		literal = glob[:i]
	}
	return literal[:max(0, strings.LastIndexByte(literal, '/'))]
}

// checkPattern says what is wrong with a pattern.
func checkPattern(text string) error {
	if strings.HasPrefix(text, "!") {
		return errors.New("a pattern cannot be negated with `!`: name what is meant")
	}
	if err := checkGlob(text); err != nil {
		return err
	}
	for part := range strings.SplitSeq(text, "/") {
		if part == ".." {
			return errors.New("a pattern cannot leave the directory of its file with `..`")
		}
	}
	return nil
}

// checkGlob says what is wrong with the text of a pattern.
func checkGlob(text string) error {
	switch {
	case text == "":
		return errors.New("the pattern is empty")
	case !doublestar.ValidatePattern(text):
		return fmt.Errorf("the pattern %q is malformed: a bracket, a brace or a backslash is left open", text)
	}
	return nil
}

// escape returns a pattern that matches a path literally.
func escape(p string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `{`, `\{`).Replace(p)
}

// match reports whether p means the file or directory with the path, relative to the root, "" for the root itself.
func (p pattern) match(name string) bool {
	below := name
	if p.base != "" {
		var ok bool
		below, ok = strings.CutPrefix(name, p.base)
		if !ok || below != "" && below[0] != '/' {
			return false
		}
	}
	switch {
	case p.name != "":
		return p.matchComponent(below)
	case len(p.glob) == len(p.base+"/**") || p.glob == "**":
		return true
	}
	return name != "" && doublestar.MatchUnvalidated(p.glob, name)
}

// matchComponent reports whether a component of a path is called as p says. Most patterns are of this kind, and every
// path is held against each of them: a comparison costs less than a glob over the whole path.
func (p pattern) matchComponent(name string) bool {
	literal := !strings.ContainsAny(p.name, special)
	for component := range strings.SplitSeq(name, "/") {
		if component == p.name || !literal && component != "" && doublestar.MatchUnvalidated(p.name, component) {
			return true
		}
	}
	return false
}

// rooted returns the pattern as a buildlint.toml at the root would write it.
func (p pattern) rooted(dir string) string {
	if dir == "" {
		return p.text
	}
	return p.glob
}

func matchAny(patterns []pattern, name string) bool {
	for _, p := range patterns {
		if p.match(name) {
			return true
		}
	}
	return false
}
