package cli

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/buildlint/buildlint/rules"
)

// TestSameFindings holds that a file, a directory, a tree and standard input have the findings that the whole
// workspace has there, whatever else is looked at or not.
func TestSameFindings(t *testing.T) {
	for name, archive := range exampleWorkspaces(t) {
		t.Run(name, func(t *testing.T) {
			t.Chdir(unpack(t, archive))
			all := findings(t, "", "./...")
			dirs := map[string]bool{"": true}
			for _, f := range archive.Files {
				for dir := dirOf(f.Name); dir != ""; dir = dirOf(dir) {
					dirs[dir] = true
				}
				compare(t, all, func(file string) bool { return file == f.Name }, "", f.Name)
				compare(t, all, func(file string) bool { return file == f.Name }, string(f.Data), "--stdin-filename", f.Name, "-")
			}
			for dir := range dirs {
				pattern := "./" + dir
				compare(t, all, func(file string) bool { return dirOf(file) == dir }, "", pattern)
				compare(t, all, func(file string) bool { return below(dirOf(file), dir) }, "", path.Join(pattern, "..."))
			}
		})
	}
}

// exampleWorkspaces returns the examples of all rules, and the repository that breaks every convention.
func exampleWorkspaces(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	all := map[string]*txtar.Archive{}
	for _, r := range rules.All() {
		all[r.Name+"/bad"] = txtar.Parse([]byte(r.Bad))
		all[r.Name+"/good"] = txtar.Parse([]byte(r.Good))
	}
	all["monorepo"] = archiveOf(t, "../../testdata/monorepo")
	return all
}

// archiveOf returns the files below a directory.
func archiveOf(t *testing.T, dir string) *txtar.Archive {
	t.Helper()
	archive := &txtar.Archive{}
	for name, data := range contents(t, dir) {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(data)})
	}
	slices.SortFunc(archive.Files, func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) })
	return archive
}

// unpack writes the files of an archive, with the marker of Pants v1, to a new directory.
func unpack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	files := archive.Files
	if !slices.ContainsFunc(files, func(f txtar.File) bool { return f.Name == "pants.ini" }) {
		files = append(slices.Clone(files), txtar.File{Name: "pants.ini"})
	}
	if err := txtar.Write(&txtar.Archive{Files: files}, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// compare runs buildlint on a part of a workspace, and compares what it finds with what all has there.
func compare(t *testing.T, all []finding, has func(file string) bool, stdin string, args ...string) {
	t.Helper()
	want := []finding{}
	for _, f := range all {
		if has(f.Path) {
			want = append(want, f)
		}
	}
	if diff := cmp.Diff(want, findings(t, stdin, args...)); diff != "" {
		t.Errorf("buildlint %s: (-whole +part)\n%s", strings.Join(args, " "), diff)
	}
}

// A finding is what is compared of one.
type finding struct {
	Path, Rule, Message, Severity string
	Range                         struct{ Start, End struct{ Offset int } }
	Related, Fixes                json.RawMessage
}

// findings returns what buildlint finds in the working directory.
func findings(t *testing.T, stdin string, args ...string) []finding {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args = append([]string{"--output-format", "json", "--quiet"}, args...)
	code := Main(args, strings.NewReader(stdin), &stdout, &stderr)
	if code == exitError || stderr.Len() > 0 {
		t.Fatalf("buildlint %s: exit code %d\n%s", strings.Join(args, " "), code, &stderr)
	}
	var result struct{ Diagnostics []finding }
	if err := json.Unmarshal(stdout.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	return result.Diagnostics
}

// TestSameFixes holds that --diff and --fix agree, and that a second --fix changes nothing, on the examples of rules.
func TestSameFixes(t *testing.T) {
	for name, archive := range exampleWorkspaces(t) {
		t.Run(name, func(t *testing.T) {
			t.Chdir(unpack(t, archive))
			before := contents(t, ".")
			diff := run(t, "--diff", "--unsafe-fixes")
			if changed := cmp.Diff(before, contents(t, ".")); changed != "" {
				t.Fatalf("--diff changed files:\n%s", changed)
			}
			run(t, "--fix", "--unsafe-fixes")
			after := contents(t, ".")
			if changed := !cmp.Equal(before, after); changed != (diff != "") {
				t.Errorf("--fix changed files: %v, --diff says:\n%s", changed, diff)
			}
			run(t, "--fix", "--unsafe-fixes")
			if again := cmp.Diff(after, contents(t, ".")); again != "" {
				t.Errorf("a second --fix changed files:\n%s", again)
			}
		})
	}
}

// run returns what buildlint writes.
func run(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := Main(append(args, "--quiet"), strings.NewReader(""), &stdout, &stderr); code == exitError || stderr.Len() > 0 {
		t.Fatalf("buildlint %s: exit code %d\n%s", strings.Join(args, " "), code, &stderr)
	}
	return stdout.String()
}

// contents returns the files below a directory by their paths there.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
