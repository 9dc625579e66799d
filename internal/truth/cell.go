package truth

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const (
	sourceRoot = "src/main/python"
	testRoot   = "src/test/python"
)

// kinds are the macros of the repositories.
func kinds() map[string]string {
	return map[string]string{
		"acme_library": "python_library", "acme_binary": "python_binary", "acme_files": "resources",
		"jython_library": "python_library", // near to the name of a kind
	}
}

// shared are the files that all cells use.
func shared() map[string]string {
	return map[string]string{
		"pants.ini":                        "[GLOBAL]\npants_version: 1.20.0\n",
		".version":                         "0.1.0\n",
		"3rdparty/python/BUILD":            licence + "\n\npython_requirements()\n",
		"3rdparty/python/requirements.txt": "click==7.0\nmock==2.0.0\npytest==4.6.9\nsix==1.13.0\n",
		sourceRoot + "/org/__init__.py":    "__import__('pkg_resources').declare_namespace(__name__)\n",
	}
}

// A cell is a group of packages that depend on each other and on nothing else but third-party code: a library of its
// own, a package with a binary, and tests of both.
type cell struct {
	*random
	team   string // the directory of the packages, and their Python package
	util   *pkg   // one library
	server *pkg   // a private library, a public one, a binary
	tests  *pkg
	extra  []*pkg // what mutations add

	lib     *target // of util
	private *target // of server
	public  *target
	binary  *target
	css     *target // resources of server
	test    *target
	// extraTarget is one that a mutation adds when it prepares the cell.
	extraTarget *target
	python2     bool
}

// names are those of packages.
func names() []string {
	return []string{"admin", "billing", "cache", "data_store", "events", "feed", "gateway2", "health"}
}

func newCell(r *random, i int) *cell {
	c := &cell{random: r, team: fmt.Sprintf("org/%s%d", r.pick("core", "team_", "Web"), i), python2: r.chance(1, 2)}
	all := names()
	start := r.IntN(len(all))
	name := func(j int) string { return all[(start+j)%len(all)] }
	c.util, c.server = c.newPkg(sourceRoot, name(0)), c.newPkg(sourceRoot, name(1))
	c.tests = c.newPkg(testRoot, name(1))
	c.addUtil()
	c.addServer()
	c.addTests()
	return c
}

func (c *cell) newPkg(root, name string) *pkg {
	return &pkg{dir: root + "/" + c.team + "/" + name, sources: map[string]*source{}}
}

// another adds a package below the given path from the repository's root.
func (c *cell) another(dir string) *pkg {
	p := &pkg{dir: dir, sources: map[string]*source{}}
	c.extra = append(c.extra, p)
	return p
}

// dotted returns the Python package of a directory.
func dotted(p *pkg) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(p.dir, sourceRoot+"/"), testRoot+"/"), "/", ".")
}

func (c *cell) libraryKind() string {
	return c.pick("python_library", "python_library", "acme_library")
}

func (c *cell) addUtil() {
	p := c.util
	p.write("__init__.py", "")
	p.write("text.py", c.module())
	p.write("time_util.py", c.module())
	c.lib = p.new(0, c.libraryKind(), c.nameOf(p))
	c.lib.set("sources", call("rglobs", str("*.py")))
	c.lib.depend(c.thirdParty("six"))
	c.lib.set("provides", c.setupPy(p))
}

// nameOf returns the name of the public library of a package, nil where it is left out.
func (c *cell) nameOf(p *pkg) *expr {
	if c.chance(1, 3) {
		return nil
	}
	return str(base(p.dir))
}

// thirdParty returns the address of a requirement.
func (c *cell) thirdParty(name string) *expr {
	e := str("3rdparty/python:" + name)
	if c.chance(1, 6) {
		return call("pants", e)
	}
	return e
}

func (c *cell) setupPy(p *pkg) *expr {
	c.imports(p.file(0))
	return call("setup_py").with(entry("name", str(dotted(p))), entry("version", c.version()))
}

// version returns the expression that reads the version.
func (c *cell) version() *expr {
	return call("open", call("os.path.join", code("get_buildroot()"), str(".version"))).method("read").method("strip")
}

func (c *cell) imports(f *file) {
	if !slices.ContainsFunc(f.stmts, func(s any) bool { r, ok := s.(*raw); return ok && r.text == "import os" }) {
		f.insert(&raw{text: "import os"})
	}
}

