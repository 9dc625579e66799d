package factcache

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

func TestCache(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "cache")
	c := At(dir, Runs())
	a, b := NewKey("x", "yz"), NewKey("xy", "z")
	if a == b || c.Load(a) != nil {
		t.Error("two keys are one, or nothing is something")
	}
	if !c.Store(a, []byte("first")) || !c.Store(a, []byte("sec"), nil, []byte("ond")) || !c.Store(b, []byte("other")) {
		t.Fatal("it is not stored")
	}
	if got := c.Load(a); string(got) != "second" {
		t.Errorf("Load gives %q", got)
	}
	if names, _ := os.ReadDir(dir); len(names) != 2 {
		t.Errorf("there are %v", names)
	}
	info, err := os.Stat(c.path(a))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v", info.Mode())
	}
}

// TestForeign holds that a file of something else is as good as none, and is left alone.
func TestForeign(t *testing.T) {
	c := At(t.TempDir(), Facts())
	k := NewKey("k")
	for _, text := range []string{"", "x", string(bytes.Repeat([]byte("x"), 100))} {
		if err := os.WriteFile(c.path(k), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := c.Load(k); got != nil {
			t.Errorf("Load gives %q", got)
		}
	}
	_ = os.Remove(c.path(k))
	if err := os.Mkdir(c.path(k), 0o700); err != nil {
		t.Fatal(err)
	}
	if c.Load(k) != nil || c.Store(k, []byte("x")) {
		t.Error("a directory is in the way, and nobody notices")
	}
	if names, _ := os.ReadDir(c.dir); len(names) != 1 {
		t.Errorf("what could not be stored stays: %v", names)
	}
}

// TestNowhere holds that where nothing can be kept nothing goes wrong.
func TestNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", "")
	t.Setenv("XDG_CACHE_HOME", "relative")
	t.Setenv("LocalAppData", "")
	for _, c := range []*Cache{nil, At(filepath.Join(file, "x"), Facts()), Open(Runs())} {
		if c.Store(NewKey("k"), []byte("x")) || c.Load(NewKey("k")) != nil {
			t.Errorf("%v keeps something", c)
		}
	}
}

// TestBounds holds that the least recently used go when there is too much.
func TestBounds(t *testing.T) {
	dir := t.TempDir()
	if !At(dir, Runs()).Store(NewKey("r"), []byte("another kind")) {
		t.Error("it is not stored")
	}
	c := At(dir, Kind{".facts", 3, 1000})
	key := func(i int) Key { return NewKey(fmt.Sprint(i)) }
	left := func() (left []int) {
		for i := range 10 {
			if _, err := os.Stat(c.path(key(i))); err == nil {
				left = append(left, i)
			}
		}
		return left
	}
	long := time.Now().Add(-time.Hour)
	for i := range 5 {
		c.Store(key(i), []byte("x"))
		_ = os.Chtimes(c.path(key(i)), long, long.Add(time.Duration(i)*time.Second))
	}
	if got := left(); !slices.Equal(got, []int{2, 3, 4}) {
		t.Errorf("left: %v", got)
	}
	c.Load(key(2))
	c.Store(key(5), []byte("x"))
	if got := left(); !slices.Equal(got, []int{2, 4, 5}) {
		t.Errorf("left after one was used: %v", got)
	}
	c.Store(key(6), make([]byte, 900))
	if got := left(); !slices.Equal(got, []int{2, 5, 6}) {
		t.Errorf("left after a large one: %v", got)
	}
	if c.Store(key(7), make([]byte, 500), make([]byte, 500)) {
		t.Error("what is too large is stored")
	}
	if At(dir, Runs()).Load(NewKey("r")) == nil {
		t.Error("a file of another kind went")
	}
}

// TestTogether has many write and read the same: each reads what one of them wrote.
func TestTogether(t *testing.T) {
	c := At(t.TempDir(), Facts())
	k := NewKey("k")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 20 {
				c.Store(k, bytes.Repeat([]byte{byte(i)}, 10000))
				if got := c.Load(k); len(got) != 10000 || bytes.Count(got, got[:1]) != 10000 {
					t.Errorf("%d bytes, not all the same", len(got))
				}
			}
		})
	}
	all.Wait()
}

func TestProgram(t *testing.T) {
	if first, second := Program(), Program(); first == "" || first != second {
		t.Errorf("the program is %q, and then %q", first, second)
	}
}
