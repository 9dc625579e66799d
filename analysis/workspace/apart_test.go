package workspace

import (
	"fmt"
	"testing"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// TestApart holds that two snapshots of which one was made from the other know nothing of each other's files, whichever
// reads first, and whatever was read before there were two.
func TestApart(t *testing.T) {
	const macro = "def lib(name):\n  native.py_library(name = name + %q)\n"
	bazel := map[string]string{"defs/BUILD": "", "defs/x.bzl": fmt.Sprintf(macro, "_now")}
	please := map[string]string{
		"defs/BUILD":          "filegroup(name = 'defs', srcs = ['now.build_defs'])",
		"defs/now.build_defs": "def lib(name):\n  filegroup(name = name + '_now')\n",
		"defs/was.build_defs": "def lib(name):\n  filegroup(name = name + '_was')\n",
	}
	hidden := map[string]string{}
	const packages = 50
	for i := range packages {
		dir := fmt.Sprintf("q/p%d/", i)
		bazel[dir+"BUILD"] = "load('//defs:x.bzl', 'lib')\nlib(name = 'x')\n"
		please[dir+"BUILD"] = "subinclude('//defs')\nlib(name = 'x')\n"
		hidden[dir+"BUILD"] = "target(name = 'x_now')\n"
	}
	for _, tt := range []struct {
		name   string
		d      *dialect.Dialect
		files  map[string]string
		change filetree.Change // makes what was of what is now
		was    string          // the target that there was, "" for none
	}{
		{
			"a module", dialect.Bazel(), bazel,
			filetree.Change{Path: "defs/x.bzl", Overlay: fmt.Appendf(nil, macro, "_was")}, "x_was",
		},
		{
			"a BUILD file that is a module", dialect.Please(), please,
			filetree.Change{
				Path: "defs/BUILD", Overlay: []byte("filegroup(name = 'defs', srcs = ['was.build_defs'])"),
			}, "x_was",
		},
		{
			"a directory", dialect.Pants1(), hidden, filetree.Change{Path: "q", Op: filetree.Hide}, "",
		},
	} {
		for read := range 3 {
			t.Run(fmt.Sprint(tt.name, read), func(t *testing.T) {
				now := New(filetree.FromMap(tt.files), &Options{Dialect: tt.d})
				if read == 2 {
					now.Facts("q/p7")
				}
				before := now.With([]filetree.Change{tt.change})
				look := func(s *Snapshot, want string) {
					t.Helper()
					for i := range packages {
						dir := fmt.Sprintf("q/p%d", i)
						f := s.Facts(dir)
						if (f == nil) != (want == "") || f != nil && f.Named(want).IsZero() {
							t.Fatalf("%s: no target %q", dir, want)
						}
					}
				}
				if read == 0 {
					look(before, tt.was)
				}
				look(now, "x_now")
				look(before, tt.was)
			})
		}
	}
}

// TestListingApart holds the same for a file that lists requirements in a directory below the package.
func TestListingApart(t *testing.T) {
	for _, first := range []string{"now", "before"} {
		now := New(filetree.FromMap(map[string]string{
			"a/BUILD": "python_requirements(name = 'r', source = 'b/requirements.txt')\n", "a/b/requirements.txt": "x\n",
		}), &Options{Dialect: dialect.Pants2()})
		before := now.With([]filetree.Change{{Path: "a/b/requirements.txt", Overlay: []byte("y\n")}})
		if first == "before" {
			before.Facts("a")
		}
		for want, s := range map[string]*Snapshot{"x": now, "y": before} {
			if _, ok := s.Facts("a").Named("r").Generated().Named(want); !ok {
				t.Errorf("%s is read first: `%s` is not generated", first, want)
			}
		}
	}
}
