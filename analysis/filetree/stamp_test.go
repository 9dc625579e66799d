package filetree

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func skipWithoutStamps(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("there are no stamps")
	}
}

// TestStamp holds that only what can be told to be the same has a stamp.
func TestStamp(t *testing.T) {
	skipWithoutStamps(t)
	root := t.TempDir()
	write(t, root, map[string]string{"a/f": "x", "b/g": "y", "b/h": "z"})
	symlink(t, "f", filepath.Join(root, "a/link"))
	symlink(t, "a", filepath.Join(root, "dir"))
	tree := open(t, root).With([]Change{
		{Path: "b/g", Op: SetOverlay, Overlay: []byte("x")}, {Path: "b/h", Op: Hide}, {Path: "new/f", Op: SetOverlay},
	})
	for name, want := range map[string]bool{
		"a/f": true, "a": true, "": false, "a/link": false, "dir": false, "dir/f": false, "none": false, "../x": false,
		"b/g": false, "b/h": false, "new/f": false, "new": false, "a/f/x": false,
	} {
		if _, ok := tree.Stamp(name); ok != want {
			t.Errorf("Stamp(%q) is there: %v", name, ok)
		}
	}
	before, _ := tree.Stamp("a/f")
	if tree.Settled(before) {
		t.Error("a file that was just written counts as settled")
	}
	tree.opened = time.Now().Add(time.Minute)
	if !tree.Settled(before) {
		t.Error("a file of long ago does not count as settled")
	}
	same := time.Now().Add(-time.Hour)
	for range 2 { // the same size and the same time
		time.Sleep(20 * time.Millisecond)
		write(t, root, map[string]string{"a/f": "y"})
		if err := os.Chtimes(filepath.Join(root, "a/f"), same, same); err != nil {
			t.Fatal(err)
		}
		after, _ := tree.Stamp("a/f")
		if after == before {
			t.Error("a change leaves the stamp as it was")
		}
		before = after
	}
}

// TestRemember holds that a listing of an earlier run counts as long as its directory is the same.
func TestRemember(t *testing.T) {
	skipWithoutStamps(t)
	root := t.TempDir()
	write(t, root, map[string]string{"a/f": "", "b/g": "", "c/h": "", "c/d/i": "", "l/x": ""})
	symlink(t, "x", filepath.Join(root, "l/link"))
	write(t, root, map[string]string{"n/x": ""})
	symlink(t, "../b/later", filepath.Join(root, "n/link"))
	first := open(t, root)
	walk(t, first, "")
	for range first.Listings() {
		t.Fatal("a directory that was just written can be remembered")
	}
	first.opened = time.Now().Add(time.Minute)
	kept := map[string]Listing{}
	for l := range first.Listings() {
		kept[l.Dir] = l
	}
	if len(kept) != 5 || kept["c"].Entries[0] != (Entry{Name: "d", Dir: true}) {
		t.Fatalf("kept: %v", kept)
	}
	time.Sleep(20 * time.Millisecond)
	write(t, root, map[string]string{"b/new": "", "b/later": ""})
	for dir, l := range kept { // to tell what is remembered from what is listed
		l.Entries = append([]Entry{{Name: "!"}}, l.Entries...)
		kept[dir] = l
	}
	second := open(t, root).With([]Change{{Path: "a/over", Op: SetOverlay}})
	second.Remember(kept)
	for dir, want := range map[string]string{
		"": "! a/ b/ c/ l/ n/", "a": "! f over", "b": "g later new", "c": "! d/ h", "c/d": "! i", "l": "link@ x", "n": "link@ x", "none": "",
	} {
		if dir == "none" {
			if _, err := second.Dir(dir); err == nil {
				t.Error("a directory is there that is none")
			}
			continue
		}
		if got := list(t, second, dir); got != want {
			t.Errorf("%q lists %q, want %q", dir, got, want)
		}
	}
	if err := os.Rename(filepath.Join(root, "c"), filepath.Join(root, "e")); err != nil {
		t.Fatal(err)
	}
	symlink(t, "e", filepath.Join(root, "c"))
	third := open(t, root)
	third.Remember(kept)
	if got := fmt.Sprint(walk(t, third, "")); got != "[ a b e e/d l n]" {
		t.Errorf("Walk visits %s", got)
	}
}
