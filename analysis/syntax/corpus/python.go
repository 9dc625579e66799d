package main

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
)

// judge reads files, each after a line with its length, and answers each with the number of its top-level statements,
// or -1 if it is no Python. It runs in Python 2 and 3.
const judge = `
import ast, sys, warnings
warnings.simplefilter("ignore")
stdin = getattr(sys.stdin, "buffer", sys.stdin)
while True:
    head = stdin.readline()
    if not head:
        break
    data = stdin.read(int(head))
    try:
        tree = ast.parse(data)
        compile(tree, "BUILD", "exec")
        n = len(tree.body)
    except Exception:
        n = -1
    sys.stdout.write("%d\n" % n)
    sys.stdout.flush()
`

// python is a running interpreter that judges files.
type python struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func startPython(interpreter string) (*python, error) {
	cmd := exec.Command(interpreter, "-c", judge)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting Python: %w", err)
	}
	return &python{cmd: cmd, in: in, out: bufio.NewReader(out)}, nil
}

// statements returns the number of top-level statements of src, -1 if it is no Python.
func (p *python) statements(src []byte) (int, error) {
	if _, err := fmt.Fprintf(p.in, "%d\n%s", len(src), src); err != nil {
		return 0, fmt.Errorf("writing to Python: %w", err)
	}
	line, err := p.out.ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("reading from Python: %w", err)
	}
	return strconv.Atoi(strings.TrimSpace(line))
}

func (p *python) stop() {
	// The interpreter ends with its input; how it ends tells nothing about the files.
	_ = p.in.Close()
	_ = p.cmd.Wait()
}
