package fake

import (
	"context"
	"errors"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/lsp/internal/rpc"
)

func (e *Editor) notification(_ context.Context, method string, params []byte) error {
	if handle, ok := e.handlers[method]; ok {
		_, err := handle(params)
		return err
	}
	return nil
}

func (e *Editor) request(_ context.Context, method string, params []byte) rpc.Reply {
	handle, ok := e.handlers[method]
	if !ok {
		return rpc.Reply{Err: jsonrpc2.NewError(jsonrpc2.MethodNotFound, method)}
	}
	result, err := handle(params)
	return rpc.Reply{Result: result, Err: err}
}

// on returns a handler of messages with parameters of the type P.
func on[P any](method string, handle func(*P) (any, error)) func([]byte) (any, error) {
	return func(raw []byte) (any, error) {
		params := new(P)
		if err := rpc.Decode(method, raw, params); err != nil {
			return nil, err
		}
		return handle(params)
	}
}

func (e *Editor) methods() map[string]func([]byte) (any, error) {
	refresh := func([]byte) (any, error) { e.note(func() { e.refreshes++ }); return nil, nil }
	return map[string]func([]byte) (any, error){
		protocol.MethodTextDocumentPublishDiagnostics: on("publish", e.publish),
		protocol.MethodWorkspaceDiagnosticRefresh:     refresh,
		protocol.MethodWorkspaceCodeLensRefresh:       func([]byte) (any, error) { return nil, nil },
		protocol.MethodWorkspaceInlayHintRefresh:      func([]byte) (any, error) { return nil, nil },
		protocol.MethodWindowLogMessage: on("log", func(p *protocol.LogMessageParams) (any, error) {
			e.note(func() { e.messages = append(e.messages, p.Message) })
			return nil, nil
		}),
		protocol.MethodWindowShowMessage: on("show", func(p *protocol.ShowMessageParams) (any, error) {
			e.note(func() { e.messages = append(e.messages, p.Message) })
			return nil, nil
		}),
		protocol.MethodWindowWorkDoneProgressCreate: func([]byte) (any, error) { return nil, nil },
		protocol.MethodProgress: on("progress", func(p *protocol.ProgressParams) (any, error) {
			e.note(func() { e.progress = append(e.progress, string(p.Value)) })
			return nil, nil
		}),
		protocol.MethodClientRegisterCapability: on("register", func(p *protocol.RegistrationParams) (any, error) {
			if e.refuse {
				return nil, errors.New("refused")
			}
			e.note(func() { e.registrations = append(e.registrations, p.Registrations...) })
			return nil, nil
		}),
		protocol.MethodWorkspaceConfiguration: on("configuration", e.configuration),
		protocol.MethodWorkspaceApplyEdit:     on("apply", e.applyEdit),
	}
}

func (e *Editor) publish(p *protocol.PublishDiagnosticsParams) (any, error) {
	e.note(func() {
		e.diagnostics[p.URI] = p
		e.published[p.URI]++
	})
	return nil, nil
}

func (e *Editor) configuration(p *protocol.ConfigurationParams) (any, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	values := make([]protocol.LSPAny, len(p.Items))
	for i := range values {
		values[i] = protocol.LSPAny("null")
		if e.settings != "" {
			values[i] = protocol.LSPAny(e.settings)
		}
	}
	return values, nil
}

func (e *Editor) applyEdit(p *protocol.ApplyWorkspaceEditParams) (any, error) {
	err := e.Apply(&p.Edit)
	result := &protocol.ApplyWorkspaceEditResult{Applied: err == nil}
	if err != nil {
		reason := err.Error()
		result.FailureReason = &reason
	}
	return result, nil
}

// SetSettings changes the settings that the editor answers with, and tells the server.
func (e *Editor) SetSettings(ctx context.Context, settings string) error {
	e.note(func() { e.settings = settings })
	return e.Server.DidChangeConfiguration(ctx, &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny("null")})
}

// Diagnostics returns what was last published for a file, nil if nothing was, and how often something was.
func (e *Editor) Diagnostics(path string) (*protocol.PublishDiagnosticsParams, int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	u := uri.File(path)
	return e.diagnostics[u], e.published[u]
}

// Refreshes returns how often the server asked to pull diagnostics again.
func (e *Editor) Refreshes() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.refreshes
}

// Messages returns what the server logged and showed.
func (e *Editor) Messages() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string(nil), e.messages...)
}

// Progress returns the values of all progress so far, as JSON.
func (e *Editor) Progress() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string(nil), e.progress...)
}

// Registrations returns what the server registered for.
func (e *Editor) Registrations() []protocol.Registration {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]protocol.Registration(nil), e.registrations...)
}
