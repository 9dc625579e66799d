package lsp

import (
	"context"
	"path"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// loads offers what a load statement takes: the label of a file first, then names that it defines.
func (c *completer) loads(ctx context.Context, call *frame) {
	switch d := c.project.snapshot.Dialect(); {
	case !d.Loads.Files:
		c.addresses(ctx, call.texts)
	case call.items == 0:
		c.modules(ctx)
	case len(call.texts) > 0:
		c.definedIn(call.texts)
	}
}

// modules offers labels of files that can be loaded, and the directories on the way to some.
func (c *completer) modules(ctx context.Context) {
	prefix := c.place.prefix
	base, rest, ok := c.project.snapshot.Dialect().BaseOf(prefix, c.pkg.Dir)
	if !ok {
		return
	}
	if prefix == "" || strings.HasPrefix(prefix, ":") {
		c.modulesOf(c.pkg.Dir, ":")
	}
	if strings.HasPrefix(prefix, ":") {
		return
	}
	dir, _, named := strings.Cut(rest, ":")
	if !named {
		dir = strings.TrimSuffix(rest[:strings.LastIndexByte(rest, '/')+1], "/")
	}
	c.modulesOf(path.Join(base.Dir, dir), base.Text+dir+":")
	if named {
		return
	}
	for _, child := range c.children(path.Join(base.Dir, dir)) {
		if ctx.Err() != nil {
			return
		}
		below := joinPath(dir, child.name)
		c.modulesOf(path.Join(base.Dir, below), base.Text+below+":")
		if child.deeper {
			c.add(offer{label: base.Text + below + "/", kind: protocol.CompletionItemKindFolder, order: "2"})
		}
	}
}

// modulesOf offers the files of a directory that can be loaded, behind what is written before their names.
func (c *completer) modulesOf(dir, before string) {
	entries, _ := c.project.snapshot.Tree().Dir(dir) // none if it cannot be listed
	for _, e := range entries {
		if !e.Dir && isModule(e.Name) && !c.labelled(before+e.Name) {
			c.add(offer{label: before + e.Name, kind: protocol.CompletionItemKindFile, order: "1"})
		}
	}
}

// definedIn offers the names that a file defines for others, but those that are taken already. The label of the file
// comes first.
func (c *completer) definedIn(texts []string) {
	rel, ok := c.project.snapshot.LoadPath(texts[0], c.pkg.Dir)
	if !ok {
		return
	}
	src, err := c.project.snapshot.Tree().Read(rel)
	if err != nil {
		return
	}
	for _, stmt := range syntax.Parse(src).Stmts {
		name, kind := definedBy(stmt)
		if name != "" && !strings.HasPrefix(name, "_") && !slices.Contains(texts[1:], name) && !c.labelled(name) {
			c.add(offer{label: name, kind: kind, detail: rel})
		}
	}
}

// definedBy returns the name that a statement defines, "" if it defines none.
func definedBy(stmt syntax.Node) (string, protocol.CompletionItemKind) {
	switch {
	case stmt.Kind() == syntax.Def:
		return stmt.Name(), protocol.CompletionItemKindFunction
	case stmt.Kind() == syntax.Assign && stmt.X().Kind() == syntax.Ident:
		return stmt.X().Name(), protocol.CompletionItemKindVariable
	}
	return "", 0
}

// isModule reports whether BUILD files may load a file of a name.
func isModule(name string) bool {
	switch path.Ext(name) {
	case ".bzl", ".build_defs", ".build_def", ".star":
		return true
	}
	return false
}
