package workspace

import (
	"sync"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
)

// maxPythonModules bounds how many Python modules are kept: they hold the text of their files.
const maxPythonModules = 512

// A moduleCache keeps what was read of Python files as long as their content is the same. It belongs to a snapshot and
// all that are made from it, and is safe for concurrent use.
type moduleCache struct {
	mu     sync.Mutex
	byPath map[string]cachedModule
}

type cachedModule struct {
	hash   uint64 // of the content
	module *python.Module
}

// read returns the module of a file with the given content.
func (c *moduleCache) read(path string, src []byte) *python.Module {
	h := hash(src)
	c.mu.Lock()
	cached, ok := c.byPath[path]
	c.mu.Unlock()
	if ok && cached.hash == h {
		return cached.module
	}
	m := python.ReadModule(src)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byPath == nil || len(c.byPath) >= maxPythonModules {
		c.byPath = map[string]cachedModule{}
	}
	c.byPath[path] = cachedModule{h, m}
	return m
}

// PythonModule reads a Python module by way of tree, a view of the snapshot's files. It is read once for each content.
func (s *Snapshot) PythonModule(tree *filetree.Tree, path string) (*python.Module, error) {
	src, err := tree.Read(path)
	if err != nil {
		return nil, err
	}
	return s.python.read(path, src), nil
}
