package filetree

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// maxFileSize bounds what Read takes into memory: a file with a hole may claim any size.
const maxFileSize = 256 << 20

// A disk is the source of a directory.
type disk struct {
	dir      string // free of links, with a separator at its end
	observer observer
}

func withSeparator(dir string) string {
	if os.IsPathSeparator(dir[len(dir)-1]) {
		return dir
	}
	return dir + string(filepath.Separator)
}

func (d disk) path(name string) string { return d.dir + filepath.FromSlash(name) }

func (d disk) list(dir string) (listing, error) {
	full := d.path(dir)
	entries, err := d.observer.list(full)
	if err != nil {
		return listing{}, err
	}
	there := len(entries)
	if slices.ContainsFunc(entries, func(e Entry) bool { return e.Link }) {
		entries = d.followLinks(full, entries)
	}
	slices.SortFunc(entries, compareEntries)
	return listing{entries, len(entries) < there}, nil
}

// followLinks sets Dir of links, and leaves out those that lead nowhere.
func (d disk) followLinks(dir string, entries []Entry) []Entry {
	out := entries[:0]
	for _, e := range entries {
		if e.Link {
			to, err := d.observer.stat(withSeparator(dir) + e.Name)
			if err != nil {
				continue
			}
			e.Dir = to.Dir
		}
		out = append(out, e)
	}
	return out
}

// readDir lists a directory unsorted; what links lead to is not looked at. The info is of before that.
func readDir(full string) ([]Entry, fs.FileInfo, error) {
	f, err := openDir(full)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	names, err := f.ReadDir(-1)
	if err != nil {
		return nil, nil, err
	}
	return entriesOf(names), info, nil
}

func entriesOf(listed []fs.DirEntry) []Entry {
	entries := make([]Entry, len(listed))
	for i, e := range listed {
		entries[i] = Entry{Name: e.Name(), Dir: e.IsDir(), Link: e.Type()&fs.ModeSymlink != 0}
	}
	return entries
}

func (d disk) stat(name string) (Entry, error) { return d.observer.stat(d.path(name)) }

func (d disk) stamp(name string) (Stamp, bool) { return d.observer.stamp(d.path(name)) }

// statFile is lstat, and for a link what it leads to as well.
func statFile(full string) (Entry, error) {
	info, err := os.Lstat(full)
	if err != nil {
		return Entry{}, err
	}
	if info.Mode()&fs.ModeSymlink == 0 {
		return Entry{Dir: info.IsDir()}, nil
	}
	info, err = os.Stat(full)
	switch {
	case err == nil:
		return Entry{Dir: info.IsDir(), Link: true}, nil
	case absent(err):
		return Entry{}, fs.ErrNotExist
	}
	return Entry{Link: true}, nil
}

func (d disk) read(name string) ([]byte, error) { return d.observer.read(d.path(name)) }

// readRegular reads a file that is neither a link nor anything but a file. The info is of before that.
func readRegular(full string) ([]byte, fs.FileInfo, error) {
	f, err := openFile(full)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		return nil, nil, errIsDir
	case !info.Mode().IsRegular():
		return nil, nil, errNotRegular
	case info.Size() > maxFileSize:
		return nil, nil, errTooLarge
	}
	data, err := readAll(f, info.Size())
	return data, info, err
}

// readAll reads a file of about a size, which is a hint: the file may be changing.
func readAll(f io.Reader, size int64) ([]byte, error) {
	data := make([]byte, 0, size+1) // one more, to see the end without growing
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF || err == nil && int64(len(data)) == size && len(data) < cap(data) {
			return data, nil // a file that has given less than was asked for has no more
		}
		if err != nil {
			return data, err
		}
		if len(data) == cap(data) {
			data = slices.Grow(data, 512)
		}
	}
}

func (d disk) resolve(name string) (string, error) {
	full, err := d.observer.follow(d.path(name))
	if err != nil {
		return "", err
	}
	if withSeparator(full) == d.dir {
		return "", nil
	}
	rel, ok := strings.CutPrefix(full, d.dir)
	if !ok {
		return "", ErrOutside
	}
	return filepath.ToSlash(rel), nil
}

// followFile is filepath.EvalSymlinks with an error value for too many links.
func followFile(full string) (string, error) {
	to, err := filepath.EvalSymlinks(full)
	if err != nil && strings.Contains(err.Error(), "too many links") {
		return "", syscall.ELOOP
	}
	return to, err
}
