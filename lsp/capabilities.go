package lsp

import "go.lsp.dev/protocol"

// capabilities returns what the server offers a client.
func capabilities(c *client) protocol.ServerCapabilities {
	yes := protocol.Boolean(true)
	caps := protocol.ServerCapabilities{
		PositionEncoding: c.encoding,
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: ptr(true),
			Change:    ptr(protocol.TextDocumentSyncKindIncremental),
			Save:      &protocol.SaveOptions{},
		},
		Workspace: &protocol.WorkspaceOptions{
			WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{Supported: ptr(true), ChangeNotifications: yes},
			FileOperations:   &protocol.FileOperationOptions{WillRename: movable()},
		},
		CodeActionProvider: &protocol.CodeActionOptions{
			CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, fixAllKind}, ResolveProvider: ptr(true),
		},
		CodeLensProvider: &protocol.CodeLensOptions{ResolveProvider: ptr(true)},
		CompletionProvider: &protocol.CompletionOptions{
			TriggerCharacters: []string{"'", `"`, "/", ":", "."},
		},
		SignatureHelpProvider: &protocol.SignatureHelpOptions{TriggerCharacters: []string{"(", ","}},
		SemanticTokensProvider: &protocol.SemanticTokensOptions{
			Legend: protocol.SemanticTokensLegend{TokenTypes: tokenTypes(), TokenModifiers: tokenModifiers()},
			Full:   yes, Range: yes,
		},
		RenameProvider:            &protocol.RenameOptions{PrepareProvider: ptr(true)},
		ExecuteCommandProvider:    protocol.ExecuteCommandOptions{Commands: commands()},
		HoverProvider:             yes,
		DefinitionProvider:        yes,
		ReferencesProvider:        yes,
		DocumentHighlightProvider: yes,
		DocumentSymbolProvider:    yes,
		WorkspaceSymbolProvider:   yes,
		FoldingRangeProvider:      yes,
		SelectionRangeProvider:    yes,
		InlayHintProvider:         yes,
		CallHierarchyProvider:     yes,
	}
	if c.documentLinks {
		caps.DocumentLinkProvider = &protocol.DocumentLinkOptions{}
	}
	if c.pullsDiagnostics {
		caps.DiagnosticProvider = &protocol.DiagnosticOptions{
			Identifier: ptr(source), InterFileDependencies: true, WorkspaceDiagnostics: c.pullsWorkspace,
		}
	}
	return caps
}

// movable are the files that the server wants to know of before they are moved: any, and directories.
func movable() protocol.FileOperationRegistrationOptions {
	return protocol.FileOperationRegistrationOptions{Filters: []protocol.FileOperationFilter{
		{Scheme: ptr("file"), Pattern: protocol.FileOperationPattern{Glob: "**/*"}},
	}}
}
