package report

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
)

// srcRoot is what paths are relative to, by the name that most services know it by.
const srcRoot = "%SRCROOT%"

// A sarifRun builds the run of a SARIF log.
type sarifRun struct {
	*reporter
	ids   fingerprints
	rules map[string]int // index of each rule in the table
	run   *sarif.Run
}

// sarif writes a log of SARIF 2.1.0.
func (r *reporter) sarif() error {
	s := &sarifRun{reporter: r, ids: r.fingerprints(), rules: map[string]int{}}
	s.run = sarif.NewRunWithInformationURI(toolName, toolURL).
		WithColumnKind("unicodeCodePoints").
		WithNewlineSequences([]string{"\r\n", "\n", "\r"})
	if r.Version != "" {
		s.run.Tool.Driver.WithVersion(r.Version)
	}
	if r.Root != "" {
		s.run.WithOriginalUriBaseIds(map[string]sarif.ArtifactLocation{
			srcRoot: *sarif.NewArtifactLocation().WithURI(directoryURI(r.Root)),
		})
	}
	for i, rule := range r.Rules {
		s.rules[rule.Name] = i
		s.run.Tool.Driver.AddRule(s.rule(rule))
	}
	for _, d := range r.result.Diagnostics {
		s.run.AddResult(s.finding(d))
	}
	s.run.AddInvocation(s.invocation())
	var b strings.Builder
	if err := sarif.NewReport().AddRun(s.run).PrettyWrite(&b); err != nil {
		return err
	}
	_, err := r.out.WriteString(jsonPrintable(b.String()) + "\n")
	return err
}

func (s *sarifRun) rule(rule *analysis.Rule) *sarif.ReportingDescriptor {
	d := sarif.NewReportingDescriptor().
		WithID(rule.Name).
		WithShortDescription(sarif.NewMultiformatMessageString().WithText(rule.Summary)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().
			WithEnabled(rule.Severity != analysis.Off).
			WithLevel(sarifLevel(rule.Severity)))
	if rule.Doc != "" {
		d.WithHelp(sarif.NewMultiformatMessageString().WithText(rule.Doc).WithMarkdown(rule.Doc))
	}
	if page := s.docURL(rule.Name); page != "" {
		d.WithHelpURI(page)
	}
	return d
}

func sarifLevel(s analysis.Severity) string {
	switch s {
	case analysis.Error:
		return sarif.LevelError
	case analysis.Warning:
		return sarif.LevelWarning
	case analysis.Info:
		return sarif.LevelNote
	}
	return sarif.LevelNone
}

func (s *sarifRun) finding(d analysis.Diagnostic) *sarif.Result {
	location := s.location(d.Location)
	if d.Target != "" {
		location.AddLogicalLocation(sarif.NewLogicalLocation().WithFullyQualifiedName(d.Target).WithKind("target"))
	}
	result := sarif.NewRuleResult(d.Rule).
		WithLevel(sarifLevel(d.Severity)).
		WithMessage(sarif.NewTextMessage(d.Message)).
		AddLocation(location).
		WithPartialFingerprints(map[string]string{"buildlint/v1": s.ids.next(d)})
	if i, ok := s.rules[d.Rule]; ok {
		result.WithRuleIndex(i)
	}
	for i, related := range d.Related {
		result.AddRelatedLocation(s.location(related.Location).
			WithID(i).WithMessage(sarif.NewTextMessage(related.Message)))
	}
	for _, fix := range d.Fixes {
		if edits := s.files.edits(fix); len(edits) > 0 {
			result.AddFixe(s.fix(fix, edits))
		}
	}
	return result
}

// fix returns a fix of one or more files. SARIF does not know unsafe fixes: its properties say it.
func (s *sarifRun) fix(fix analysis.Fix, edits []edit.Edit) *sarif.Fix {
	out := sarif.NewFix().
		WithDescription(sarif.NewTextMessage(fix.Title)).
		WithProperties(sarif.NewPropertyBag().Add("applicability", fix.Applicability.String()))
	for _, run := range byFile(edits) {
		change := sarif.NewArtifactChange().WithArtifactLocation(artifact(run[0].Path))
		for _, e := range run {
			change.AddReplacement(sarif.NewReplacement().
				WithDeletedRegion(s.region(editLocation(e))).
				WithInsertedContent(sarif.NewArtifactContent().WithText(e.New)))
		}
		out.AddArtifactChange(change)
	}
	return out
}

func (s *sarifRun) location(l analysis.Location) *sarif.Location {
	return sarif.NewLocation().WithPhysicalLocation(
		sarif.NewPhysicalLocation().WithArtifactLocation(artifact(l.Path)).WithRegion(s.region(l)))
}

func (s *sarifRun) region(l analysis.Location) *sarif.Region {
	p := s.files.place(l)
	return sarif.NewRegion().
		WithStartLine(p.start.Line).WithStartColumn(p.start.Column).
		WithEndLine(p.end.Line).WithEndColumn(p.end.Column)
}

// invocation tells of the files that could not be read or written.
func (s *sarifRun) invocation() *sarif.Invocation {
	invocation := sarif.NewInvocation().WithExecutionSuccessful(len(s.result.Errors) == 0)
	for _, e := range s.result.Errors {
		invocation.AddToolExecutionNotification(sarif.NewNotification().
			WithLevel(sarif.LevelError).
			WithMessage(sarif.NewTextMessage(s.errorMessage(e))).
			AddLocation(sarif.NewLocation().WithPhysicalLocation(
				sarif.NewPhysicalLocation().WithArtifactLocation(artifact(e.Path)))))
	}
	return invocation
}

// artifact returns the location of a file. Its URI holds any path, also one that is not UTF-8.
func artifact(path string) *sarif.ArtifactLocation {
	return sarif.NewSimpleArtifactLocation((&url.URL{Path: path}).String()).WithURIBaseID(srcRoot)
}

// directoryURI returns the file URI of an absolute directory. It ends with a slash, as a base has to.
func directoryURI(dir string) string {
	path := strings.TrimSuffix(filepath.ToSlash(dir), "/") + "/"
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
