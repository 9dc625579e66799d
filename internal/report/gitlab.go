package report

import "github.com/buildlint/buildlint/analysis"

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// gitlab writes a code quality report, as GitLab's artifacts:reports:codequality takes it.
func (r *reporter) gitlab() error {
	issues := []gitlabIssue{}
	ids := r.fingerprints()
	for _, d := range r.result.Diagnostics {
		p := r.files.place(d.Location)
		issues = append(issues, gitlabIssue{
			Description: d.Message,
			CheckName:   d.Rule,
			Fingerprint: ids.next(d),
			Severity:    gitlabSeverity(d.Severity),
			Location:    gitlabLocation{d.Path, gitlabLines{p.start.Line, p.lastLine()}},
		})
	}
	return r.writeJSON(issues)
}

func gitlabSeverity(s analysis.Severity) string {
	switch s {
	case analysis.Error:
		return "major"
	case analysis.Warning:
		return "minor"
	}
	return "info"
}
