package workspace

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// described returns the targets of a package as "name kind", with ? where a target is conditional, and the reasons of
// its gaps.
func described(t *testing.T, s *Snapshot, dir string) (targets, gaps []string) {
	t.Helper()
	p, err := s.Package(dir)
	if err != nil || p == nil {
		t.Fatalf("package %q: %v, %v", dir, p, err)
	}
	for _, target := range p.Targets {
		kind := "-"
		if target.Kind != nil {
			kind = target.Kind.Name
		}
		text := fmt.Sprintf("%s %s", target.Name, kind)
		if target.Conditional {
			text += " ?"
		}
		targets = append(targets, text)
	}
	for _, g := range p.Gaps {
		gaps = append(gaps, g.Reason)
	}
	return targets, gaps
}

func TestMacros(t *testing.T) {
	for _, tt := range []struct {
		name  string
		d     *dialect.Dialect
		files map[string]string
		want  []string
		gap   string // a part of the only one, "" if there is none
	}{
		{"native rules", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x", srcs = [])`,
			"a/defs.bzl": "def lib(name, **kwargs):\n  native.py_library(name = name, **kwargs)\n  native.genrule(name = name + \"_gen\", outs = [])\n",
		}, []string{"x py_library", "x_gen genrule"}, ""},
		{"formats", dialect.Bazel(), map[string]string{
			"a/BUILD": `load("//b:defs.bzl", mine = "lib")` + "\n" + `mine(name = "x")`,
			"b/defs.bzl": "SUFFIX = \"_y\"\ndef lib(name):\n  native.py_library(name = \"%s_a\" % name)\n" +
				"  native.py_library(name = \"{}_b\".format(name))\n  native.py_library(name = name + SUFFIX)\n",
		}, []string{"x_a py_library", "x_b py_library", "x_y py_library"}, ""},
		{"through modules", dialect.Bazel(), map[string]string{
			"a/BUILD":  `load("//b:c.bzl", "lib")` + "\n" + `lib(name = "x")`,
			"b/c.bzl":  "load(\"//b:d.bzl\", _lib = \"lib\")\nlib = _lib\n",
			"b/d.bzl":  "load(\"@rules_python//python:defs.bzl\", \"py_library\")\ndef lib(**kwargs):\n  py_library(**kwargs)\n",
			"b/e.bzl~": "",
		}, []string{"x py_library"}, ""},
		{"a kind from its rule set", dialect.Bazel(), map[string]string{
			"a/BUILD": `load("@rules_go//go:def.bzl", "go_library", lib = "go_library")` + "\n" +
				`go_library(name = "x", srcs = [])` + "\n" + `lib(name = "y", srcs = [])`,
		}, []string{"x go_library", "y go_library"}, ""},
		{"a kind from elsewhere", dialect.Bazel(), map[string]string{
			"a/BUILD": `load("@other//:defs.bzl", "go_library")` + "\n" + `go_library(name = "x", srcs = [])`,
		}, []string{"x -"}, "a call of a function that is not known"},
		{"a kind that is not loaded", dialect.Bazel(), map[string]string{
			"a/BUILD": `go_library(name = "x", srcs = [])`,
		}, []string{"x -"}, "a call of a function that is not known"},
		{"a rule of the repository", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "r")` + "\n" + `r(name = "x")`,
			"a/defs.bzl": "def _impl(ctx): pass\nr = rule(implementation = _impl, attrs = {\"deps\": attr.label_list()})\n",
		}, []string{"x -"}, ""},
		{"a rule that makes files", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "r")` + "\n" + `r(name = "x", out = "x.txt")`,
			"a/defs.bzl": "r = rule(implementation = f, attrs = {\"out\": attr.output()})\n",
		}, []string{"x -", "x.txt -"}, ""},
		{"a rule that computes the names of files", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "r")` + "\n" + `r(name = "x")`,
			"a/defs.bzl": "r = rule(implementation = f, outputs = _outputs)\n",
		}, []string{"x -"}, "files of its own"},
		{"branches", dialect.Bazel(), map[string]string{
			"a/BUILD": `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x", test = False, os = OS)`,
			"a/defs.bzl": "def lib(name, test = True, os = None, doc = False):\n  native.py_library(name = name)\n" +
				"  if test:\n    native.py_test(name = name + \"_test\")\n  if doc != False:\n    fail()\n  else:\n" +
				"    native.alias(name = name + \"_doc\")\n  if os == \"linux\":\n    native.alias(name = name + \"_os\")\n",
		}, []string{"x py_library", "x_doc alias", "x_os alias ?"}, ""},
		{"returns", dialect.Bazel(), map[string]string{
			"a/BUILD": `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x", path = "p")`,
			"a/defs.bzl": "def lib(name, os = OS, **kwargs):\n  if \"path\" in kwargs:\n    native.py_library(name = name)\n" +
				"    if os:\n      return\n    native.alias(name = name + \"_a\")\n    return\n  native.alias(name = name + \"_b\")\n",
		}, []string{"x py_library", "x_a alias ?"}, ""},
		{"loops", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib("x", ["1", "2"])`,
			"a/defs.bzl": "def lib(name, versions):\n  for v in versions:\n    native.py_test(name = name + \"_\" + v)\n",
		}, []string{"x_1 py_test", "x_2 py_test"}, ""},
		{"a loop over what is not known", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib("x", glob(["*"]))`,
			"a/defs.bzl": "def lib(name, versions):\n  for v in versions:\n    native.py_test(name = name + \"_\" + v)\n",
		}, nil, "whose name is not known"},
		{"a comprehension", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x")`,
			"a/defs.bzl": "def lib(name):\n  [native.py_test(name = name) for name in [\"a\"]]\n",
		}, []string{"x - ?"}, "whose name is not known"},
		{"keywords", dialect.Bazel(), map[string]string{
			"a/BUILD": `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x", tests = "y")`,
			"a/defs.bzl": "def lib(**kwargs):\n  name = kwargs.pop(\"name\")\n  tests = kwargs.get(\"tests\", None)\n" +
				"  if tests:\n    native.py_test(name = kwargs[\"tests\"])\n  native.py_library(name = name)\n",
		}, []string{"x py_library", "y py_test"}, ""},
		{"functions as arguments", dialect.Bazel(), map[string]string{
			"a/BUILD": `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x")`,
			"a/defs.bzl": "def _any(f, name):\n  f(name = name)\ndef lib(name):\n  _any(native.py_library, name)\n" +
				"  g = native.alias\n  g(name = name + \"_g\")\n",
		}, []string{"x py_library", "x_g alias"}, ""},
		{"a function that declares nothing", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "opts")` + "\n" + `O = opts("x")` + "\n" + `py_library(name = "x", tags = opts(1))`,
			"a/defs.bzl": "def opts(x):\n  result = []\n  result.append(x)\n  return result + select({})\n",
		}, []string{"x py_library"}, ""},
		{"a function that is not known", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x")`,
			"a/defs.bzl": "load(\"@other//:defs.bzl\", \"f\")\ndef lib(name):\n  native.py_library(name = name)\n  f(name + \"1\")\n",
		}, []string{"x py_library"}, "`f`, which is not known"},
		{"a name that changes", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x")`,
			"a/defs.bzl": "def lib(name):\n  name += \"_y\"\n  native.py_library(name = name)\n",
		}, []string{"x - ?"}, "whose name is not known"},
		{"a circle", dialect.Bazel(), map[string]string{
			"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x")`,
			"a/defs.bzl": "load(\":defs.bzl\", \"other\")\ndef lib(name):\n  lib(name)\n",
		}, []string{"x - ?"}, "too deep"},
		{"modules in a circle", dialect.Bazel(), map[string]string{
			"a/BUILD": `load(":b.bzl", "x")` + "\n" + `x(name = "x")`,
			"a/b.bzl": `load(":c.bzl", "x")`,
			"a/c.bzl": `load(":b.bzl", "x")`,
		}, []string{"x -"}, "not known"},
		{"no such file", dialect.Bazel(), map[string]string{
			"a/BUILD": `load(":b.bzl", "x")` + "\n" + `x(name = "x")`,
		}, []string{"x -"}, "not known"},
		{"subinclude", dialect.Please(), map[string]string{
			"a/BUILD":        `subinclude("//b:defs")` + "\n" + `lib(name = "x")`,
			"b/BUILD":        `filegroup(name = "defs", srcs = ["d.build_defs"])`,
			"b/d.build_defs": "def lib(name:str, tag:str=''):\n  \"\"\"Docs.\"\"\"\n  return filegroup(name = name, srcs = [genrule(name = f\"{name}_gen\")])\n",
		}, []string{"x filegroup", "x_gen genrule"}, ""},
		{"a cell", dialect.Buck2(), map[string]string{
			"a/BUCK":  `load("@root//a:b.bzl", "lib")` + "\n" + `lib(name = "x")`,
			"a/b.bzl": "def lib(name: str, srcs: list[str] = []):\n  native.python_library(name = name)\n  genrule(name = name + \"-gen\")\n",
		}, []string{"x python_library", "x-gen genrule"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := New(filetree.FromMap(tt.files), &Options{Dialect: tt.d})
			targets, gaps := described(t, s, "a")
			if diff := cmp.Diff(tt.want, targets); diff != "" {
				t.Errorf("targets: %s", diff)
			}
			if got := strings.Join(gaps, "; "); (got == "") != (tt.gap == "") || !strings.Contains(got, tt.gap) {
				t.Errorf("gaps: %q, want %q", got, tt.gap)
			}
		})
	}
}

// TestModuleChange holds that a package is what its modules make it.
func TestModuleChange(t *testing.T) {
	s := New(filetree.FromMap(map[string]string{
		"a/BUILD": `load("//b:c.bzl", "lib")` + "\n" + `lib(name = "x")`,
		"b/BUILD": "",
		"b/c.bzl": "load(\":d.bzl\", _lib = \"lib\")\nlib = _lib\n",
	}), &Options{Dialect: dialect.Bazel()})
	complete := func(s *Snapshot) bool { return s.Facts("a").Complete }
	if complete(s) {
		t.Error("the module is not there, and the package is complete")
	}
	if got := s.LoadedBy("b/d.bzl"); !slices.Equal(got, []string{"a"}) {
		t.Errorf("b/d.bzl is loaded by %q", got)
	}
	define := func(s *Snapshot, text string) *Snapshot {
		return s.With([]filetree.Change{{Path: "b/d.bzl", Overlay: []byte(text)}})
	}
	next := define(s, "def lib(name):\n  native.py_library(name = name)\n  native.alias(name = name + \"_alias\")\n")
	if !complete(next) || next.Facts("a").Named("x_alias").IsZero() {
		t.Error("the new module does not count")
	}
	last := define(next, "def lib(name):\n  native.py_library(name = name)\n")
	if !last.Facts("a").Named("x_alias").IsZero() || last.Facts("a").Named("x").IsZero() {
		t.Error("the changed module does not count")
	}
	if next.Facts("a").Named("x_alias").IsZero() || complete(s) {
		t.Error("an earlier snapshot changed")
	}
}

// TestModuleBounds holds that a macro that does too much is not followed to its end.
func TestModuleBounds(t *testing.T) {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "def f%d(name):\n  f%d(name)\n  f%d(name)\n", i, i+1, i+1)
	}
	b.WriteString("def f20(name):\n  pass\n")
	s := New(filetree.FromMap(map[string]string{
		"a/BUILD": `load(":b.bzl", "f0")` + "\n" + `f0(name = "x")`,
		"a/b.bzl": b.String(),
	}), &Options{Dialect: dialect.Bazel()})
	if _, gaps := described(t, s, "a"); len(gaps) != 1 || !strings.Contains(gaps[0], "too much") {
		t.Errorf("gaps: %q", gaps)
	}
}

// TestConfiguredMacro holds that what the configuration says of a macro counts, not what its module does.
func TestConfiguredMacro(t *testing.T) {
	s := New(filetree.FromMap(map[string]string{
		"a/BUILD":    `load(":defs.bzl", "lib")` + "\n" + `lib(name = "x")`,
		"a/defs.bzl": "def lib(name):\n  native.genrule(name = name)\n",
	}), &Options{Dialect: dialect.Bazel().WithKinds(map[string]string{"lib": "py_library"})})
	targets, gaps := described(t, s, "a")
	if !slices.Equal(targets, []string{"x py_library"}) || gaps != nil {
		t.Errorf("%q, %q", targets, gaps)
	}
}

// TestSharedModules holds that packages that are read at once, many of them, do not spend what the module that they
// share may be evaluated for, nor touch it at the same time.
func TestSharedModules(t *testing.T) {
	const packages = 200
	prefix := strings.Repeat("x", minBudget/packages*2)
	files := map[string]string{
		"defs/BUILD": "filegroup(name = 'defs', srcs = [*['lib.build_defs']])",
		"defs/lib.build_defs": "PREFIX = '" + prefix + "'\n" +
			"def lib(name, prefix = PREFIX + '_'):\n  filegroup(name = prefix + name)\n",
	}
	for i := range packages {
		files[fmt.Sprintf("p%d/BUILD", i)] = "subinclude('//defs')\nlib(name = 'y')"
	}
	s := New(filetree.FromMap(files), &Options{Dialect: dialect.Please()})
	var group errgroup.Group
	for i := range packages {
		group.Go(func() error {
			p, err := s.Package(fmt.Sprintf("p%d", i))
			if err == nil && (len(p.Targets) != 1 || p.Targets[0].Name != prefix+"_y") {
				err = fmt.Errorf("p%d: %d targets, %d gaps", i, len(p.Targets), len(p.Gaps))
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}
