package lsp

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/buildlint/buildlint/lsp/internal/rpc"
)

// The phases of a session, in their order.
const (
	phaseStarted int32 = iota
	phaseInitialized
	phaseShutDown
)

// A server serves one session.
type server struct {
	ctx  context.Context // the session's
	end  context.CancelCauseFunc
	opts Options
	log  *zap.Logger
	// began is before the session read any file. Clocks of file systems are coarse.
	began time.Time

	requests      map[string]requestMethod
	notifications map[string]notificationMethod

	phase    atomic.Int32
	client   *client // set by initialize
	session  *session
	diagnose *diagnoser
	moved    chan struct{} // told when the session may look at other directories
	opened   chan struct{} // told when there may be a project to index
	once     sync.Once     // for what initialized does

	initial    settings   // those that came with initialize
	fetching   sync.Mutex // held while the client is asked for its settings
	fetched    bool       // whether it gave some last
	progress   progressCounter
	background background
	peer       protocol.Client
}

func newServer(ctx context.Context, end context.CancelCauseFunc, peer protocol.Client, opts Options) *server {
	return &server{
		ctx: ctx, end: end, opts: opts, log: opts.Log, peer: peer, began: time.Now().Add(-time.Second),
		requests: requestMethods(), notifications: notificationMethods(),
		moved: make(chan struct{}, 1), opened: make(chan struct{}, 1),
	}
}

// run runs f in the background until it returns; it must end with its context, the session's. A session that has ended
// runs nothing more.
func (s *server) run(f func(context.Context)) {
	s.background.run(func() { survive(s.log, func() { f(s.ctx) }) })
}

// A background is work that is waited for when it is to end: messages may still come in then.
type background struct {
	mu    sync.Mutex
	ended bool
	work  sync.WaitGroup
}

func (b *background) run(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.ended {
		b.work.Go(f)
	}
}

// wait waits for what runs, and has nothing more run.
func (b *background) wait() {
	b.mu.Lock()
	b.ended = true
	b.mu.Unlock()
	b.work.Wait()
}

// survive runs f. A panic is a bug, but not the end of the server. It reports whether f returned.
func survive(log *zap.Logger, f func()) (returned bool) {
	defer func() {
		if v := recover(); v != nil {
			log.DPanic("panic", zap.Any("value", v), zap.ByteString("stack", debug.Stack()))
		}
	}()
	f()
	return true
}

// wait waits for the background work of a session that has ended, but not long.
func (s *server) wait() {
	done := make(chan struct{})
	go func() { s.background.wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(drain):
		s.log.Warn("background work outlives its session")
	}
}

func (s *server) notification(_ context.Context, method string, params []byte) error {
	if method == protocol.MethodExit {
		s.end(errExit)
		return nil
	}
	handle, known := s.notifications[method]
	switch {
	case !known:
		s.log.Debug("ignored an unknown notification", zap.String("method", method))
		return nil
	case s.phase.Load() != phaseInitialized:
		return errors.New("dropped: the server is not initialized, or shut down")
	}
	return handle(s, method, params)
}

func (s *server) request(_ context.Context, method string, params []byte) rpc.Reply {
	switch phase := s.phase.Load(); {
	case phase == phaseShutDown:
		return refusal(jsonrpc2.InvalidRequest, "the server is shut down")
	case method == protocol.MethodInitialize && phase == phaseStarted:
		return s.initialize(params)
	case method == protocol.MethodInitialize:
		return refusal(jsonrpc2.InvalidRequest, "the server is initialized already")
	case phase == phaseStarted:
		return refusal(jsonrpc2.ServerNotInitialized, "the server is not initialized")
	case method == protocol.MethodShutdown:
		s.phase.Store(phaseShutDown)
		return rpc.Reply{}
	}
	begin, known := s.requests[method]
	if !known {
		return refusal(jsonrpc2.MethodNotFound, "method not found: "+method)
	}
	later, err := begin(s, method, params)
	return rpc.Reply{Later: later, Err: err}
}

func refusal(code jsonrpc2.Code, message string) rpc.Reply {
	return rpc.Reply{Err: jsonrpc2.NewError(code, message)}
}

func (s *server) initialize(raw []byte) rpc.Reply {
	var params protocol.InitializeParams
	if err := rpc.Decode(protocol.MethodInitialize, raw, &params); err != nil {
		return rpc.Reply{Err: err}
	}
	s.client = newClient(s.peer, &params, s.log)
	s.run(s.client.deliver)
	s.log.Info("initialize", zap.String("client", params.ClientInfo.Name),
		zap.String("encoding", string(s.client.encoding)), zap.Bool("pull", s.client.pullsDiagnostics))

	s.session = newSession(s.client, s.log)
	s.diagnose = newDiagnoser(s.client)
	s.session.changed = s.changed
	s.initial = initialSettings(s.client, params.InitializationOptions)
	s.session.configure(s.initial)
	s.session.setFolders(foldersOf(&params), nil)
	s.run(s.diagnose.run)
	if s.opts.WatchParent && params.ProcessID != nil {
		pid := int(*params.ProcessID)
		s.run(func(ctx context.Context) { s.watchParent(ctx, pid) })
	}
	s.phase.Store(phaseInitialized)
	return rpc.Reply{Result: &protocol.InitializeResult{
		Capabilities: capabilities(s.client),
		ServerInfo:   protocol.ServerInfo{Name: "buildls", Version: protocol.NewOptional(s.opts.Version)},
	}}
}

// foldersOf returns the folders that a client opens. Older clients name a root instead; one without any has the working
// directory of the server, which it started.
func foldersOf(p *protocol.InitializeParams) []protocol.WorkspaceFolder {
	if folders, ok := p.WorkspaceFolders.Get(); ok {
		return folders
	}
	if p.RootURI != nil { //nolint:staticcheck // of clients before LSP 3.6
		return []protocol.WorkspaceFolder{{URI: *p.RootURI}} //nolint:staticcheck // as above
	}
	if path, ok := p.RootPath.Get(); ok && path != "" { //nolint:staticcheck // of clients before LSP 3.0
		return []protocol.WorkspaceFolder{{URI: uriOf(path)}}
	}
	return nil
}

// changed passes on that the session has a new state.
func (s *server) changed(next *state, changes []fileChange) {
	s.diagnose.changed(next, changes)
	if changes != nil && changes[0].action == edited {
		return
	}
	for _, told := range []chan struct{}{s.moved, s.opened} {
		select {
		case told <- struct{}{}:
		default: // it was told already
		}
	}
}

// initialized asks the client for what LSP lets a server ask for only now.
func (s *server) initialized(*protocol.InitializedParams) error {
	s.once.Do(func() {
		s.run(func(ctx context.Context) {
			s.register(ctx)
			s.fetchSettings(ctx)
		})
		s.run(s.indexProjects)
		if !s.client.registersWatchers {
			s.startWatcher()
		}
	})
	return nil
}

// parentInterval is how often the client's process is looked for.
const parentInterval = 3 * time.Second

// watchParent ends the session when the process pid is gone, as LSP asks.
func (s *server) watchParent(ctx context.Context, pid int) {
	tick := time.NewTicker(parentInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !alive(pid) {
			s.log.Error("the client's process is gone; a client whose process id cannot be seen from here, such as one "+
				"outside of this container, must send null as processId", zap.Int("pid", pid))
			s.end(errors.New("the client's process is gone"))
			return
		}
	}
}
