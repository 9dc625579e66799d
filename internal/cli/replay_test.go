package cli

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// soon is how long after a change a run may be kept in these tests. It is more than the clock of a file system takes to
// go on.
const soon = 20 * time.Millisecond

// runSoon runs buildlint. It reports whether what an earlier run wrote was written again.
func runSoon(args ...string) (result string, replayed bool) {
	var stdout, stderr bytes.Buffer
	a := &app{
		args: args, began: time.Now(), settling: soon,
		stdin: strings.NewReader(""), stdout: newOutput(&stdout), stderr: &stderr,
	}
	code := a.run(context.Background())
	return fmt.Sprintf("exit %d\n%s\n%s", code, &stdout, &stderr), a.replayed
}

// A replayedRepo is a repository in which anything may change that a run looks at.
type replayedRepo struct {
	editedRepo
	spell                  *strings.Replacer // makes the build tool's words of those of Pants
	runs, replayed, stayed int
}

// replayedMod is the path of a module that a binary of another directory starts.
const replayedMod = "src/python/far/mod.py"

const replayedModule = "def main():\n  pass\n"

func newReplayedRepo(t *testing.T, marker string) *replayedRepo {
	t.Helper()
	above, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &replayedRepo{spell: strings.NewReplacer()}
	if marker == "MODULE.bazel" {
		r.spell = strings.NewReplacer("python_", "py_", "dependencies", "deps", "sources", "srcs", "'src/", "'//src/",
			"'more/", "'//more/", "'lib", "'//lib")
	}
	r.editedRepo = editedRepo{t: t, rand: rand.New(rand.NewPCG(2, uint64(len(marker)))), root: filepath.Join(above, "ws")}
	r.write(marker, markerText(marker, 0))
	for i, dir := range replayedDirs() {
		r.write(dir+"/BUILD", r.buildFile(i))
		r.write(dir+"/x.py", replayedModule)
	}
	r.write("defs/BUILD", "")
	r.write("defs/lib.bzl", "def lib(name):\n  native.py_library(name = name)\n")
	r.write("src/python/run/BUILD", r.spell.Replace("python_binary(\n  name = 'bin',\n  entry_point = 'far.mod:main',\n"+
		"  dependencies = ['src/python/far'],\n)\n"))
	r.write("src/python/far/BUILD", r.spell.Replace("python_library(sources = ['*.py'])\n"))
	r.write(replayedMod, replayedModule)
	r.write("3rd/BUILD", "python_requirements()\n")
	r.write("3rd/requirements.txt", "six\n")
	r.write("ignored/BUILD", "target(dependencies = [':none'])\n")
	r.write(".gitignore", "/ignored/\n")
	r.write("../config.toml", "[rules]\nduplicate-dependency = 'error'\n")
	r.write("../other.toml", "[rules]\nduplicate-dependency = 'off'\n")
	r.link("../link.toml", "config.toml")
	for i := range morePackages {
		r.write(fmt.Sprintf("more/p%d/BUILD", i), r.morePackage(i, "p"))
	}
	r.git("init", "-q")
	r.git("add", "-A")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(r.root)
	return r
}

// morePackages are enough for facts to be kept of them.
const morePackages = 40

func (r *replayedRepo) morePackage(i int, dependency string) string {
	return r.spell.Replace(
		fmt.Sprintf("python_library(name = 'p', dependencies = ['more/p%d:%s'])\n", (i+1)%morePackages, dependency))
}

// markerText returns one of the things that the marker of a workspace may say.
func markerText(marker string, i int) string {
	all := map[string][]string{
		"pants.ini":    {"", "[DEFAULT]\n"},
		"pants.toml":   {"[GLOBAL]\npants_version = '2.20.0'\n", "[GLOBAL]\npants_version = '2.20.0'\npants_ignore = ['src/a']\n"},
		"MODULE.bazel": {"module(name = 'us')\n", "module(name = 'we')\n"},
	}[marker]
	return all[i%len(all)]
}

func replayedDirs() []string { return []string{"src/a", "src/b", "src/c/d", "src/c/e", "lib"} }

func (r *replayedRepo) oneDir() string {
	return replayedDirs()[r.rand.IntN(len(replayedDirs()))]
}

