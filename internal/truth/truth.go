// Package truth generates repositories of which it is known what a linter must find in them. A cell is a few packages
// that keep every convention, each time in another style; a mutation breaks one, and says which findings that gives and
// where. It knows nothing of the rules, so that what it says is independent of what they do.
//
// To add a mutation, add a line to the table of its rule in mutations_*.go.
package truth

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
)

// A Repository is a workspace of Pants v1, by the path of each file.
type Repository struct {
	Clean  map[string]string // keeps every convention
	Broken map[string]string // the same, with the mutations
	Wants  []Want            // what is found in Broken
	Cells  []Broken
	// Kinds are the macros that stand for kinds of targets, as the section kinds of buildlint.toml names them.
	Kinds map[string]string
}

// A Broken is what one mutation did to a repository.
type Broken struct {
	Mutation *Mutation
	Dirs     []string // where the cell's packages lie
	Wants    []Want
}

// Holds reports whether a path belongs to the cell.
func (b *Broken) Holds(path string) bool {
	return slices.ContainsFunc(b.Dirs, func(dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") })
}

// A Mutation is one way to break a rule.
type Mutation struct {
	Rule string
	Name string
	// Prepare changes the cell before it is broken, so that it still keeps every convention.
	Prepare func(c *cell)
	Break   func(c *cell)
	// Silent says that what is broken is not statically known, so that nothing may be found.
	Silent bool
	// Changes says that fixes leave other findings than those without a fix, or that the repository means something else
	// than before after all of them.
	Changes bool
	// Alone says that it has to do with what is found in other packages, so that no other mutation may be in its cell.
	Alone bool
}

// Mutations returns all mutations.
func Mutations() []*Mutation {
	return slices.Concat(
		dependencyMutations(), spellingMutations(), nameMutations(), binaryMutations(), providesMutations(),
		sourceMutations(), fileMutations(), styleMutations(), silencingMutations(), unknownMutations(),
		kindMutations(),
	)
}

// A random makes choices that depend on a seed alone.
type random struct{ *rand.Rand }

func newRandom(seed uint64, n int) *random {
	return &random{rand.New(rand.NewPCG(seed, uint64(n)))}
}

func (r *random) chance(n, of int) bool { return r.IntN(of) < n }

func (r *random) pick(texts ...string) string { return texts[r.IntN(len(texts))] }

// Generate returns the repository of a seed with a cell for each mutation; nil is one that breaks nothing.
func Generate(seed uint64, mutations []*Mutation) *Repository {
	repo := &Repository{Clean: shared(), Broken: shared(), Kinds: kinds()}
	for i, m := range mutations {
		clean, broken := newCell(newRandom(seed, i), i), newCell(newRandom(seed, i), i)
		if m != nil {
			for _, c := range []*cell{clean, broken} {
				m.prepare(c)
			}
			m.Break(broken)
		}
		clean.print(repo.Clean, newRandom(seed, i))
		wants := broken.print(repo.Broken, newRandom(seed, i))
		repo.Cells = append(repo.Cells, Broken{Mutation: m, Dirs: broken.dirs(), Wants: wants})
		repo.Wants = append(repo.Wants, wants...)
	}
	return repo
}

// Random returns n mutations as the seed has it: one in five is silent, one in ten is none at all, and many are two.
func Random(seed uint64, n int) []*Mutation {
	var loud, silent []*Mutation
	for _, m := range Mutations() {
		if m.Silent {
			silent = append(silent, m)
		} else {
			loud = append(loud, m)
		}
	}
	r := newRandom(seed, -1)
	picked := make([]*Mutation, n)
	for i := range picked {
		switch r.IntN(10) {
		case 0:
		case 1, 2:
			picked[i] = silent[r.IntN(len(silent))]
		default:
			picked[i] = both(loud[r.IntN(len(loud))], loud[r.IntN(len(loud))])
		}
	}
	return picked
}

// String names the mutation.
func (m *Mutation) String() string {
	if m == nil {
		return "none"
	}
	return fmt.Sprintf("%s/%s", m.Rule, m.Name)
}

// both returns the mutation of one cell that does what a and b do, or a alone where they touch the same package: what
// one says need not hold beside the other there.
func both(a, b *Mutation) *Mutation {
	if a.Alone || b.Alone {
		return a
	}
	for dir := range touched(a) {
		for other := range touched(b) {
			if overlap(dir, other) {
				return a
			}
		}
	}
	return &Mutation{
		Rule: a.Rule, Name: fmt.Sprintf("%s, and %v", a.Name, b), Changes: a.Changes || b.Changes,
		Prepare: func(c *cell) {
			a.prepare(c)
			b.prepare(c)
		},
		Break: func(c *cell) {
			a.Break(c)
			b.Break(c)
		},
	}
}

func (m *Mutation) prepare(c *cell) {
	if m.Prepare != nil {
		m.Prepare(c)
	}
}

// touched returns the directories of the packages that a mutation changes or wants findings in.
func touched(m *Mutation) map[string]bool {
	untouched, touched := Generate(0, []*Mutation{nil}), Generate(0, []*Mutation{m})
	dirs := map[string]bool{}
	for _, files := range []map[string]string{touched.Clean, touched.Broken} {
		for _, name := range differing(untouched.Clean, files) {
			dirs[packageOf(name)] = true
		}
	}
	for _, w := range touched.Wants {
		dirs[packageOf(w.Path)] = true
	}
	return dirs
}

// differing returns the names of the files that are not the same in both.
func differing(a, b map[string]string) []string {
	var names []string
	all := maps.Clone(a)
	maps.Copy(all, b)
	for name := range all {
		old, had := a[name]
		if text, has := b[name]; had != has || old != text {
			names = append(names, name)
		}
	}
	return names
}

// packageOf returns the directory of a cell's package that a file lies in or below, or a directory above.
func packageOf(name string) string {
	parts := strings.Split(path.Dir(name), "/")
	return strings.Join(parts[:min(len(parts), 6)], "/")
}

// overlap reports whether one of two directories is the other or lies below it.
func overlap(a, b string) bool {
	return strings.HasPrefix(a+"/", b+"/") || strings.HasPrefix(b+"/", a+"/")
}
