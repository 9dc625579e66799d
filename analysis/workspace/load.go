package workspace

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Module is a file of functions that BUILD files load.
type Module struct {
	Path   string // relative to the root
	Syntax *syntax.File

	names map[string]syntax.Node // what each name is bound to: a Def, an Assign or a Load; zero if to several
	eval  *evaluator

	sources func() map[string][]string // of each target, found once
}

// Definition returns the statement of the module that binds a name, zero if none does or several do.
func (m *Module) Definition(name string) syntax.Node { return m.names[name] }

func newModule(path string, src []byte) *Module {
	f := syntax.Parse(src)
	m := &Module{Path: path, Syntax: f, names: bindings(f), eval: newEvaluator(f)}
	m.sources = sync.OnceValue(m.sourcesByName)
	return m
}

// bindings returns the statements that bind the names of a file at its top level.
func bindings(f *syntax.File) map[string]syntax.Node {
	names := map[string]syntax.Node{}
	bind := func(name string, stmt syntax.Node) {
		if _, again := names[name]; again {
			stmt = syntax.Node{}
		}
		names[name] = stmt
	}
	for _, stmt := range f.Stmts {
		switch stmt.Kind() {
		case syntax.Def:
			bind(stmt.Name(), stmt)
		case syntax.Assign:
			if name := assigned(stmt); name != "" {
				bind(name, stmt)
			}
		case syntax.Load, syntax.Import, syntax.For:
			for _, name := range stmt.Names() {
				bind(name, stmt)
			}
		}
	}
	return names
}

// modules are the files that BUILD files load, read once by each snapshot that was not made with them, and which
// packages depend on them.
type modules struct {
	mu    sync.Mutex
	files map[string]*Module // nil for a file that is not there
	users *moduleUsers
}

// moduleUsers are the directories of the packages that depend on modules, at some time. They only grow.
type moduleUsers struct {
	mu   sync.Mutex
	dirs map[string]map[string]bool // by path
}

func newModules() *modules {
	return &modules{files: map[string]*Module{}, users: &moduleUsers{dirs: map[string]map[string]bool{}}}
}

// Module reads a file of functions, nil if there is none.
func (s *Snapshot) Module(name string) *Module {
	s.modules.mu.Lock()
	defer s.modules.mu.Unlock()
	m, ok := s.modules.files[name]
	if !ok {
		if src, err := s.tree.Read(name); err == nil {
			m = newModule(name, src)
		}
		s.modules.files[name] = m
	}
	return m
}

// use records that the package of a directory depends on modules.
func (u *moduleUsers) use(paths []string, dir string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, p := range paths {
		if u.dirs[p] == nil {
			u.dirs[p] = map[string]bool{}
		}
		u.dirs[p][dir] = true
	}
}

// of returns the directories of the packages that depend on a module.
func (u *moduleUsers) of(path string) []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	var dirs []string
	for dir := range u.dirs[path] {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	return dirs
}

// LoadedBy returns the directories of the packages that depend on a file, as far as they were read: on one of
// functions, or on one that lists requirements.
func (s *Snapshot) LoadedBy(path string) []string { return s.modules.users.of(path) }

// ofChanged returns the directories of the packages that depend on files that changes may be of.
func (u *moduleUsers) ofChanged(next *Snapshot, changes []filetree.Change) []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	var dirs []string
	for name, users := range u.dirs {
		if isTouched(next, changes, name) {
			dirs = slices.AppendSeq(dirs, maps.Keys(users))
		}
	}
	return dirs
}

// without returns the modules that changes are not of. What is read later is not shared: nobody knows what that is.
func (m *modules) without(next *Snapshot, changes []filetree.Change) *modules {
	m.mu.Lock()
	defer m.mu.Unlock()
	files := maps.Clone(m.files)
	maps.DeleteFunc(files, func(name string, _ *Module) bool { return isTouched(next, changes, name) })
	return &modules{files: files, users: m.users}
}

// isTouched reports whether one of changes may be one of a file. A change of a directory may be one of any file.
func isTouched(next *Snapshot, changes []filetree.Change, name string) bool {
	return slices.ContainsFunc(changes, func(c filetree.Change) bool { return touches(next, c, name) })
}

// touches reports whether a change may be one of a file.
func touches(next *Snapshot, c filetree.Change, name string) bool {
	p := path.Clean(c.Path)
	return p == name || p == "." || strings.HasPrefix(name, p) && name[len(p)] == '/' ||
		path.Base(p) == ".gitignore" && next.tree.Stat(name) != filetree.File
}

// LoadPath returns the file that a label of a load statement in a file of the directory dir names. It reports whether
// the file is one of this repository.
func (s *Snapshot) LoadPath(label, dir string) (string, bool) {
	return s.options.Dialect.LoadPath(label, dir)
}

// Loaded tells what a symbol that a load statement takes stands for: the module that defines it and the statement
// there, through the modules that pass it on. The module is nil if it is none of this repository.
func (s *Snapshot) Loaded(label, dir, symbol string) (*Module, syntax.Node) {
	var m *Module
	var def syntax.Node
	for range maxModules {
		file, ok := s.LoadPath(label, dir)
		if !ok {
			break
		}
		next := s.Module(file)
		if next == nil || next.names[symbol].IsZero() {
			break
		}
		m, def = next, next.names[symbol]
		label, symbol, ok = passedOn(m, def, symbol)
		if !ok {
			break
		}
		dir = dirOf(m.Path)
	}
	return m, def
}

// passedOn returns the label and the symbol that a module takes a name of another module from: by a load statement, or
// by `name = _name` after one.
func passedOn(m *Module, def syntax.Node, symbol string) (label, from string, ok bool) {
	if def.Kind() == syntax.Assign && def.Y().Kind() == syntax.Ident {
		symbol = def.Y().Name()
		def = m.names[symbol]
	}
	if def.IsZero() || def.Kind() != syntax.Load {
		return "", "", false
	}
	for l := range def.Loaded() {
		if l.Name == symbol {
			label, _ = def.X().Value()
			return label, l.From, label != ""
		}
	}
	return "", "", false
}

// maxModules bounds how many modules a symbol is followed through.
const maxModules = 16

// Defined tells what a name stands for that a BUILD file uses: the module that defines it and the statement there. That
// may be the file itself. The module is nil if it is none of this repository.
func (s *Snapshot) Defined(file, name string) (*Module, syntax.Node) {
	m := s.Module(file)
	if m == nil {
		return nil, syntax.Node{}
	}
	def, bound := m.names[name]
	if !bound {
		return s.subincluded(m, name)
	}
	if label, from, ok := passedOn(m, def, name); ok {
		return s.Loaded(label, dirOf(file), from)
	}
	return m, def
}

// subincluded tells what a name stands for that a file takes in with all others of a module.
func (s *Snapshot) subincluded(m *Module, name string) (*Module, syntax.Node) {
	for _, path := range s.subincludes(m, map[string]bool{}) {
		if next := s.Module(path); next != nil && !next.names[name].IsZero() {
			return next, next.names[name]
		}
	}
	return nil, syntax.Node{}
}
