package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/buildlint/buildlint/lsp/fake"
)

// asServer makes the test binary the server: the tests start it as a process.
const asServer = "BUILDLS_TEST_AS_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(asServer) != "" {
		main()
	}
	os.Exit(m.Run())
}

// command returns the server with arguments, not started.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(os.Environ(), asServer+"=1")
	return cmd
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

const (
	initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`
	shutdown   = `{"jsonrpc":"2.0","id":2,"method":"shutdown"}`
	exit       = `{"jsonrpc":"2.0","method":"exit"}`
)

func TestExitCode(t *testing.T) {
	tests := []struct {
		name   string
		args   []string
		input  []string
		code   int
		stderr string // a pattern
	}{
		{"shutdown and exit", []string{"--stdio"}, []string{initialize, shutdown, exit}, 0, ""},
		{"exit alone", nil, []string{initialize, exit}, 1, ""},
		{"end of input", nil, []string{initialize}, 1, ""},
		{"nothing", nil, nil, 1, ""},
		{"unknown flag", []string{"--nosuch"}, nil, 2, "unknown flag: --nosuch"},
		{"argument", []string{"x"}, nil, 2, `unknown command "x"`},
		{"two transports", []string{"--stdio", "--listen", ":0"}, nil, 2, "none of the others can be"},
		{"unknown level", []string{"--log-level", "loud"}, nil, 2, `unknown level "loud".*debug, info, warn, error`},
		{"address without a port", []string{"--listen", "localhost"}, nil, 2, "missing port"},
		{"pipe that is not there", []string{"--pipe", "/nosuch/socket"}, nil, 2, "the client must listen"},
		{"log in no directory", []string{"--log-file", "/nosuch/dir/log"}, nil, 2, "--log-file.*no such file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			input := ""
			for _, body := range test.input {
				input += frame(body)
			}
			cmd := command(t, test.args...)
			cmd.Stdin = strings.NewReader(input)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			_ = cmd.Run() // the exit code tells
			if got := cmd.ProcessState.ExitCode(); got != test.code {
				t.Errorf("exit code %d, want %d; stderr:\n%s", got, test.code, &stderr)
			}
			if !regexp.MustCompile(test.stderr).Match(stderr.Bytes()) {
				t.Errorf("stderr does not match %q:\n%s", test.stderr, &stderr)
			}
			if test.code == 2 && stdout.Len() > 0 {
				t.Errorf("standard output is the protocol's, but there is: %s", &stdout)
			}
			if n := strings.Count(stdout.String(), `"result"`); test.code == 0 && n != 2 {
				t.Errorf("%d requests were answered, want 2: %s", n, &stdout)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	out, err := command(t, "--version").Output()
	if err != nil || !strings.HasPrefix(string(out), "buildls ") {
		t.Errorf("got %q, %v", out, err)
	}
}

// session opens a file over a connection, and quits.
func session(ctx context.Context, conn io.ReadWriteCloser, dir string) error {
	e, err := fake.Start(ctx, conn, fake.Config{Folders: []string{dir}})
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "BUILD")
	if err := e.OpenText(ctx, path, "x = 1\n"); err != nil {
		return err
	}
	err = e.Eventually(func() bool { p, _ := e.Diagnostics(path); return p != nil })
	if err != nil {
		return err
	}
	return e.Quit(ctx)
}

func TestListen(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	cmd := command(t, "--listen", ":0", "--log-file", log, "--log-level", "debug")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := listening(t, log)
	if host, _, err := net.SplitHostPort(address); err != nil || host != "127.0.0.1" {
		t.Errorf("listens on %s, want the loopback interface", address)
	}
	var sessions sync.WaitGroup
	for range 3 {
		sessions.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Error(err)
				return
			}
			if err := session(t.Context(), conn, t.TempDir()); err != nil {
				t.Error(err)
			}
		})
	}
	sessions.Wait()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after an interrupt: %v", err)
	}
}

// TestListenOnAll holds that it is told if other machines can connect, and only then.
func TestListenOnAll(t *testing.T) {
	for addr, want := range map[string]bool{"0.0.0.0:0": true, "127.0.0.1:0": false, "localhost:0": false} {
		log := filepath.Join(t.TempDir(), "log")
		cmd := command(t, "--listen", addr, "--log-file", log)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		listening(t, log)
		warned := func() bool {
			text, err := os.ReadFile(log)
			return err == nil && strings.Contains(string(text), "other machines can connect")
		}
		for deadline := time.Now().Add(time.Second); !warned() && want && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
		if warned() != want {
			t.Errorf("%s: warned: %v", addr, !want)
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	}
}

// listening returns the address that the server logged.
func listening(t *testing.T, log string) string {
	t.Helper()
	for range 200 {
		text, err := os.ReadFile(log)
		if m := regexp.MustCompile(`listening\t(.*)\n`).FindSubmatch(text); err == nil && m != nil {
			var fields struct{ Address string }
			if err := json.Unmarshal(m[1], &fields); err != nil {
				t.Fatal(err)
			}
			return fields.Address
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the server does not listen")
	return ""
}

func TestPipe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no Unix domain sockets there")
	}
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Skip(err) // the path may be too long
	}
	cmd := command(t, "--pipe", path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	conn, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	if err := session(t.Context(), conn, t.TempDir()); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
