package workspace

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// A memory is what an earlier run kept, with the numbers of this one. Packages are read when they are asked for.
type memory struct {
	names     *names
	texts     []uint32 // the numbers of this run by those of the file, like the next three
	addresses []uint32
	kinds     []uint32
	specs     []uint32
	packages  map[uint32]string // what was written of each, by the number of the directory
	listings  map[string]filetree.Listing
}

// readMemory reads what [Snapshot.Keep] gave. It returns nil of what is no such thing, or damaged.
func readMemory(data []byte, n *names, d *dialect.Dialect) *memory {
	body := len(data) - crc32.Size
	if body < 0 || crc32.Checksum(data[:body], castagnoli()) != binary.LittleEndian.Uint32(data[body:]) {
		return nil
	}
	text, ok := strings.CutPrefix(string(data[:body]), keptFormat)
	if !ok {
		return nil
	}
	r := &keptReader{rest: text}
	m := &memory{names: n}
	m.readNames(r, d)
	m.readPackages(r)
	m.readListings(r)
	if r.bad || r.rest != "" {
		return nil
	}
	return m
}

// A keptReader reads numbers and strings. After what is damaged it gives zeros, and bad is true.
type keptReader struct {
	rest string
	bad  bool
}

func (r *keptReader) fail() {
	r.rest, r.bad = "", true
}

