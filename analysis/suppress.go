package analysis

import (
	"bytes"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Suppression is a comment that silences rules: `# buildlint: disable=rule-a,rule-b -- reason`.
type Suppression struct {
	Path    string
	Comment syntax.Span
	Rules   []SuppressedRule
	Reason  string
	// File says that it holds for the whole file, else for what starts in Range.
	File  bool
	Range syntax.Span
	// Err says why the comment is none that is understood.
	Err string
}

// A SuppressedRule is a rule that a suppression names.
type SuppressedRule struct {
	Name string
	Span syntax.Span
	Used bool
}

// suppressions returns the suppressions of a file by position.
func suppressions(path string, f *syntax.File) []*Suppression {
	if !bytes.Contains(f.Src, []byte("buildlint:")) {
		return nil
	}
	var found []*Suppression
	for _, c := range f.Comments() {
		s := parseSuppression(path, f.Src, c)
		if s == nil {
			continue
		}
		if !s.File {
			s.Range = suppressedRange(f, c)
		}
		found = append(found, s)
	}
	return found
}

// parseSuppression reads a comment, nil if it is no suppression.
func parseSuppression(path string, src []byte, comment syntax.Span) *Suppression {
	text := comment.Text(src)
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "# \t"), "buildlint:")
	if !ok {
		return nil
	}
	s := &Suppression{Path: path, Comment: comment}
	body, reason, _ := strings.Cut(rest, "--")
	s.Reason = strings.TrimSpace(reason)
	body = strings.TrimSpace(body)
	switch {
	case strings.HasPrefix(body, "disable-file="):
		s.File = true
		body = strings.TrimPrefix(body, "disable-file=")
	case strings.HasPrefix(body, "disable="):
		body = strings.TrimPrefix(body, "disable=")
	default:
		s.Err = "`buildlint:` is followed by `disable=RULE` or `disable-file=RULE`"
		return s
	}
	s.addRules(body, comment.Start+strings.Index(text, body))
	return s
}

// addRules adds the comma separated names of list, which starts at the given offset.
func (s *Suppression) addRules(list string, offset int) {
	for _, part := range strings.Split(list, ",") {
		name := strings.TrimSpace(part)
		start := offset + strings.Index(part, name)
		if name == "" {
			s.Err = "a rule's name is missing"
		} else {
			s.Rules = append(s.Rules, SuppressedRule{Name: name, Span: syntax.Span{Start: start, End: start + len(name)}})
		}
		offset += len(part) + 1
	}
}

// suppressedRange returns the line of a comment behind code; of a comment on its own line, the statement, the element
// or the argument that follows.
func suppressedRange(f *syntax.File, comment syntax.Span) syntax.Span {
	lineStart := bytes.LastIndexByte(f.Src[:comment.Start], '\n') + 1
	if len(bytes.TrimSpace(f.Src[lineStart:comment.Start])) > 0 {
		return syntax.Span{Start: lineStart, End: comment.End}
	}
	next := nextToken(f, comment.End)
	if next < 0 {
		return syntax.Span{}
	}
	return startingAt(f, next)
}

// nextToken returns the offset of the first token of code behind offset, -1 if there is none.
func nextToken(f *syntax.File, offset int) int {
	tokens := f.Tokens()
	i, _ := slices.BinarySearchFunc(tokens, offset, func(t syntax.Token, o int) int { return t.Span.Start - o })
	for ; i < len(tokens); i++ {
		if k := tokens[i].Kind; k != syntax.CommentTok && k != syntax.NewlineTok && k != syntax.EOF {
			return tokens[i].Span.Start
		}
	}
	return -1
}

// startingAt returns the largest statement, element, argument or entry that starts at offset; else what is left of its
// line.
func startingAt(f *syntax.File, offset int) syntax.Span {
	for _, n := range f.Path(offset) {
		if n.Span().Start == offset {
			return n.Span()
		}
		for a := range n.Args() {
			if a.Span().Start == offset {
				return a.Span()
			}
		}
		for e := range n.Entries() {
			if e.Span().Start == offset {
				return e.Span()
			}
		}
	}
	end := bytes.IndexByte(f.Src[offset:], '\n')
	if end < 0 {
		end = len(f.Src) - offset
	}
	return syntax.Span{Start: offset, End: offset + end}
}

// covers reports whether s holds for a finding, and notes that it was of use.
func (s *Suppression) covers(d *Diagnostic) bool {
	if s.Path != d.Path {
		return false
	}
	start := d.Span.Start
	if !s.File && (start < s.Range.Start || start >= max(s.Range.End, s.Range.Start+1)) {
		return false
	}
	for i := range s.Rules {
		if s.Rules[i].Name == d.Rule {
			s.Rules[i].Used = true
			return true
		}
	}
	return false
}
