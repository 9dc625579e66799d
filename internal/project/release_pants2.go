package project

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/buildlint/buildlint/analysis/dialect"
)

// A release is a major and a minor version.
type release [2]int

var releaseNumber = regexp.MustCompile(`^(\d{1,4})\.(\d{1,4})(?:\D|$)`)

// releaseOf returns the release of a version such as "2.16.0rc1". It reports whether it is known.
func releaseOf(version any) (release, bool) {
	text, _ := version.(string)
	m := releaseNumber.FindStringSubmatch(text)
	if m == nil {
		return release{}, false
	}
	major, _ := strconv.Atoi(m[1]) // digits
	minor, _ := strconv.Atoi(m[2])
	return release{major, minor}, true
}

func (r release) before(s release) bool { return slices.Compare(r[:], s[:]) < 0 }

// asOfRelease takes back what releases after the configured one deprecated and changed; d's maps are its own. Where no
// release is known the dialect stays as it is: that of the latest.
func asOfRelease(d *dialect.Dialect, config *pantsConfig) {
	now, known := releaseOf(config.Global.Version)
	for name, k := range d.Kinds {
		since, ok := releaseOf(k.Since)
		if known && ok && now.before(since) {
			current := *k
			current.Deprecated, current.Successor = "", ""
			d.Kinds[name] = &current
		}
	}
	// Before 2.11 these were macros, and an option kept them so: each requirement was a target of the package.
	if old, _ := config.Global.OldMacros.(bool); !old && !(known && now.before(release{2, 11})) {
		return
	}
	for _, name := range []string{"python_requirements", "poetry_requirements", "pipenv_requirements"} {
		delete(d.Kinds, name)
		d.Functions[name] = dialect.Value
	}
}
