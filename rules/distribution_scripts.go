package rules

import (
	"fmt"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// checkConsoleScripts holds the console scripts of the one distribution of a package of Pants v2 against its binaries.
func checkConsoleScripts(p *analysis.Pass) {
	d := distribution(p)
	if d == nil {
		return
	}
	scripts, all := consoleScripts(d)
	listed := map[workspace.Address]bool{}
	for _, s := range scripts {
		if s.Binary != "" {
			a, err := p.Dialect().ParseAddress(s.Binary, p.Dir)
			listed[a] = true
			checkScriptBinary(p, d, s, a, err)
		}
	}
	if !all {
		return
	}
	entries := slices.DeleteFunc(slices.Clone(scripts), func(s consoleScript) bool { return s.Binary != "" })
	for _, t := range binaries(p) {
		if listed[t.Address()] || t.Conditional || t.EntryPoint() == "" || isRunBy(p, t, entries) {
			continue
		}
		if !(reach{}).leadsTo(p, t.Address(), d.Address()) { // such a one tries the distribution
			p.ReportAt(t, t.Head(), fmt.Sprintf("the binary `%s` is missing from the `console_scripts` of `%s`",
				t.Name, d.Name), scriptFix(p, d, t, scripts)...)
		}
	}
}

// distribution returns the one distribution of the package, nil if there is none, or another that is not known.
func distribution(p *analysis.Pass) *workspace.Target {
	var found *workspace.Target
	for _, t := range p.Targets() {
		if t.Is(dialect.Distribution) && t.Kind.IsPython() {
			if found != nil {
				return nil
			}
			found = t
		}
	}
	if found == nil || !p.Package().Complete() || found.Open || found.Macro || found.Name == "" {
		return nil
	}
	return found
}

// checkScriptBinary reports a script that names no binary of its own package.
func checkScriptBinary(p *analysis.Pass, d *workspace.Target, s consoleScript, a workspace.Address, err error) {
	if err != nil || a.Dir != p.Dir {
		return
	}
	if t := p.Package().Named(a.Name); t != nil && (t.Kind == nil || t.Is(dialect.Binary)) {
		return
	}
	p.ReportAt(d, s.Value.Node().Span(), fmt.Sprintf("`%s` is no binary of this BUILD", s.Binary))
}

// scriptFix returns the fix that adds a binary to the console scripts, none where they are not written out as a dict.
func scriptFix(p *analysis.Pass, d, binary *workspace.Target, scripts []consoleScript) []analysis.Fix {
	isTaken := func(s consoleScript) bool { return s.Name == binary.Name }
	dict, ok := scriptsDict(d)
	if !ok || slices.ContainsFunc(scripts, isTaken) {
		return nil
	}
	return []analysis.Fix{analysis.NewFix(fmt.Sprintf("Add `%s`", binary.Name), analysis.Unsafe, func() []edit.Edit {
		want := append(entriesBut(dict, syntax.Span{}), rewrite.Entry{Key: binary.Name, Value: ":" + binary.Name})
		return append(setEntries(d.File.Path, dict, want), analysis.GuardTarget(p.Snapshot(), binary.Address())...)
	})}
}

// scriptsDict returns the dict of the console scripts of a distribution.
func scriptsDict(d *workspace.Target) (syntax.Node, bool) {
	f := d.Field("entry_points")
	if f == nil {
		return syntax.Node{}, false
	}
	groups, ok := f.Value.(*workspace.Dict)
	if !ok {
		return syntax.Node{}, false
	}
	for _, e := range groups.Entries {
		if name, _ := workspace.Text(e.Key); name == consoleGroup && e.Value.Node().Kind() == syntax.Dict {
			return e.Value.Node(), true
		}
	}
	return syntax.Node{}, false
}

// checkDistributed reports a public library of Pants v2 that has binaries beside it and that no distribution publishes.
func checkDistributed(p *analysis.Pass) {
	rel, ok := conventional(p, p.Dir)
	if !ok || rel == "" {
		return
	}
	library := publicLibrary(p)
	if library == nil || library.Open || library.Implicit {
		return
	}
	if d := distribution(p); d != nil {
		checkDistributes(p, d, library)
		return
	}
	if len(binaries(p)) == 0 { // nothing here is installed
		return
	}
	for dir := p.Dir; ; dir = dirOf(dir) {
		if mayDistribute(p.FactsOf(dir)) {
			return
		}
		if _, below := conventional(p, dir); !below || dir == "" {
			break
		}
	}
	p.ReportAt(library, library.Head(),
		fmt.Sprintf("the public library `%s` is in no `python_distribution`", library.Name))
}

// mayDistribute reports whether a package has a distribution, or targets that are not seen.
func mayDistribute(f *workspace.Facts) bool {
	isDistribution := func(t workspace.TargetFacts) bool { return t.Is(dialect.Distribution) }
	return f != nil && (!f.Complete || f.HasTarget(isDistribution))
}

// checkDistributes reports a distribution that depends on nothing, though there is a public library beside it.
func checkDistributes(p *analysis.Pass, d, library *workspace.Target) {
	if len(d.Deps) > 0 || d.DepsOpen || hasEntryPoints(d) { // Pants finds what entry points need
		return
	}
	p.ReportAt(d, d.Head(), fmt.Sprintf("the distribution `%s` does not depend on the public library `%s`",
		d.Name, library.Name))
}

// hasEntryPoints reports whether a distribution has entry points, or may have.
func hasEntryPoints(d *workspace.Target) bool {
	if d.Provides == nil || d.Provides.Call.Unpacks() || d.Field("entry_points") != nil {
		return true
	}
	_, given := d.Provides.Call.Arg("entry_points")
	return given
}
