// Package fake is an editor for tests: it speaks LSP over real pipes, keeps buffers, applies the edits that a server
// makes, and waits for what is expected to happen in the end.
package fake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"github.com/buildlint/buildlint/lsp/internal/rpc"
)

// Patience is how long an editor waits for what it expects.
const Patience = 60 * time.Second

// Config is what an editor opens and can do.
type Config struct {
	Folders      []string // absolute paths
	Capabilities string   // JSON of ClientCapabilities; "" means Full
	Options      string   // JSON of initializationOptions
	Settings     string   // JSON of what it answers when asked for its settings; "" means null
	ProcessID    *int32
	Name         string // of the editor
	Refuse       bool   // it refuses to register capabilities
}

// Full are the capabilities of an editor that can do everything, and has diagnostics pushed to it.
const Full = `{
	"general": {"positionEncodings": ["utf-16"]},
	"window": {"workDoneProgress": true},
	"workspace": {
		"applyEdit": true, "configuration": true, "workspaceFolders": true,
		"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
			"changeAnnotationSupport": {}},
		"didChangeConfiguration": {"dynamicRegistration": true},
		"didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
		"codeLens": {"refreshSupport": true}, "inlayHint": {"refreshSupport": true},
		"diagnostics": {"refreshSupport": true}
	},
	"textDocument": {
		"publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
			"dataSupport": true, "tagSupport": {"valueSet": [1, 2]}},
		"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}},
			"isPreferredSupport": true, "dataSupport": true, "resolveSupport": {"properties": ["edit"]}},
		"completion": {"completionItem": {"snippetSupport": true, "tagSupport": {"valueSet": [1]},
			"documentationFormat": ["markdown"]}},
		"hover": {"contentFormat": ["markdown"]},
		"documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
		"definition": {"linkSupport": true},
		"documentLink": {}, "rename": {"prepareSupport": true}
	}
}`

// An Editor is a client. Its methods may be called from several goroutines.
type Editor struct {
	Server protocol.Server
	Init   *protocol.InitializeResult

	conn   jsonrpc2.Conn
	hungUp chan struct{}
	refuse bool

	mu            sync.Mutex
	changed       chan struct{} // closed and replaced when something below changes
	settings      string
	buffers       map[uri.URI]*Buffer
	diagnostics   map[uri.URI]*protocol.PublishDiagnosticsParams
	published     map[uri.URI]int
	refreshes     int
	messages      []string
	progress      []string
	registrations []protocol.Registration
	handlers      map[string]func(params []byte) (any, error)
}

// Pipe returns the two ends of a connection made of operating system pipes.
func Pipe() (client, server io.ReadWriteCloser, err error) {
	clientIn, serverOut, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	serverIn, clientOut, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return &duplex{clientIn, clientOut}, &duplex{serverIn, serverOut}, nil
}

type duplex struct {
	in, out *os.File
}

func (d *duplex) Read(p []byte) (int, error)  { return d.in.Read(p) }
func (d *duplex) Write(p []byte) (int, error) { return d.out.Write(p) }
func (d *duplex) Close() error                { return errors.Join(d.out.Close(), d.in.Close()) }

// Start opens an editor that speaks with a server at the other end of rwc, and initializes it.
func Start(ctx context.Context, rwc io.ReadWriteCloser, cfg Config) (*Editor, error) {
	e := &Editor{
		hungUp: make(chan struct{}), changed: make(chan struct{}), settings: cfg.Settings,
		refuse:      cfg.Refuse,
		buffers:     map[uri.URI]*Buffer{},
		diagnostics: map[uri.URI]*protocol.PublishDiagnosticsParams{},
		published:   map[uri.URI]int{},
	}
	e.handlers = e.methods()
	log := zap.NewNop()
	var once sync.Once
	e.conn = rpc.NewConn(rwc, log, func(error) { once.Do(func() { close(e.hungUp) }) })
	e.conn.Go(ctx, rpc.NewHandler(rpc.Handlers{Notification: e.notification, Request: e.request}, log))
	e.Server = protocol.ServerDispatcher(e.conn)
	if err := e.initialize(ctx, cfg); err != nil {
		return nil, fmt.Errorf("initialize: %w", err)
	}
	return e, nil
}

func (e *Editor) initialize(ctx context.Context, cfg Config) error {
	params := &protocol.InitializeParams{ProcessID: cfg.ProcessID}
	params.ClientInfo.Name = cfg.Name
	caps := cfg.Capabilities
	if caps == "" {
		caps = Full
	}
	if err := protocol.Unmarshal([]byte(caps), &params.Capabilities); err != nil {
		return err
	}
	if cfg.Options != "" {
		params.InitializationOptions = protocol.LSPAny(cfg.Options)
	}
	var folders []protocol.WorkspaceFolder
	for _, f := range cfg.Folders {
		folders = append(folders, Folder(f))
	}
	params.WorkspaceFolders = protocol.NewNullable(folders)
	result, err := e.Server.Initialize(ctx, params)
	if err != nil {
		return err
	}
	e.Init = result
	return e.Server.Initialized(ctx, &protocol.InitializedParams{})
}

// Folder returns the workspace folder at an absolute path.
func Folder(path string) protocol.WorkspaceFolder {
	return protocol.WorkspaceFolder{URI: uri.File(path), Name: filepath.Base(path)}
}

// Quit shuts the server down, asks it to exit, and waits until it hangs up.
func (e *Editor) Quit(ctx context.Context) error {
	if err := e.Server.Shutdown(ctx); err != nil {
		return err
	}
	if err := e.Server.Exit(ctx); err != nil {
		return err
	}
	select {
	case <-e.hungUp:
		return nil
	case <-time.After(Patience):
		return errors.New("the server did not hang up")
	}
}

// Call sends any request. Params and result may be raw messages.
func (e *Editor) Call(ctx context.Context, method string, params, result any) error {
	return protocol.Call(ctx, e.conn, method, params, result)
}

// Notify sends any notification.
func (e *Editor) Notify(ctx context.Context, method string, params any) error {
	return e.conn.Notify(ctx, method, params)
}

// Eventually waits until ok, which may look at the editor through its methods, holds.
func (e *Editor) Eventually(ok func() bool) error {
	deadline := time.After(Patience)
	for {
		e.mu.Lock()
		changed := e.changed
		e.mu.Unlock()
		if ok() {
			return nil
		}
		select {
		case <-changed:
		case <-deadline:
			return fmt.Errorf("did not happen in %s", Patience)
		}
	}
}

// note changes the editor, and wakes up who waits for it.
func (e *Editor) note(change func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change()
	close(e.changed)
	e.changed = make(chan struct{})
}
