package python

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"deps.dev/util/semver"
)

// IsRequirementsFile reports whether a file is named as a requirements or constraints file: `requirements.txt`,
// `test-requirements.in`, `constraints.txt`, or any `.txt` and `.in` in a directory `requirements`.
func IsRequirementsFile(file string) bool {
	base := path.Base(file)
	if ext := path.Ext(base); ext != ".txt" && ext != ".in" {
		return false
	}
	return strings.Contains(base, "requirements") || IsConstraintsFile(file) ||
		path.Base(path.Dir(file)) == "requirements"
}

// IsConstraintsFile reports whether a file is named as a constraints file.
func IsConstraintsFile(file string) bool {
	base := path.Base(file)
	ext := path.Ext(base)
	return (ext == ".txt" || ext == ".in") && strings.Contains(base, "constraints")
}

// Pinned reports whether r takes one version and no other: `==` without a wildcard, or `===`.
func (r Requirement) Pinned() bool {
	return slices.ContainsFunc(r.Clauses, func(c Clause) bool {
		return c.Operator == "===" || c.Operator == "==" && !strings.HasSuffix(c.Version, ".*")
	})
}

// UpperBounds returns the clauses that keep later versions out. `!=` does not: it leaves out a version that is broken.
func (r Requirement) UpperBounds() []Clause {
	var bounds []Clause
	for _, c := range r.Clauses {
		if c.Operator != ">" && c.Operator != ">=" && c.Operator != "!=" {
			bounds = append(bounds, c)
		}
	}
	return bounds
}

// LocalVersion returns what stands behind the `+` of the version that r is pinned to, "" if nothing does.
func (r Requirement) LocalVersion() string {
	for _, c := range r.Clauses {
		if _, local, ok := strings.Cut(c.Version, "+"); ok {
			return local
		}
	}
	return ""
}

// SameBounds reports whether two requirements take the same versions as far as their clauses tell: `==1.0` and
// `== 1.0.0` do.
func SameBounds(a, b Requirement) bool {
	return slices.EqualFunc(sortedClauses(a), sortedClauses(b), sameClause)
}

func sortedClauses(r Requirement) []Clause {
	return slices.SortedFunc(slices.Values(r.Clauses), func(a, b Clause) int {
		return cmp.Or(cmp.Compare(a.Operator, b.Operator), cmp.Compare(a.Version, b.Version))
	})
}

func sameClause(a, b Clause) bool {
	if a.Operator != b.Operator || a.Version == b.Version {
		return a.Operator == b.Operator
	}
	if a.Operator == "===" || a.Operator == "~=" {
		return false // the text counts, and the number of its components
	}
	wildA, wildB := strings.HasSuffix(a.Version, ".*"), strings.HasSuffix(b.Version, ".*")
	va, errA := semver.PyPI.Parse(a.Version)
	vb, errB := semver.PyPI.Parse(b.Version)
	return errA == nil && errB == nil && !wildA && !wildB && va.Compare(vb) == 0
}

// Excludes reports whether a version of another requirement's pin is one that r does not take. It is false where that
// is not known.
func (r Requirement) Excludes(pin Requirement) bool {
	version, _, local := strings.Cut(pin.pinnedVersion(), "+")
	v, err := semver.PyPI.Parse(version)
	if err != nil || v.IsPrerelease() || len(r.Clauses) == 0 || local && r.Pinned() {
		return false // a pin of a pre-release allows it
	}
	text := make([]string, len(r.Clauses))
	for i, c := range r.Clauses {
		text[i] = c.Operator + c.Version
	}
	constraint, err := semver.PyPI.ParseConstraint(strings.Join(text, ","))
	return err == nil && !constraint.Match(version)
}

// pinnedVersion returns the version that r is pinned to, "" if it is to none.
func (r Requirement) pinnedVersion() string {
	for _, c := range r.Clauses {
		if c.Operator == "==" && !strings.HasSuffix(c.Version, ".*") {
			return c.Version
		}
	}
	return ""
}

// ParseRequirementAt is [ParseRequirement] of a string that stands at an offset of a file: the spans are of the file.
func ParseRequirementAt(s string, offset int) (Requirement, []Error) {
	p := requirementParser{text: s, end: len(s), at: func(i int) int { return offset + i }}
	return p.requirement(), p.errors
}
