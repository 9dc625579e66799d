package analysis

import (
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// FuzzSuppressions holds that whatever a comment says, its places are true, and that it silences its own rules alone,
// in its own file and range.
func FuzzSuppressions(f *testing.F) {
	for _, seed := range []string{
		"f(\n  a = 1,  # buildlint: disable=a-b,c -- why\n)\n", "# buildlint: disable-file=a\n\nf()\n",
		"f(\n  # buildlint: disable=a\n  [\n    'x',\n    # buildlint:disable = a\n    'y',\n  ],\n)", "# buildlint: disable=",
		"x = 1 # buildlint: disable=a,,b\n# buildlint: disable= a , b --", "# buildlint:\r\n# buildlint: disable=é\n",
		"{\n# buildlint: disable=a\n'k': 'v'}\n'''# buildlint: disable=a'''\n", "## buildlint: disable=a,a -- x -- y",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file := syntax.Parse(src)
		for _, s := range suppressions("BUILD", file) {
			checkSuppression(t, src, s)
			for _, r := range s.Rules {
				checkCovers(t, src, s, r.Name)
			}
		}
	})
}

func checkSuppression(t *testing.T, src []byte, s *Suppression) {
	t.Helper()
	whole := syntax.Span{End: len(src)}
	if !whole.Contains(s.Comment) || !strings.HasPrefix(s.Comment.Text(src), "#") || !whole.Contains(s.Range) {
		t.Fatalf("a suppression at %v for %v of %q", s.Comment, s.Range, src)
	}
	if s.Err == "" && len(s.Rules) == 0 {
		t.Errorf("%q names no rule, and nothing is said of it", s.Comment.Text(src))
	}
	for _, r := range s.Rules {
		if !s.Comment.Contains(r.Span) || r.Span.Text(src) != r.Name || r.Name == "" {
			t.Errorf("the rule %q at %v of %q", r.Name, r.Span, src)
		}
	}
}

func checkCovers(t *testing.T, src []byte, s *Suppression, rule string) {
	t.Helper()
	at := func(path, rule string, start int) bool {
		d := &Diagnostic{Rule: rule, Location: Location{Path: path, Span: syntax.Span{Start: start, End: start}}}
		return s.covers(d)
	}
	if at("other/BUILD", rule, s.Range.Start) || at("BUILD", rule+"x", s.Range.Start) && !named(s, rule+"x") {
		t.Errorf("%q silences what it does not name", s.Comment.Text(src))
	}
	if !s.File && (at("BUILD", rule, s.Range.Start-1) || at("BUILD", rule, max(s.Range.End, s.Range.Start+1))) {
		t.Errorf("%q silences what is outside of %v", s.Comment.Text(src), s.Range)
	}
	if s.Range.Len() > 0 && !at("BUILD", rule, s.Range.Start) {
		t.Errorf("%q does not silence what starts in %v", s.Comment.Text(src), s.Range)
	}
}

func named(s *Suppression, rule string) bool {
	for _, r := range s.Rules {
		if r.Name == rule {
			return true
		}
	}
	return false
}
