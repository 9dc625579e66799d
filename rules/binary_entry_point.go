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
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func binaryEntryPoint() *analysis.Rule {
	return &analysis.Rule{
		Name:     "binary-entry-point",
		Summary:  "a binary says what it runs by `entry_point`, not by `source`",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Check:    checkBinaryEntryPoint,
		Doc: `
A binary with a ` + "`source`" + ` owns a module that its library owns as well, or that no library owns, so that nobody
can import or test it. With an ` + "`entry_point`" + ` the module stays in the library, and the installed console
script runs the same code as the PEX.

Other build tools have no such ` + "`source`" + `: in them a binary says what it runs by ` + "`entry_point`" + `,
` + "`script`" + ` or ` + "`executable`" + ` (Pants v2), by ` + "`main`" + `, ` + "`main_module`" + ` or
` + "`main_function`" + `. Bazel takes the source that has the binary's name, or the only one; a binary with
several and none of that name does not build.

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
	if p.Dialect().Name != "pants1" {
		checkWhatRuns(p)
		return
	}
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

// checkWhatRuns reports the binaries of another build tool than Pants v1 that do not say what they run.
func checkWhatRuns(p *analysis.Pass) {
	fields := runningFields(p.Dialect().Name)
	for _, t := range p.Targets() {
		if !t.Is(dialect.Binary) || !t.Kind.IsPython() || t.Kind.Field(fields[0]) == nil || !isJudged(t) {
			continue
		}
		isGiven := func(name string) bool { return t.Field(name) != nil }
		if !slices.ContainsFunc(fields, isGiven) && !runsByName(p, t) {
			p.ReportAt(t, t.Head(), fmt.Sprintf("the binary `%s` has no `%s`", t.Name, fields[0]))
		}
	}
}

// runningFields returns the fields by which a binary says what it runs, the one to suggest first.
func runningFields(name string) []string {
	if name == "pants2" {
		return []string{"entry_point", "script", "executable"}
	}
	return []string{"main", "main_module", "main_function"}
}

// isJudged reports whether all fields of t are seen, and are those of its kind rather than of a function of that name.
func isJudged(t *workspace.Target) bool {
	return !t.Open && !t.Implicit && !t.Macro && t.Name != "" && t.KindName == t.Kind.Name && !wraps(t)
}

// wraps reports whether the kind of t is a function of its file, or is loaded from this repository.
func wraps(t *workspace.Target) bool {
	return slices.ContainsFunc(t.File.Syntax.Stmts, func(stmt syntax.Node) bool {
		switch stmt.Kind() {
		case syntax.Load:
			from, _ := stmt.X().Value()
			return slices.Contains(stmt.Names(), t.KindName) && !strings.Contains(from, "rules_python")
		case syntax.Def:
			return stmt.Name() == t.KindName
		}
		return false
	})
}

// runsByName reports whether a binary runs the source that has its name or its only one, as Bazel does, or may.
func runsByName(p *analysis.Pass, t *workspace.Target) bool {
	if p.Dialect().Name != dialect.BazelName {
		return false
	}
	if !t.Sources.Known {
		return true
	}
	files := p.Files(p.Dir, t.Sources.Globs(), t.Sources.Exclude)
	hasName := func(file string) bool { return strings.HasSuffix(file, t.Name+".py") }
	return len(files) < 2 || slices.ContainsFunc(files, hasName)
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
		if r.Target.Is(dialect.Library) && workspace.Below(path.Dir(file), r.Package.Dir()) {
			s := r.Target.Sources()
			if s != nil && s.Known && slices.Contains(p.Files(r.Package.Dir(), s.Globs(), s.Exclude), file) {
				return true
			}
		}
		for e := range r.Target.Edges() {
			queue = append(queue, e.To)
		}
	}
	return false
}
