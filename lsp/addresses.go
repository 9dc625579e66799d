package lsp

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// addresses offers targets to depend on: those of the package, and of others by path, segment by segment. Beside are
// the addresses that are there already.
func (c *completer) addresses(ctx context.Context, beside []string) {
	taken := map[workspace.Address]bool{}
	for _, text := range beside {
		if a, err := c.project.snapshot.Dialect().ParseAddress(text, c.pkg.Dir); err == nil {
			taken[a] = true
		}
	}
	if t := c.targetAt(c.place.word.Start); t != nil {
		taken[t.Address()] = true
	}
	d := c.project.snapshot.Dialect()
	if d.Grammar.Generated { // what excludes a target stays before its address
		bare := strings.TrimLeft(c.place.prefix, "!")
		c.place.word.Start += len(c.place.prefix) - len(bare)
		c.place.prefix = bare
	}
	prefix := c.place.prefix
	if generator, _, ok := strings.Cut(prefix, "#"); ok && d.Grammar.Generated {
		c.generated(generator, beside)
		return
	}
	base, rest, ok := d.BaseOf(prefix, c.pkg.Dir)
	q := &addressQuery{base: base, bare: rest == prefix, taken: taken}
	if q.bare && d.Grammar.Labels {
		c.repositories(prefix)
	}
	if !ok {
		return
	}
	switch dir, _, named := strings.Cut(rest, ":"); {
	case prefix == "":
		c.localTargets(taken, "")
		c.segments(ctx, "", q)
		c.complete = false // what is typed next is searched for everywhere
	case named && q.bare && dir == "":
		c.localTargets(taken, "")
	case named:
		c.targetsOf(path.Join(base.Dir, dir), q, true)
	case strings.Contains(rest, "/"):
		c.segments(ctx, path.Dir(rest), q)
	default:
		if q.bare {
			c.localTargets(taken, rest)
		}
		c.segments(ctx, "", q)
		c.search(ctx, rest, q)
	}
}

// An addressQuery is how addresses are to be written, and which are there already.
type addressQuery struct {
	base  dialect.Base
	bare  bool // the base is not written
	taken map[workspace.Address]bool
}

// repositories offers the names that labels have for this repository, and for those that lie in it.
func (c *completer) repositories(prefix string) {
	loads := c.project.snapshot.Dialect().Loads
	at := prefix[:len(prefix)-len(strings.TrimLeft(prefix, "@"))]
	names := slices.Sorted(maps.Keys(loads.Cells))
	if at != "" {
		names = append(names, loads.Own...)
	}
	for _, name := range names {
		if text := at + name + "//"; !c.labelled(text) {
			c.add(offer{label: text, kind: protocol.CompletionItemKindModule, order: "4"})
		}
	}
}

// generated offers the requirements that a target generates.
func (c *completer) generated(generator string, beside []string) {
	a, err := c.project.snapshot.Dialect().ParseAddress(generator+"#", c.pkg.Dir)
	t := c.project.targetNamed(a)
	if err != nil || t == nil || t.Generated == nil {
		return
	}
	for _, name := range t.Generated.Names {
		if text := generator + "#" + name.Name; !slices.Contains(beside, text) && !c.labelled(text) {
			c.add(offer{label: text, kind: protocol.CompletionItemKindReference, detail: t.Kind.Generates})
		}
	}
}

// labelled reports whether there is an offer of a label.
func (c *completer) labelled(label string) bool { return c.labels[label] }

// localTargets offers the targets of the package: all, or those whose names match what is typed of one without a colon.
func (c *completer) localTargets(taken map[workspace.Address]bool, name string) {
	for _, t := range c.pkg.Targets {
		a := t.Address()
		if a.IsZero() || taken[a] || c.labelled(":"+t.Name) || c.enabled("binary-dependency") && t.Is(dialect.Binary) {
			continue
		}
		o := offer{label: ":" + t.Name, kind: protocol.CompletionItemKindReference, detail: t.KindName, order: "0"}
		if name != "" {
			o.filter = t.Name
		}
		if fuzzy(name, t.Name) > 0 {
			c.add(o)
		}
	}
}

// targetsOf offers the targets of a package that may be depended on: where they are asked for by name in full, else as
// short as can be.
func (c *completer) targetsOf(dir string, q *addressQuery, full bool) {
	d := c.project.snapshot.Dialect()
	facts := c.project.snapshot.Facts(dir)
	if facts == nil || dir == c.pkg.Dir || !d.Holds(q.base, dir) {
		return // its own targets are written with a colon
	}
	for t := range facts.Targets() {
		if t.Address().IsZero() || q.taken[t.Address()] || !c.mayDependOn(facts, t) {
			continue
		}
		order := "1"
		if t.IsPrivate() {
			order = "1~" // where the conventions allow it, it is still the exception
		}
		label := d.SpellIn(q.base, t.Address(), full)
		if c.labelled(label) { // declared twice
			continue
		}
		c.add(offer{label: label, kind: protocol.CompletionItemKindReference, detail: t.KindName(), order: order})
	}
}