// buildFile returns a BUILD file with a binary, whose module is in another directory, and things to find.
func (r *replayedRepo) buildFile(i int) string {
	dirs := replayedDirs()
	return r.spell.Replace(fmt.Sprintf("load('//defs:lib.bzl', 'lib')\nlib(name = 'made')\n"+
		"python_library(\n  name = 'a',\n  sources = ['*.py', '%s.py'],\n  dependencies = [\n    '%s:a',\n    '%s:a',\n    '3rd:six',\n"+
		"    '@us//%s:made',\n  ],\n)\n"+
		"python_binary(\n  name = 'bin',\n  entry_point = '%s.x:main',\n  dependencies = [':a'],\n)\n",
		[]string{"x", "y"}[i%2], dirs[(i+1)%len(dirs)], dirs[(i+r.rand.IntN(3))%len(dirs)], dirs[i%len(dirs)],
		strings.ReplaceAll(strings.TrimPrefix(dirs[(i+1)%len(dirs)], "src/"), "/", ".")))
}

// change makes one random change.
func (r *replayedRepo) change(marker string) {
	dir := r.oneDir()
	some := func(texts ...string) string { return texts[r.rand.IntN(len(texts))] }
	switch r.rand.IntN(28) {
	case 0, 1:
		r.write(dir+"/BUILD", r.buildFile(r.rand.IntN(9)))
	case 2, 3:
		r.sameSize(dir + "/BUILD")
	case 4:
		r.sameSize(dir + "/x.py")
	case 5:
		r.write(some(replayedMod, dir+"/x.py"), some(replayedModule, "def niam():\n  pass\n"))
	case 6:
		r.write(dir+some("/BUILD.more", "/y.py", "/requirements.txt"), some("", "six==1\n"))
	case 7:
		name := dir + some("/BUILD", "/x.py", "/y.py", "/BUILD.more")
		r.do("remove "+name, os.Remove(r.path(name)))
	case 8:
		to := r.oneDir()
		r.do("rename "+dir+" to "+to, os.Rename(r.path(dir), r.path(to)))
		r.do("rename "+dir+" to "+to+"/sub", os.Rename(r.path(dir), r.path(to+"/sub")))
	case 9:
		r.link(dir+some("/BUILD", "/x.py"), some("../b/BUILD", "none", "later", "../../defs/BUILD", "../../../config.toml", "BUILD"))
	case 10:
		r.write(dir+"/later", some("", "python_library(name = 'later')\n"))
	case 11:
		r.moveAndLink(dir)
	case 12:
		r.link("outer", some("src/a", "src/c", "..", "none"))
	case 13:
		r.write(some(".gitignore", "src/.gitignore", "../.gitignore"), some("", "/ignored/\n", "b\n", "y.py\n", "BUILD.more\n"))
	case 14:
		r.write(".git/info/exclude", some("", "e\n", "/lib/\n"))
	case 15:
		r.git("add", "-A", "-f")
	case 16:
		r.git("rm", "-f", "-q", "-r", "--cached", "--ignore-unmatch", dir)
	case 17:
		name := some("buildlint.toml", "src/buildlint.toml", "src/c/buildlint.toml", "../buildlint.toml")
		r.write(name, some("", "[rules]\nduplicate-dependency = 'off'\n", "exclude = ['src/b/**']\n",
			"[rules]\nunmatched-glob = 'error'\n", "[kinds]\nlib = 'python_library'\n", "", "[rules]\nnonsense = 1\n"))
	case 18:
		name := some("buildlint.toml", "src/buildlint.toml", "src/c/buildlint.toml", "../buildlint.toml", ".gitmodules")
		r.do("remove "+name, os.Remove(r.path(name)))
	case 19:
		r.baseline()
	case 20:
		r.write(marker, markerText(marker, r.rand.IntN(2)))
	case 21:
		r.mark(some(marker, "../"+marker, "src/"+marker, "src/c/WORKSPACE"), marker)
	case 22:
		r.write("../config.toml", some("", "[rules]\nduplicate-dependency = 'info'\n", "\n"))
	case 23:
		r.link("../link.toml", some("config.toml", "other.toml"))
	case 24, 25:
		i := r.rand.IntN(morePackages)
		r.write(fmt.Sprintf("more/p%d/BUILD", i), r.morePackage(i, some("p", "q")))
	case 26:
		r.write(".gitmodules", some("", "[submodule \"x\"]\n  path = lib\n", "[submodule \"x\"]\n  path = sub\n"))
		r.do("mkdir sub", os.MkdirAll(r.path("sub"), 0o755))
	default:
		r.write(some("sub", "src", ".")+some("/f", "/BUILD"), some("", "target(name = 't')\n"))
	}
}

// link puts a link in the place of whatever is there.
func (r *replayedRepo) link(name, to string) {
	_ = os.Remove(r.path(name)) // it need not be there
	r.do("link "+name+" to "+to, os.Symlink(to, r.path(name)))
}

