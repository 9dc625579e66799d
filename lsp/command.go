package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis"
)

// The commands that editors may offer. Those about a place take a URI and a position, and return locations.
const (
	fixAllCommand     = "buildlint.fixAll"     // a URI; without one, all files of all workspaces
	dependentsCommand = "buildlint.dependents" // a URI and a position
	ownersCommand     = "buildlint.owners"     // a URI
	restartCommand    = "buildlint.restartIndex"
)

func commands() []string {
	return []string{fixAllCommand, dependentsCommand, ownersCommand, restartCommand}
}

func (s *server) executeCommand(ctx context.Context, st *state, p *protocol.ExecuteCommandParams) (any, error) {
	switch p.Command {
	case fixAllCommand:
		return nil, s.fixAll(ctx, st, p.Arguments)
	case dependentsCommand:
		return dependentsOf(ctx, st, p.Arguments)
	case ownersCommand:
		f, err := fileArgument(st, p.Arguments)
		if err != nil {
			return nil, err
		}
		return protocol.LocationSlice(f.ownerLocations(ctx)), nil
	case restartCommand:
		s.session.restart()
		return nil, nil
	}
	return nil, jsonrpc2.NewError(jsonrpc2.InvalidParams, fmt.Sprintf("unknown command %q", p.Command))
}

// argument decodes an argument of a command.
func argument(args []protocol.LSPAny, i int, into any) error {
	if i >= len(args) {
		return jsonrpc2.NewError(jsonrpc2.InvalidParams, fmt.Sprintf("the command needs %d arguments", i+1))
	}
	if err := json.Unmarshal(args[i], into); err != nil {
		return jsonrpc2.NewError(jsonrpc2.InvalidParams, fmt.Sprintf("argument %d: %v", i+1, err))
	}
	return nil
}

func fileArgument(st *state, args []protocol.LSPAny) (*file, error) {
	var u uri.URI
	if err := argument(args, 0, &u); err != nil {
		return nil, err
	}
	f, ok := st.file(u)
	if !ok {
		return nil, errNotOpen(u)
	}
	return f, nil
}

// dependentsOf returns the places that use the target at a place.
func dependentsOf(ctx context.Context, st *state, args []protocol.LSPAny) (protocol.LocationSlice, error) {
	f, err := fileArgument(st, args)
	if err != nil {
		return nil, err
	}
	var at protocol.Position
	if err := argument(args, 1, &at); err != nil {
		return nil, err
	}
	b, ok := f.buildFile()
	if !ok {
		return nil, fmt.Errorf("%s is no BUILD file", f.rel)
	}
	e := b.elementAt(b.offset(at))
	if e.address.IsZero() {
		return nil, errors.New("there is no target here")
	}
	return b.referencesTo(ctx, e.address, false)
}

// fixAll applies the safe fixes of a file, or of everything.
func (s *server) fixAll(ctx context.Context, st *state, args []protocol.LSPAny) error {
	if len(args) > 0 {
		f, err := fileArgument(st, args)
		if err != nil {
			return err
		}
		e, err := f.fixAll(ctx)
		if err != nil {
			return err
		}
		return s.apply(ctx, e)
	}
	for _, p := range st.projects {
		e, err := st.fixProject(ctx, p)
		if err != nil {
			return err
		}
		if err := s.apply(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// fixProject returns the edit that applies all safe fixes of a workspace, nil if there are none.
func (st *state) fixProject(ctx context.Context, p *project) (*protocol.WorkspaceEdit, error) {
	dirs, err := analysis.Directories(ctx, p.snapshot, []string{""})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return st.fixDirectories(ctx, p, dirs, func(analysis.Diagnostic) bool { return true })
}

// apply asks the client to apply an edit.
func (s *server) apply(ctx context.Context, e *protocol.WorkspaceEdit) error {
	if e == nil {
		return nil
	}
	label := "Apply all safe fixes of buildlint"
	r, err := s.client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{Label: &label, Edit: *e})
	if err != nil {
		return fmt.Errorf("applying fixes: %w", err)
	}
	if !r.Applied {
		return fmt.Errorf("the editor did not apply the fixes: %s", deref(r.FailureReason))
	}
	return nil
}
