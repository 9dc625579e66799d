// Package repository generates repositories in the style of Apache Aurora, of any size, for benchmarks. The same number
// of packages gives the same bytes.
//
// Three of four packages are libraries below src/main/python, half of them with a binary; the fourth holds tests of one
// of them. Each has eight dependencies: third-party ones, libraries of the same team and libraries of anywhere. None of
// them is circular. Three of eight BUILD files start with an import, and one library in sixteen breaks a convention.
package repository

import (
	"fmt"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"strings"
)

// teamSize is how many packages lie in one directory.
const teamSize = 50

const sourceRoot = "src/main/python"

// Files yields the paths and contents of the files of a repository of n packages, besides 3rdparty/python.
func Files(n int) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		files := rootFiles
		for i := 0; ; i++ {
			for _, f := range files {
				if !yield(f.name, f.text) {
					return
				}
			}
			if i == n {
				return
			}
			files = newPackage(i).files()
		}
	}
}

// Fingerprint tells the repositories of different states of this package apart.
func Fingerprint() string {
	h := fnv.New32a()
	for name, text := range Files(256) {
		_, _ = h.Write([]byte(name + "\x00" + text + "\x00")) // never fails
	}
	return fmt.Sprintf("%08x", h.Sum32())
}

// Dir returns the directory of the i-th package.
func Dir(i int) string { return newPackage(i).dir }

// BuildFile returns the path of the BUILD file of the i-th package.
func BuildFile(i int) string { return Dir(i) + "/BUILD" }

// A file is one of the repository.
type file struct{ name, text string }

// A pkg is a package of the repository.
type pkg struct {
	index int
	dir   string
	name  string // of the public library or of the tests, and of the directory
	main  string // of the binary, "" for none
	fault fault
	rand  *rand.Rand
}

func newPackage(i int) *pkg {
	p := &pkg{index: i, name: nameOf(i), rand: rand.New(rand.NewPCG(uint64(i), 20150803))}
	if p.isTest() {
		p.dir = strings.Replace(teamOf(i), "src/main", "src/test", 1) + "/" + p.name
		return p
	}
	p.dir = directoryOf(i)
	if hasBinary(i) {
		p.main = "run_" + p.name
	}
	if p.rand.IntN(16) == 0 {
		p.fault = fault(1 + p.rand.IntN(int(faults)-1))
	}
	return p
}

func (p *pkg) isTest() bool { return p.index%4 == 3 }

func hasBinary(i int) bool { return i%4 == 0 || i%8 == 1 }

// imports reports whether the BUILD file reads the version with the help of a module.
func (p *pkg) imports() bool { return p.index%8 == 0 || p.index%8 == 2 || p.index%8 == 5 }

func nameOf(i int) string {
	if i%4 == 3 {
		i-- // the tests of the library before
	}
	return fmt.Sprintf("%s_service%d", words[i%len(words)], i)
}

func teamOf(i int) string { return fmt.Sprintf(sourceRoot+"/examplecorp/platform_team%d", i/teamSize) }

func directoryOf(i int) string { return teamOf(i) + "/" + nameOf(i) }

// dotted returns the name of the package as a module.
func (p *pkg) dotted() string {
	return strings.ReplaceAll(strings.TrimPrefix(p.dir, sourceRoot+"/"), "/", ".")
}

// files returns the files of the package.
func (p *pkg) files() []file {
	files := []file{{p.dir + "/BUILD", p.build()}}
	if p.index%teamSize == 0 {
		files = append(files, file{teamOf(p.index) + "/__init__.py", ""})
	}
	if p.isTest() {
		return append(files, file{p.dir + "/test_" + p.name + ".py", p.module(testModule)})
	}
	files = append(files,
		file{p.dir + "/__init__.py", ""},
		file{p.dir + "/" + p.name + ".py", p.module(libraryModule)},
		file{p.dir + "/errors.py", p.module(errorsModule)},
	)
	if p.main != "" && p.fault != missingModule {
		files = append(files, file{p.dir + "/" + p.main + ".py", p.module(mainModule)})
	}
	return files
}

// module returns the text of a module, which is like no other package's.
func (p *pkg) module(text string) string {
	return fmt.Sprintf("%s\"\"\"A part of %s.\"\"\"\n%s", license, p.name, text)
}
