package rules

import (
	"bytes"
	"fmt"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func withBinariesComplete() *analysis.Rule {
	return &analysis.Rule{
		Name:     "with-binaries-complete",
		Summary:  "`with_binaries` repeats every binary of the BUILD, and nothing else",
		Dialects: []string{"pants1", "pants2"},
		Severity: analysis.Warning,
		Fix:      analysis.Unsafe,
		YieldsTo: []string{"duplicate-target"},
		Check:    checkWithBinariesComplete,
		Doc: `
A binary that ` + "`with_binaries`" + ` does not repeat is built as a PEX and is missing from the installed
distribution, which nobody notices until somebody looks for the script. An entry that names no binary of the BUILD
fails when the distribution is built.

In Pants v2 it is the ` + "`console_scripts`" + ` of the ` + "`python_distribution`" + ` beside the binaries that
lists them: each ` + "`pex_binary`" + ` by its address or with the same entry point.

The fix adds or removes the entry, in the style of the others. It is unsafe, since it changes what is published.`,
		Bad: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = '1.0',
  ).with_binaries({
    'web_server': ':web_server',
  }),
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
)

python_binary(
  name = 'web_admin',
  entry_point = 'org.app.web.admin',
)
`,
		Good: `
-- src/main/python/org/app/web/BUILD --
python_library(
  name = 'web',
  provides = setup_py(
    name = 'org.app.web',
    version = '1.0',
  ).with_binaries({
    'web_server': ':web_server',
    'web_admin': ':web_admin',
  }),
)

python_binary(
  name = 'web_server',
  entry_point = 'org.app.web.main',
)

python_binary(
  name = 'web_admin',
  entry_point = 'org.app.web.admin',
)
`,
	}
}

func checkWithBinariesComplete(p *analysis.Pass) {
	if p.Dialect().Name == "pants2" {
		checkConsoleScripts(p)
		return
	}
	if _, ok := conventional(p, p.Dir); !ok {
		return
	}
	library := publicLibrary(p)
	if library == nil || library.Provides == nil {
		return
	}
	listed := map[workspace.Address]bool{}
	for _, b := range library.Provides.Binaries {
		listed[b.Address] = true
		if _, known := workspace.Text(b.Value); known {
			checkListed(p, library, b)
		}
	}
	if library.Provides.Open {
		return
	}
	taken := map[string]bool{}
	for _, b := range library.Provides.Binaries {
		taken[b.Script] = true
	}
	for _, t := range binaries(p) {
		if !listed[t.Address()] && !t.Conditional {
			reportUnlisted(p, library, t, taken[t.Name])
		}
	}
}

// checkListed reports an entry that names no binary of the BUILD.
func checkListed(p *analysis.Pass, library *workspace.Target, b workspace.ProvidedBinary) {
	target := p.Package().Named(b.Address.Name)
	switch {
	case b.Err != nil || b.Address.Dir != p.Dir:
	case target == nil && !p.Package().Complete():
		return
	case target != nil && (target.Kind == nil || target.Is(dialect.Binary)):
		return
	}
	text, _ := workspace.Text(b.Value)
	p.ReportAt(library, b.Value.Node().Span(), fmt.Sprintf("`%s` is no binary of this BUILD", text),
		analysis.NewFix("Remove the entry", analysis.Unsafe, func() []edit.Edit {
			return removeEntry(library.File.Path, b)
		}))
}

// removeEntry removes an entry of a dict, or a keyword.
func removeEntry(file string, b workspace.ProvidedBinary) []edit.Edit {
	if b.Key == nil {
		for a := range b.Call.Node().Args() {
			if a.Span() == b.Span {
				return rewrite.RemoveArg(file, b.Call.Node(), a)
			}
		}
		return nil
	}
	for _, dict := range dictsOf(b.Call) {
		if dict.Span().Contains(b.Span) {
			return setEntries(file, dict, entriesBut(dict, b.Span))
		}
	}
	return nil
}

// dictsOf returns the dicts that are written out as arguments of a call.
func dictsOf(call *workspace.Call) []syntax.Node {
	var dicts []syntax.Node
	for a := range call.Node().Args() {
		if a.Value.Kind() == syntax.Dict {
			dicts = append(dicts, a.Value)
		}
	}
	return dicts
}

func reportUnlisted(p *analysis.Pass, library, binary *workspace.Target, isTaken bool) {
	provides := library.Provides
	span := provides.Call.NameSpan()
	if n := len(provides.With); n > 0 {
		span = provides.With[n-1].NameSpan()
	}
	d := analysis.Diagnostic{
		Location: analysis.Location{Path: library.File.Path, Span: span},
		Target:   p.Dialect().Spell(library.Address()),
		Message:  fmt.Sprintf("the binary `%s` is missing from `with_binaries`", binary.Name),
		Related:  []analysis.Related{related(binary.File.Path, binary.Head(), "the binary")},
	}
	if !isTaken && !(reach{}).leadsTo(p, binary.Address(), library.Address()) {
		d.Fixes = []analysis.Fix{analysis.NewFix(fmt.Sprintf("Add `%s`", binary.Name), analysis.Unsafe, func() []edit.Edit {
			return append(addBinary(library, binary.Name), analysis.GuardTarget(p.Snapshot(), binary.Address())...)
		})}
	}
	p.Report(d)
}

// addBinary adds a binary to with_binaries: as an entry of its dict, or as a keyword where it has those. Where there is
// no with_binaries, it is added.
func addBinary(library *workspace.Target, name string) []edit.Edit {
	file := library.File
	with := library.Provides.With
	if len(with) == 0 {
		return addWithBinaries(library, name)
	}
	last := with[len(with)-1]
	if dicts := dictsOf(last); len(dicts) > 0 {
		dict := dicts[len(dicts)-1]
		want := append(entriesBut(dict, syntax.Span{}), rewrite.Entry{Key: name, Value: ":" + name})
		return setEntries(file.Path, dict, want)
	}
	if len(last.Args) == 0 {
		return nil
	}
	return rewrite.AddArg(file.Path, last.Node(), name, rewrite.Quote(":"+name, rewrite.StyleOf(file.Syntax)), "")
}

// addWithBinaries adds .with_binaries({…}) to a setup_py(…).
func addWithBinaries(library *workspace.Target, name string) []edit.Edit {
	file := library.File
	style := rewrite.StyleOf(file.Syntax)
	call := library.Provides.Call.Node().Span()
	indent := indentAt(file.Syntax.Src, library.Provides.Field.Arg.Span().Start)
	text := fmt.Sprintf(".with_binaries({\n%s%s%s: %s,\n%s})", indent, style.Indent, rewrite.Quote(name, style),
		rewrite.Quote(":"+name, style), indent)
	return []edit.Edit{{Path: file.Path, Start: call.End, End: call.End, New: text}}
}

// indentAt returns the white space that the line of an offset starts with.
func indentAt(src []byte, offset int) string {
	start := bytes.LastIndexByte(src[:offset], '\n') + 1
	line := src[start:offset]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// setEntries gives a dict the entries that are wanted.
func setEntries(file string, dict syntax.Node, want []rewrite.Entry) []edit.Edit {
	return rewrite.SetEntries(file, dict, want, func(value syntax.Node, text string) bool {
		known, ok := value.Value()
		return !ok || known == text
	})
}

// entriesBut returns the entries of a dict but the one that covers a span.
func entriesBut(dict syntax.Node, but syntax.Span) []rewrite.Entry {
	var entries []rewrite.Entry
	for e := range dict.Entries() {
		key, _ := e.Key.Value()
		value, _ := e.Value.Value()
		if e.Span() != but {
			entries = append(entries, rewrite.Entry{Key: key, Value: value})
		}
	}
	return entries
}
