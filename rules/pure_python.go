package rules

import (
	"fmt"
	"path"
	"slices"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A pureOptions says which distributions are pure, and what is not.
type pureOptions struct {
	Distributions []string `toml:"distributions" format:"glob" doc:"patterns of the names of pure Python distributions"`
	Compiled      []string `toml:"compiled" doc:"third-party projects that hold compiled code"`
}

func purePython() *analysis.Rule {
	return &analysis.Rule{
		Name:     "pure-python",
		Summary:  "a distribution that is to be pure Python reaches compiled code",
		Severity: analysis.Warning,
		Stage:    analysis.Graph,
		Options:  &pureOptions{Compiled: compiledProjects()},
		Check:    checkPurePython,
		Doc: `
What users install on machines of their own is to come without a compiler. One dependency far below is enough to ask for
one.

The option ` + "`distributions`" + ` names the distributions that are pure, such as ` + "`walt-client`" + ` or
` + "`walt-*`" + `; without it nothing is found. Compiled code is a source in C, C++, Cython, Rust or the like, an
extension module, a target of another language, and a third-party project that the option ` + "`compiled`" + ` names.
Its default holds widely used projects that do not work without their compiled part; yours replaces it. The finding
shows the way from the distribution to the compiled code.

To mend it, cut the way: move what needs the compiled code to a distribution of its own. There is no fix.`,
		Bad: `
-- buildlint.toml --
[rules]
pure-python = { distributions = ["org-client"] }
-- 3rdparty/python/BUILD --
python_requirements()
-- 3rdparty/python/requirements.txt --
numpy>=1.24
-- src/python/org/client/BUILD --
python_library(
  dependencies = ['src/python/org/common'],
  provides = setup_py(name = 'org-client', version = version()),
)
-- src/python/org/common/BUILD --
python_library(
  dependencies = ['3rdparty/python:numpy'],
)
`,
		Good: `
-- buildlint.toml --
[rules]
pure-python = { distributions = ["org-client"] }
-- 3rdparty/python/BUILD --
python_requirements()
-- 3rdparty/python/requirements.txt --
numpy>=1.24
-- src/python/org/client/BUILD --
python_library(
  dependencies = ['src/python/org/common'],
  provides = setup_py(name = 'org-client', version = version()),
)
-- src/python/org/common/BUILD --
python_library(
)
`,
	}
}

// compiledProjects returns widely used projects that do not work without their compiled part.
func compiledProjects() []string {
	return []string{
		"aiohttp", "bcrypt", "cffi", "cryptography", "dbus-python", "gevent", "greenlet", "grpcio", "h5py", "llvmlite",
		"lxml", "matplotlib", "mysqlclient", "netifaces", "numba", "numpy", "opencv-python", "orjson", "pandas", "pillow",
		"psutil", "psycopg2", "psycopg2-binary", "pyarrow", "pycrypto", "pycryptodome", "pydantic-core", "pynacl",
		"python-ldap", "pyzmq", "scikit-learn", "scipy", "snappy", "tokenizers", "torch", "uvloop",
	}
}

func checkPurePython(p *analysis.Pass) {
	options := p.Options.(*pureOptions)
	if len(options.Distributions) == 0 {
		return
	}
	for _, t := range p.Targets() {
		if name := t.Distribution(); name != "" && t.Name != "" && matchesAny(options.Distributions, name) {
			checkPure(p, t, name, options.Compiled)
		}
	}
}

// checkPure reports the nearest compiled code that a distribution reaches.
func checkPure(p *analysis.Pass, t *workspace.Target, name string, compiled []string) {
	for _, s := range reachable(p, t.Address(), nowhere) {
		what := compiledIn(p, s, compiled)
		if what == "" {
			continue
		}
		d := analysis.Diagnostic{
			Location: analysis.Location{Path: t.File.Path, Span: t.Head()}, Target: t.Address().String(),
			Message: fmt.Sprintf("`%s` is to be pure Python and holds %s", name, what),
		}
		if e := s.first(); e != nil {
			d.Span, d.Related = e.Span, s.related()
			d.Message = fmt.Sprintf("`%s` is to be pure Python and reaches %s: %s", name, what, s.path())
		}
		p.Report(d)
		return
	}
}

// compiledIn returns what is compiled in a target, "" if nothing is known to be.
func compiledIn(p *analysis.Pass, s *step, compiled []string) string {
	t := s.target
	for _, r := range t.Requirements() {
		isName := func(name string) bool { return python.Normalise(name) == r.NormalName() }
		if slices.ContainsFunc(compiled, isName) {
			return "`" + r.Name + "`"
		}
	}
	switch {
	case t.Is(dialect.Library) && isCompiledLanguage(t.Kind().Language):
		return "a `" + t.KindName() + "`"
	case t.Sources() == nil || !t.Sources().Known || t.Is(dialect.Requirement):
		return ""
	}
	for _, file := range p.Files(s.pkg.Dir(), t.Sources().Globs(), t.Sources().Exclude) {
		if isCompiled(file) {
			return "`" + file + "`"
		}
	}
	return ""
}

func isCompiledLanguage(language string) bool {
	return slices.Contains([]string{"c", "cpp", "go", "rust"}, language)
}

// isCompiled reports whether a file is compiled, or is the source of what is.
func isCompiled(file string) bool {
	return slices.Contains([]string{
		".c", ".cc", ".cpp", ".cxx", ".f90", ".go", ".h", ".hpp", ".pxd", ".pyd", ".pyx", ".rs", ".so", ".dylib", ".dll",
	}, path.Ext(file))
}
