package lsp

import (
	"cmp"
	"context"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// The token types, by their place in the legend.
const (
	typeToken     uint32 = iota // the function that declares a target
	propertyToken               // the name of a field
	variableToken               // a constant, a target's name
	functionToken               // any other function
	stringToken                 // an address
)

func tokenTypes() []string { return []string{"type", "property", "variable", "function", "string"} }

// The token modifiers, by their bit in the legend.
const (
	declarationModifier uint32 = 1 << iota
	readonlyModifier
	deprecatedModifier // an address that names nothing
)

func tokenModifiers() []string { return []string{"declaration", "readonly", "deprecated"} }

func (st *state) semanticTokensFull(
	_ context.Context, p *protocol.SemanticTokensParams,
) (*protocol.SemanticTokens, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	return &protocol.SemanticTokens{Data: b.encodeTokens(semanticTokens(b))}, nil
}

func (st *state) semanticTokensRange(
	_ context.Context, p *protocol.SemanticTokensRangeParams,
) (*protocol.SemanticTokens, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	wanted := syntax.Span{Start: b.offset(p.Range.Start), End: b.offset(p.Range.End)}
	tokens := slices.DeleteFunc(semanticTokens(b), func(t semanticToken) bool { return !t.span.Overlaps(wanted) })
	return &protocol.SemanticTokens{Data: b.encodeTokens(tokens)}, nil
}

// A semanticToken is a word with a meaning that a grammar of the syntax alone does not see.
type semanticToken struct {
	span      syntax.Span
	kind      uint32
	modifiers uint32
}

// semanticTokens returns the tokens of a file by position. No two overlap.
func semanticTokens(b *buildFile) []semanticToken {
	var tokens []semanticToken
	for t := range b.targets {
		tokens = append(tokens, targetTokens(b, t)...)
	}
	for _, stmt := range b.syntax.Stmts {
		syntax.Walk(stmt, func(n syntax.Node) bool {
			tokens = append(tokens, nodeTokens(b, n)...)
			return true
		})
	}
	slices.SortStableFunc(tokens, func(x, y semanticToken) int { return cmp.Compare(x.span.Start, y.span.Start) })
	end := 0
	return slices.DeleteFunc(tokens, func(t semanticToken) bool {
		overlaps := t.span.Start < end
		end = max(end, t.span.End)
		return overlaps
	})
}

func targetTokens(b *buildFile, t *workspace.Target) []semanticToken {
	var tokens []semanticToken
	if t.NameField != nil && t.NameField.Arg.Value.Kind() == syntax.String {
		tokens = append(tokens, semanticToken{t.NameField.Arg.Value.Span(), variableToken, declarationModifier})
	}
	for use := range usesOf(t) {
		if use.value.Node().Kind() != syntax.String {
			continue
		}
		token := semanticToken{span: use.value.Node().Span(), kind: stringToken}
		if r := b.project.snapshot.Resolve(use.address); r.Target.IsZero() && !r.Unknown {
			token.modifiers = deprecatedModifier
		}
		tokens = append(tokens, token)
	}
	return tokens
}

// nodeTokens returns the tokens of a call or an assignment itself.
func nodeTokens(b *buildFile, n syntax.Node) []semanticToken {
	var tokens []semanticToken
	switch {
	case n.Kind() == syntax.Call && n.Func().Kind() == syntax.Ident:
		kind := functionToken
		if b.project.snapshot.Dialect().Kinds[n.Func().Name()] != nil {
			kind = typeToken
		}
		tokens = append(tokens, semanticToken{span: n.Func().Span(), kind: kind})
		fallthrough
	case n.Kind() == syntax.Call:
		for a := range n.Args() {
			if a.Name != "" {
				tokens = append(tokens, semanticToken{span: a.NameSpan, kind: propertyToken})
			}
		}
	case n.Kind() == syntax.Assign && n.X().Kind() == syntax.Ident:
		tokens = append(tokens, semanticToken{n.X().Span(), variableToken, declarationModifier | readonlyModifier})
	}
	return tokens
}

// encodeTokens returns tokens as five numbers each, relative to the one before. A token of several lines is left out.
func (b *buildFile) encodeTokens(tokens []semanticToken) []uint32 {
	data := make([]uint32, 0, 5*len(tokens))
	var last protocol.Position
	for _, t := range tokens {
		r := b.rangeOf(t.span.Start, t.span.End)
		if r.Start.Line != r.End.Line {
			continue
		}
		char := r.Start.Character
		if r.Start.Line == last.Line {
			char -= last.Character
		}
		data = append(data, r.Start.Line-last.Line, char, r.End.Character-r.Start.Character, t.kind, t.modifiers)
		last = r.Start
	}
	return data
}
