package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func binaryEntryPoint() *analysis.Rule {
	return &analysis.Rule{
		Name:     "binary-entry-point",
		Summary:  "a binary says what it runs by `entry_point`, not by `source`",
		Dialects: []string{"pants1"},
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Check:    checkBinaryEntryPoint,
		Doc: `
A binary with a ` + "`source`" + ` owns a module that its library owns as well, or that no library owns, so that nobody
can import or test it. With an ` + "`entry_point`" + ` the module stays in the library, and the installed console
script runs the same code as the PEX.

The fix writes the module's dotted path as ` + "`entry_point`" + ` in the place of ` + "`source`" + `. It is offered
only where that path is known and something that the binary depends on owns the file: then the binary holds the same
modules and runs the same one as before, and the fix is safe.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
)

python_binary(
  name = 'web_server',
  source = 'main.py',
  dependencies = [
    ':web',
  ],
)
-- src/main/python/org/app/web/main.py --
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  sources = rglobs('*.py'),
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
  dependencies = [
    ':web',
  ],
)
-- src/main/python/org/app/web/main.py --
`,
	}
}

func checkBinaryEntryPoint(p *analysis.Pass) {
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	for _, t := range binaries(p) {
		switch source := t.SourcesField(); {
		case source != nil:
			p.ReportAt(t, source.Arg.Span(), fmt.Sprintf("the binary `%s` says what it runs by `entry_point`, not by `%s`",
				t.Name, source.Name), entryPointFix(p, t, source)...)
		case t.FieldOf(dialect.EntryPointField) == nil && !t.Open:
			p.ReportAt(t, t.Head(), fmt.Sprintf("the binary `%s` has no `entry_point`", t.Name))
		}
	}
}

// entryPointFix returns the fix that replaces the source by its dotted path.
func entryPointFix(p *analysis.Pass, t *workspace.Target, source *workspace.Field) []analysis.Fix {
	file, ok := onlySource(p, t)
	if !ok || !reaches(p, t, file) {
		return nil
	}
	if t.FieldOf(dialect.EntryPointField) != nil {
		return []analysis.Fix{analysis.Fixed(fmt.Sprintf("Remove `%s`", source.Name), analysis.Safe,
			rewrite.RemoveArg(t.File.Path, t.Node(), source.Arg))}
	}
	root, _ := p.RootOf(p.Dir)
	module := dotted(strings.TrimSuffix(workspace.Relative(file, root.Dir), ".py"))
	return []analysis.Fix{analysis.NewFix(fmt.Sprintf("Write `entry_point` = `%s`", module), analysis.Safe,
		func() []edit.Edit {
			text := rewrite.Quote(module, rewrite.StyleOf(t.File.Syntax))
			edits := rewrite.RenameArg(t.File.Path, source.Arg, "entry_point")
			return append(edits, rewrite.ReplaceExpr(t.File.Path, source.Arg.Value, text)...)
		})}
}

// onlySource returns the one Python file that a target's sources match.
func onlySource(p *analysis.Pass, t *workspace.Target) (string, bool) {
	if !t.Sources.Known {
		return "", false
	}
	files := p.Files(p.Dir, t.Sources.Globs(), t.Sources.Exclude)
	if len(files) != 1 || path.Ext(files[0]) != ".py" {
		return "", false
	}
	return files[0], true
}

// reaches reports whether something that t depends on owns a file, directly or through others.
func reaches(p *analysis.Pass, t *workspace.Target, file string) bool {
	seen := map[workspace.Address]bool{t.Address(): true}
	var queue []workspace.Address
	for _, d := range t.Deps {
		queue = append(queue, d.Address)
	}
	for len(queue) > 0 && len(seen) < maxSupply {
		a := queue[0]
		queue = queue[1:]
		r := p.Resolve(a)
		if seen[a] || r.Target.IsZero() {
			continue
		}
		seen[a] = true
		if r.Target.Is(dialect.Library) && workspace.Below(path.Dir(file), r.Package.Dir) {
			s := r.Target.Sources()
			if s != nil && s.Known && slices.Contains(p.Files(r.Package.Dir, s.Globs(), s.Exclude), file) {
				return true
			}
		}
		for e := range r.Target.Edges() {
			queue = append(queue, e.To)
		}
	}
	return false
}
