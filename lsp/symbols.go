package lsp

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func (st *state) documentSymbol(
	_ context.Context, p *protocol.DocumentSymbolParams,
) (protocol.DocumentSymbolResult, error) {
	b, ok := st.starlarkFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	symbols := documentSymbols(b)
	if st.client.hierarchicalSymbols {
		return protocol.DocumentSymbolSlice(symbols), nil
	}
	var flat protocol.SymbolInformationSlice
	for _, s := range symbols {
		info := protocol.SymbolInformation{Location: protocol.Location{URI: b.uri, Range: s.Range}}
		info.Name, info.Kind = s.Name, s.Kind
		flat = append(flat, info)
	}
	return flat, nil
}

// documentSymbols returns the targets of a file with their fields, and its constants and functions.
func documentSymbols(b *buildFile) []protocol.DocumentSymbol {
	var symbols []protocol.DocumentSymbol
	for t := range b.targets {
		symbols = append(symbols, b.targetSymbol(t))
	}
	for _, stmt := range b.syntax.Stmts {
		if s, ok := b.bindingSymbol(stmt); ok {
			symbols = append(symbols, s)
		}
	}
	slices.SortStableFunc(symbols, func(x, y protocol.DocumentSymbol) int {
		return comparePositions(x.Range.Start, y.Range.Start)
	})
	return symbols
}

func comparePositions(a, b protocol.Position) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Character, b.Character))
}

func (b *buildFile) targetSymbol(t *workspace.Target) protocol.DocumentSymbol {
	whole, name := t.Node().Span(), nameSpan(t)
	s := protocol.DocumentSymbol{
		Name: cmp.Or(t.Name, t.KindName), Detail: &t.KindName, Kind: symbolKind(t.Kind),
		Range: b.rangeOf(whole.Start, whole.End), SelectionRange: b.rangeOf(name.Start, name.End),
	}
	for _, f := range t.Fields {
		if f == t.NameField || f.Arg.Name == "" {
			continue
		}
		span := f.Arg.Span()
		s.Children = append(s.Children, protocol.DocumentSymbol{
			Name: f.Name, Kind: protocol.SymbolKindField,
			Range: b.rangeOf(span.Start, span.End), SelectionRange: b.rangeOf(f.Arg.NameSpan.Start, f.Arg.NameSpan.End),
		})
	}
	return s
}

func (b *buildFile) bindingSymbol(stmt syntax.Node) (protocol.DocumentSymbol, bool) {
	kind, name, at := protocol.SymbolKindConstant, "", syntax.Span{}
	switch {
	case stmt.Kind() == syntax.Assign && stmt.X().Kind() == syntax.Ident && b.targetAt(stmt.Y().Span().Start) == nil:
		name, at = stmt.X().Name(), stmt.X().Span()
	case stmt.Kind() == syntax.Def:
		kind, name, at = protocol.SymbolKindFunction, stmt.Name(), stmt.NameSpan()
	case stmt.Kind() == syntax.Class:
		kind, name, at = protocol.SymbolKindClass, stmt.Name(), stmt.NameSpan()
	}
	if name == "" {
		return protocol.DocumentSymbol{}, false
	}
	whole := stmt.Span()
	return protocol.DocumentSymbol{
		Name: name, Kind: kind, Range: b.rangeOf(whole.Start, whole.End), SelectionRange: b.rangeOf(at.Start, at.End),
	}, true
}

// symbolKind returns the kind of symbol that shows a target best.
func symbolKind(k *dialect.Kind) protocol.SymbolKind {
	switch {
	case k.Is(dialect.Library), k.Is(dialect.Generated):
		return protocol.SymbolKindModule
	case k.Is(dialect.Binary):
		return protocol.SymbolKindFunction
	case k.Is(dialect.Test):
		return protocol.SymbolKindMethod
	case k.Is(dialect.Resource):
		return protocol.SymbolKindFile
	case k.Is(dialect.Requirement), k.Is(dialect.Distribution):
		return protocol.SymbolKindPackage
	}
	return protocol.SymbolKindObject
}

