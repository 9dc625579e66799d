package rules

import (
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func duplicateDependency() *analysis.Rule {
	return &analysis.Rule{
		Name:     "duplicate-dependency",
		Summary:  "the same target is named twice among the dependencies, however it is spelled",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Check:    checkDuplicateDependency,
		Doc: `
A dependency that stands twice does nothing, but the second one stays behind when somebody removes the first, and the
target keeps a dependency that nobody meant to keep. Spellings do not hide it: ` + "`a/b`, `a/b:b` and `//a/b`" + `
name the same target, and within ` + "`a/b`, `:b`" + ` does, too. A target in one scope only,
` + "`scoped('a/b', …)`" + `, is another dependency than the target itself.

To mend it by hand, remove one of the two. The fix removes the later one.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/store',
    'src/main/python/org/app/util',
    'src/main/python/org/app/store:store',
  ],
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  dependencies = [
    'src/main/python/org/app/store',
    'src/main/python/org/app/util',
  ],
)
`,
	}
}

func checkDuplicateDependency(p *analysis.Pass) {
	type key struct {
		field string
		label dialect.Label
		scope string // the text of scoped('a/b', …)
	}
	first := map[key]int{} // by index in t.Deps; one map does for all targets
	for _, t := range p.Targets() {
		clear(first)
		for i, d := range t.Deps {
			k := key{field: d.Field.Name, label: d.Label}
			if d.Err != nil || d.Item.Branch {
				continue
			}
			if d.Scoped {
				k.scope = d.Item.Node.Text()
			}
			if earlier, ok := first[k]; ok {
				reportDuplicate(p, t, t.Deps[earlier], d)
				continue
			}
			first[k] = i
		}
	}
}

func reportDuplicate(p *analysis.Pass, t *workspace.Target, first, second workspace.Dep) {
	if isOwn(t, first) && !isOwn(t, second) {
		first, second = second, first
	}
	d := analysis.Diagnostic{
		Location: analysis.Location{Path: t.File.Path, Span: second.Span()},
		Target:   p.Dialect().Spell(t.Address()),
		Message: fmt.Sprintf("`%s` is already a dependency: remove one of the two",
			p.Dialect().SpellLabel(second.Label, p.Dir)),
		Related: []analysis.Related{{
			Location: analysis.Location{Path: t.File.Path, Span: first.Span()}, Message: "it is named here first",
		}},
	}
	if list := second.Item.List; !list.IsZero() && (isOwn(t, second) || list == first.Item.List) {
		d.Fixes = []analysis.Fix{analysis.NewFix("Remove the second one", analysis.Safe, func() []edit.Edit {
			return rewrite.RemoveElem(t.File.Path, second.Item.List, second.Item.Node)
		})}
	}
	p.Report(d)
}

// isOwn reports whether a dependency is written out at its target, and not in a constant that others may use.
func isOwn(t *workspace.Target, d workspace.Dep) bool {
	return t.Node().Span().Contains(d.Span())
}
