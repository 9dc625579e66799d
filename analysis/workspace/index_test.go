package workspace

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// A view is all that can be asked of a snapshot about a few directories and names.
type view map[string]string

func viewOf(s *Snapshot, dirs, names []string) view {
	all, err := s.AllPackages()
	v := view{"packages": fmt.Sprint(all, err)}
	for _, dir := range dirs {
		if f := s.Facts(dir); f != nil {
			v["facts "+dir] = showFacts(f)
		}
		for _, c := range s.Cycles(dir) {
			v["cycles "+dir] += showUses(c)
		}
		for _, name := range names {
			a := Address{Dir: dir, Name: name}
			if uses := s.Uses(a); len(uses) > 0 {
				v["uses "+a.String()] = showUses(uses)
			}
			r := s.Resolve(a)
			v["resolve "+a.String()] = fmt.Sprint(r.Package != nil, !r.Target.IsZero(), r.Unknown)
		}
	}
	return v
}

func showFacts(f *Facts) string {
	var b strings.Builder
	fmt.Fprintln(&b, f.Dir(), f.Complete)
	for _, file := range f.Files() {
		fmt.Fprintln(&b, file)
	}
	for t := range f.Targets() {
		fmt.Fprintln(&b, t.Address(), t.KindName(), f.Path(t), t.Head(), t.NameSpan(), t.Open(), showSources(t.Sources()))
		for e := range t.Edges() {
			fmt.Fprintln(&b, " ", e.To, e.Span, e.Via, e.Bad)
		}
	}
	return b.String()
}

func showUses(uses []Use) string {
	var b strings.Builder
	for _, u := range uses {
		fmt.Fprintf(&b, "%s %s at %v; ", u.Package.Path(u.Target), u.Target.Address(), u.Edge.Span)
	}
	return b.String()
}

// A mutator changes files at random, on disk.
type mutator struct {
	root        string
	rand        *rand.Rand
	dirs, names []string
}

func (m *mutator) pick(from []string) string { return from[m.rand.IntN(len(from))] }

// build returns the content of a BUILD file.
func (m *mutator) build() string {
	var b strings.Builder
	for range m.rand.IntN(4) {
		switch m.rand.IntN(8) {
		case 0:
			b.WriteString("my_macro()\n")
		case 1:
			b.WriteString("python_requirements()\n")
		case 2:
			fmt.Fprintf(&b, "python_library(name='%s', provides=setup_py(name='x').with_binaries({'x': ':%s'}))\n",
				m.pick(m.names), m.pick(m.names))
		case 3:
			fmt.Fprintf(&b, "python_library(dependencies=['%s'])\n", m.pick(m.dirs))
		case 4:
			b.WriteString("python_library(name='broken'\n")
		default:
			fmt.Fprintf(&b, "python_library(name='%s', dependencies=['%s:%s', ':%s'])\n", m.pick(m.names), m.pick(m.dirs),
				m.pick(m.names), m.pick(m.names))
		}
	}
	return b.String()
}

// mutate changes something and returns the path that changed.
func (m *mutator) mutate(t *testing.T) string {
	t.Helper()
	dir := m.pick(m.dirs)
	name := m.pick([]string{"BUILD", "BUILD", "BUILD", "BUILD.more", "requirements.txt", "main.py", ".gitignore"})
	path := strings.TrimPrefix(dir+"/"+name, "/")
	full := filepath.Join(m.root, path)
	switch n := m.rand.IntN(10); {
	case n == 0 && dir != "":
		check(t, os.RemoveAll(filepath.Join(m.root, dir)))
		return dir
	case n <= 2:
		if err := os.Remove(full); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return path
	}
	content := m.build()
	switch name {
	case "requirements.txt":
		content = m.pick(m.names) + "\n"
	case ".gitignore":
		content = m.pick([]string{"", "BUILD\n", "b\n", "BUILD.more\n"})
	}
	check(t, os.MkdirAll(filepath.Dir(full), 0o777))
	check(t, os.WriteFile(full, []byte(content), 0o666))
	return path
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A snapshot that was made by changes is as one that is made anew.
func TestWithEqualsNew(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			m := &mutator{
				root: t.TempDir(), rand: rand.New(rand.NewPCG(seed, 1)),
				dirs: []string{"", "a", "a/b", "a/b/c", "d", "d/b"}, names: []string{"a", "b", "c", "d", "x", "requirements.txt"},
			}
			options := &Options{Dialect: dialect.Pants1()}
			s := New(tree(t, m.root), options)
			for round := range 80 {
				var changes []filetree.Change
				for range 1 + m.rand.IntN(3) {
					changes = append(changes, filetree.Change{Path: m.mutate(t), Op: filetree.Touched})
				}
				s = s.With(changes)
				if m.rand.IntN(8) == 0 {
					s = s.compacted()
				}
				if m.rand.IntN(4) == 0 {
					continue // several changes before anybody asks
				}
				if m.rand.IntN(4) == 0 {
					s.Facts(m.pick(m.dirs)) // known before the index is made
				}
				want := viewOf(New(tree(t, m.root), options), m.dirs, m.names)
				if diff := cmp.Diff(want, viewOf(s, m.dirs, m.names)); diff != "" {
					t.Fatalf("round %d, after %v (-new +with):\n%s", round, changes, diff)
				}
			}
		})
	}
}

