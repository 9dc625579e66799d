// Package rpc speaks JSON-RPC 2.0 in LSP's framing, with LSP's ordering and cancellation. A peer cannot end a
// connection by what it sends, only by closing it: malformed messages, panics and errors of handlers are logged, and
// answered where the protocol has an answer.
package rpc

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// Handlers answer a peer. Both functions are called in the order of the messages, one at a time, and must neither
// block nor call the peer. Params are null where the message has none, and valid until the function returns.
type Handlers struct {
	Notification func(ctx context.Context, method string, params []byte) error

	// Request begins with a request. It answers at once, or returns what computes the answer concurrently with the
	// messages that follow; its context ends when the peer cancels the request.
	Request func(ctx context.Context, method string, params []byte) Reply
}

// A Reply answers a request: Later, if it is set, else Result and Err.
type Reply struct {
	Result any
	Err    error
	Later  func(context.Context) (any, error)
}

// NewConn returns a connection over rwc. When the peer hangs up or the transport fails, hangup is called with the
// reason, [io.EOF] if it was between two messages; requests may still be running then.
func NewConn(rwc io.ReadWriteCloser, log *zap.Logger, hangup func(error)) jsonrpc2.Conn {
	s := &stream{Stream: jsonrpc2.NewHeaderStream(rwc), in: bufio.NewReader(rwc), log: log, hangup: hangup}
	return jsonrpc2.NewConn(s, jsonrpc2.WithCodec(codec{}))
}

// codec marshals payloads with protocol's union-aware functions.
type codec struct{}

func (codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok {
		return raw, nil
	}
	return protocol.Marshal(v)
}

func (codec) Unmarshal(data []byte, v any) error {
	if raw, ok := v.(*jsonrpc2.RawMessage); ok {
		*raw = append(jsonrpc2.RawMessage(nil), data...)
		return nil
	}
	return protocol.Unmarshal(data, v)
}

// NewHandler returns what [jsonrpc2.Conn.Go] runs to serve h.
func NewHandler(h Handlers, log *zap.Logger) jsonrpc2.Handler {
	d := &dispatcher{handlers: h, log: log, running: map[jsonrpc2.ID]context.CancelFunc{}}
	return d.handle
}

type dispatcher struct {
	handlers Handlers
	log      *zap.Logger

	mu      sync.Mutex
	running map[jsonrpc2.ID]context.CancelFunc // requests that are not answered yet
}

// handle never returns an error of a notification, and never panics: jsonrpc2 would close the connection.
func (d *dispatcher) handle(ctx context.Context, req *jsonrpc2.Request) (any, error) {
	method := strings.Clone(req.Method())
	switch {
	case method == protocol.MethodCancelRequest:
		d.cancel(req.Params())
	case req.IsCall():
		return d.request(ctx, method, req)
	default:
		d.notification(jsonrpc2.DetachContext(ctx), method, paramsOf(req))
	}
	return nil, nil
}

func (d *dispatcher) notification(ctx context.Context, method string, params []byte) {
	_, err := d.guard(method, func() (any, error) { return nil, d.handlers.Notification(ctx, method, params) })
	if err != nil {
		d.log.Error("notification", zap.String("method", method), zap.Error(err), zap.ByteString("params", clip(params)))
	}
}

// request derives the request's context from the connection's, not from ctx: jsonrpc2 recycles that one.
func (d *dispatcher) request(ctx context.Context, method string, req *jsonrpc2.Request) (any, error) {
	runCtx, cancel := context.WithCancel(jsonrpc2.DetachContext(ctx))
	defer cancel()

	var reply Reply
	_, err := d.guard(method, func() (any, error) {
		reply = d.handlers.Request(runCtx, method, paramsOf(req))
		return nil, nil
	})
	if err != nil || reply.Later == nil {
		return reply.Result, d.wireError(runCtx, method, errors.Join(err, reply.Err))
	}
	defer d.register(req.ID(), cancel)()
	jsonrpc2.Async(ctx)
	result, err := d.guard(method, func() (any, error) { return reply.Later(runCtx) })
	return result, d.wireError(runCtx, method, err)
}

// register makes a request cancellable until the function that it returns is called.
func (d *dispatcher) register(id jsonrpc2.ID, cancel context.CancelFunc) (unregister func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.running[id] = cancel
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.running, id)
	}
}

func (d *dispatcher) cancel(params []byte) {
	var p struct {
		ID json.RawMessage `json:"id"`
	}
	err := json.Unmarshal(params, &p)
	id, ok := parseID(p.ID)
	if err != nil || !ok {
		d.log.Error("notification", zap.String("method", protocol.MethodCancelRequest),
			zap.String("error", "id is neither an integer nor a string"), zap.ByteString("params", clip(params)))
		return
	}
	d.mu.Lock()
	cancel := d.running[id]
	d.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

// guard turns a panic of f into an error and logs it with its stack.
func (d *dispatcher) guard(method string, f func() (any, error)) (result any, err error) {
	defer func() {
		if r := recover(); r != nil {
			d.log.DPanic("panic", zap.String("method", method), zap.Any("value", r), zap.ByteString("stack", debug.Stack()))
			result, err = nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "%s: internal error: %v", method, r)
		}
	}()
	return f()
}

// wireError gives err the code that LSP has for it: jsonrpc2 would send 0 for an error without one.
func (d *dispatcher) wireError(ctx context.Context, method string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return protocol.ErrRequestCancelled
	}
	var wire *jsonrpc2.Error
	if errors.As(err, &wire) {
		return err
	}
	d.log.Warn("request failed", zap.String("method", method), zap.Error(err))
	return &jsonrpc2.Error{Code: jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed), Message: err.Error()}
}

func paramsOf(req *jsonrpc2.Request) []byte {
	if req.Params() == nil {
		return []byte("null")
	}
	return req.Params()
}

// Decode decodes params into p. It returns an error with the code InvalidParams if they do not fit. Null leaves p as
// it is.
func Decode(method string, params []byte, p any) error {
	if string(params) == "null" {
		return nil
	}
	if err := protocol.Unmarshal(params, p); err != nil {
		return jsonrpc2.NewError(jsonrpc2.InvalidParams, fmt.Sprintf("%s: %v", method, err))
	}
	return nil
}
