package workspace

import (
	"encoding/binary"
	"hash/crc32"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// keptFormat is the first line of what is kept. Another number is of another format.
const keptFormat = "buildlint facts 1\n"

// What is written anew is all or nothing: it is not worth it for a few packages.
const (
	leastNews = 16
	newsShare = 64 // of all packages
)

// Keep returns what a later run may take over, nil if little of it is new or nobody asked for the whole workspace.
// Facts are left out that follow from more than files that can be told to be the same.
func (s *Snapshot) Keep() []byte {
	if s.kept == nil || !s.kept.asked.Load() {
		return nil
	}
	old := s.kept.memory.Load()
	loads := s.modules.users.byDir()
	all := s.cache.all()
	if isLittle(len(all)-s.Remembered(), len(all)) {
		return nil
	}
	packages, news := s.keptPackages(all, loads, old)
	switch {
	case isLittle(news, len(packages)):
		return nil
	case old != nil && s.indexed.Load() == nil && len(packages) < len(old.packages):
		return nil // what was not asked for is still worth something
	}
	w := newKeptWriter(s)
	for _, p := range packages {
		w.add(p)
	}
	return w.finish(s.tree)
}

// isLittle reports whether so few packages are new that it is not worth writing them all.
func isLittle(news, packages int) bool { return news <= leastNews+packages/newsShare }

// keptPackages returns those of all packages that can be kept, and how many of them the earlier run did not know so.
func (s *Snapshot) keptPackages(
	all []*Facts, loads map[string][]string, old *memory,
) (packages []keptPackage, news int) {
	packages, isNew := make([]keptPackage, len(all)), make([]bool, len(all))
	var g errgroup.Group
	n := runtime.GOMAXPROCS(0)
	for i := range n {
		g.Go(func() error {
			for j := i; j < len(all); j += n {
				packages[j], isNew[j] = s.keptPackage(all[j], loads[all[j].Dir()], old)
			}
			return nil
		})
	}
	_ = g.Wait() // none returns an error
	for _, is := range isNew {
		if is {
			news++
		}
	}
	return slices.DeleteFunc(packages, func(p keptPackage) bool { return p.facts == nil }), news
}

// keptPackage returns a package with the stamps that its files have, zero if they do not stand for what was read.
func (s *Snapshot) keptPackage(f *Facts, loads []string, old *memory) (p keptPackage, isNew bool) {
	if f.names != s.names || f.elsewhere {
		return p, false
	}
	for i := range f.files {
		p.files = append(p.files, stampedFile{path: f.pathOf(i)})
	}
	for _, load := range loads {
		p.files = append(p.files, stampedFile{path: load})
	}
	for i := range p.files {
		stamp, ok := s.tree.Stamp(p.files[i].path)
		if !ok || !s.tree.Settled(stamp) {
			return keptPackage{}, false
		}
		p.files[i].stamp = stamp
	}
	p.facts = f
	return p, !old.has(f.dir, p.files)
}

// all returns the facts of all packages that something is known of.
func (c *cache) all() []*Facts {
	var all []*Facts
	for _, s := range c.shards {
		s.mu.RLock()
		for _, f := range s.facts {
			if f != nil {
				all = append(all, f)
			}
		}
		s.mu.RUnlock()
	}
	return all
}

// byDir returns the modules that each package depends on, sorted.
func (u *moduleUsers) byDir() map[string][]string {
	u.mu.Lock()
	defer u.mu.Unlock()
	paths := map[string][]string{}
	for _, p := range slices.Sorted(maps.Keys(u.dirs)) {
		for dir := range u.dirs[p] {
			paths[dir] = append(paths[dir], p)
		}
	}
	return paths
}

// A numbering gives numbers of the file to those of a [names]: densely, by when they are first used.
type numbering struct {
	index []uint32 // by the number of the names, + 1
	order []uint32 // the numbers of the names
}

func (n *numbering) of(number uint32) uint64 {
	if missing := int(number) + 1 - len(n.index); missing > 0 {
		n.index = append(n.index, make([]uint32, missing)...)
	}
	if n.index[number] == 0 {
		n.order = append(n.order, number)
		n.index[number] = uint32(len(n.order))
	}
	return uint64(n.index[number] - 1)
}

// A keptWriter writes packages by numbers, and then what the numbers stand for.
type keptWriter struct {
	names                          *names
	kindNames                      map[*dialect.Kind]string
	texts, kinds, specs, addresses numbering
	packages                       []byte
	count                          int
	one                            []byte // the package at hand
}

func newKeptWriter(s *Snapshot) *keptWriter {
	w := &keptWriter{names: s.names, kindNames: map[*dialect.Kind]string{}}
	for name, kind := range s.Dialect().Kinds {
		w.kindNames[kind] = name
	}
	return w
}

func (w *keptWriter) text(s string) { w.number(w.texts.of(w.names.text(s))) }

func (w *keptWriter) number(n uint64) { w.one = binary.AppendUvarint(w.one, n) }

func (w *keptWriter) span(s smallSpan) {
	w.number(uint64(s.start))
	w.number(uint64(s.end))
}

func (w *keptWriter) stamp(s filetree.Stamp) { w.one = appendStamp(w.one, s) }

func appendStamp(b []byte, s filetree.Stamp) []byte {
	for _, n := range []uint64{uint64(s.Size), uint64(s.Modified), uint64(s.Changed), s.Inode} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	return b
}

// add adds a package. One with a kind that the dialect has under no name is left out.
func (w *keptWriter) add(p keptPackage) {
	f := p.facts
	for _, t := range f.targets {
		if kind := w.names.kinds.value(t.kind).kind; kind != nil && w.kindNames[kind] == "" {
			return
		}
	}
	w.one = w.one[:0]
	w.number(uint64(boolByte(f.Complete)))
	w.files(p)
	w.number(uint64(len(f.targets)))
	for i := range f.targets {
		w.target(f, i)
	}
	w.python(f)
	w.packages = binary.AppendUvarint(w.packages, w.texts.of(f.dir))
	w.packages = binary.AppendUvarint(w.packages, uint64(len(w.one)))
	w.packages = append(w.packages, w.one...)
	w.count++
}

func (w *keptWriter) files(p keptPackage) {
	w.number(uint64(len(p.facts.files)))
	for i, r := range p.facts.files {
		w.number(w.texts.of(r.name))
		w.number(uint64(r.bad))
		w.number(r.hash)
		w.stamp(p.files[i].stamp)
	}
	modules := p.files[len(p.facts.files):]
	w.number(uint64(len(modules)))
	for _, m := range modules {
		w.text(m.path)
		w.stamp(m.stamp)
	}
}

func (w *keptWriter) target(f *Facts, i int) {
	t := &f.targets[i]
	w.number(w.texts.of(t.name))
	w.number(w.kinds.of(t.kind))
	w.number(w.specs.of(t.sources))
	w.number(uint64(t.fileAndFlags))
	for _, s := range []smallSpan{t.head, t.nameSpan, t.sourcesSpan} {
		w.span(s)
	}
	edges := f.edgesOf(i)
	w.number(uint64(len(edges)))
	for _, e := range edges {
		w.number(w.addresses.of(e.to())<<useBits | uint64(e.use&(1<<useBits-1)))
		w.span(e.span)
	}
}

// python writes what is kept of Python. There are no requirements: they may stand in another file.
func (w *keptWriter) python(f *Facts) {
	w.number(uint64(len(f.python)))
	for _, r := range f.python {
		w.number(uint64(r.target))
		w.number(w.texts.of(r.distribution))
		w.number(w.texts.of(r.entryPoint))
		interpreters := TargetFacts{f, int(r.target)}.Interpreters()
		w.number(uint64(len(interpreters)))
		for _, c := range interpreters {
			w.text(c)
		}
	}
}

// finish returns all that was written, with listings of directories and a checksum. What numbers stand for comes first.
func (w *keptWriter) finish(tree *filetree.Tree) []byte {
	addresses := w.list(&w.addresses, func(number uint32) {
		k := w.names.addresses.value(number)
		w.number(w.texts.of(k.dir))
		w.number(w.texts.of(k.name))
	})
	kinds := w.list(&w.kinds, func(number uint32) {
		k := w.names.kinds.value(number)
		w.string(k.name)
		w.string(w.kindNames[k.kind]) // "" of none
	})
	specs := w.list(&w.specs, func(number uint32) { w.sources(w.names.specs.value(number)) })
	texts := w.list(&w.texts, func(number uint32) { w.string(w.names.texts.value(number)) })
	out := slices.Concat([]byte(keptFormat), texts, addresses, kinds, specs)
	out = binary.AppendUvarint(out, uint64(w.count))
	out = append(out, w.packages...)
	out = appendListings(out, tree)
	return binary.LittleEndian.AppendUint32(out, crc32.Checksum(out, castagnoli()))
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// list returns what write writes of each number, after how many there are.
func (w *keptWriter) list(n *numbering, write func(number uint32)) []byte {
	w.one = nil
	w.number(uint64(len(n.order)))
	for _, number := range n.order {
		write(number)
	}
	return w.one
}

func (w *keptWriter) string(s string) { w.one = appendString(w.one, s) }

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func (w *keptWriter) sources(s *Sources) {
	if s == nil {
		w.number(0)
		return
	}
	w.number(1 | uint64(boolByte(s.Known))<<1 | uint64(boolByte(s.Written))<<2)
	w.number(uint64(len(s.Include)))
	for _, p := range s.Include {
		w.string(p.Glob)
		w.string(p.Func)
	}
	w.number(uint64(len(s.Exclude)))
	for _, e := range s.Exclude {
		w.string(e)
	}
}

func appendListings(b []byte, tree *filetree.Tree) []byte {
	for l := range tree.Listings() {
		b = append(b, 1) // one more
		b = appendStamp(appendString(b, l.Dir), l.Stamp)
		b = binary.AppendUvarint(b, uint64(len(l.Entries)))
		for _, e := range l.Entries {
			b = append(b, boolByte(e.Dir))
			b = appendString(b, e.Name)
		}
	}
	return append(b, 0)
}
