package rules

import (
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func trailingComma() *analysis.Rule {
	return &analysis.Rule{
		Name:     "trailing-comma",
		Summary:  "what is spread over several lines ends in a comma",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Check:    checkTrailingComma,
		Doc: `
With a comma behind the last element, adding one changes one line: the diff shows what was added and nothing else, and
the comma cannot be forgotten, which Python would take for one long string.

Judged are the calls, lists and dicts of a target whose closing bracket stands on a line of its own. The fix adds the
comma. It is safe: the comma means nothing. There is none behind ` + "`*args`, `**kwargs`" + ` or a generator, where
Python 2 takes none.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    ':_web'
  ]
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    ':_web',
  ],
)
`,
	}
}

func checkTrailingComma(p *analysis.Pass) {
	for _, t := range p.Targets() {
		if t.Implicit {
			continue
		}
		syntax.Walk(t.Node(), func(n syntax.Node) bool {
			if last := lastElement(n); last.Len() > 0 && lacksComma(n, last) {
				reportComma(p, t, last)
			}
			return true
		})
	}
}

// lastElement covers the last element of a bracket that may end in a comma; it is empty for all else.
func lastElement(n syntax.Node) syntax.Span {
	switch n.Kind() {
	case syntax.List, syntax.Tuple, syntax.Set:
		if elems := slices.Collect(n.Elems()); len(elems) > 0 {
			return elems[len(elems)-1].Span()
		}
	case syntax.Dict:
		if entries := slices.Collect(n.Entries()); len(entries) > 0 {
			return entries[len(entries)-1].Span()
		}
	case syntax.Call:
		args := slices.Collect(n.Args())
		if len(args) == 0 {
			return syntax.Span{}
		}
		last := args[len(args)-1]
		if k := last.Value.Kind(); k == syntax.Star || k == syntax.Comp && len(args) == 1 {
			return syntax.Span{}
		}
		return last.Span()
	}
	return syntax.Span{}
}

// lacksComma reports whether the closing bracket stands on a line of its own and no comma behind the last element.
func lacksComma(n syntax.Node, last syntax.Span) bool {
	src, closing := n.File().Src, n.Close().Start
	if closing < last.End {
		return false
	}
	ownLine := false
	for tok := range syntax.Scan(src[last.End:closing]) {
		if tok.Kind == syntax.OpTok {
			return false
		}
	}
	for i := closing - 1; i >= last.End && !ownLine; i-- {
		if src[i] != ' ' && src[i] != '\t' {
			if src[i] != '\n' {
				return false
			}
			ownLine = true
		}
	}
	return ownLine
}

func reportComma(p *analysis.Pass, t *workspace.Target, last syntax.Span) {
	p.ReportAt(t, last, "a comma belongs behind the last element", analysis.Fixed("Add the comma", analysis.Safe,
		[]edit.Edit{{Path: t.File.Path, Start: last.End, End: last.End, New: ","}}))
}