func tree(t *testing.T, root string) *filetree.Tree {
	t.Helper()
	tree, err := filetree.New(root)
	check(t, err)
	return tree
}

// Overlays come and go as files do.
func TestWithOverlays(t *testing.T) {
	const lib = "python_library(name='%s', dependencies=['%s'])"
	s := open(map[string]string{"a/BUILD": fmt.Sprintf(lib, "a", "b"), "b/BUILD": fmt.Sprintf(lib, "b", ":c")})
	count := func(s *Snapshot, dir, name string) int { return len(s.Uses(Address{Dir: dir, Name: name})) }
	if count(s, "b", "b") != 1 || count(s, "c", "c") != 0 {
		t.Fatal("the index is wrong from the start")
	}
	set := func(s *Snapshot, path, text string) *Snapshot {
		return s.With([]filetree.Change{{Path: path, Overlay: []byte(text), Op: filetree.SetOverlay}})
	}
	next := set(set(s, "a/BUILD", fmt.Sprintf(lib, "a", "c")), "c/BUILD", fmt.Sprintf(lib, "c", "b"))
	if count(next, "b", "b") != 1 || count(next, "c", "c") != 1 || next.Resolve(Address{Dir: "c", Name: "c"}).Target.IsZero() {
		t.Error("the overlays do not count")
	}
	if count(s, "b", "b") != 1 || count(s, "c", "c") != 0 || !s.Resolve(Address{Dir: "c", Name: "c"}).Target.IsZero() {
		t.Error("the earlier snapshot changed")
	}
	back := next.With([]filetree.Change{
		{Path: "a/BUILD", Op: filetree.RemoveOverlay}, {Path: "c/BUILD", Op: filetree.RemoveOverlay},
	})
	dirs, names := []string{"a", "b", "c"}, []string{"a", "b", "c"}
	if diff := cmp.Diff(viewOf(s, dirs, names), viewOf(back, dirs, names)); diff != "" {
		t.Errorf("not as it was (-was +is):\n%s", diff)
	}
}

// A file that changed without notice does not make the facts differ from the index.
func TestChangeWithoutNotice(t *testing.T) {
	root := t.TempDir()
	write := func(content string) {
		check(t, os.MkdirAll(filepath.Join(root, "a"), 0o777))
		check(t, os.WriteFile(filepath.Join(root, "a/BUILD"), []byte(content), 0o666))
	}
	write("python_library(name='a', dependencies=[':b', ':c', ':d'])")
	s := New(tree(t, root), &Options{Dialect: dialect.Pants1()})
	if n := len(s.Uses(Address{Dir: "a", Name: "d"})); n != 1 {
		t.Fatalf("%d uses, want 1", n)
	}
	write("python_library(name='a')")
	loadPackage(t, s, "a")
	if n := len(s.Uses(Address{Dir: "a", Name: "d"})); n != 1 {
		t.Errorf("%d uses, want 1", n)
	}
	s = s.With([]filetree.Change{{Path: "a/BUILD", Op: filetree.Touched}})
	if n := len(s.Uses(Address{Dir: "a", Name: "d"})); n != 0 {
		t.Errorf("%d uses after the notice, want none", n)
	}
}

func TestUnreadable(t *testing.T) {
	root := t.TempDir()
	outside := filepath.Join(t.TempDir(), "BUILD")
	check(t, os.WriteFile(outside, nil, 0o666))
	check(t, os.MkdirAll(filepath.Join(root, "a"), 0o777))
	check(t, os.WriteFile(filepath.Join(root, "a/BUILD"), []byte("python_library(name='x')"), 0o666))
	check(t, os.Symlink(outside, filepath.Join(root, "a/BUILD.out")))
	s := New(tree(t, root), &Options{Dialect: dialect.Pants1()})
	p, err := s.Package("a")
	if err == nil || !strings.Contains(err.Error(), "a/BUILD.out") {
		t.Errorf("the error is %v, want one that names a/BUILD.out", err)
	}
	if p == nil || len(p.Targets) != 1 || p.Complete() {
		t.Fatalf("the package is %+v, want one that has a target and a gap", p)
	}
	if r := s.Resolve(Address{Dir: "a", Name: "y"}); !r.Unknown {
		t.Errorf("what is not in the readable part is %+v, want unknown", r)
	}
}

