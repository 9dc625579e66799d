package repository

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Write makes a repository of n packages at dir, which must not exist, with one commit that holds all of it.
func Write(ctx context.Context, dir string, n int) error {
	partial := dir + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return err
	}
	if err := writeRepository(ctx, partial, n); err != nil {
		return errors.Join(err, os.RemoveAll(partial))
	}
	return os.Rename(partial, dir)
}

func writeRepository(ctx context.Context, dir string, n int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := git(ctx, dir, "init", "--quiet", "--initial-branch=main").Run(); err != nil {
		return fmt.Errorf("git init: %w", err)
	}
	if err := commit(ctx, dir, n); err != nil {
		return err
	}
	time.Sleep(time.Second) // so that no file is as young as the index, which git would have to read again
	if err := git(ctx, dir, "reset", "--quiet", "--mixed", "main").Run(); err != nil {
		return fmt.Errorf("git reset: %w", err)
	}
	return nil
}

func git(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", dir}, args...)...)
	cmd.Stderr = os.Stderr
	return cmd
}

// commit writes the files, and gives them to git at the same time: adding them later takes much longer.
func commit(ctx context.Context, dir string, n int) error {
	cmd := git(ctx, dir, "fast-import", "--quiet", "--done")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("git fast-import: %w", err)
	}
	w := bufio.NewWriterSize(in, 1<<16)
	written := writeFiles(dir, n, w)
	if err := errors.Join(written, w.Flush(), in.Close(), cmd.Wait()); err != nil {
		return fmt.Errorf("git fast-import: %w", err)
	}
	return nil
}

// writeFiles writes the files to disk, and as a commit in the format of git fast-import.
func writeFiles(dir string, n int, w io.Writer) error {
	const message = "A repository of packages"
	_, err := fmt.Fprintf(w, "commit refs/heads/main\ncommitter buildlint <buildlint@example.com> 1438560000 +0000\n"+
		"data %d\n%s\n", len(message), message)
	if err != nil {
		return err
	}
	for name, text := range Files(n) {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), text); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "M 100644 inline %s\ndata %d\n%s\n", name, len(text), text); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "done\n")
	return err
}

// writeFile writes a file, in a directory that it makes if need be.
func writeFile(name, text string) error {
	err := os.WriteFile(name, []byte(text), 0o644)
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}
