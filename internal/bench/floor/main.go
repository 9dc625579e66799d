// Floor does what a linter of BUILD files cannot do without, and nothing else: it lists the directories of a
// repository, reads and parses each BUILD file and drops the tree, and reads the module of each binary.
//
// The parser takes no imports, and stops at one: floor parses what is around it, as a linter has to.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/bazelbuild/buildtools/build"
	"github.com/charlievieth/fastwalk"
)

func main() {
	debug.SetGCPercent(400)
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: floor DIR")
		os.Exit(2)
	}
	if err := walk(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(2)
	}
}

// walk reads the repository at root on all processors.
func walk(root string) error {
	config := &fastwalk.Config{NumWorkers: runtime.GOMAXPROCS(0)}
	return fastwalk.Walk(config, root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return fs.SkipDir
		case entry.Name() == "BUILD":
			return read(root, name)
		}
		return nil
	})
}

// read reads a BUILD file and the modules of its binaries.
func read(root, name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	file, err := build.ParseBuild(name, bytes.Replace(src, []byte("\nimport os\n"), []byte("\n"), 1))
	if err != nil {
		return err
	}
	for _, rule := range file.Rules("python_binary") {
		module, _, found := strings.Cut(rule.AttrString("entry_point"), ":")
		if !found {
			continue
		}
		path := filepath.Join(root, "src/main/python", strings.ReplaceAll(module, ".", "/")+".py")
		if _, err := os.ReadFile(path); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
