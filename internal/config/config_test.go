package config_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/config"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

type layoutOptions struct {
	Depth       uint     `toml:"depth" doc:"How many directories lie between a source root and a package; 0 for any."`
	ExemptKinds []string `toml:"exempt-kinds" doc:"Kinds that the convention leaves alone."`
}

type styleOptions struct {
	Form    string            `toml:"form" doc:"How lists are written." enum:"flat,indented"`
	Strict  bool              `toml:"strict" doc:"Whether comments count."`
	Ratio   float64           `toml:"ratio" doc:"The share that may differ."`
	Aliases map[string]string `toml:"aliases" doc:"Names by what they stand for."`
	Offset  int               `toml:"offset" doc:"A shift."`
	Files   []string          `toml:"files" format:"glob" doc:"Files that are judged."`
}

func catalogue() config.Catalogue {
	return config.Catalogue{
		Rules: []*analysis.Rule{
			{Name: "syntax-error", Summary: "what cannot be read", Severity: analysis.Error},
			{Name: "duplicate-target", Summary: "a name twice", Severity: analysis.Error},
			{
				Name: "package-layout", Summary: "a BUILD at the wrong depth", Severity: analysis.Warning,
				Options: &layoutOptions{Depth: 3, ExemptKinds: []string{"binary"}},
			},
			{Name: "library-sources", Summary: "sources that are not the usual", Severity: analysis.Info},
			{Name: "with-binaries-dict", Summary: "keywords for a dict", Severity: analysis.Warning},
			{
				Name: "list-style", Summary: "a list in another form", Severity: analysis.Info,
				Options: &styleOptions{Files: []string{}, Form: "flat", Ratio: 0.5, Offset: -1},
			},
		},
		Presets: map[string][]string{
			"recommended": {"syntax-error", "duplicate-target"},
			"aurora":      {"package-layout", "library-sources", "with-binaries-dict"},
			"style":       {"list-style"},
		},
		Defaults: func(dialect string) []string {
			if dialect == "pants1" {
				return []string{"recommended", "aurora"}
			}
			return []string{"recommended"}
		},
		Dialects: []string{"pants1", "pants2", "bazel"},
		Kinds: func(dialect string) []string {
			if dialect == "bazel" {
				return []string{"py_library"}
			}
			return []string{"python_library", "python_binary"}
		},
	}
}

// input returns an input that reads the files of an archive below /root, and the paths of the nested files.
func input(archive *txtar.Archive) (in config.Input, nested []string) {
	in = config.Input{Root: "/root", Catalogue: catalogue(), Dialect: "pants1"}
	files := map[string][]byte{}
	for _, f := range archive.Files {
		files[filepath.Join("/root", f.Name)] = f.Data
		files[f.Name] = f.Data
		if strings.HasSuffix(f.Name, "/"+config.FileName) {
			nested = append(nested, f.Name)
		}
	}
	in.Read = func(path string) ([]byte, error) {
		if data, ok := files[path]; ok {
			return data, nil
		}
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	return in, nested
}

// flags sets what the comment of an archive says, a flag and its value a line.
func flags(t *testing.T, in *config.Input, comment []byte) {
	for line := range strings.Lines(string(comment)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name {
		case "--select":
			in.Select = strings.Split(value, ",")
		case "--extend-select":
			in.ExtendSelect = strings.Split(value, ",")
		case "--ignore":
			in.Ignore = strings.Split(value, ",")
		case "--config":
			in.Path = value
		case "--isolated":
			in.Isolated = true
		case "detected":
			in.Dialect = value
		case "", "#":
		default:
			t.Fatalf("unknown flag %q", name)
		}
	}
}

func load(in config.Input, nested []string) (*config.Config, error) {
	c, err := config.Load(in)
	if err != nil {
		return nil, err
	}
	return c.Nest(nested)
}

// answer returns what a configuration says to the question that is the name of a file in an archive.
func answer(c *config.Config, err error, question string) (string, bool) {
	verb, path, _ := strings.Cut(question, " ")
	var b strings.Builder
	switch {
	case verb == "errors":
		if err != nil {
			fmt.Fprintln(&b, err)
		}
		return b.String(), true
	case err != nil:
		return "", false
	case verb == "effective":
		_ = c.WriteEffective(&b, path)
	case verb == "rules":
		e := c.For(path)
		for _, s := range e.Rules {
			fmt.Fprintf(&b, "%s %s", s.Rule.Name, s.Severity)
			if s.Options != nil {
				fmt.Fprintf(&b, " %+v", reflect.ValueOf(s.Options).Elem())
			}
			fmt.Fprintln(&b)
		}
	case verb == "excluded":
		for p := range strings.FieldsSeq(path) {
			fmt.Fprintln(&b, p, c.Excluded(p))
		}
	case verb == "global":
		fmt.Fprintf(&b, "dialect %q\nsource roots %q\ntest roots %q\nkinds %q\nfiles %q\n",
			c.Dialect, c.SourceRoots, c.TestRoots, c.Kinds, c.Files)
	default:
		return "", false
	}
	return b.String(), true
}

func TestLoad(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no tests", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { testArchive(t, file) })
	}
}

