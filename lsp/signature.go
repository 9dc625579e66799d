package lsp

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
)

func (st *state) signatureHelp(_ context.Context, p *protocol.SignatureHelpParams) (*protocol.SignatureHelp, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	return signatureHelp(b, b.offset(p.Position)), nil
}

// signatureHelp returns the fields of the target that is being declared at offset, nil if none is.
func signatureHelp(b *buildFile, offset int) *protocol.SignatureHelp {
	call, _ := placeAt(b.text, offset).call()
	if call == nil {
		return nil
	}
	if help := b.functionHelp(call.callee, call.arg); help != nil {
		return help
	}
	k := b.project.snapshot.Dialect().Kinds[call.callee]
	if k == nil {
		return nil
	}
	markdown := b.state.client.markdownHover
	s := protocol.SignatureInformation{Documentation: b.state.markup(k.Doc, markdown)}
	help := &protocol.SignatureHelp{ActiveSignature: ptr(uint32(0))}
	names := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		names[i] = f.Name
		s.Parameters = append(s.Parameters, protocol.ParameterInformation{
			Label: protocol.String(f.Name), Documentation: b.state.markup(f.Doc, markdown),
		})
		if f.Name == call.arg {
			help.ActiveParameter = protocol.NewNullable(uint32(i))
		}
	}
	if help.ActiveParameter.IsZero() {
		help.ActiveParameter = protocol.NewNullable(uint32(len(names))) // none of them
	}
	s.Label = k.Name + "(" + strings.Join(names, ", ") + ")"
	help.Signatures = []protocol.SignatureInformation{s}
	return help
}