// moveAndLink moves a directory away and puts a link in its place, or takes that back.
func (r *replayedRepo) moveAndLink(dir string) {
	away := r.path("away/" + strings.ReplaceAll(dir, "/", "_"))
	_ = os.MkdirAll(filepath.Dir(away), 0o755) // it may be there
	if err := os.Rename(away, r.path(dir+".back")); err == nil {
		r.do("remove "+dir, os.Remove(r.path(dir)))
		r.do("back "+dir, os.Rename(r.path(dir+".back"), r.path(dir)))
		return
	}
	if os.Rename(r.path(dir), away) == nil {
		r.do("move and link "+dir, os.Symlink(away, r.path(dir)))
	}
}

// mark adds or removes the marker of a build tool.
func (r *replayedRepo) mark(name, marker string) {
	if err := os.Remove(r.path(name)); err == nil {
		r.do("remove "+name, nil)
		return
	}
	r.write(name, markerText(marker, 0))
}

// baseline writes, changes or removes the findings on record.
func (r *replayedRepo) baseline() {
	name := ".buildlint-baseline.json"
	switch r.rand.IntN(3) {
	case 0:
		out, _ := runSoon("baseline", "create", "--select", "duplicate-dependency", ".")
		r.do("baseline: "+out, nil)
	case 1:
		r.do("remove "+name, os.Remove(r.path(name)))
	default:
		r.write(name, "{\n  \"version\": 1,\n  \"findings\": []\n}\n")
	}
}

// asks are what runs are asked for. Some name what is not there at times.
func replayedAsks() [][]string {
	return [][]string{
		{}, {}, {}, {"src/..."}, {"src/c/..."}, {"src/a/BUILD"}, {"more/p3"}, {"outer/..."}, {"src/b", "lib"}, {"--output-format", "json"},
		{"--statistics"}, {"--config", "../link.toml"}, {"--isolated"}, {"--baseline", ".buildlint-baseline.json"},
		{"--quiet", "--select", "all", "--color", "always", "--output-format", "full"}, {".."},
	}
}

// check holds that a run tells what one tells that remembers nothing.
func (r *replayedRepo) check(args []string) {
	r.t.Helper()
	want, _ := runSoon(append(slices.Clone(args), "--no-cache")...)
	for again := range 2 {
		got, replayed := runSoon(args...)
		if got != want {
			r.t.Fatalf("%q (%d, replayed %v):\n%s\nwithout a cache:\n%s\nafter:\n%s",
				args, again, replayed, got, want, strings.Join(r.dialog, "\n"))
		}
		r.count(again, replayed, strings.HasPrefix(want, "exit 2"))
	}
}

func (r *replayedRepo) count(again int, replayed, failed bool) {
	switch {
	case failed && replayed:
		r.t.Error("a run that failed is replayed")
	case failed:
	case again == 0:
		r.runs++
		if replayed {
			r.stayed++
		}
	case replayed:
		r.replayed++
	}
}

// TestReplaySame holds that whatever changed, a run tells what one tells that remembers nothing; and that where nothing
// changed, it does not look.
func TestReplaySame(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	changes := 130
	if testing.Short() {
		changes = 40
	}
	for _, marker := range []string{"pants.ini", "pants.toml", "MODULE.bazel"} {
		t.Run(marker, func(t *testing.T) {
			r := newReplayedRepo(t, marker)
			settle()
			r.run()
			if out := r.run("-v", "src/a"); !strings.Contains(out, "as an earlier run has kept them") {
				t.Errorf("nothing is remembered beside:\n%s", out)
			}
			for range changes {
				for range 1 + r.rand.IntN(2) {
					r.change(marker)
				}
				time.Sleep(soon + soon/2)
				for range 2 {
					r.check(replayedAsks()[r.rand.IntN(len(replayedAsks()))])
				}
			}
			t.Logf("of %d runs %d were replayed after a change, and %d when nothing changed", r.runs, r.stayed, r.replayed)
			if r.replayed < r.runs*9/10 || r.stayed == 0 || r.stayed > r.runs/2 {
				t.Error("that is not as it should be")
			}
		})
	}
}

