package python

import "github.com/buildlint/buildlint/analysis/syntax"

// A Named is a name with the place that it comes from.
type Named struct {
	Name string
	Span syntax.Span
}

// PantsV1Targets returns the names of the `python_requirement_library` targets that `python_requirements()` of Pants v1
// makes of a requirements file, one for each line that holds a requirement; options, `-r` and `-e` included, make none.
// A name is the project's as setuptools has it: as written, but with each run of `-` and `_` as one dash. The span is
// that of the name in the file. A name that comes twice is an error in Pants.
//
// Pants reads each line by itself and gives up on the whole BUILD file at a URL or a path, at an option behind a
// requirement and at a continuation. Such lines make a target here if they hold a name: it is not for this function to
// report them.
//
// Since 1.10 Pants also makes a `files` target named as the file, which is not among these.
func PantsV1Targets(lines []Line) []Named {
	var targets []Named
	for _, l := range lines {
		if l.Kind == RequirementLine && l.Requirement.Name != "" {
			targets = append(targets, Named{Name: setuptoolsName(l.Requirement.Name), Span: l.Requirement.NameSpan})
		}
	}
	return targets
}

// setuptoolsName is pkg_resources.safe_name.
func setuptoolsName(name string) string {
	safe := make([]byte, 0, len(name))
	for i := range len(name) {
		c := name[i]
		if c == '_' || c == '-' {
			if c = '-'; len(safe) > 0 && safe[len(safe)-1] == '-' {
				continue
			}
		}
		safe = append(safe, c)
	}
	return string(safe)
}
