package rules

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func unsortedDependencies() *analysis.Rule {
	return &analysis.Rule{
		Name:     "unsorted-dependencies",
		Summary:  "the dependencies of a target are sorted",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		YieldsTo: []string{"duplicate-dependency"},
		Check:    checkUnsortedDependencies,
		Doc: `
Two people who add a dependency at the end of the same list get a merge conflict; in a sorted list they rarely do, and
a dependency that is there already is seen.

The order is that of the characters. A blank line or a comment of its own starts a new group, and groups stay where
they are. The fix sorts each group; a comment at the end of a line goes with its element. It is safe: order means
nothing to the build tool. A list that holds anything but strings is not judged.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/util',
    'src/main/python/org/app/store',  # for sessions

    ':_web',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/store',  # for sessions
    'src/main/python/org/app/util',

    ':_web',
  ],
)
`,
	}
}

func checkUnsortedDependencies(p *analysis.Pass) {
	for _, t := range p.Targets() {
		var list syntax.Node
		var items []workspace.Dep
		for i, d := range t.Deps {
			if !d.Item.List.IsZero() && d.Value.IsLiteral() {
				if d.Item.List != list {
					checkSorted(p, t, list, items)
					list, items = d.Item.List, nil
				}
				items = append(items, t.Deps[i])
			}
		}
		checkSorted(p, t, list, items)
	}
}

// checkSorted reports the groups of a list that are not sorted. It needs to know all elements.
func checkSorted(p *analysis.Pass, t *workspace.Target, list syntax.Node, items []workspace.Dep) {
	if list.IsZero() || list.Len() != len(items) {
		return
	}
	for _, group := range groups(list.File(), items) {
		i := unsortedAt(group)
		if i < 0 {
			continue
		}
		sorted := slices.SortedStableFunc(slices.Values(group), compareDeps)
		p.ReportAt(t, group[i].Item.Node.Span(),
			fmt.Sprintf("`%s` comes before `%s`: sort the dependencies", group[i].Text, group[i-1].Text),
			analysis.NewFix("Sort the dependencies", analysis.Safe, func() []edit.Edit {
				return sortElements(t.File.Path, list.File(), group, sorted)
			}))
	}
}

// unsortedAt returns the index of the first element that comes before its predecessor, -1 if there is none.
func unsortedAt(group []workspace.Dep) int {
	for i := 1; i < len(group); i++ {
		if compareDeps(group[i-1], group[i]) > 0 {
			return i
		}
	}
	return -1
}

func compareDeps(a, b workspace.Dep) int { return strings.Compare(a.Text, b.Text) }

// groups splits elements where a blank line or a line with nothing but a comment lies between them.
func groups(f *syntax.File, items []workspace.Dep) [][]workspace.Dep {
	var found [][]workspace.Dep
	for i, item := range items {
		if i == 0 || separated(f.Src[items[i-1].Item.Node.Span().End:item.Item.Node.Span().Start]) {
			found = append(found, nil)
		}
		last := &found[len(found)-1]
		*last = append(*last, item)
	}
	return found
}

// separated reports whether the text between two elements holds a blank line or a comment line.
func separated(between []byte) bool {
	lines := bytes.Split(between, []byte("\n"))
	for i, line := range lines {
		line = bytes.TrimSpace(line)
		last := i == len(lines)-1
		if i > 0 && !last && len(line) == 0 || i > 0 && bytes.HasPrefix(line, []byte("#")) {
			return true
		}
	}
	return false
}

// sortElements writes each element of want at the place of the element of group, with the comment at the end of its
// line.
func sortElements(path string, f *syntax.File, group, want []workspace.Dep) []edit.Edit {
	var edits []edit.Edit
	for i := range group {
		place, elem := group[i].Item.Node.Span(), want[i].Item.Node.Span()
		if place == elem {
			continue
		}
		edits = append(edits, edit.Edit{Path: path, Start: place.Start, End: place.End, New: elem.Text(f.Src)})
		from, to := commentOf(f, elem), commentOf(f, place)
		if from == to || from.Len() == 0 && to.Len() == 0 {
			continue
		}
		edits = append(edits, edit.Edit{Path: path, Start: to.Start, End: to.End, New: from.Text(f.Src)})
	}
	if sharedLine(f, group) && slices.ContainsFunc(group, func(d workspace.Dep) bool {
		return commentOf(f, d.Item.Node.Span()).Len() > 0
	}) {
		return nil // whose comment it is cannot be told
	}
	return edits
}

// sharedLine reports whether two elements of a group stand in one line.
func sharedLine(f *syntax.File, group []workspace.Dep) bool {
	for i := 1; i < len(group); i++ {
		between := f.Src[group[i-1].Item.Node.Span().End:group[i].Item.Node.Span().Start]
		if !bytes.Contains(between, []byte("\n")) {
			return true
		}
	}
	return false
}

// commentOf covers the blanks and the comment at the end of an element's line, behind its comma; it is empty, at the
// same place, where there is no comment.
func commentOf(f *syntax.File, elem syntax.Span) syntax.Span {
	at := elem.End
	for at < len(f.Src) && (f.Src[at] == ' ' || f.Src[at] == '\t') {
		at++
	}
	if at < len(f.Src) && f.Src[at] == ',' {
		at++
	} else {
		at = elem.End
	}
	end := at
	for end < len(f.Src) && (f.Src[end] == ' ' || f.Src[end] == '\t') {
		end++
	}
	if end == len(f.Src) || f.Src[end] != '#' {
		return syntax.Span{Start: at, End: at}
	}
	for end < len(f.Src) && f.Src[end] != '\n' && f.Src[end] != '\r' {
		end++
	}
	return syntax.Span{Start: at, End: end}
}
