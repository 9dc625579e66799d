package workspace

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
)

// RootOf returns the source root that a directory lies in or below.
func (s *Snapshot) RootOf(dir string) (dialect.Root, bool) {
	if number, ok := s.names.texts.find(dir); ok {
		if f, _ := s.cache.load(number); f != nil {
			return f.Root()
		}
	}
	return s.options.rootOf(dir)
}

// Root returns the source root that the package lies in or below.
func (f *Facts) Root() (dialect.Root, bool) {
	k := f.names.roots.value(f.root)
	return k.Root, k.ok
}

// A rootKey is a source root, if there is one.
type rootKey struct {
	dialect.Root
	ok bool
}

// root returns the number of the source root that a directory lies in or below.
func (n *names) root(o *Options, dir string) uint32 {
	r, ok := o.rootOf(dir)
	r.Dir = n.keep(r.Dir)
	return n.roots.number(rootKey{r, ok})
}

func (o *Options) rootOf(dir string) (dialect.Root, bool) {
	test, isTest := longestRoot(dir, o.TestRoots, dialect.TestRoot)
	source, isSource := longestRoot(dir, o.SourceRoots, dialect.SourceRoot)
	switch {
	case isTest && (!isSource || len(test.Dir) > len(source.Dir)):
		return test, true
	case isSource:
		return source, true
	}
	r, ok := o.Dialect.RootOf(dir)
	if len(o.SourceRoots) > 0 && r.Category == dialect.SourceRoot && r.Language == dialect.Python {
		return dialect.Root{}, false // the configuration names all of them
	}
	if len(o.TestRoots) > 0 && r.Category == dialect.TestRoot && r.Language == dialect.Python {
		return dialect.Root{}, false
	}
	return r, ok
}

// longestRoot returns the longest of the given roots that dir lies in or below.
func longestRoot(dir string, roots []string, category dialect.RootCategory) (dialect.Root, bool) {
	best, found := "", false
	for _, r := range roots {
		r = strings.Trim(r, "/")
		if r == "." {
			r = ""
		}
		if Below(dir, r) && (!found || len(r) > len(best)) {
			best, found = r, true
		}
	}
	return dialect.Root{Dir: best, Category: category, Language: dialect.Python}, found
}

// Below reports whether dir is root or lies below it.
func Below(dir, root string) bool {
	return root == "" || dir == root || strings.HasPrefix(dir, root) && dir[len(root)] == '/'
}

// Relative returns dir below root, "" for the root itself. It must lie below it.
func Relative(dir, root string) string {
	return strings.TrimPrefix(strings.TrimPrefix(dir, root), "/")
}
