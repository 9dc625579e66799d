package python

import (
	"strconv"
	"strings"

	"deps.dev/util/semver"
)

// MinorVersions returns the minor versions of Python, such as "3.9", that interpreter constraints allow, of which one
// has to hold: ">=3.9,<4", "CPython==3.11.*". It reports false where there are none, where one is not understood, and
// where one is of another interpreter than CPython.
func MinorVersions(constraints []string) ([]string, bool) {
	var sets []semver.Set
	for _, text := range constraints {
		text = strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(text), "CPython"), " ", "")
		c, err := semver.PyPI.ParseConstraint(text)
		if text == "" || err != nil {
			return nil, false
		}
		sets = append(sets, c.Set())
	}
	var allowed []string
	for _, version := range minorVersions() {
		if anyHolds(sets, version) {
			allowed = append(allowed, version)
		}
	}
	return allowed, len(sets) > 0
}

// minorVersions returns the minor versions of Python that are, and those that may come to be.
func minorVersions() []string {
	const last = 29
	versions := []string{"2.6", "2.7"}
	for minor := 3; minor <= last; minor++ {
		versions = append(versions, "3."+strconv.Itoa(minor))
	}
	return versions
}

// anyHolds reports whether one of the sets holds a release of a minor version.
func anyHolds(sets []semver.Set, minor string) bool {
	for _, set := range sets {
		of, err := semver.PyPI.ParseConstraint("==" + minor + ".*")
		if err != nil {
			return false
		}
		common := of.Set()
		if common.Intersect(set) == nil && !common.Empty() {
			return true
		}
	}
	return false
}
