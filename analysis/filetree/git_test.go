package filetree

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// git runs git in a directory, without the user's own settings, and gives what it prints.
func git(t *testing.T, dir, stdin string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b",
		"XDG_CONFIG_HOME="+t.TempDir())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && stderr.Len() > 0 {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}

// gitIgnored gives those of paths that git ignores.
func gitIgnored(t *testing.T, dir string, paths []string) []string {
	out := git(t, dir, strings.Join(paths, "\x00")+"\x00", "check-ignore", "-z", "--stdin")
	return strings.FieldsFunc(out, func(r rune) bool { return r == 0 })
}

func write(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(full, 0o777); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(full, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t *testing.T, root string) *Tree {
	t.Helper()
	tree, err := New(root)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// randomLine gives a line of a .gitignore; most match something in randomTree.
func randomLine(r *rand.Rand) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	if r.IntN(12) == 0 {
		return pick("", "#a", `\#a`, `\!a`, "a\\ ", "b  ", "/", "!", "**", "*", "//", `a\`, "[", "[a", "[]", "[!]a]",
			"a\r", "***")
	}
	var b strings.Builder
	b.WriteString(pick("", "", "", "", "!", "/", "!/", "**/", "!**/"))
	for i := range 1 + r.IntN(3) {
		if i > 0 {
			b.WriteString(pick("/", "/", "/", "/**/", "/*/", "**/", "/**"))
		}
		for range 1 + r.IntN(2) {
			b.WriteString(pick("a", "b", "c", "ab", "*", "?", "[ab]", "[!a]", "[^b]", "[a-b]", "[[:alpha:]]", "[]a]", "[a-]",
				"[\\]a]", "[b/]", "\\a", "*a", "b*", ".x", "*.x", "a.x", "**", "[[:no:]]", "[[:alpha:]x]", "[z-a]", "[a-c-z]"))
		}
	}
	b.WriteString(pick("", "", "", "/", "/**", "/*", " "))
	return b.String()
}

func randomLines(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(6) {
		b.WriteString(randomLine(r) + "\n")
	}
	return b.String()
}

// randomTree gives paths of files, some with directories of the same names as other files have elsewhere.
func randomTree(r *rand.Rand) map[string]string {
	files := map[string]string{}
	names := []string{"a", "b", "c", "ab", "a.x", "b.x", "#a", "!a", "a ", "b ", "]a", "é"}
	var fill func(dir string, depth int)
	fill = func(dir string, depth int) {
		for _, n := range names {
			switch r.IntN(4) {
			case 0:
				files[join(dir, n)] = ""
			case 1:
				if depth < 3 {
					files[join(dir, n)+"/z"] = ""
					fill(join(dir, n), depth+1)
				}
			}
		}
		if r.IntN(4) == 0 {
			files[join(dir, ".gitignore")] = randomLines(r)
		}
	}
	fill("", 0)
	files[".gitignore"] = randomLines(r)
	return files
}

// withDirs gives the paths of files and of all directories above them.
func withDirs(files map[string]string) []string {
	seen := map[string]bool{}
	for name := range files {
		for ; name != ""; name = parent(name) {
			seen[name] = true
		}
	}
	var out []string
	for name := range seen {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// TestIgnoredLikeGit compares with git on random trees and rules, with some of the files tracked.
func TestIgnoredLikeGit(t *testing.T) {
	rounds := 30
	if testing.Short() {
		rounds = 10
	}
	for seed := range rounds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			root := t.TempDir()
			files := randomTree(r)
			write(t, root, files)
			git(t, root, "", "init", "-q")
			write(t, root, map[string]string{".git/info/exclude": randomLines(r)})
			paths := withDirs(files)
			var tracked []string
			for _, name := range paths {
				if _, ok := files[name]; ok && r.IntN(8) == 0 {
					tracked = append(tracked, name)
				}
			}
			version := fmt.Sprint("index.version=", 2+r.IntN(3))
			git(t, root, strings.Join(tracked, "\x00"), "-c", version, "--literal-pathspecs",
				"add", "-f", "--pathspec-from-file=-", "--pathspec-file-nul")
			var got []string
			tree := open(t, root)
			for _, name := range paths {
				if tree.Ignored(name) {
					got = append(got, name)
				}
			}
			want := gitIgnored(t, root, paths)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("git's - ours +:\n%s", diff)
			}
		})
	}
}

// TestRuleLikeGit compares with git one rule at a time.
func TestRuleLikeGit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	root := t.TempDir()
	git(t, root, "", "init", "-q")
	rule := map[string]string{}
	files := map[string]string{}
	for i := range 300 {
		dir := fmt.Sprintf("%04d", i)
		rule[dir] = randomLine(r)
		files[dir+"/.gitignore"] = rule[dir] + "\n"
		for _, name := range []string{
			"a", "b/a", "b/ab", "b/b/a", "a.x", "c/a.x", "c/c/c", "ab/a/b", "ab/b/b/c", "c/.x", "c/]a/b", "c/#a", "c/é",
		} {
			files[dir+"/"+name] = ""
		}
	}
	write(t, root, files)
	paths := withDirs(files)
	want := gitIgnored(t, root, paths)
	tree := open(t, root)
	for _, name := range paths {
		_, ignored := slices.BinarySearch(want, name)
		if got := tree.Ignored(name); got != ignored {
			t.Errorf("rule %q, path %s: git says %v, we %v", rule[name[:4]], name[4:], ignored, got)
		}
	}
}
