package workspace

import "strings"

// The groups of entry points that installers make scripts of.
const consoleScripts, guiScripts = "console_scripts", "gui_scripts"

// entryPoints adds the binaries that the entry points of a distribution name by their addresses:
// {'console_scripts': {'serve': ':server'}}.
func (m *modeler) entryPoints(p *Provides, v Value) {
	groups, ok := v.(*Dict)
	if !ok {
		p.Open = true
		return
	}
	p.Open = p.Open || groups.Open
	for _, g := range groups.Entries {
		group, known := Text(g.Key)
		entries, ok := g.Value.(*Dict)
		installed := !known || group == consoleScripts || group == guiScripts
		if !ok {
			p.Open = p.Open || installed && mayBeDict(g.Value)
			continue
		}
		p.Open = p.Open || installed && entries.Open
		for _, e := range entries.Entries {
			m.entryPoint(p, e, installed)
		}
	}
}

// entryPoint adds an entry if it names a binary. One that makes no script has none.
func (m *modeler) entryPoint(p *Provides, e DictEntry, installed bool) {
	script, known := Text(e.Key)
	value, ok := Text(e.Value)
	if !installed {
		script = ""
	}
	p.Open = p.Open || installed && !(known && ok)
	if ok && (strings.HasPrefix(value, ":") || strings.Contains(value, "/")) {
		m.binary(p, ProvidedBinary{Script: script, Key: e.Key, Value: e.Value, Span: e.Node.Span()})
	}
}
