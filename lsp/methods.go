package lsp

import (
	"context"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/lsp/internal/rpc"
)

// A requestMethod begins with a request: it decodes the parameters, takes the state as it is now, and returns what
// computes the answer.
type requestMethod func(s *server, method string, params []byte) (later, error)

type later = func(context.Context) (any, error)

// A notificationMethod handles a notification. It must not call the client.
type notificationMethod func(s *server, method string, params []byte) error

// query is a request that reads a state.
func query[P, R any](answer func(*state, context.Context, *P) (R, error)) requestMethod {
	return func(s *server, method string, raw []byte) (later, error) {
		params := new(P)
		if err := rpc.Decode(method, raw, params); err != nil {
			return nil, err
		}
		st := s.session.current()
		return func(ctx context.Context) (any, error) { return answer(st, ctx, params) }, nil
	}
}

// action is a request that does more than to read a state.
func action[P, R any](perform func(*server, context.Context, *state, *P) (R, error)) requestMethod {
	return func(s *server, method string, raw []byte) (later, error) {
		params := new(P)
		if err := rpc.Decode(method, raw, params); err != nil {
			return nil, err
		}
		st := s.session.current()
		return func(ctx context.Context) (any, error) { return perform(s, ctx, st, params) }, nil
	}
}

func notice[P any](handle func(*server, *P) error) notificationMethod {
	return func(s *server, method string, raw []byte) error {
		params := new(P)
		if err := rpc.Decode(method, raw, params); err != nil {
			return err
		}
		return handle(s, params)
	}
}

func requestMethods() map[string]requestMethod {
	return map[string]requestMethod{
		protocol.MethodCallHierarchyIncomingCalls:       query((*state).incomingCalls),
		protocol.MethodCallHierarchyOutgoingCalls:       query((*state).outgoingCalls),
		protocol.MethodCodeActionResolve:                query((*state).resolveAction),
		protocol.MethodCodeLensResolve:                  query((*state).resolveLens),
		protocol.MethodTextDocumentCodeAction:           query((*state).codeAction),
		protocol.MethodTextDocumentCodeLens:             query((*state).codeLens),
		protocol.MethodTextDocumentCompletion:           query((*state).completion),
		protocol.MethodTextDocumentDefinition:           query((*state).definition),
		protocol.MethodTextDocumentDiagnostic:           action((*server).diagnostic),
		protocol.MethodTextDocumentDocumentHighlight:    query((*state).documentHighlight),
		protocol.MethodTextDocumentDocumentLink:         query((*state).documentLink),
		protocol.MethodTextDocumentDocumentSymbol:       query((*state).documentSymbol),
		protocol.MethodTextDocumentFoldingRange:         query((*state).foldingRange),
		protocol.MethodTextDocumentHover:                query((*state).hover),
		protocol.MethodTextDocumentInlayHint:            query((*state).inlayHint),
		protocol.MethodTextDocumentPrepareCallHierarchy: query((*state).prepareCallHierarchy),
		protocol.MethodTextDocumentPrepareRename:        query((*state).prepareRename),
		protocol.MethodTextDocumentReferences:           query((*state).references),
		protocol.MethodTextDocumentRename:               query((*state).rename),
		protocol.MethodTextDocumentSelectionRange:       query((*state).selectionRange),
		protocol.MethodTextDocumentSemanticTokensFull:   query((*state).semanticTokensFull),
		protocol.MethodTextDocumentSemanticTokensRange:  query((*state).semanticTokensRange),
		protocol.MethodTextDocumentSignatureHelp:        query((*state).signatureHelp),
		protocol.MethodWorkspaceDiagnostic:              action((*server).workspaceDiagnostic),
		protocol.MethodWorkspaceExecuteCommand:          action((*server).executeCommand),
		protocol.MethodWorkspaceSymbol:                  query((*state).workspaceSymbol),
		protocol.MethodWorkspaceWillRenameFiles:         query((*state).willRenameFiles),
	}
}

func notificationMethods() map[string]notificationMethod {
	return map[string]notificationMethod{
		protocol.MethodInitialized:                        notice((*server).initialized),
		protocol.MethodSetTrace:                           notice((*server).setTrace),
		protocol.MethodTextDocumentDidOpen:                notice((*server).didOpen),
		protocol.MethodTextDocumentDidChange:              notice((*server).didChange),
		protocol.MethodTextDocumentDidSave:                notice((*server).didSave),
		protocol.MethodTextDocumentDidClose:               notice((*server).didClose),
		protocol.MethodWorkspaceDidChangeConfiguration:    notice((*server).didChangeConfiguration),
		protocol.MethodWorkspaceDidChangeWorkspaceFolders: notice((*server).didChangeWorkspaceFolders),
		protocol.MethodWorkspaceDidChangeWatchedFiles:     notice((*server).didChangeWatchedFiles),
	}
}
