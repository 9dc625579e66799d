package replay

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/filetree"
)

func skipWithoutStamps(t testing.TB) {
	t.Helper()
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("there are no stamps")
	}
}

func always(filetree.Stamp) bool { return true }

// everything is some of all that can be asked, below a directory.
func everything(dir string) []filetree.Access {
	var all []filetree.Access
	for _, q := range []struct {
		op   filetree.AccessOp
		name string
	}{
		{filetree.ContentAccess, "a/BUILD"}, {filetree.ContentAccess, "a"}, {filetree.ContentAccess, "."},
		{filetree.StatAccess, "a/BUILD"}, {filetree.StatAccess, "a"}, {filetree.StatAccess, "a/none"},
		{filetree.StatAccess, "a/BUILD/x"}, {filetree.StatAccess, "link"}, {filetree.StatAccess, "dangling"},
		{filetree.FollowAccess, "link"}, {filetree.FollowAccess, "dangling"}, {filetree.FollowAccess, "a/BUILD"},
	} {
		all = append(all, filetree.Repeat(q.op, filepath.Join(dir, q.name)))
	}
	return all
}

func makeFiles(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	must(t, os.Mkdir(filepath.Join(dir, "a"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "a/BUILD"), []byte("x"), 0o644))
	must(t, os.Symlink("a/BUILD", filepath.Join(dir, "link")))
	must(t, os.Symlink("none", filepath.Join(dir, "dangling")))
	return dir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// keep returns what is kept of a run that asked.
func keep(accesses []filetree.Access, settled func(filetree.Stamp) bool) []byte {
	j := NewJournal(settled)
	for _, a := range accesses {
		j.Observe(a)
	}
	pieces := j.Encode(&Run{Notes: []byte("note\n"), Output: []byte("found\n"), Code: 1})
	if pieces == nil {
		return nil
	}
	return bytes.Join(pieces, nil)
}

func TestRun(t *testing.T) {
	skipWithoutStamps(t)
	dir := makeFiles(t)
	data := keep(everything(dir), always)
	run, ok := Decode(data)
	if want := (&Run{Notes: []byte("note\n"), Output: []byte("found\n"), Code: 1}); !ok || !cmp.Equal(run, want) {
		t.Errorf("%v, %v", run, ok)
	}
	if run, ok := Decode(keep(nil, always)); !ok || run.Code != 1 {
		t.Error("a run that looks at nothing is not replayed")
	}
}

// TestChanged holds that a run is not replayed where a single answer is another.
func TestChanged(t *testing.T) {
	skipWithoutStamps(t)
	for _, tt := range []struct {
		name   string
		op     filetree.AccessOp
		path   string
		change func(dir string) error
	}{
		{"content", filetree.ContentAccess, "a/BUILD", func(dir string) error { return writeBack(dir + "/a/BUILD") }},
		{"a file that is gone", filetree.ContentAccess, "a/BUILD", func(dir string) error { return os.Remove(dir + "/a/BUILD") }},
		{"a new name", filetree.ContentAccess, "a", func(dir string) error { return os.WriteFile(dir+"/a/new", nil, 0o600) }},
		{"a file becomes a link", filetree.ContentAccess, "a/BUILD", func(dir string) error {
			return errors.Join(os.Rename(dir+"/a/BUILD", dir+"/b"), os.Symlink(dir+"/b", dir+"/a/BUILD"))
		}},
		{"something is there", filetree.StatAccess, "a/none", func(dir string) error { return os.WriteFile(dir+"/a/none", nil, 0o600) }},
		{"nothing is there", filetree.StatAccess, "a/BUILD", func(dir string) error { return os.Remove(dir + "/a/BUILD") }},
		{"a file becomes a directory", filetree.StatAccess, "a/BUILD", func(dir string) error {
			return errors.Join(os.Remove(dir+"/a/BUILD"), os.Mkdir(dir+"/a/BUILD", 0o700))
		}},
		{"what is there becomes a link", filetree.StatAccess, "a", func(dir string) error {
			return errors.Join(os.Rename(dir+"/a", dir+"/b"), os.Symlink("b", dir+"/a"))
		}},
		{"another way to be absent", filetree.StatAccess, "a/BUILD/x", func(dir string) error { return os.RemoveAll(dir + "/a") }},
		{"a link leads somewhere", filetree.StatAccess, "dangling", func(dir string) error { return os.WriteFile(dir+"/none", nil, 0o600) }},
		{"a link leads elsewhere", filetree.FollowAccess, "link", func(dir string) error {
			return errors.Join(os.Rename(dir+"/a/BUILD", dir+"/a/b"), os.Remove(dir+"/link"), os.Symlink("a/b", dir+"/link"))
		}},
		{"a link leads nowhere", filetree.FollowAccess, "link", func(dir string) error { return os.Remove(dir + "/a/BUILD") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := makeFiles(t)
			data := keep([]filetree.Access{filetree.Repeat(tt.op, filepath.Join(dir, tt.path))}, always)
			if _, ok := Decode(data); !ok {
				t.Fatal("nothing changed, and it is not replayed")
			}
			must(t, tt.change(dir))
			if _, ok := Decode(data); ok {
				t.Error("it is replayed")
			}
		})
	}
}

// writeBack gives a file other bytes, of the same number and with the same time of modification.
func writeBack(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	time.Sleep(20 * time.Millisecond) // the clock of a file system may be that coarse
	if err := os.WriteFile(name, []byte("y"), 0o600); err != nil {
		return err
	}
	return os.Chtimes(name, info.ModTime(), info.ModTime())
}

// TestUnclear holds that nothing is kept of a run if it cannot be told whether another will do the same.
func TestUnclear(t *testing.T) {
	skipWithoutStamps(t)
	dir := makeFiles(t)
	all := everything(dir)
	unclear := filetree.Repeat(filetree.ContentAccess, filepath.Join(dir, "link")) // whose content has no stamp
	other := all[0]
	other.Stamp.Size++
	for name, accesses := range map[string][]filetree.Access{
		"no stamp": append(slices.Clone(all), unclear), "two answers": append(slices.Clone(all), other),
	} {
		if keep(accesses, always) != nil {
			t.Errorf("%s: it is kept", name)
		}
	}
	if keep(all, func(s filetree.Stamp) bool { return s != all[0].Stamp }) != nil {
		t.Error("a file that was just changed: it is kept")
	}
}

// many are accesses of more paths than a journal holds at once, in no order, and each twice.
func many() []filetree.Access {
	var all []filetree.Access
	for i := range 2 * 30011 {
		n := i * 7919 % 30011
		path := fmt.Sprintf("/none/of/these/d%d/is/there/x%d", n%100, n)
		all = append(all, filetree.Access{Op: filetree.StatAccess, Path: path, State: filetree.State(n % 3)})
	}
	return all
}

// TestMany holds that all accesses are kept, each once, whoever came first.
func TestMany(t *testing.T) {
	j := NewJournal(always)
	var workers sync.WaitGroup
	for part := range slices.Chunk(many(), 10000) {
		workers.Go(func() {
			for _, a := range part {
				j.Observe(a)
			}
		})
	}
	workers.Wait()
	l, ok := j.finish()
	if !ok || l.count != 30011 {
		t.Fatalf("%d accesses, %v", l.count, ok)
	}
	want := map[string]answer{}
	for _, a := range many() {
		want[a.Path] = answerOf(a)
	}
	got := map[string]answer{}
	for i := range l.blocks {
		c := cursor{rest: l.block(i)}
		for c.next() {
			got[string(c.path)] = c.answer
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if size := len(l.data) / l.count; size > 16 {
		t.Errorf("%d bytes an access", size)
	}
}

// TestManyConflict holds that two answers are found out however far apart they were given.
func TestManyConflict(t *testing.T) {
	all := many()
	all[len(all)-1].State = (all[len(all)-1].State + 1) % 3
	if keep(all, always) != nil {
		t.Error("it is kept")
	}
}

// TestDamaged holds that what is damaged anywhere is not replayed.
func TestDamaged(t *testing.T) {
	skipWithoutStamps(t)
	data := keep(everything(makeFiles(t)), always)
	for i := range data {
		damaged := slices.Clone(data)
		damaged[i] ^= 1 << (i % 8)
		if _, ok := Decode(damaged); ok {
			t.Fatalf("a bit of byte %d is another, and it is replayed", i)
		}
		if _, ok := Decode(data[:i]); ok {
			t.Fatalf("it ends at byte %d, and is replayed", i)
		}
	}
}

// FuzzDecode reads anything with a checksum that is right. What is replayed was kept whole.
func FuzzDecode(f *testing.F) {
	skipWithoutStamps(f)
	data := keep(everything(makeFiles(f)), always)
	f.Add(data[len(format) : len(data)-crc32.Size])
	data = keep(nil, always)
	f.Add(data[len(format) : len(data)-crc32.Size])
	f.Fuzz(func(t *testing.T, body []byte) {
		text := append([]byte(format), body...)
		run, ok := Decode(binary.LittleEndian.AppendUint32(text, crc32.Checksum(text, castagnoli())))
		if ok && (run.Code > 1 || len(run.Notes)+len(run.Output) > len(body)) {
			t.Errorf("%v", run)
		}
	})
}
