package rules

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A headerOptions says what a file starts with.
type headerOptions struct {
	Template string `toml:"template" doc:"the lines that each BUILD file starts with; {year} stands for a year or a range"`
}

func licenseHeader() *analysis.Rule {
	return &analysis.Rule{
		Name:     "license-header",
		Summary:  "a BUILD file starts with the repository's license header",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Options:  &headerOptions{Template: "# Licensed under the Apache License, Version 2.0."},
		Check:    checkLicenseHeader,
		Doc: `
Where each source file has to say under which license it stands, the BUILD files are those that are forgotten.

The option ` + "`template`" + ` holds the lines as they stand in the file, with their ` + "`#`" + `. ` + "`{year}`" + `
stands for a year, or for a range such as 2015-2019; set it to what your files say. The fix adds the header with the
current year at the top. It is safe: a comment means nothing to the build tool.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
# Licensed under the Apache License, Version 2.0.

python_library(
  name = 'web',
)
`,
	}
}

func checkLicenseHeader(p *analysis.Pass) {
	template := strings.TrimRight(p.Options.(*headerOptions).Template, "\n")
	if template == "" {
		return
	}
	header := headerPattern(template)
	for _, f := range p.Package().Files {
		src := bytes.ReplaceAll(bytes.TrimPrefix(f.Syntax.Src, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
		if !header.Match(src) {
			reportHeader(p, f, template)
		}
	}
}

// headerPattern returns what a template matches at the start of a file.
func headerPattern(template string) *regexp.Regexp {
	const years = `\d{4}(?:\s*[-–,]\s*\d{4})*`
	quoted := strings.ReplaceAll(regexp.QuoteMeta(template), `\{year\}`, years)
	return regexp.MustCompile(`^` + quoted + `[ \t]*(?:\n|$)`)
}

func reportHeader(p *analysis.Pass, f *workspace.BuildFile, template string) {
	start := 0
	if bytes.HasPrefix(f.Syntax.Src, []byte("\ufeff")) {
		start = len("\ufeff")
	}
	text := strings.ReplaceAll(template, "{year}", strconv.Itoa(time.Now().Year())) + "\n"
	if rest := f.Syntax.Src[start:]; len(rest) > 0 && !bytes.HasPrefix(rest, []byte("\n")) {
		text += "\n"
	}
	p.Report(analysis.Diagnostic{
		Location: analysis.Location{Path: f.Path},
		Message:  "the file does not start with the license header",
		Fixes: []analysis.Fix{analysis.Fixed("Add the header", analysis.Safe,
			[]edit.Edit{{Path: f.Path, Start: start, End: start, New: text}})},
	})
}