func testArchive(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in, nested := input(archive)
	flags(t, &in, archive.Comment)
	c, err := load(in, nested)
	if err != nil && !slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return f.Name == "errors" }) {
		t.Fatalf("unexpected errors:\n%v", err)
	}
	asked := 0
	for i, f := range archive.Files {
		got, ok := answer(c, err, f.Name)
		if !ok {
			continue
		}
		asked++
		if *update {
			archive.Files[i].Data = []byte(got)
		} else if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
	}
	if asked == 0 {
		t.Error("the archive asks for nothing")
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCatalogue(t *testing.T) {
	c := catalogue()
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	type untagged struct{ Depth int }
	type odd struct {
		Depth complex128 `toml:"depth" doc:"A depth."`
	}
	rule := func(options any) []*analysis.Rule { return []*analysis.Rule{{Name: "r", Options: options}} }
	for name, bad := range map[string]config.Catalogue{
		"twice":     {Rules: []*analysis.Rule{{Name: "r"}, {Name: "r"}}},
		"preset":    {Presets: map[string][]string{"p": {"r"}}},
		"same":      {Rules: rule(nil), Presets: map[string][]string{"r": {"r"}}},
		"no struct": {Rules: rule(3)},
		"untagged":  {Rules: rule(&untagged{})},
		"odd type":  {Rules: rule(&odd{})},
	} {
		if bad.Check() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestShared holds that equal combinations share an Effective, also between goroutines, and that asking does not change
// the defaults.
func TestShared(t *testing.T) {
	in, nested := input(txtar.Parse([]byte(`
-- buildlint.toml --
[[overrides]]
paths = ["a/legacy"]
rules = { package-layout = { depth = 7 } }
-- b/buildlint.toml --
[rules]
library-sources = "off"
`)))
	c, err := load(in, nested)
	if err != nil {
		t.Fatal(err)
	}
	var distinct sync.Map
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := range 100 {
				for _, dir := range []string{"a", "a/legacy", "a/legacy/x", "b", "b/c"} {
					e := c.For(fmt.Sprintf("%s/p%d", dir, (i+j)%10))
					distinct.Store(e, dir)
				}
			}
		})
	}
	wait.Wait()
	n := 0
	distinct.Range(func(_, _ any) bool { n++; return true })
	if n != 3 {
		t.Errorf("%d distinct objects, want 3", n)
	}
	if depth := in.Catalogue.Rules[2].Options.(*layoutOptions).Depth; depth != 3 {
		t.Errorf("the rule's own options were changed: depth %d", depth)
	}
}

// TestEffectiveLoads holds that what WriteEffective writes means what it says.
func TestEffectiveLoads(t *testing.T) {
	in, nested := input(txtar.Parse([]byte(`
-- buildlint.toml --
source-roots = [".", "src/main/python"]
exclude = ["third_party", "/gen/**"]
[rules]
list-style = { severity = "error", ratio = 2, form = "indented", aliases = { "a b" = "\"x\"\n" } }
library-sources = "off"
package-layout = { exempt-kinds = [] }
[kinds]
my_library = "python_library"
[[overrides]]
paths = ["a"]
rules = { duplicate-target = "info" }
-- a/b/buildlint.toml --
exclude = ["x"]
extends = ["aurora"]
`)))
	c, err := load(in, nested)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{".", "a", "a/b/c"} {
		var written strings.Builder
		if err := c.WriteEffective(&written, path); err != nil {
			t.Fatal(err)
		}
		again, _ := input(&txtar.Archive{Files: []txtar.File{{Name: config.FileName, Data: []byte(written.String())}}})
		c2, err := config.Load(again)
		if err != nil {
			t.Fatalf("%v\n%s", err, written.String())
		}
		if diff := cmp.Diff(values(c, path), values(c2, path)); diff != "" {
			t.Errorf("%s:\n%s\n%s", path, written.String(), diff)
		}
	}
}

// values returns what is in force without the places that it comes from.
func values(c *config.Config, path string) []config.Entry {
	entries := c.Explain(path)
	for i := range entries {
		entries[i].Origin = ""
		if strings.Contains(entries[i].Key, ".") && reflect.ValueOf(entries[i].Value).IsZero() {
			entries[i].Value = nil // an empty table is as good as none
		}
	}
	return entries
}

// TestUnreadable holds that a file which is there but cannot be read is an error, also a nested one.
func TestUnreadable(t *testing.T) {
	in, _ := input(&txtar.Archive{})
	readable := in.Read
	in.Read = func(path string) ([]byte, error) {
		if path == filepath.FromSlash("/root/a/buildlint.toml") {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
		}
		return readable(path)
	}
	c, err := config.Load(in)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Nest([]string{"a/buildlint.toml", "b/buildlint.toml"})
	if !errors.Is(err, fs.ErrPermission) {
		t.Fatalf("Nest = %v", err)
	}
	const want = "a/buildlint.toml: cannot read the configuration: permission denied"
	if err.Error() != want {
		t.Errorf("Nest = %q, want %q", err, want)
	}
}

// TestNestImmutable holds that Nest leaves the configuration alone that it is called on.
func TestNestImmutable(t *testing.T) {
	in, nested := input(txtar.Parse([]byte("-- a/buildlint.toml --\nextends = []\nexclude = [\"x\"]\n")))
	c, err := config.Load(in)
	if err != nil {
		t.Fatal(err)
	}
	before := c.For("a/b")
	c2, err := c.Nest(nested)
	if err != nil {
		t.Fatal(err)
	}
	if c.For("a/b") != before || c.Excluded("a/x") || len(before.Rules) == 0 {
		t.Error("the configuration was changed")
	}
	if len(c2.For("a/b").Rules) != 0 || !c2.Excluded("a/x") {
		t.Error("the nested file does not count")
	}
	if len(c.Files) != 0 || len(c2.Files) != 1 {
		t.Errorf("files %q and %q", c.Files, c2.Files)
	}
}

func TestFilesAbove(t *testing.T) {
	got := config.FilesAbove("a/b/c", "a/d", ".", "", "e")
	want := []string{
		"a/b/buildlint.toml", "a/b/c/buildlint.toml", "a/buildlint.toml", "a/d/buildlint.toml", "e/buildlint.toml",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
