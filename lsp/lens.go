package lsp

import (
	"context"
	"encoding/json"
	"fmt"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// lensData is what tells the target of a lens again.
type lensData struct {
	URI     uri.URI           `json:"uri"`
	Address workspace.Address `json:"address"`
}

// codeLens returns a lens above each target of a file; what it says is looked up when it comes into sight. That nothing
// depends on a binary or a test goes without saying.
func (st *state) codeLens(_ context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok || !b.project.indexed {
		return nil, nil
	}
	var lenses []protocol.CodeLens
	for t := range b.targets {
		if t.Name == "" || isEnd(t.Kind) && len(b.project.snapshot.Uses(t.Address())) == 0 {
			continue
		}
		raw, err := json.Marshal(lensData{URI: b.uri, Address: t.Address()})
		if err != nil {
			return nil, err
		}
		head := t.Node().Func().Span()
		lenses = append(lenses, protocol.CodeLens{Range: b.rangeOf(head.Start, head.End), Data: raw})
	}
	return lenses, nil
}

// isEnd reports whether targets of a kind are there for their own sake, and seldom for others to depend on.
func isEnd(k *dialect.Kind) bool {
	return k.Is(dialect.Binary) || k.Is(dialect.Test) || k.Is(dialect.Distribution)
}

// resolveLens says how many targets depend on the one of a lens.
func (st *state) resolveLens(_ context.Context, lens *protocol.CodeLens) (*protocol.CodeLens, error) {
	var data lensData
	if err := json.Unmarshal(lens.Data, &data); err != nil {
		return nil, fmt.Errorf("a lens that is not this server's: %w", err)
	}
	f, ok := st.file(data.URI)
	if !ok {
		return nil, errNotOpen(data.URI)
	}
	n := len(userNames(f.project, data.Address))
	title := fmt.Sprintf("%d dependents", n)
	if n == 1 {
		title = "1 dependent"
	}
	at, err := json.Marshal(lens.Range.Start)
	if err != nil {
		return nil, err
	}
	where, err := json.Marshal(data.URI)
	if err != nil {
		return nil, err
	}
	lens.Command = protocol.Command{Title: title, Command: dependentsCommand, Arguments: []protocol.LSPAny{where, at}}
	return lens, nil
}
