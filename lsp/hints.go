package lsp

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func (st *state) inlayHint(ctx context.Context, p *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	return inlayHints(ctx, b, syntax.Span{Start: b.offset(p.Range.Start), End: b.offset(p.Range.End)}), nil
}

// inlayHints returns, behind each pattern of sources in a range, how many files it matches.
func inlayHints(ctx context.Context, b *buildFile, within syntax.Span) []protocol.InlayHint {
	var hints []protocol.InlayHint
	for t := range b.targets {
		for _, pattern := range t.Sources.Include {
			if ctx.Err() != nil {
				return hints
			}
			if pattern.Value == nil || !pattern.IsGlob() || !within.Contains(pattern.Value.Node().Span()) {
				continue
			}
			hints = append(hints, b.globHint(t, pattern))
		}
	}
	return hints
}

func (b *buildFile) globHint(t *workspace.Target, pattern workspace.Pattern) protocol.InlayHint {
	files := b.project.snapshot.Tree().Glob(t.Package.Dir, []string{pattern.Glob}, t.Sources.Exclude)
	label := fmt.Sprintf("%d files", len(files))
	if len(files) == 1 {
		label = "1 file"
	}
	const most = 20
	shown := relativeTo(t.Package.Dir, files[:min(most, len(files))])
	if len(files) > most {
		shown = append(shown, fmt.Sprintf("and %d more", len(files)-most))
	}
	return protocol.InlayHint{
		Position: b.position(pattern.Value.Node().Span().End), Label: protocol.String(label),
		Tooltip: protocol.String(strings.Join(shown, "\n")), PaddingLeft: ptr(true),
	}
}