// TestReplayNotices holds that each thing that a run looks at is noticed if it alone changes.
func TestReplayNotices(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	for _, tt := range []struct {
		name   string
		args   []string
		change func(r *replayedRepo)
	}{
		{"content", nil, func(r *replayedRepo) { r.sameSize("src/a/BUILD") }},
		{"a new file", nil, func(r *replayedRepo) { r.write("src/a/BUILD.more", "target(dependencies = [':none'])\n") }},
		{"a file is gone", nil, func(r *replayedRepo) { r.do("", os.Remove(r.path("src/a/BUILD"))) }},
		{"a directory is another", nil, func(r *replayedRepo) { r.do("", os.Rename(r.path("src/a"), r.path("src/b/a"))) }},
		{"a directory becomes a link", nil, func(r *replayedRepo) { r.moveAndLink("src/a") }},
		{"a module of a binary", []string{"src/python/run"}, func(r *replayedRepo) {
			r.write(replayedMod, "def niam():\n  pass\n")
		}},
		{"a dependency", []string{"more/p3"}, func(r *replayedRepo) { r.write("more/p4/BUILD", "") }},
		{"a package far away", []string{"more/p0"}, func(r *replayedRepo) {
			r.write("more/p20/BUILD", r.morePackage(20, "q"))
		}},
		{"requirements", nil, func(r *replayedRepo) { r.write("3rd/requirements.txt", "seven\n") }},
		{".gitignore", nil, func(r *replayedRepo) { r.write(".gitignore", "") }},
		{".gitignore below", nil, func(r *replayedRepo) { r.write("src/.gitignore", "new/\n") }},
		{"info/exclude", nil, func(r *replayedRepo) { r.write(".git/info/exclude", "/src/new/\n") }},
		{"the index", nil, func(r *replayedRepo) { r.git("add", "-f", "ignored") }},
		{"no repository", nil, func(r *replayedRepo) { r.do("", os.Remove(r.path(".git/HEAD"))) }},
		{"a configuration below", nil, func(r *replayedRepo) {
			r.write("src/buildlint.toml", "[rules]\nduplicate-dependency = 'off'\n")
		}},
		{"a link to a configuration", []string{"--config", "../link.toml"}, func(r *replayedRepo) {
			r.link("../link.toml", "other.toml")
		}},
		{"a configuration outside", []string{"--config", "../link.toml"}, func(r *replayedRepo) { r.write("../config.toml", "") }},
		{"a baseline", nil, func(r *replayedRepo) {
			r.do("", os.Rename(r.path("../on-record.json"), r.path(".buildlint-baseline.json")))
		}},
		{"a baseline outside", []string{"--baseline", "../baseline.json"}, func(r *replayedRepo) {
			r.do("", os.Rename(r.path("../on-record.json"), r.path("../baseline.json")))
		}},
		{"a marker below", []string{"src/a"}, func(r *replayedRepo) { r.write("src/pants.ini", "") }},
		{"another marker", nil, func(r *replayedRepo) { r.do("", os.Rename(r.path("pants.ini"), r.path("MODULE.bazel"))) }},
		{"the version of the build tool", []string{"versions"}, func(r *replayedRepo) {
			r.write("versions/pants.toml", "[GLOBAL]\npants_version = '2.20.0'\n")
		}},
		{"where a link in a pattern leads", []string{"../link"}, func(r *replayedRepo) { r.link("../link", "ws/src/b") }},
		{"where a link in a listing leads", nil, func(r *replayedRepo) {
			r.write("../later", "outside\n") // and not nowhere
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newReplayedRepo(t, "pants.ini")
			r.write("src/new/BUILD", "target(dependencies = [':none'])\n") // which git does not track
			r.write(".gitignore", "/ignored/\n/lib/\n")                    // but it does /lib/
			r.write("versions/pants.toml", "[GLOBAL]\npants_version = '1.30.0'\n")
			r.write("versions/BUILD", "python_sources(dependencies = [':none'])\n")
			r.link("../link", "ws/src/a")
			r.link("src/b/BUILD.link", "../../../later")
			r.write("../baseline.json", "{\n  \"version\": 1,\n  \"findings\": []\n}\n")
			runSoon("baseline", "create", "--baseline", "../on-record.json")
			time.Sleep(soon + soon/2)
			r.check(tt.args)
			before, replayed := runSoon(tt.args...)
			if !replayed {
				t.Fatalf("nothing changed, and it is not replayed:\n%s", before)
			}
			tt.change(r)
			time.Sleep(soon + soon/2)
			got, replayed := runSoon(tt.args...)
			if want, _ := runSoon(append(slices.Clone(tt.args), "--no-cache")...); replayed || got != want {
				t.Errorf("replayed: %v\n%s\nwithout a cache:\n%s", replayed, got, want)
			}
			if got == before {
				t.Errorf("the change makes no difference:\n%s", got)
			}
		})
	}
}

