package edit

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// create makes a temporary file beside the file name: with content, flushed to disk, and with the permissions and where
// possible the owner that info says. It leaves no file behind if it fails.
func (tx *transaction) create(name string, content []byte, info fs.FileInfo) (string, error) {
	temp := tempName(name)
	f, err := tx.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("cannot create a temporary file in its directory: %w", cause(err))
	}
	err = fill(f, content, info)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("cannot write the new content: %w", cause(err)), tx.root.Remove(temp))
	}
	return temp, nil
}

func fill(f *os.File, content []byte, info fs.FileInfo) error {
	if _, err := f.Write(content); err != nil {
		return err
	}
	keepOwner(f, info) // before the mode, which a change of owner may reset
	if err := f.Chmod(info.Mode().Perm()); err != nil {
		return err
	}
	return f.Sync()
}

// tempName returns a new name beside the file name: .NAME.buildlint-XXXX.tmp. No build tool takes it for a BUILD file.
func tempName(name string) string {
	const longest = 200 // bytes of NAME that leave room below the usual limit of 255
	dir, base := filepath.Split(name)
	return dir + "." + base[:min(len(base), longest)] + ".buildlint-" + rand.Text()[:10] + ".tmp"
}
