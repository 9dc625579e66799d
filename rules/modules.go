package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// moduleFile returns the file of a module below a source root, "" if there is none. unknown says that there is
// something of that name which is no Python source: an extension module, a package without __init__.py.
func moduleFile(p *analysis.Pass, root, module string) (file string, unknown bool) {
	stem := path.Join(root, strings.ReplaceAll(module, ".", "/"))
	for _, candidate := range []string{stem + "/__init__.py", stem + ".py"} { // the interpreter's order
		switch p.Stat(candidate) {
		case filetree.File:
			return candidate, false
		case filetree.Unknown:
			return "", true
		}
	}
	base := path.Base(stem)
	for _, e := range p.Entries(path.Dir(stem)) {
		if e.Name == base || strings.HasPrefix(e.Name, base+".") {
			return "", true
		}
	}
	return "", false
}

// A supply is what may provide modules to a target: what its dependencies reach.
type supply struct {
	roots        []string // source roots
	requirements []string // normalised names of distributions
	namespaces   []string // packages that code is generated for
	unknown      bool     // something that cannot be seen
}

// maxSupply bounds how many targets are looked at for one entry point.
const maxSupply = 20000

// supplyOf looks at all that a target reaches.
func supplyOf(p *analysis.Pass, from workspace.Address) *supply {
	s := &supply{}
	n := 0
	for r := range p.Reach(from) {
		if n++; n > maxSupply {
			s.unknown = true
			break
		}
		if r.Target.IsZero() {
			s.unknown = s.unknown || r.Unknown
		} else {
			s.add(p, r)
		}
	}
	s.unknown = s.unknown || p.Dialect().Infers
	return s
}

// add adds what one target provides.
func (s *supply) add(p *analysis.Pass, r workspace.Resolution) {
	t := r.Target
	s.unknown = s.unknown || t.Open() || t.Kind() == nil
	switch {
	case t.Is(dialect.Requirement):
		s.requirements = append(s.requirements, python.Normalise(t.Address().Name))
	case t.Is(dialect.Generated):
		s.addGenerated(p, r)
	}
	if root, ok := r.Package.Root(); ok && !slices.Contains(s.roots, root.Dir) {
		s.roots = append(s.roots, root.Dir)
	}
}

// addGenerated adds the packages that Thrift files name. What other generators make is not known.
func (s *supply) addGenerated(p *analysis.Pass, r workspace.Resolution) {
	sources := r.Target.Sources()
	if r.Target.KindName() != "python_thrift_library" || sources == nil || !sources.Known {
		s.unknown = true
		return
	}
	for _, file := range p.Files(r.Package.Dir(), sources.Globs(), sources.Exclude) {
		s.namespaces = append(s.namespaces, thriftNamespace(p.Source(file)))
	}
}

// thriftNamespace returns the Python package that a Thrift file generates: the namespace that it names, else a package
// of the file's own name, which is returned as "".
func thriftNamespace(src []byte) string {
	for line := range strings.Lines(string(src)) {
		fields := strings.Fields(line)
		if len(fields) >= 3 && fields[0] == "namespace" && fields[1] == "py" {
			return fields[2]
		}
	}
	return ""
}

// mayProvide reports whether something that is no source of the workspace may provide a module whose package is, or is
// not, shared with others.
func (s *supply) mayProvide(module string, shared bool) bool {
	if s.unknown {
		return true
	}
	for _, ns := range s.namespaces {
		if ns == "" || module == ns || strings.HasPrefix(module, ns+".") {
			return true
		}
	}
	if !shared {
		return false
	}
	top, _, _ := strings.Cut(module, ".")
	for _, r := range s.requirements {
		if name := python.Normalise(top); r == name || strings.HasPrefix(r, name+"-") {
			return true
		}
	}
	return false
}

// isNamespace reports whether the deepest package of module that is there below root may be continued elsewhere.
func isNamespace(p *analysis.Pass, root, module string) bool {
	parts := strings.Split(module, ".")
	dir := root
	for _, part := range parts[:len(parts)-1] {
		next := path.Join(dir, part)
		if p.Stat(next) != filetree.Dir {
			break
		}
		dir = next
	}
	m := p.Module(path.Join(dir, "__init__.py"))
	return m == nil || m.Namespace != python.NoNamespace
}

// isFirstParty reports whether the first component of module lies below root.
func isFirstParty(p *analysis.Pass, root, module string) bool {
	top, _, _ := strings.Cut(module, ".")
	stem := path.Join(root, top)
	return p.Stat(stem) == filetree.Dir || p.Stat(stem+".py") == filetree.File
}

// loader returns what finds the modules that Python files import: below the source root of the file.
func loader(p *analysis.Pass) python.Loader {
	return func(from string, o python.Origin) python.Loaded {
		root, module, ok := importedModule(p, from, o)
		if !ok {
			return python.Loaded{}
		}
		file := path.Join(root, "__init__.py")
		if module != "" {
			var unknown bool
			if file, unknown = moduleFile(p, root, module); unknown {
				return python.Loaded{}
			}
		}
		if file == "" {
			return python.Loaded{State: python.Absent}
		}
		if m := p.Module(file); m != nil {
			return python.Loaded{State: python.Bound, Module: m, Path: file}
		}
		return python.Loaded{}
	}
}

// importedModule returns the directory below which the module of an import lies, if it is of the same source root. In
// Python 2 a name without dots may be that of a module beside the file: then it is not known.
func importedModule(p *analysis.Pass, from string, o python.Origin) (base, module string, ok bool) {
	dir := dirOf(from)
	if o.Level > 0 {
		for range o.Level - 1 {
			dir = dirOf(dir)
		}
		return dir, o.Module, true
	}
	root, ok := p.RootOf(dir)
	if !ok || root.Dir != dir && isFirstParty(p, dir, o.Module) {
		return "", "", false
	}
	return root.Dir, o.Module, isFirstParty(p, root.Dir, o.Module)
}
