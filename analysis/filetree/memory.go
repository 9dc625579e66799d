package filetree

import (
	"io/fs"
	"maps"
	"strings"
)

// memory is a source that is on no disk.
type memory struct {
	files map[string]string
	dirs  map[string][]Entry
}

func newMemory(files map[string]string) *memory {
	m := &memory{files: map[string]string{}}
	tree := dirTree{}
	for name, content := range files {
		c, err := clean("read", name)
		if err != nil {
			panic(err) // a test's mistake
		}
		if strings.HasSuffix(name, "/") {
			tree.addDir(c)
			continue
		}
		m.files[c] = content
		tree.addFile(c)
	}
	tree.addDir("")
	m.dirs = tree.listings()
	return m
}

func (m *memory) list(dir string) (listing, error) {
	if entries, ok := m.dirs[dir]; ok {
		return listing{entries: entries}, nil
	}
	if _, ok := m.files[dir]; ok {
		return listing{}, errNotDir
	}
	return listing{}, fs.ErrNotExist
}

func (m *memory) stat(name string) (Entry, error) {
	if _, ok := m.dirs[name]; ok {
		return Entry{Dir: true}, nil
	}
	if _, ok := m.files[name]; ok {
		return Entry{}, nil
	}
	return Entry{}, fs.ErrNotExist
}

func (m *memory) read(name string) ([]byte, error) {
	if content, ok := m.files[name]; ok {
		return []byte(content), nil
	}
	if _, ok := m.dirs[name]; ok {
		return nil, errIsDir
	}
	return nil, fs.ErrNotExist
}

func (m *memory) stamp(string) (Stamp, bool) { return Stamp{}, false }

func (m *memory) resolve(name string) (string, error) {
	_, err := m.stat(name)
	return name, err
}

// A dirTree collects the entries of directories from the paths of files: directory to name to entry.
type dirTree map[string]map[string]Entry

func (d dirTree) addFile(name string) {
	d.add(name, false)
}

func (d dirTree) addDir(name string) {
	if d[name] == nil {
		d[name] = map[string]Entry{}
	}
	if name != "" {
		d.add(name, true)
	}
}

func (d dirTree) add(name string, dir bool) {
	up, base := parent(name), name[strings.LastIndexByte(name, '/')+1:]
	d.addDir(up)
	d[up][base] = Entry{Name: base, Dir: dir || d[up][base].Dir}
}

func (d dirTree) listings() map[string][]Entry {
	out := make(map[string][]Entry, len(d))
	for dir, entries := range d {
		out[dir] = sorted(maps.Values(entries))
	}
	return out
}
