package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile gives a file the content that write writes. A regular file is replaced as a whole or not at all; anything
// else, such as a pipe, is written to.
func writeFile(name string, write func(io.Writer) error) error {
	target, err := filepath.EvalSymlinks(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		target = name
	case err != nil:
		return fmt.Errorf("writing %s: %w", name, cause(err))
	}
	info, err := os.Stat(target)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = writeInto(target, write)
	case err == nil:
		err = replaceFile(target, info.Mode().Perm(), write)
	default:
		err = createFile(target, write)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, cause(err))
	}
	return nil
}

// writeInto writes to what is there already.
func writeInto(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return fill(f, write)
}

// createFile makes a new file; none is left behind if that fails.
func createFile(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if err := fill(f, write); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// replaceFile writes a temporary file and renames it.
func replaceFile(name string, mode fs.FileMode, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return err
	}
	temp := f.Name()
	err = errors.Join(f.Chmod(mode), fill(f, write))
	if err == nil {
		err = os.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return nil
}

// fill writes to f and closes it.
func fill(f *os.File, write func(io.Writer) error) error {
	w := bufio.NewWriter(f)
	err := write(w)
	if err == nil {
		err = w.Flush()
	}
	return errors.Join(err, f.Close())
}
