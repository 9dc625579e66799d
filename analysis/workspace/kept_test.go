package workspace

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// keptFiles are packages with all that facts hold.
func keptFiles() map[string]string {
	return map[string]string{
		"BUILD": "target(name = 'root')\n",
		"a/BUILD": "python_library(name = 'a', sources = ['*.py', '!x.py'], dependencies = ['b', 'b:c', '//', ':_p'] + X)\n" +
			"python_library(name = '_p', dependencies = ['bad::'])\npython_library(name = X)\nnonsense(name = 'n')\n" +
			"if x:\n  python_tests(sources = globs('*', exclude = ['y']))\n",
		"a/BUILD.more": "python_binary(name = 'bin', entry_point = 'a.b:c', compatibility = ['>=3.9', '<4'])\n@\n",
		"b/BUILD": "python_library(provides = setup_py(name = 'b', version = '1').with_binaries({'s': ':c', 't': 'a:bin'}))\n" +
			"python_binary(name = 'c')\n",
		"3rd/BUILD": "python_requirements()\n", "3rd/requirements.txt": "six\n",
		"3rd/b/BUILD": "python_requirement_library(name = 'r', requirements = [python_requirement('six==1')])\n",
	}
}

// keptData returns what is kept of all packages of files, as if each had a stamp of its own.
func keptData(s *Snapshot) []byte {
	dirs, _ := s.AllPackages()
	w := newKeptWriter(s)
	for i, dir := range dirs {
		p := keptPackage{facts: s.Facts(dir)}
		for range p.facts.files {
			p.files = append(p.files, stampedFile{stamp: keptStamp(i)})
		}
		p.files = append(p.files, stampedFile{"m/" + dir, keptStamp(-i)})
		w.add(p)
	}
	return w.finish(s.tree)
}

func keptStamp(i int) filetree.Stamp {
	return filetree.Stamp{Size: int64(i), Modified: int64(-i), Changed: int64(i) << 40, Inode: uint64(i) << 60}
}

// TestKept holds that what was written is read as it was.
func TestKept(t *testing.T) {
	s := open(keptFiles())
	data := keptData(s)
	n := &names{}
	n.text("other numbers than those of the run before")
	m := readMemory(data, n, s.Dialect())
	if m == nil {
		t.Fatal("it cannot be read")
	}
	dirs, _ := s.AllPackages()
	if len(m.packages) != len(dirs) {
		t.Errorf("%d packages, want %d", len(m.packages), len(dirs))
	}
	for i, dir := range dirs {
		want := s.Facts(dir)
		p, ok := m.read(n.text(dir))
		if !ok {
			t.Fatalf("%s cannot be read", dir)
		}
		p.facts.root = n.root(s.options, dir)
		if diff := cmp.Diff(showFacts(want), showFacts(p.facts)); diff != "" {
			t.Errorf("%s: written -, read +:\n%s", dir, diff)
		}
		if got := p.facts.Files(); !slices.Equal(got, want.Files()) {
			t.Errorf("files %v, want %v", got, want.Files())
		}
		if want.elsewhere {
			continue // its requirements are not written
		}
		if !want.SameToOthers(p.facts) {
			t.Errorf("%s is not the same to others", dir)
		}
		if p.files[0].stamp != keptStamp(i) || !slices.Equal(p.modules(), []string{"m/" + dir}) {
			t.Errorf("files %v", p.files)
		}
	}
}

// TestKeptElsewhere holds that facts are not kept where it cannot be told whether what they follow from changed.
func TestKeptElsewhere(t *testing.T) {
	s := open(keptFiles())
	please := New(filetree.FromMap(map[string]string{
		"a/BUILD": "subinclude('//b')\nlib(name = 'x')\n", "b/BUILD": "filegroup(name = 'b', srcs = ['x.build_defs'])\n",
	}), &Options{Dialect: dialect.Please()})
	for _, tt := range []struct {
		s    *Snapshot
		dir  string
		want bool
	}{
		{s, "a", false}, {s, "b", false}, {s, "3rd", true}, {s, "3rd/b", true}, {please, "a", true},
	} {
		if got := tt.s.Facts(tt.dir).elsewhere; got != tt.want {
			t.Errorf("%s: elsewhere is %v", tt.dir, got)
		}
	}
}

// TestKeptDamaged holds that what is damaged anywhere is not read.
func TestKeptDamaged(t *testing.T) {
	s := open(keptFiles())
	data := keptData(s)
	for i := range data {
		damaged := slices.Clone(data)
		damaged[i] ^= 1 << (i % 8)
		if readMemory(damaged, &names{}, s.Dialect()) != nil {
			t.Fatalf("a bit of byte %d is another, and it is read", i)
		}
		if readMemory(data[:i], &names{}, s.Dialect()) != nil {
			t.Fatalf("it ends at byte %d, and is read", i)
		}
	}
	if readMemory(data, &names{}, dialect.Bazel()) != nil {
		t.Error("it is read with kinds that are not there")
	}
}

// FuzzKept reads anything with a checksum that is right: it is read, or it is not.
func FuzzKept(f *testing.F) {
	s := open(keptFiles())
	data := keptData(s)
	f.Add(data[len(keptFormat) : len(data)-crc32.Size])
	f.Fuzz(func(t *testing.T, body []byte) {
		text := append([]byte(keptFormat), body...)
		n := &names{}
		m := readMemory(binary.LittleEndian.AppendUint32(text, crc32.Checksum(text, castagnoli())), n, s.Dialect())
		if m == nil {
			return
		}
		for dir := range m.packages {
			p, ok := m.read(dir)
			if !ok {
				continue
			}
			p.facts.root = n.root(s.options, p.facts.Dir())
			_ = showFacts(p.facts)
			_ = p.modules()
		}
	})
}
