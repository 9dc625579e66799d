package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"sync"

	"go.uber.org/zap"

	"github.com/buildlint/buildlint/lsp"
)

// stdio is standard input and output as one connection.
type stdio struct {
	io.ReadCloser
	out io.WriteCloser
}

func (s *stdio) Write(p []byte) (int, error) { return s.out.Write(p) }

func (s *stdio) Close() error { return errors.Join(s.out.Close(), s.ReadCloser.Close()) }

// listen serves each connection to addr as a session of its own, until ctx ends.
func listen(ctx context.Context, addr string, opts lsp.Options) error {
	addr, err := loopback(addr)
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { closeQuietly(l, opts.Log) })
	defer stop()
	opts.Log.Info("listening", zap.Stringer("address", l.Addr()))
	if a, ok := l.Addr().(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		opts.Log.Warn("other machines can connect: whoever does can read what is below the folders that they open")
	}
	var sessions sync.WaitGroup
	defer sessions.Wait()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("--listen: %w", err)
		}
		sessions.Go(func() { serveConn(ctx, conn, opts) })
	}
}

func serveConn(ctx context.Context, conn net.Conn, opts lsp.Options) {
	opts.Log = opts.Log.With(zap.Stringer("client", conn.RemoteAddr()))
	opts.Log.Info("connected")
	if err := lsp.Serve(ctx, conn, opts); err != nil && ctx.Err() == nil {
		opts.Log.Warn("session", zap.Error(err))
	}
}

// loopback completes an address without a host: whoever can connect can read the workspace's files.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("--listen: %w: give an address such as :4389 or 127.0.0.1:4389", err)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}

func closeQuietly(c io.Closer, log *zap.Logger) {
	if err := c.Close(); err != nil {
		log.Debug("close", zap.Error(err))
	}
}

// dialPipe connects to the socket that the client made, as vscode-languageclient has it.
func dialPipe(ctx context.Context, path string) (net.Conn, error) {
	if runtime.GOOS == "windows" {
		return nil, errors.New("--pipe: named pipes are not supported on Windows: use --stdio or --listen")
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("--pipe: the client must listen on the socket before it starts the server: %w", err)
	}
	return conn, nil
}