func (c *cell) addServer() {
	p := c.server
	p.write("__init__.py", "")
	p.write("impl.py", c.module())
	p.write("style.css", "a { b: c }\n")
	p.write("deep/__init__.py", "")
	p.write("deep/more.py", c.module())
	c.private = p.new(0, c.libraryKind(), str("_"+base(p.dir)))
	c.private.set("sources", call("rglobs", str("*.py")))
	c.css = p.new(c.IntN(2), c.pick("resources", "files", "acme_files"), str("_css"), entry("sources", c.cssSources()))
	c.private.depend(ref(c.lib), ref(c.css), c.thirdParty("click"))
	c.public = p.new(0, c.libraryKind(), c.nameOf(p))
	c.public.depend(ref(c.private))
	c.binary = p.new(c.IntN(2), c.pick("python_binary", "acme_binary"), str(c.pick("run-it", "serve", "a_b")))
	c.binary.set("entry_point", str(dotted(p)+"."+c.entryPoint()))
	c.binary.depend(ref(c.private))
	scripts := dict(entry(c.binary.label(), ref(c.binary)))
	c.public.set("provides", c.setupPy(p).method("with_binaries", scripts))
	if c.chance(1, 3) {
		p.new(0, "python_app", str("app"), entry("binary", ref(c.binary)))
	}
}

func (c *cell) cssSources() *expr {
	switch c.IntN(4) {
	case 0:
		return strs("style.css")
	case 1:
		return call("globs", str("*.css"))
	case 2:
		return join(" + ", strs("style.css"), list().ordered())
	}
	return call("rglobs", str("*.css")).with(entry("exclude", strs("*.js")))
}

func (c *cell) addTests() {
	p := c.tests
	p.write("test_all.py", c.module())
	p.write("conftest.py", c.module())
	c.test = p.new(0, "python_tests", c.nameOf(p))
	if c.chance(1, 2) {
		c.test.set("sources", call("globs", str("*.py")))
	}
	c.test.depend(ref(c.public), ref(c.lib), c.thirdParty("pytest"))
	c.test.set("tags", code("{'unit'}"))
}

// entryPoint writes the module of the binary and returns what the binary runs in it.
func (c *cell) entryPoint() string {
	e := entryPoints()[c.IntN(len(entryPoints()))]
	c.server.write(e.file, c.module()+"\n"+e.text)
	return e.name
}

// An entryModule is a module with something to run.
type entryModule struct{ name, file, text string }

func entryPoints() []entryModule {
	return []entryModule{
		{"main", "main.py", ""},
		{"main:run", "main.py", "def run():\n  pass\n"},
		{"main:run", "main.py", "@wraps\ndef run():\n  pass\n"},
		{"main:App.start", "main.py", "class App(object):\n  @classmethod\n  def start(cls):\n    pass\n"},
		{"main:start", "main.py", "class App(object):\n  def start(self):\n    pass\n\nstart = App().start\n"},
		{"main:run", "main.py", "from .impl import helper as run\n"},
		{"main:run", "main.py", "from .impl import *\n"},
		{"main:run", "main.py", "try:\n  from .impl import helper as run\nexcept ImportError:\n  run = None\n"},
		{"main:run", "main.py", "if True:\n  def run():\n    pass\n"},
		{"main:run", "main.py", "globals()['run'] = print\n"},
		{"main:run", "main.py", "def __getattr__(name):\n  return None\n"},
		{"cli:run", "cli/__init__.py", "run = lambda: 1\n"},
		{"cli.main:run", "cli/main.py", "(run, stop) = (1, 2)\n"},
		{"cli:main", "cli/__init__.py", "from ..impl import helper as main\n"},
	}
}

// module returns a module of Python 2 or 3.
func (c *cell) module() string {
	if c.python2 {
		return "import sys\n\ndef helper(x, (y, z)=(1, 2)):\n  print >>sys.stderr, `x`, 0777, u'a' <> 'b'\n" +
			"  exec 'pass'\n  raise ValueError, x\n"
	}
	return "from __future__ import annotations\n\n\nasync def helper(x: int, /, *, y=1) -> None:\n" +
		"    if (n := x) > 1:\n        print(f'{n!r:>{y}}')\n" +
		"    match x:\n        case [1, *_]:\n            nonlocal_ = 1_000\n"
}

// packages returns all packages of the cell.
func (c *cell) packages() []*pkg { return append([]*pkg{c.util, c.server, c.tests}, c.extra...) }

func (c *cell) dirs() []string {
	dirs := []string{sourceRoot + "/" + c.team, testRoot + "/" + c.team}
	for _, p := range c.extra {
		dirs = append(dirs, p.dir)
	}
	return dirs
}

// print writes the files of the cell and returns what is wanted in them.
func (c *cell) print(files map[string]string, r *random) []Want {
	files[sourceRoot+"/"+c.team+"/__init__.py"] = "__import__('pkg_resources').declare_namespace(__name__)\n"
	var wants []Want
	for _, p := range c.packages() {
		for _, f := range p.files {
			s := r.style()
			if len(f.stmts) == 0 {
				continue
			}
			text, found := printFile(p, f, s)
			files[p.dir+"/"+f.name] = text
			wants = append(wants, found...)
		}
		for _, name := range slices.Sorted(maps.Keys(p.sources)) {
			path := p.dir + "/" + name
			files[path] = p.sources[name].text
			for _, m := range p.sources[name].marks {
				wants = append(wants, Want{Rule: m.rule, Path: path, Line: 1, Fix: m.fix})
			}
		}
	}
	return wants
}
