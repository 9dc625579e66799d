// Package lsp is the language server: it shows in an editor what buildlint finds, fixes it with a key, and moves about
// the targets of a workspace.
//
// A client's notifications are handled in order, one at a time; they make the next [state] of the session. A request
// runs concurrently, on the state as it was when it came in. Features are plain functions of a snapshot, a file and a
// position, one file each; the methods of [state] translate them to the protocol.
package lsp

import (
	"context"
	"errors"
	"io"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/buildlint/buildlint/lsp/internal/rpc"
)

// Options say how a session is served.
type Options struct {
	Log     *zap.Logger
	Version string // the server's, for the client to show

	// WatchParent ends the session when the process that the client names as its own is gone. It makes no sense where
	// the client may run on another machine.
	WatchParent bool
}

// ErrNoShutdown is returned by [Serve] when a session ended without a shutdown request. LSP asks for exit code 1 then.
var ErrNoShutdown = errors.New("the client did not shut the server down")

// Serve speaks LSP on rwc until the client asks for the exit or hangs up, its process is gone, or ctx ends. It closes
// rwc, and returns while a read from rwc may still be blocked.
func Serve(ctx context.Context, rwc io.ReadWriteCloser, opts Options) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	conn := rpc.NewConn(rwc, opts.Log, func(err error) { cancel(hungUp(err)) })
	s := newServer(ctx, cancel, protocol.ClientDispatcher(conn), opts)
	conn.Go(ctx, rpc.NewHandler(rpc.Handlers{Notification: s.notification, Request: s.request}, opts.Log))

	<-ctx.Done()
	cause := context.Cause(ctx)
	opts.Log.Info("session ended", zap.NamedError("cause", cause))
	s.wait()
	if err := rwc.Close(); err != nil {
		opts.Log.Debug("closing the connection", zap.Error(err))
	}
	if s.phase.Load() == phaseShutDown {
		return nil
	}
	if errors.Is(cause, context.Canceled) {
		return cause
	}
	return errors.Join(ErrNoShutdown, cause)
}

// errExit is why a session ends that the client asked to exit.
var errExit = errors.New("exit")

func hungUp(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("the client hung up")
	}
	return err
}

// drain is how long a session that ended waits for its background work to notice.
const drain = 2 * time.Second
