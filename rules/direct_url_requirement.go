package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// A directURLOptions says which URLs are fine.
type directURLOptions struct {
	Allowed []string `toml:"allowed" doc:"how the URLs begin that are fine, such as https://packages.example.org/"`
}

func directURLRequirement() *analysis.Rule {
	return &analysis.Rule{
		Name:     "direct-url-requirement",
		Summary:  "a requirement that is fetched from a URL, not from an index",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Sources:  true,
		Options:  &directURLOptions{},
		Check:    checkDirectURLRequirement,
		Doc: `
What is fetched from a URL has no version that a constraint could pin or another requirement could bound: a branch
moves, a tag may, and an index refuses distributions that ask for URLs.

Put a release of it on an index that you control, with a local version such as ` + "`1.2+lp1`" + ` (see
` + "`fork-version`" + `), and ask for that. The option ` + "`allowed`" + ` names what the URLs begin with that are
fine. Paths of the same repository are no URLs.`,
		Bad: `
-- requirements.txt --
requests>=2.0
gunicorn @ git+https://example.org/gunicorn@main
`,
		Good: `
-- requirements.txt --
requests>=2.0
gunicorn==20.0.4+lp1
`,
	}
}

func checkDirectURLRequirement(p *analysis.Pass) {
	allowed := p.Options.(*directURLOptions).Allowed
	for _, r := range p.Requirements() {
		if !strings.Contains(r.URL, "://") || strings.HasPrefix(r.URL, "file:") || isAllowed(allowed, r.URL) {
			continue
		}
		what := "this"
		if r.Name != "" {
			what = "`" + r.Name + "`"
		}
		reportRequirement(p, r, r.URLSpan, fmt.Sprintf("%s is fetched from a URL: ask for a version on an index", what))
	}
}

func isAllowed(prefixes []string, url string) bool {
	_, plain, _ := strings.Cut(url, "+") // git+https://…
	return slices.ContainsFunc(prefixes, func(prefix string) bool {
		return strings.HasPrefix(url, prefix) || plain != "" && strings.HasPrefix(plain, prefix)
	})
}
