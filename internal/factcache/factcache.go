// Package factcache keeps what a run knows of a workspace, and what it wrote, for the next one, in files below the
// user's cache directory.
//
// Nothing depends on it: a file that is missing, damaged, foreign or cannot be written is as good as none, and no error
// is told. Files are written beside and renamed, so that two processes never see half of one.
package factcache

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Kind is a kind of files, with bounds of their own: of all files together. The least recently used go first.
type Kind struct {
	suffix   string // of their names
	maxFiles int
	maxBytes int64
}

// Facts are files of what a run knows of a workspace.
func Facts() Kind { return Kind{".facts", 32, 256 << 20} }

// Runs are files of what a run wrote, of which a workspace may have several.
func Runs() Kind { return Kind{".run", 128, 128 << 20} }

// A Cache is the files of a kind in a directory. Nil is one that holds nothing and keeps nothing.
type Cache struct {
	dir string
	Kind
}

// Open returns the user's cache, nil where there is no directory for it.
func Open(k Kind) *Cache {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	return At(filepath.Join(dir, "buildlint"), k)
}

// At returns the cache in a directory, which need not exist.
func At(dir string, k Kind) *Cache { return &Cache{dir, k} }

// A Key tells apart what must not be taken for each other. Its parts are of any bytes.
type Key [sha256.Size]byte

// NewKey returns the key of parts, in order.
func NewKey(parts ...string) Key {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%d:%s", len(p), p) // no hash fails
	}
	return Key(h.Sum(nil))
}

func (c *Cache) path(k Key) string { return filepath.Join(c.dir, hex.EncodeToString(k[:])+c.suffix) }

// Load returns what was stored under a key, nil if that is nothing.
func (c *Cache) Load(k Key) []byte {
	if c == nil {
		return nil
	}
	name := c.path(k)
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > c.maxBytes {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	now := time.Now()
	_ = os.Chtimes(name, now, now) // it was used; where that cannot be told, it goes sooner
	rest, ok := bytes.CutPrefix(data, k[:])
	if !ok {
		return nil
	}
	return rest
}

// Store keeps the pieces of data under a key, and reports whether it did.
func (c *Cache) Store(k Key, data ...[]byte) bool {
	size := len(k)
	for _, piece := range data {
		size += len(piece)
	}
	if c == nil || int64(size) > c.maxBytes || c.write(k, data) != nil {
		return false
	}
	c.shrink(c.path(k))
	return true
}

func (c *Cache) write(k Key, data [][]byte) error {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(c.dir, "new-*"+c.suffix)
	if err != nil {
		return err
	}
	for _, piece := range slices.Insert(data, 0, k[:]) {
		if err == nil {
			_, err = f.Write(piece)
		}
	}
	err = cmp.Or(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), c.path(k))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what is left of it goes as the least recently used
	}
	return err
}

// shrink removes the least recently used files until the rest is within the bounds. What was just written stays.
func (c *Cache) shrink(written string) {
	files := c.files()
	size := int64(0)
	for i, f := range files {
		size += f.Size()
		name := filepath.Join(c.dir, f.Name())
		if (i >= c.maxFiles || size > c.maxBytes) && name != written {
			_ = os.Remove(name) // another process may have done it
		}
	}
}

// files returns our files, the most recently used first.
func (c *Cache) files() []fs.FileInfo {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return nil
	}
	var files []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), c.suffix) {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	return files
}

// Program tells this program from all others, also from one that was built of other sources under the same version. It
// returns "" where that is not known.
func Program() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s %d %d", name, info.Size(), info.ModTime().UnixNano())
}
