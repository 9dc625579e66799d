package lsp

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/buildlint/buildlint/analysis"
)

// A client is the peer of a session, and what it can do.
type client struct {
	protocol.Client // its requests must not be called from a notification's handler

	log   *zap.Logger
	queue chan func(context.Context) error

	encoding protocol.PositionEncodingKind

	pullsDiagnostics, pullsWorkspace      bool
	relatedInformation, codeDescription   bool
	diagnosticTags                        []protocol.DiagnosticTag
	configuration, registersConfiguration bool
	registersWatchers, workDoneProgress   bool
	documentChanges                       bool
	codeActionLiterals, resolvesEdits     bool
	snippets, snippetEdits                bool
	completionTags                        bool
	markdownHover, markdownCompletion     bool
	hierarchicalSymbols, definitionLinks  bool
	foldsLinesOnly, documentLinks         bool
	refreshesLenses, refreshesHints       bool
}

// queued bounds the messages that wait for a client which does not read.
const queued = 1024

func newClient(peer protocol.Client, params *protocol.InitializeParams, log *zap.Logger) *client {
	c := &client{Client: peer, log: log, queue: make(chan func(context.Context) error, queued)}
	caps := &params.Capabilities
	c.encoding = negotiate(deref(caps.General).PositionEncodings)
	c.workspaceFeatures(deref(caps.Workspace))
	c.diagnosticFeatures(deref(caps.TextDocument), deref(caps.Workspace))
	c.documentFeatures(deref(caps.TextDocument))
	c.workDoneProgress = deref(deref(caps.Window).WorkDoneProgress)
	// Neovim that is told to pull again pulls the workspace alone where it can, and then drops what concerns open files.
	c.pullsWorkspace = c.pullsDiagnostics && params.ClientInfo.Name != "Neovim"
	return c
}

// negotiate chooses the first of the offered encodings that the server has; they are in order of preference.
func negotiate(offered []protocol.PositionEncodingKind) protocol.PositionEncodingKind {
	for _, encoding := range offered {
		if encoding == protocol.PositionEncodingKindUTF8 || encoding == protocol.PositionEncodingKindUTF16 {
			return encoding
		}
	}
	return protocol.PositionEncodingKindUTF16
}

func (c *client) workspaceFeatures(caps protocol.WorkspaceClientCapabilities) {
	c.configuration = deref(caps.Configuration)
	c.registersConfiguration = deref(deref(caps.DidChangeConfiguration).DynamicRegistration)
	watched := deref(caps.DidChangeWatchedFiles)
	c.registersWatchers = deref(watched.DynamicRegistration)
	edit := deref(caps.WorkspaceEdit)
	c.documentChanges = deref(edit.DocumentChanges)
	c.snippetEdits = deref(edit.SnippetEditSupport)
	c.refreshesLenses = deref(deref(caps.CodeLens).RefreshSupport)
	c.refreshesHints = deref(deref(caps.InlayHint).RefreshSupport)
}

func (c *client) diagnosticFeatures(
	caps protocol.TextDocumentClientCapabilities, workspace protocol.WorkspaceClientCapabilities,
) {
	pushed := deref(caps.PublishDiagnostics)
	common := pushed.DiagnosticsCapabilities
	// One that pulls but cannot be told to pull again would not hear of what other files bring about.
	c.pullsDiagnostics = caps.Diagnostic != nil && deref(deref(workspace.Diagnostics).RefreshSupport)
	if c.pullsDiagnostics {
		if deref(caps.Diagnostic.RelatedInformation) || caps.PublishDiagnostics == nil {
			common = caps.Diagnostic.DiagnosticsCapabilities
		}
	}
	c.relatedInformation = deref(common.RelatedInformation)
	c.codeDescription = deref(common.CodeDescriptionSupport)
	c.diagnosticTags = common.TagSupport.ValueSet
}

func (c *client) documentFeatures(caps protocol.TextDocumentClientCapabilities) {
	actions := deref(caps.CodeAction)
	c.codeActionLiterals = len(actions.CodeActionLiteralSupport.CodeActionKind.ValueSet) > 0
	c.resolvesEdits = slices.Contains(actions.ResolveSupport.Properties, "edit") && deref(actions.DataSupport)
	item := deref(deref(caps.Completion).CompletionItem)
	c.snippets = deref(item.SnippetSupport)
	c.completionTags = slices.Contains(item.TagSupport.ValueSet, protocol.CompletionItemTagDeprecated)
	c.markdownCompletion = slices.Contains(item.DocumentationFormat, protocol.MarkupKindMarkdown)
	c.markdownHover = slices.Contains(deref(caps.Hover).ContentFormat, protocol.MarkupKindMarkdown)
	c.hierarchicalSymbols = deref(deref(caps.DocumentSymbol).HierarchicalDocumentSymbolSupport)
	c.definitionLinks = deref(deref(caps.Definition).LinkSupport)
	c.documentLinks = caps.DocumentLink != nil
	c.foldsLinesOnly = deref(deref(caps.FoldingRange).LineFoldingOnly)
}

// deref returns what p points to, the zero value if that is nothing.
func deref[T any](p *T) T {
	var zero T
	return *cmp.Or(p, &zero)
}

// send queues a message that expects no answer. It never blocks.
func (c *client) send(message func(context.Context) error) {
	select {
	case c.queue <- message:
	default:
		c.log.Warn("dropped a message: the client does not read")
	}
}

// deliver sends what is queued, in order, until ctx ends.
func (c *client) deliver(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case message := <-c.queue:
			survive(c.log, func() {
				if err := message(ctx); err != nil && ctx.Err() == nil {
					c.log.Warn("message to the client", zap.Error(err))
				}
			})
		}
	}
}

// tell writes a line to the log that users see in their editor, and to the server's own.
func (c *client) tell(kind protocol.MessageType, message string) {
	switch kind {
	case protocol.MessageTypeError:
		c.log.Error(message)
	case protocol.MessageTypeWarning:
		c.log.Warn(message)
	default:
		c.log.Info(message)
	}
	c.send(func(ctx context.Context) error {
		return c.LogMessage(ctx, &protocol.LogMessageParams{Type: kind, Message: message})
	})
}

// show shows a message to the user, who must do something about it.
func (c *client) show(kind protocol.MessageType, message string) {
	c.tell(kind, message)
	c.send(func(ctx context.Context) error {
		return c.ShowMessage(ctx, &protocol.ShowMessageParams{Type: kind, Message: message})
	})
}

// complain tells the user what is wrong with a workspace. The log has more of a mistake of the server's own.
func (c *client) complain(err error) {
	var p *analysis.PanicError
	if errors.As(err, &p) {
		c.log.DPanic("panic", zap.Any("value", p.Value), zap.ByteString("stack", p.Stack))
	}
	c.show(protocol.MessageTypeWarning, err.Error())
}