// number reads what [binary.AppendUvarint] wrote.
func (r *keptReader) number() uint64 {
	n := uint64(0)
	for i := range min(len(r.rest), binary.MaxVarintLen64) {
		c := r.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

// small reads a number of at most 32 bits.
func (r *keptReader) small() uint32 {
	n := r.number()
	if n > math.MaxUint32 {
		r.fail()
		return 0
	}
	return uint32(n)
}

// count reads how many of something follow, each of which takes a byte at least.
func (r *keptReader) count() int {
	n := r.number()
	if n > uint64(len(r.rest)) {
		r.fail()
		return 0
	}
	return int(n)
}

// index reads a number that is less than n.
func (r *keptReader) index(n int) int {
	i := r.number()
	if i >= uint64(n) {
		r.fail()
		return 0
	}
	return int(i)
}

func (r *keptReader) string() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// of reads a number of the file and returns that of this run.
func (r *keptReader) of(numbers []uint32) uint32 {
	i := r.index(len(numbers))
	if r.bad {
		return 0
	}
	return numbers[i]
}

func (r *keptReader) span() smallSpan {
	s := smallSpan{r.small(), r.small()}
	if s.start > s.end || s.end > math.MaxInt32 {
		r.fail()
	}
	return s
}

// stampSize is what a stamp takes.
const stampSize = 4 * 8

func (r *keptReader) stamp() filetree.Stamp {
	if len(r.rest) < stampSize {
		r.fail()
		return filetree.Stamp{}
	}
	b := []byte(r.rest[:stampSize])
	r.rest = r.rest[stampSize:]
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(b[8*i:]) }
	return filetree.Stamp{Size: int64(word(0)), Modified: int64(word(1)), Changed: int64(word(2)), Inode: word(3)}
}

// list reads what follows a count, one by one.
func list[T any](r *keptReader, read func() T) []T {
	n := r.count()
	all := make([]T, 0, min(n, maxRoom))
	for range n {
		v := read()
		if r.bad {
			break
		}
		all = append(all, v)
	}
	return all
}

// maxRoom bounds what is made room for before it is read.
const maxRoom = 1 << 16

func (m *memory) readNames(r *keptReader, d *dialect.Dialect) {
	n := m.names
	m.texts = list(r, func() uint32 { return n.texts.number(r.string()) })
	m.addresses = list(r, func() uint32 {
		k := addressKey{r.of(m.texts), r.of(m.texts)}
		if r.bad {
			return 0
		}
		return n.addresses.number(k)
	})
	m.kinds = list(r, func() uint32 {
		name, key := r.string(), r.string()
		kind := d.Kinds[key]
		if key != "" && kind == nil {
			r.fail()
		}
		return n.kinds.number(kindKey{kind, name})
	})
	m.specs = list(r, func() uint32 { return n.specs.number(r.sources()) })
}

func (r *keptReader) sources() *Sources {
	flags := r.number()
	if flags == 0 {
		return nil
	}
	s := &Sources{Known: flags&2 != 0, Written: flags&4 != 0}
	s.Include = list(r, func() Pattern { return Pattern{Glob: r.string(), Func: r.string()} })
	s.Exclude = list(r, r.string)
	return s
}

func (m *memory) readPackages(r *keptReader) {
	n := r.count()
	m.packages = make(map[uint32]string, min(n, maxRoom))
	for range n {
		dir := r.of(m.texts)
		m.packages[dir] = r.string()
		if r.bad {
			break
		}
	}
}

func (m *memory) readListings(r *keptReader) {
	m.listings = make(map[string]filetree.Listing, len(m.packages))
	for r.number() == 1 {
		l := filetree.Listing{Dir: r.string(), Stamp: r.stamp()}
		l.Entries = list(r, func() filetree.Entry { return filetree.Entry{Dir: r.number() != 0, Name: r.string()} })
		m.listings[l.Dir] = l
	}
}

// read reads the package of a directory; ok is false if there is none.
func (m *memory) read(dir uint32) (p keptPackage, ok bool) {
	text, ok := m.packages[dir]
	if !ok {
		return p, false
	}
	r := &keptReader{rest: text}
	f := m.names.arenas.facts.New()
	*f = Facts{dir: dir, names: m.names}
	f.Complete = r.number() != 0
	p.facts = f
	p.files = m.readFiles(r, f)
	targets := r.count()
	f.targets = make([]targetRecord, 0, min(targets, maxRoom))
	for i := 0; i < targets && !r.bad; i++ {
		m.readTarget(r, f)
	}
	m.readPython(r, f)
	f.indexNames()
	return p, !r.bad && r.rest == ""
}

// text reads a text, with its number.
func (m *memory) text(r *keptReader) (number uint32, text string) {
	if number = r.of(m.texts); r.bad {
		return 0, ""
	}
	return number, m.names.texts.value(number)
}

func (m *memory) readFiles(r *keptReader, f *Facts) []stampedFile {
	var files []stampedFile
	f.files = list(r, func() fileRecord {
		number, name := m.text(r)
		record := fileRecord{name: number, bad: r.small(), hash: r.number()}
		files = append(files, stampedFile{joinPath(f.Dir(), name), r.stamp()})
		return record
	})
	return append(files, list(r, func() stampedFile {
		_, path := m.text(r)
		return stampedFile{path, r.stamp()}
	})...)
}

func (m *memory) readTarget(r *keptReader, f *Facts) {
	t := targetRecord{name: r.of(m.texts), kind: r.of(m.kinds), sources: r.of(m.specs), fileAndFlags: r.small()}
	t.head, t.nameSpan, t.sourcesSpan = r.span(), r.span(), r.span()
	edges := r.count()
	f.edges = slices.Grow(f.edges, min(edges, maxRoom))
	for i := 0; i < edges && !r.bad; i++ {
		use := r.number()
		to := use >> useBits
		if to >= uint64(len(m.addresses)) || r.bad {
			r.fail()
			return
		}
		f.edges = append(f.edges, edgeRecord{m.addresses[to]<<useBits | uint32(use&(1<<useBits-1)), r.span()})
	}
	if t.edges = uint32(len(f.edges)); t.file() >= len(f.files) {
		r.fail()
		return
	}
	f.targets = append(f.targets, t)
}

func (m *memory) readPython(r *keptReader, f *Facts) {
	text := func() string {
		_, s := m.text(r)
		return s
	}
	f.python = list(r, func() pythonRecord {
		record := pythonRecord{target: uint32(r.index(len(f.targets)))}
		record.distribution, record.entryPoint = r.of(m.texts), r.of(m.texts)
		if interpreters := list(r, text); len(interpreters) > 0 {
			record.more = &pythonMore{interpreters: interpreters}
		}
		return record
	})
}

// has reports whether the package of a directory is known to be made of files with the same stamps. Nil knows nothing.
func (m *memory) has(dir uint32, files []stampedFile) bool {
	if m == nil {
		return false
	}
	p, ok := m.read(dir)
	return ok && slices.Equal(p.files, files)
}
