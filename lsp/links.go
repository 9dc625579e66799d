package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func (st *state) documentLink(ctx context.Context, p *protocol.DocumentLinkParams) ([]protocol.DocumentLink, error) {
	b, ok := st.starlarkFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	return documentLinks(ctx, b), nil
}

// documentLinks returns the addresses of other packages as links to their BUILD files, and the sources that are no
// patterns as links to those files. A client shows them underlined. One that asks for their definition as well does not
// announce that it takes them: it need not be told twice where they lead.
func documentLinks(ctx context.Context, b *buildFile) []protocol.DocumentLink {
	links := b.loadedFiles()
	for t := range b.targets {
		if ctx.Err() != nil {
			return links
		}
		for use := range usesOf(t) {
			if rel, ok := b.declaredIn(use.address); ok && use.address.Dir != b.pkg.Dir {
				links = append(links, b.link(use.value.Node(), rel, b.project.snapshot.Dialect().Spell(use.address)))
			}
		}
		for _, pattern := range t.Sources.Include {
			rel := joinPath(b.pkg.Dir, pattern.Glob)
			if pattern.Value != nil && !pattern.IsGlob() && b.project.snapshot.Tree().Stat(rel) == filetree.File {
				links = append(links, b.link(pattern.Value.Node(), rel, rel))
			}
		}
	}
	return links
}

// loadedFiles returns the labels of load statements as links to the files.
func (b *buildFile) loadedFiles() []protocol.DocumentLink {
	var links []protocol.DocumentLink
	for _, stmt := range b.syntax.Stmts {
		if stmt.Kind() != syntax.Load {
			continue
		}
		if rel, ok := b.loadedFile(stmt.X()); ok {
			links = append(links, b.link(stmt.X(), rel, rel))
		}
	}
	return links
}

// declaredIn returns the BUILD file that declares a target.
func (b *buildFile) declaredIn(a workspace.Address) (rel string, ok bool) {
	r := b.project.snapshot.Resolve(a)
	if r.Target.IsZero() {
		return "", false
	}
	return r.Package.Path(r.Target), true
}

func (b *buildFile) link(text syntax.Node, rel, tooltip string) protocol.DocumentLink {
	s := content(text)
	return protocol.DocumentLink{
		Range: b.rangeOf(s.Start, s.End), Target: ptr(uriOf(b.project.abs(rel))), Tooltip: &tooltip,
	}
}

func joinPath(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}
