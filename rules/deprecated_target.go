package rules

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func deprecatedTarget() *analysis.Rule {
	return &analysis.Rule{
		Name:     "deprecated-target",
		Summary:  "a kind of target, a field or a function that the build tool has replaced",
		Severity: analysis.Warning,
		Fix:      analysis.Safe,
		Check:    checkDeprecatedTarget,
		Doc: `
What a build tool has renamed works for some releases more, with a warning in the log, and then fails. What Pants v1
had fails in Pants v2 at once: ` + "`python_library`" + ` is ` + "`python_sources`" + `, and sources are a list of
patterns, without ` + "`globs`" + `.

The names are those of the build tool's own release notes. The fix is offered where what replaces it takes the same: it
renames the kind or the field, and writes the patterns of ` + "`globs`" + ` and ` + "`rglobs`" + ` as a list, those of
` + "`exclude`" + ` with a ` + "`!`" + `.`,
		Bad: `
-- pants.toml --
[GLOBAL]
pants_version = "2.20.0"
-- src/python/app/BUILD --
python_library(
    name="app",
    sources=globs("*.py", exclude=["old_*.py"]),
)
-- src/python/app/main.py --
`,
		Good: `
-- pants.toml --
[GLOBAL]
pants_version = "2.20.0"
-- src/python/app/BUILD --
python_sources(
    name="app",
    sources=["*.py", "!old_*.py"],
)
-- src/python/app/main.py --
`,
	}
}

func checkDeprecatedTarget(p *analysis.Pass) {
	own := bound{}
	for _, t := range p.Targets() {
		if t.Kind == nil || t.Implicit || t.Macro || t.KindName != t.Kind.Name {
			continue
		}
		if t.Kind.Deprecated != "" && !own.by(t.File, t.KindName) {
			reportDeprecatedKind(p, t)
		}
		for _, f := range t.Fields {
			if f.Spec != nil && f.Spec.Deprecated != "" {
				reportDeprecatedField(p, t, f)
			}
		}
		checkDeprecatedGlobs(p, t, own)
	}
}

// deprecated returns a message about a name, with why as the tables have it.
func deprecated(name, why string) string {
	why = strings.TrimSuffix(why, ".")
	return fmt.Sprintf("`%s` is deprecated: %s", name, why)
}

func reportDeprecatedKind(p *analysis.Pass, t *workspace.Target) {
	span := t.Node().Func().Span()
	p.ReportAt(t, span, deprecated(t.KindName, t.Kind.Deprecated), renaming(t, span, t.Kind.Successor)...)
}

func reportDeprecatedField(p *analysis.Pass, t *workspace.Target, f *workspace.Field) {
	var fixes []analysis.Fix
	if t.Field(f.Spec.Successor) == nil {
		fixes = renaming(t, f.Arg.NameSpan, f.Spec.Successor)
	}
	p.ReportAt(t, f.Arg.NameSpan, deprecated(f.Name, f.Spec.Deprecated), fixes...)
}

// renaming returns the fix that writes another name, none if there is no other.
func renaming(t *workspace.Target, span syntax.Span, name string) []analysis.Fix {
	if name == "" {
		return nil
	}
	return []analysis.Fix{analysis.Fixed(fmt.Sprintf("Write `%s`", name), analysis.Safe,
		replacing(t, span, name))}
}

func replacing(t *workspace.Target, span syntax.Span, text string) []edit.Edit {
	return []edit.Edit{{Path: t.File.Path, Start: span.Start, End: span.End, New: text}}
}

// checkDeprecatedGlobs reports sources that call a function of an earlier release.
func checkDeprecatedGlobs(p *analysis.Pass, t *workspace.Target, own bound) {
	f := t.SourcesField()
	if f == nil {
		return
	}
	call, ok := f.Value.(*workspace.Call)
	if !ok || call.Recv != nil || call.Node().Span() != f.Arg.Value.Span() {
		return
	}
	why := p.Dialect().Removed[call.Func]
	if why == "" || own.by(t.File, call.Func) {
		return
	}
	var fixes []analysis.Fix
	if t.Sources.Known {
		list := patternList(t)
		fixes = append(fixes, analysis.Fixed("Write the patterns as a list", analysis.Safe,
			replacing(t, call.Node().Span(), list)))
	}
	p.ReportAt(t, call.NameSpan(), deprecated(call.Func, why), fixes...)
}

// patternList returns the patterns of the sources as Pants v2 writes them.
func patternList(t *workspace.Target) string {
	style := rewrite.StyleOf(t.File.Syntax)
	var items []string
	for _, pattern := range t.Sources.Include {
		items = append(items, rewrite.Quote(pattern.Glob, style))
	}
	for _, pattern := range t.Sources.Exclude {
		items = append(items, rewrite.Quote("!"+pattern, style))
	}
	return "[" + strings.Join(items, ", ") + "]"
}