func TestResolve(t *testing.T) {
	s := New(filetree.FromMap(map[string]string{
		"a/BUILD": "python_library(name='x')", "b/BUILD": "my_macro()", "c/main.py": "",
		"d/BUILD": "python_library(name='x')\npython_binary(name='x')", "e/BUILD": "python_library(name='x')",
		".gitignore": "/f/BUILD", "f/BUILD": "python_library(name='x')",
	}), &Options{Dialect: dialect.Pants1(), Excluded: func(path string) bool { return path == "e" }})
	tests := []struct {
		address                Address
		isPackage, is, unknown bool
	}{
		{Address{Dir: "a", Name: "x"}, true, true, false},
		{Address{Dir: "a", Name: "y"}, true, false, false},
		{Address{Dir: "b", Name: "x"}, true, false, true},
		{Address{Dir: "c", Name: "x"}, false, false, false},
		{Address{Dir: "d", Name: "x"}, true, true, false},
		{Address{Dir: "e", Name: "x"}, false, false, true}, // excluded: not judged
		{Address{Dir: "f", Name: "x"}, false, false, true}, // ignored: not judged
		{Address{Dir: "g/h", Name: "x"}, false, false, false},
	}
	for _, tt := range tests {
		r := s.Resolve(tt.address)
		if (r.Package != nil) != tt.isPackage || (!r.Target.IsZero()) != tt.is || r.Unknown != tt.unknown {
			t.Errorf("Resolve(%v) = %+v", tt.address, r)
		}
	}
	if r := s.Resolve(Address{Dir: "d", Name: "x"}); r.Target.KindName() != "python_library" {
		t.Errorf("of two the first is meant, not the %s", r.Target.KindName())
	}
	if dirs, _ := s.AllPackages(); !slices.Equal(dirs, []string{"a", "b", "d"}) {
		t.Errorf("packages %q", dirs)
	}
}

func TestPublicLibrary(t *testing.T) {
	tests := []struct{ src, want string }{
		{"python_library(name='x')\npython_library(name='_y')\npython_binary(name='z')", "x"},
		{"python_library(name='x')\npython_library(name='a')", "a"},
		{"python_library(name='a')\npython_library(name='x')", "a"},
		{"python_library(name='x')\npython_library(name='y')", ""},
		{"python_library(name='_x')", ""},
		{"python_library(name=x)", ""},
		{"java_library(name='a')\npython_library(name='x')", "x"},
		{"resources(name='a')\npython_library(name='_x')", ""},
		{"", ""},
		{"my_macro()\npython_library(name='x')", ""},
		{"my_macro()\npython_library(name='x')\npython_library(name='a')", "a"},
	}
	for _, tt := range tests {
		got := ""
		if f := open(map[string]string{"a/BUILD": tt.src}).Facts("a").PublicLibrary(dialect.Python); !f.IsZero() {
			got = f.Name()
		}
		if got != tt.want {
			t.Errorf("%s\nthe public library is %q, want %q", tt.src, got, tt.want)
		}
	}
}

func TestFacts(t *testing.T) {
	const src = `
python_library(
  name = 'x',
  sources = ['a.py'],
  dependencies = [':y', '/bad'],
  provides = setup_py(name='x').with_binaries({'z': ':z', 'w': unknown}),
)
page(name='p', links=[':q'])
python_app(binary=':z')
`
	f := open(map[string]string{"a/BUILD": src}).Facts("a")
	var got []string
	for target := range f.Targets() {
		for e := range target.Edges() {
			got = append(got, fmt.Sprintf("%s→%s via %d bad %v %s", target.Name(), e.To, e.Via, e.Bad, e.Span.Text([]byte(src))))
		}
	}
	want := []string{
		"x→a:y via 0 bad false ':y'", "x→//: via 0 bad true '/bad'", "x→a:z via 1 bad false ':z'",
		"p→a:q via 3 bad false ':q'", "a→a:z via 2 bad false ':z'",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	x := f.Named("x")
	if !x.Provides() || !x.Open() || x.NameSpan().Text([]byte(src)) != "'x'" || x.SourcesSpan().Text([]byte(src)) != "sources" {
		t.Errorf("facts of x: %+v", x)
	}
	if x.Sources().Include[0].Value != nil || !x.Sources().Node.IsZero() {
		t.Error("facts hold a tree")
	}
	if !f.Named("gone").IsZero() {
		t.Error("a target is there that is not declared")
	}
}