func (st *state) workspaceSymbol(
	ctx context.Context, p *protocol.WorkspaceSymbolParams,
) (protocol.WorkspaceSymbolResult, error) {
	var found []scored
	for _, project := range st.projects {
		project, err := project.whole(ctx)
		if err != nil {
			return nil, err
		}
		matches, err := workspaceSymbols(ctx, project, p.Query)
		if err != nil {
			return nil, err
		}
		found = append(found, matches...)
	}
	slices.SortStableFunc(found, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.address.String(), b.address.String()))
	})
	var symbols protocol.SymbolInformationSlice
	for _, s := range found[:min(len(found), maxSymbols)] {
		if info, ok := st.symbolInformation(s); ok {
			symbols = append(symbols, info)
		}
	}
	return symbols, nil
}

// maxSymbols bounds the answer to a query: a user types on rather than to read more.
const maxSymbols = 100

// A scored is a target that matches a query.
type scored struct {
	project  *project
	address  workspace.Address
	score    int
	implicit bool // a line of a file declares it
}

// workspaceSymbols returns the targets whose addresses match a query, but not those that each line of a file declares.
func workspaceSymbols(ctx context.Context, p *project, query string) ([]scored, error) {
	found, err := workspaceTargets(ctx, p, query)
	return slices.DeleteFunc(found, func(s scored) bool { return s.implicit }), err
}

// workspaceTargets returns the targets whose addresses match a query.
func workspaceTargets(ctx context.Context, p *project, query string) ([]scored, error) {
	dirs, _ := p.snapshot.AllPackages() // what cannot be read was told
	var found []scored
	for i, dir := range dirs {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		facts := p.snapshot.Facts(dir)
		if facts == nil {
			continue
		}
		for t := range facts.Targets() {
			if score := fuzzy(query, t.Address().String()); score > 0 && !t.Address().IsZero() {
				found = append(found, scored{p, t.Address(), score, t.Implicit()})
			}
		}
	}
	return found, nil
}

// symbolInformation returns where a target is declared.
func (st *state) symbolInformation(s scored) (protocol.SymbolInformation, bool) {
	t := s.project.targetNamed(s.address)
	if t == nil {
		return protocol.SymbolInformation{}, false
	}
	doc := (&file{state: st, project: s.project, document: &document{encoding: st.client.encoding}}).documentOf(t.File)
	name := nameSpan(t)
	info := protocol.SymbolInformation{Location: protocol.Location{URI: doc.uri, Range: doc.rangeOf(name.Start, name.End)}}
	info.Name, info.Kind, info.ContainerName = s.address.Name, symbolKind(t.Kind), &s.address.Dir
	return info, true
}

// fuzzy scores how well a text matches a query, all of whose words it must match: 0 if it does not. An empty query
// matches everything, and slashes at the start of one mean nothing.
func fuzzy(query, text string) int {
	score := 1
	for word := range strings.FieldsSeq(strings.TrimLeft(query, "/ ")) {
		n := fuzzyWord(word, text)
		if n == 0 {
			return 0
		}
		score += n
	}
	return score
}

// fuzzyWord scores how well a text matches a word whose characters it must hold in order, more for characters that
// follow each other or start a word, for the same case, and for a match near the end, where the name is.
func fuzzyWord(query, text string) int {
	score, run, q := 1, 0, []rune(query)
	runes := []rune(text)
	i := len(q) - 1
	for at := len(runes) - 1; at >= 0 && i >= 0; at-- { // from the end: the name counts most
		c := runes[at]
		if c != q[i] && unicode.ToLower(c) != unicode.ToLower(q[i]) {
			run = 0
			score--
			continue
		}
		run++
		score += 10 * run
		if c == q[i] {
			score++
		}
		if at == 0 || strings.ContainsRune("/:_-.", runes[at-1]) {
			score += 15
		}
		i--
	}
	if i >= 0 {
		return 0
	}
	return max(score, 1)
}
