package rules

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func suspiciousGlob() *analysis.Rule {
	return &analysis.Rule{
		Name:     "suspicious-glob",
		Summary:  "a pattern that cannot match as meant, such as `*py`",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Check:    checkSuspiciousGlob,
		Doc: "\n" + `
A pattern of sources is easily a character off, and the build tool does not tell: ` + "`*py`" + ` also takes a file
named ` + "`happy`" + `; ` + "`**.py`" + ` does not look into directories; ` + "`./x.py`" + `, ` + "`/x.py`" + ` and
` + "`../x.py`" + ` are no paths below the package; a blank at either end is part of the name.

The fix writes what was meant. It is safe where both patterns match the same files, and unsafe elsewhere. Switch the
rule off where files really have such names.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = globs('*py'),
)
-- src/main/python/org/app/web/main.py --
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = globs('*.py'),
)
-- src/main/python/org/app/web/main.py --
`,
	}
}

func checkSuspiciousGlob(p *analysis.Pass) {
	for _, t := range p.Targets() {
		if t.Sources == nil {
			continue
		}
		for _, pattern := range t.Sources.Include {
			if pattern.Value == nil {
				continue
			}
			if meant, why := suspicion(p.Dialect(), pattern); why != "" {
				reportGlob(p, t, pattern, meant, why)
			}
		}
	}
}

// noDot is a pattern that ends in an extension without its dot.
var noDot = regexp.MustCompile(
	`^((?:.*/)?[^/.]*\*)(py|java|scala|thrift|proto|go|js|json|txt|md|html|css|sh|xml|yaml|yml|ini|cfg)$`)

// suspicion says what was meant by a pattern and why it is not what is written; why is "" where nothing is wrong.
func suspicion(d *dialect.Dialect, p workspace.Pattern) (meant, why string) {
	text := p.Value.Text
	switch trimmed := strings.TrimSpace(text); {
	case trimmed != text:
		return trimmed, "the blank at its end is part of the name"
	case strings.HasPrefix(text, "./") && d.Grammar.Generated: // Pants v2 drops the dot
	case strings.HasPrefix(text, "./"):
		return strings.TrimPrefix(text, "./"), "a path starts with a name, not with `./`"
	case strings.HasPrefix(text, "/"), strings.HasPrefix(text, "../"):
		return "", "it does not lie below the package"
	case strings.Contains(text, "//"):
		return path.Clean(text), "it has an empty component"
	case strings.Contains(path.Base(text), "**") && path.Base(text) != "**":
		return strings.Replace(text, "**", "**/*", 1), "`**` stands for directories only if it is a component of its own"
	}
	if m := noDot.FindStringSubmatch(text); m != nil {
		return m[1] + "." + m[2], "the dot of the extension is missing"
	}
	return "", ""
}

func reportGlob(p *analysis.Pass, t *workspace.Target, pattern workspace.Pattern, meant, why string) {
	message := fmt.Sprintf("the pattern `%s` cannot match as meant: %s", pattern.Value.Text, why)
	span := pattern.Value.Node().Span()
	if meant == "" || !pattern.Value.IsLiteral() {
		p.ReportAt(t, span, message)
		return
	}
	applicability := analysis.Unsafe
	if sameFiles(p, pattern, meant) {
		applicability = analysis.Safe
	}
	fix := func() []edit.Edit { return analysis.ReplaceString(t.File.Path, pattern.Value.Literal, meant) }
	p.ReportAt(t, span, message, analysis.NewFix(fmt.Sprintf("Write `%s`", meant), applicability, fix))
}

// sameFiles reports whether what is meant matches the files that the pattern matches, and at least one.
func sameFiles(p *analysis.Pass, pattern workspace.Pattern, meant string) bool {
	glob := strings.TrimSuffix(pattern.Glob, pattern.Value.Text)
	if glob == pattern.Glob && glob != pattern.Value.Text {
		return false // the pattern was rewritten for a recursive function: compare what is written only
	}
	before := p.Files(p.Dir, []string{pattern.Glob}, nil)
	after := p.Files(p.Dir, []string{glob + meant}, nil)
	return len(before) > 0 && slices.Equal(before, after)
}
