package rules

import (
	"path"
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// conventional reports whether the Python build conventions hold for a directory: it lies below a Python source root
// that is no test or third-party root. rel is the directory below that root, "" for the root itself.
func conventional(p *analysis.Pass, dir string) (rel string, ok bool) {
	root, ok := p.RootOf(dir)
	if !ok || root.Category != dialect.SourceRoot || root.Language != dialect.Python {
		return "", false
	}
	return workspace.Relative(dir, root.Dir), true
}

// dotted returns a directory below a source root as the name of a Python package.
func dotted(rel string) string { return strings.ReplaceAll(rel, "/", ".") }

// isPublicLibrary reports whether t is a Python library whose name does not start with an underscore.
func isPublicLibrary(t *workspace.Target) bool {
	return t.Is(dialect.Library) && t.Kind.IsPython() && t.Name != "" && !t.IsPrivate()
}

// publicLibraries returns the Python libraries of the package whose names do not start with an underscore.
func publicLibraries(p *analysis.Pass) []*workspace.Target {
	var found []*workspace.Target
	for _, t := range p.Targets() {
		if isPublicLibrary(t) && !t.Conditional {
			found = append(found, t)
		}
	}
	return found
}

// publicLibrary returns the public library of the package: the only library without an underscore; of several, the one
// that is named as the directory. It returns nil where there is none, or may be another that cannot be seen.
func publicLibrary(p *analysis.Pass) *workspace.Target {
	libraries := publicLibraries(p)
	if len(libraries) == 1 && p.Package().Complete() {
		return libraries[0]
	}
	for _, t := range libraries {
		if t.Name == path.Base(p.Dir) {
			return t
		}
	}
	return nil
}

// binaries returns the Python binaries of the package whose names are known.
func binaries(p *analysis.Pass) []*workspace.Target {
	var found []*workspace.Target
	for _, t := range p.Targets() {
		if t.Is(dialect.Binary) && t.Kind.IsPython() && t.Kind.Field("entry_point") != nil && t.Name != "" {
			found = append(found, t)
		}
	}
	return found
}

// dirOf returns the directory of a file, "" for the root.
func dirOf(file string) string {
	if dir := path.Dir(file); dir != "." {
		return dir
	}
	return ""
}
