package main

import (
	"fmt"
	"io"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// newLogger returns a logger that appends to the file at path, or writes to stderr if path is empty; never to standard
// output, which is the protocol's.
func newLogger(path, level string, stderr io.Writer) (log *zap.Logger, stop func(), err error) {
	at, err := zapcore.ParseLevel(level)
	if err != nil || at > zapcore.ErrorLevel {
		return nil, nil, fmt.Errorf("--log-level: unknown level %q: it is one of debug, info, warn, error", level)
	}
	out, stop := zapcore.AddSync(stderr), func() {}
	if path != "" {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, nil, fmt.Errorf("--log-file: %w", err)
		}
		out, stop = file, func() { _ = file.Close() } // nothing is left to tell it to
	}
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.ISO8601TimeEncoder
	core := zapcore.NewCore(zapcore.NewConsoleEncoder(config), zapcore.Lock(out), at)
	return zap.New(core, zap.ErrorOutput(zapcore.Lock(zapcore.AddSync(stderr)))), stop, nil
}
