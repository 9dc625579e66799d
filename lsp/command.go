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
	fixAllCommand     = "buildlint.fixAll"     // a URI; without one, all files of all workspaces; returns a [fixAllResult]
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
		return s.fixAll(ctx, st, p.Arguments)
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

// A fixAllResult is what [fixAllCommand] did.
type fixAllResult struct {
	Files int `json:"files"` // that were changed
	Fixes int `json:"fixes"` // the findings that were mended
}

// fixAll applies the safe fixes of a file, or of everything.
func (s *server) fixAll(ctx context.Context, st *state, args []protocol.LSPAny) (fixAllResult, error) {
	var done fixAllResult
	if len(args) > 0 {
		f, err := fileArgument(st, args)
		if err != nil {
			return done, err
		}
		found, err := f.fixAll(ctx)
		return s.applyFixes(ctx, done, found, err)
	}
	for _, p := range st.projects {
		found, err := st.fixProject(ctx, p)
		if done, err = s.applyFixes(ctx, done, found, err); err != nil {
			return done, err
		}
	}
	return done, nil
}

// fixProject returns what applies all safe fixes of a workspace.
func (st *state) fixProject(ctx context.Context, p *project) (fixed, error) {
	p, err := p.whole(ctx)
	if err != nil {
		return fixed{}, err
	}
	dirs, err := analysis.Directories(ctx, p.snapshot, []string{""})
	if ctx.Err() != nil {
		return fixed{}, ctx.Err()
	}
	if err != nil {
		return fixed{}, err
	}
	return st.fixDirectories(ctx, p, dirs, func(analysis.Diagnostic) bool { return true })
}

// applyFixes applies what was found and adds it to what was done, unless err says why it was not found.
func (s *server) applyFixes(ctx context.Context, done fixAllResult, found fixed, err error) (fixAllResult, error) {
	if err != nil {
		return done, err
	}
	if err := s.apply(ctx, found.edit); err != nil {
		return done, err
	}
	return fixAllResult{Files: done.Files + found.files, Fixes: done.Fixes + found.fixes}, nil
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
