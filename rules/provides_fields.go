package rules

import (
	"fmt"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A fieldsOptions says what a distribution says of itself.
type fieldsOptions struct {
	Fields []string `toml:"fields" doc:"what each distribution gives, such as \"license\""`
}

func providesFields() *analysis.Rule {
	return &analysis.Rule{
		Name:     "provides-fields",
		Summary:  "a distribution says its name, its version and what else the repository asks for",
		Severity: analysis.Warning,
		Options:  &fieldsOptions{Fields: []string{"name", "version"}},
		YieldsAt: []string{"provides-name", "provides-version"},
		Check:    checkProvidesFields,
		Doc: `
A distribution without a name or a version cannot be published. One without a description, a license or an address of
its project can, and then nobody who finds it on the index knows what it is, whose it is and what may be done with it.

Each ` + "`setup_py`" + ` gives a ` + "`name`" + ` and a ` + "`version`" + `. The option ` + "`fields`" + ` adds to
them, such as ` + "`[\"name\", \"version\", \"license\"]`" + `, and leaves out what a plugin of the build
tool fills in. The version is not asked for where ` + "`backend_packages`" + ` of pants.toml names a plugin that is none
of Pants itself: it may give it. An empty string is none. There is no fix, since what a distribution has to say is not
known.`,
		Bad: `
-- buildlint.toml --
[rules]
provides-fields = { fields = ["name", "version", "license"] }
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = version(),
  ),
)
`,
		Good: `
-- buildlint.toml --
[rules]
provides-fields = { fields = ["name", "version", "license"] }
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = version(),
    license = 'Apache-2.0',
  ),
)
`,
	}
}

func checkProvidesFields(p *analysis.Pass) {
	fields := p.Options.(*fieldsOptions).Fields
	for _, t := range p.Targets() {
		if t.Provides == nil || !t.Kind.IsPython() || t.Provides.Call.Unpacks() {
			continue
		}
		for _, field := range fields {
			if field == "version" && p.Dialect().Plugins {
				continue // one of them may give it; others are asked for where the repository says so
			}
			span := t.Provides.Field.Arg.NameSpan
			if field == "name" || field == "version" {
				span = t.Provides.Call.NameSpan() // where the rules of these report
			}
			checkProvided(p, t, field, span)
		}
	}
}

// checkProvided reports a field that a distribution does not give.
func checkProvided(p *analysis.Pass, t *workspace.Target, field string, span syntax.Span) {
	arg, given := t.Provides.Call.Arg(field)
	if given && !isEmpty(arg.Value) {
		return
	}
	if !given && slices.ContainsFunc(t.Provides.Call.Args, func(a workspace.Arg) bool { return a.Name == "" }) {
		return // it may stand in an argument without a name
	}
	p.ReportAt(t, span, fmt.Sprintf("the distribution of `%s` has no `%s`", t.Name, field))
}

// isEmpty reports whether a value is known to say nothing.
func isEmpty(v workspace.Value) bool {
	switch v := v.(type) {
	case *workspace.String:
		return v.Text == ""
	case *workspace.Const:
		return v.Text == "None"
	case *workspace.List:
		return len(v.Items) == 0 && !v.Open
	}
	return false
}
