package workspace

import (
	"path"
	"slices"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// subincludes returns the files of this repository whose names a file takes in as a whole: those of the targets that it
// names in subinclude(…). The paths of the BUILD files that say so are added to used.
func (s *Snapshot) subincludes(m *Module, used map[string]bool) []string {
	if !s.options.Dialect.Loads.Subincludes {
		return nil
	}
	var files []string
	for _, stmt := range m.Syntax.Stmts {
		if stmt.Kind() != syntax.Call || stmt.Func().Name() != "subinclude" {
			continue
		}
		for a := range stmt.Args() {
			if label, ok := a.Value.Value(); ok {
				files = append(files, s.subinclude(label, dirOf(m.Path), used)...)
			}
		}
	}
	return files
}

// subinclude returns the files of a target of this repository whose sources are written out.
func (s *Snapshot) subinclude(label, dir string, used map[string]bool) []string {
	a, err := s.options.Dialect.ParseAddress(label, dir)
	if err != nil {
		return nil
	}
	names, err := s.buildFiles(a.Dir)
	if err != nil {
		return nil
	}
	var files []string
	for _, name := range names {
		full := joinPath(a.Dir, name)
		used[full] = true
		if build := s.Module(full); build != nil {
			files = append(files, build.sources()[a.Name]...)
		}
	}
	for i, f := range files {
		files[i] = path.Join(a.Dir, f)
	}
	return slices.Compact(files)
}

// sourcesByName returns the files in srcs of the calls that declare targets, by the name of the target.
func (m *Module) sourcesByName() map[string][]string {
	eval := m.eval.fork()
	eval.budget += perByte * len(m.Syntax.Src)
	files := map[string][]string{}
	for _, stmt := range m.Syntax.Stmts {
		if stmt.Kind() != syntax.Call {
			continue
		}
		call, ok := eval.value(stmt).(*Call)
		if !ok {
			continue
		}
		n, _ := call.Arg("name")
		name, ok := Text(n.Value)
		if !ok {
			continue
		}
		for _, field := range []string{"srcs", "src"} {
			a, _ := call.Arg(field)
			files[name] = append(files[name], textsOf(a.Value)...)
		}
	}
	return files
}

// textsOf returns the known strings of a string or a list.
func textsOf(v Value) []string {
	if t, ok := Text(v); ok {
		return []string{t}
	}
	var texts []string
	if l, ok := v.(*List); ok {
		for _, item := range l.Items {
			if t, ok := Text(item.Value); ok {
				texts = append(texts, t)
			}
		}
	}
	return texts
}