// TestReplayRemembered holds that a run is not replayed where packages changed that it only remembered.
func TestReplayRemembered(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	r := newReplayedRepo(t, "pants.ini")
	settle()
	r.run()
	if out := r.run("-v", "more/p0"); !strings.Contains(out, "as an earlier run has kept them") {
		t.Errorf("nothing is remembered:\n%s", out)
	}
	before := ""
	for _, change := range []func(){
		func() {},
		func() { r.write("more/p20/BUILD", r.morePackage(20, "q")) },
		func() { r.write("more/p21/BUILD.more", "python_library(name = 'q', dependencies = ['more/p22:p'])\n") },
		func() { r.do("", os.Rename(r.path("more/p30"), r.path("more/p99"))) },
	} {
		change()
		time.Sleep(soon + soon/2)
		r.check([]string{"more/p0"})
		after, replayed := runSoon("more/p0")
		if after == before || !replayed {
			t.Errorf("the change makes no difference, or nothing is replayed:\n%s", after)
		}
		before = after
	}
}

// TestReplayKey holds that only a run is replayed that was asked for the same in the same place.
func TestReplayKey(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	r := newReplayedRepo(t, "pants.ini")
	r.write("src/c.toml", "")
	r.write("lib/c.toml", "[rules]\nduplicate-dependency = 'off'\n")
	time.Sleep(soon + soon/2)
	var stdout, stderr bytes.Buffer
	next := func() bool {
		a := &app{
			began: time.Now().AddDate(1, 0, 0), settling: soon,
			stdin: strings.NewReader(""), stdout: newOutput(&stdout), stderr: &stderr,
		}
		a.run(context.Background())
		return a.replayed
	}
	run := func(dir string, args ...string) func() bool {
		return func() bool {
			t.Chdir(filepath.Join(r.root, dir))
			_, replayed := runSoon(args...)
			return replayed
		}
	}
	for i, f := range []func() bool{
		run(""), run("", "./..."), run("", "--jobs", "1"), run("", "--exit-zero"), run("src", ".."), run("src", "../..."), next,
		run("", "--output-format", "full"), run("", "--output-format", "full", "--color", "always"),
		run("src"), run("src", "a", "b"), run("src", "b", "a"), run("src", "a,b"), run("", "--isolated"),
		run("src", "--config", "c.toml", r.root), run("lib", "--config", "c.toml", r.root),
	} {
		if f() {
			t.Errorf("%d is replayed, and is another run than those before", i)
		}
		if i != 12 && !f() { // which is an error: there is no such directory
			t.Errorf("%d is not replayed", i)
		}
	}
}

// TestReplayNever holds that no run is replayed that does more than tell what is found in files as they are.
func TestReplayNever(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	r := newReplayedRepo(t, "pants.ini")
	r.git("commit", "-q", "-m", "x")
	r.write("bad/BUILD", "target()\n")
	time.Sleep(soon + soon/2)
	for _, args := range [][]string{
		{"--fix"}, {"--diff"}, {"--verbose"}, {"--staged"}, {"--since", "HEAD"}, {"--no-cache"}, {"none"}, {"-"},
		{"--baseline", "none"}, {"--select", "none"}, {"config"}, {"rules"}, {"src/a", "none"},
	} {
		for range 2 {
			if _, replayed := runSoon(args...); replayed {
				t.Errorf("%q is replayed", args)
			}
			time.Sleep(soon + soon/2)
		}
	}
	if runs := keptRuns(t); len(runs) > 0 {
		t.Errorf("kept: %v", runs)
	}
	if err := os.Chmod(r.path("bad/BUILD"), 0); err != nil {
		t.Fatal(err)
	}
	time.Sleep(soon + soon/2)
	for range 2 {
		if _, replayed := runSoon("--exit-zero"); replayed && os.Geteuid() != 0 {
			t.Error("a run is replayed that could not read a file")
		}
	}
}

// keptRuns returns the files of runs in the cache.
func keptRuns(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "buildlint", "*.run"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestReplayYoung holds that nothing is kept of a run that read what was just written.
func TestReplayYoung(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	r := newReplayedRepo(t, "pants.ini")
	r.run()
	if runs := keptRuns(t); len(runs) > 0 {
		t.Errorf("kept: %v", runs)
	}
	time.Sleep(soon + soon/2)
	runSoon()
	if runs := keptRuns(t); len(runs) != 1 {
		t.Errorf("kept: %v", runs)
	}
}

// TestReplayDamaged holds that what is damaged is as good as none.
func TestReplayDamaged(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("XDG_CACHE_HOME does not count everywhere")
	}
	r := newReplayedRepo(t, "pants.ini")
	time.Sleep(soon + soon/2)
	r.check(nil)
	damage(t, os.Getenv("XDG_CACHE_HOME"))
	if _, replayed := runSoon(); replayed {
		t.Error("it is replayed")
	}
	r.check(nil)
}