// mayDependOn reports whether the conventions that count for the file allow to depend on a target of another package.
func (c *completer) mayDependOn(facts *workspace.Facts, t workspace.TargetFacts) bool {
	if c.enabled("binary-dependency") && t.Is(dialect.Binary) {
		return false
	}
	root, ok := c.project.snapshot.RootOf(facts.Dir())
	if !c.enabled("private-dependency") || !ok || root.Category != dialect.SourceRoot || root.Language != dialect.Python {
		return true
	}
	if public := facts.PublicLibrary(dialect.Python); !public.IsZero() {
		return t == public
	}
	return !t.IsPrivate()
}

// enabled reports whether a rule runs for the file.
func (c *completer) enabled(rule string) bool {
	for _, s := range c.project.settings.rules(c.rel) {
		if s.Rule.Name == rule {
			return true
		}
	}
	return false
}

// segments offers the directories below dir, which is relative to the base of the addresses, that hold packages or lead
// to some, and the targets of those that do.
func (c *completer) segments(ctx context.Context, dir string, q *addressQuery) {
	if dir == "." {
		dir = ""
	}
	for _, child := range c.children(path.Join(q.base.Dir, dir)) {
		if ctx.Err() != nil {
			return
		}
		below := joinPath(dir, child.name)
		full := path.Join(q.base.Dir, below)
		if !c.project.snapshot.Dialect().Holds(q.base, full) {
			continue
		}
		c.targetsOf(full, q, false)
		if child.deeper {
			c.add(offer{label: q.base.Text + below + "/", kind: protocol.CompletionItemKindFolder, order: "2"})
		}
	}
}

// A child is a directory on the way to packages.
type child struct {
	name   string
	deeper bool // there are packages below it
}

// children returns the directories in dir that hold packages at or below them. Before the whole workspace was read they
// may as well lead to none.
func (c *completer) children(dir string) []child {
	if !c.project.indexed {
		return c.listed(dir)
	}
	dirs, _ := c.project.snapshot.AllPackages() // what cannot be read was told
	prefix := dir + "/"
	if dir == "" {
		prefix = ""
	}
	start, _ := slices.BinarySearch(dirs, prefix)
	var found []child
	seen := map[string]int{}
	for _, d := range dirs[start:] {
		if !strings.HasPrefix(d, prefix) {
			break
		}
		name, rest, _ := strings.Cut(d[len(prefix):], "/")
		if name == "" {
			continue
		}
		if _, ok := seen[name]; !ok {
			seen[name] = len(found)
			found = append(found, child{name: name})
		}
		found[seen[name]].deeper = found[seen[name]].deeper || rest != ""
	}
	return found
}

func (c *completer) listed(dir string) []child {
	entries, err := c.project.snapshot.Tree().Dir(dir)
	if err != nil {
		return nil
	}
	var found []child
	for _, e := range entries {
		if e.Dir && !strings.HasPrefix(e.Name, ".") && !c.project.snapshot.Tree().Ignored(joinPath(dir, e.Name)) {
			found = append(found, child{name: e.Name, deeper: true})
		}
	}
	return found
}

// search offers the targets of the whole workspace whose names match what is typed.
func (c *completer) search(ctx context.Context, query string, q *addressQuery) {
	if !c.project.indexed {
		c.complete = false
		return
	}
	found, err := workspaceTargets(ctx, c.project, query)
	if err != nil {
		return
	}
	slices.SortStableFunc(found, func(a, b scored) int { return b.score - a.score })
	const most = 50
	c.complete = len(found) <= most
	for _, s := range found[:min(len(found), most)] {
		c.addFound(s.address, q)
	}
}

// addFound offers a target of another package that is not offered yet.
func (c *completer) addFound(a workspace.Address, q *addressQuery) {
	d := c.project.snapshot.Dialect()
	facts := c.project.snapshot.Facts(a.Dir)
	t := facts.Named(a.Name)
	held := d.Holds(q.base, a.Dir)
	if t.IsZero() || a.Dir == c.pkg.Dir || q.taken[a] || !c.mayDependOn(facts, t) || !held && !q.bare {
		return
	}
	text := d.From(a, c.pkg.Dir)
	if held {
		text = d.SpellIn(q.base, a, false)
	}
	if !c.labelled(text) {
		c.add(offer{label: text, kind: protocol.CompletionItemKindReference, detail: t.KindName(), order: "3"})
	}
}

// functions offers what a module binds that an entry point can name.
func (c *completer) functions(module string) {
	rel, _, ok := c.entryFile(module)
	if !ok {
		return
	}
	src, err := c.project.snapshot.Tree().Read(rel)
	if err != nil {
		return
	}
	for b := range python.ReadModule(src).All {
		if !strings.HasPrefix(b.Name, "_") && b.Kind != python.ImportBinding {
			c.add(offer{label: module + ":" + b.Name, kind: protocol.CompletionItemKindFunction})
		}
	}
}
