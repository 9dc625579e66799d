// Command generate writes the generated documentation: `go run ./generate ROOT`, where ROOT is the root of buildlint's
// repository.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/buildlint/buildlint/internal/cli"
	"github.com/buildlint/buildlint/internal/docs"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate ROOT")
		os.Exit(2)
	}
	if err := generate(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate writes the generated files, and nothing else stays in the directory of the rules' pages.
func generate(root string) error {
	files, err := docs.Generate(context.Background(), root, program)
	if err != nil {
		return err
	}
	pages := filepath.Join(root, docs.RulesDir)
	if err := os.RemoveAll(pages); err != nil {
		return err
	}
	if err := os.MkdirAll(pages, 0o755); err != nil {
		return err
	}
	for name, text := range files {
		if err := write(filepath.Join(root, filepath.FromSlash(name)), text); err != nil {
			return err
		}
	}
	return nil
}

func write(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

// program runs buildlint.
func program(args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	if code := cli.Main(args, strings.NewReader(""), &stdout, &stderr); code != 0 {
		return "", fmt.Errorf("buildlint %s: exit code %d: %s", strings.Join(args, " "), code, &stderr)
	}
	return stdout.String(), nil
}
