package rpc

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"go.lsp.dev/jsonrpc2"
	"go.uber.org/zap"
)

// maxFrame bounds the body of one message in bytes. A longer one is skipped and answered with an error.
const maxFrame = 256 << 20

// maxLine bounds what is kept of a line in bytes: a header is far shorter.
const maxLine = 4096

// stream reads and writes messages in LSP's framing. Unlike [jsonrpc2.NewHeaderStream], which it writes with, it never
// hands the connection a frame that would end it: what is no message is logged, answered where JSON-RPC has an answer,
// and skipped.
//
// Its ReadFrame and WriteFrame are what jsonrpc2 looks for in a stream that can carry raw frames.
type stream struct {
	jsonrpc2.Stream

	in     *bufio.Reader
	log    *zap.Logger
	hangup func(error)
}

// ReadFrame returns the body of the next well-formed message. It is valid until the next call.
func (s *stream) ReadFrame(ctx context.Context) ([]byte, int64, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		body, err := s.readBody()
		if err == nil {
			err = checkFrame(body)
		}
		if err == nil {
			return body, int64(len(body)), nil
		}
		var wire *jsonrpc2.Error
		if !errors.As(err, &wire) {
			s.hangup(err)
			return nil, 0, err
		}
		s.log.Error("skipped a malformed message", zap.Error(err), zap.ByteString("body", clip(body)))
		s.refuse(ctx, body, wire)
	}
}

// WriteFrame writes a body that is encoded already.
func (s *stream) WriteFrame(ctx context.Context, body []byte) (int64, error) {
	w, ok := s.Stream.(interface {
		WriteFrame(context.Context, []byte) (int64, error)
	})
	if !ok {
		return 0, errors.ErrUnsupported
	}
	return w.WriteFrame(ctx, body)
}

// readBody reads one header and the body that it announces. It returns a [jsonrpc2.Error] if the header or the size
// of the body is wrong, any other error if the stream is at its end or broken.
func (s *stream) readBody() ([]byte, error) {
	length, err := s.readHeader()
	if err != nil {
		return nil, err
	}
	if length > maxFrame {
		if _, err := io.CopyN(io.Discard, s.in, length); err != nil {
			return nil, midFrame(err)
		}
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "a message of %d bytes: at most %d are read", length, maxFrame)
	}
	var body bytes.Buffer // grows with what arrives, not with what was announced
	if _, err := io.CopyN(&body, s.in, length); err != nil {
		return nil, midFrame(err)
	}
	return body.Bytes(), nil
}

// readHeader returns the length of the body that follows. After a malformed header it takes up again at the next line
// that announces a length, even at the end of a line of junk: a body of unknown length has no newline of its own.
func (s *stream) readHeader() (int64, error) {
	length := int64(-1)
	for first := true; ; first = false {
		line, err := s.readLine()
		if err != nil {
			if errors.Is(err, io.EOF) && (!first || len(line) > 0) {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch n, found := contentLength(line); {
		case found:
			length = n
		case len(line) > 0:
			if !bytes.ContainsRune(line, ':') {
				s.log.Error("skipped a line that is no header", zap.ByteString("line", clip(line)))
			}
		case length > 0:
			return length, nil
		default:
			return 0, jsonrpc2.NewError(jsonrpc2.ParseError, "a header without a Content-Length above 0")
		}
	}
}

// readLine reads up to a line end. Of a line that is too long for a header it returns the end.
func (s *stream) readLine() ([]byte, error) {
	var line []byte
	for {
		part, err := s.in.ReadSlice('\n')
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
		line = line[max(len(line)-maxLine, 0):]
	}
}

// contentLength returns the length that a header line announces, -1 if it is no number. It reports whether line
// announces one at all.
func contentLength(line []byte) (n int64, found bool) {
	const name = "content-length:"
	at := bytes.LastIndex(asciiLower(line), []byte(name))
	if at < 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(line[at+len(name):])), 10, 64)
	if err != nil {
		return -1, true
	}
	return n, true
}

// asciiLower is bytes.ToLower for ASCII alone: junk keeps its length.
func asciiLower(line []byte) []byte {
	lower := bytes.Clone(line)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return lower
}

func midFrame(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// checkFrame reports why jsonrpc2 could not read body.
func checkFrame(body []byte) error {
	if !json.Valid(body) {
		return jsonrpc2.NewError(jsonrpc2.ParseError, "invalid JSON")
	}
	if isBatch(body) {
		_, err := jsonrpc2.ScanRequestViews(body)
		return err
	}
	_, err := jsonrpc2.ScanMessageView(body)
	return err
}

func isBatch(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("["))
}

// refuse answers a malformed message. A response gets no answer, whatever is wrong with it.
func (s *stream) refuse(ctx context.Context, body []byte, reason *jsonrpc2.Error) {
	var msg struct {
		ID     json.RawMessage `json:"id"`
		Method json.RawMessage `json:"method"`
	}
	if err := json.Unmarshal(body, &msg); err == nil && msg.Method == nil && msg.ID != nil {
		return
	}
	id, _ := parseID(msg.ID)
	if _, err := s.Write(ctx, jsonrpc2.NewResponse(id, nil, reason)); err != nil {
		s.log.Warn("answering a malformed message", zap.Error(err))
	}
}

// parseID returns the id that raw is. It reports whether raw is one: a string or an integer.
func parseID(raw json.RawMessage) (jsonrpc2.ID, bool) {
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return jsonrpc2.NewNumberID(n), true
	}
	var str *string
	if err := json.Unmarshal(raw, &str); err != nil || str == nil {
		return jsonrpc2.ID{}, false
	}
	return jsonrpc2.NewStringID(*str), true
}

// clip shortens what goes into the log.
func clip(body []byte) []byte {
	const most = 512
	return body[:min(len(body), most)]
}
