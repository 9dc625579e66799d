package workspace

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// plainTarget writes what facts are to keep of a target.
func plainTarget(s *Snapshot, t *Target) string {
	var b strings.Builder
	var name, sources any
	if t.NameField != nil {
		name = t.NameField.Arg.Value.Span()
	}
	if f := t.SourcesField(); f != nil {
		sources = f.Arg.NameSpan
	}
	open := t.DepsOpen || t.Provides != nil && t.Provides.Open
	fmt.Fprintln(&b, t.Address(), t.Kind, t.KindName, t.File.Path, t.Head(), name, sources, showSources(t.Sources), open,
		t.Conditional, t.Implicit, t.Provides != nil, t.IsPrivate())
	for _, d := range t.Deps {
		reference := d.Field.Spec != nil && d.Field.Spec.Role == dialect.ReferencesField
		fmt.Fprintln(&b, d.Address, d.Span(), reference, d.Field.Name == s.Dialect().DependenciesField, d.Err != nil)
	}
	for _, p := range t.binaries() {
		if _, ok := Text(p.Value); ok {
			fmt.Fprintln(&b, "binary", p.Address, p.Value.Node().Span(), p.Err != nil)
		}
	}
	return b.String()
}

// keptTarget writes what facts kept of a target.
func keptTarget(t TargetFacts) string {
	var b strings.Builder
	var name, sources any
	if t.NameSpan().Len() > 0 {
		name = t.NameSpan()
	}
	if t.SourcesSpan().Len() > 0 {
		sources = t.SourcesSpan()
	}
	fmt.Fprintln(&b, t.Address(), t.Kind(), t.KindName(), t.Path(), t.Head(), name, sources, showSources(t.Sources()),
		t.Open(), t.Conditional(), t.Implicit(), t.Provides(), t.IsPrivate())
	for e := range t.Edges() {
		if e.Via == ViaBinaries {
			fmt.Fprintln(&b, "binary", e.To, e.Span, e.Bad)
		} else {
			fmt.Fprintln(&b, e.To, e.Span, e.Via == ViaReference, e.Via == ViaDependencies, e.Bad)
		}
	}
	return b.String()
}

// Records tell all that they are made from.
func TestRecords(t *testing.T) {
	files := map[string]string{
		"a/BUILD": "python_library(name='_x', sources=['a.py', '!b.py'], dependencies=[':y', '/bad', 'b', '//:c'] + z)\n" +
			"java_library(sources=globs('*.java'))\nmacro(name='m', dependencies=[':x'])\npython_library(name=computed)\n" +
			"if x:\n  page(name='p', links=[':q'])\n",
		"a/BUILD.more": "python_library(provides=setup_py(name='x').with_binaries({'z': ':z', 'w': unknown, 'v': '/v'}))\n" +
			"python_app(binary=':z')\n",
		"a/BUILD.none":       "",
		"b/BUILD":            "python_requirements()\n" + strings.Repeat("resources(name='r')\n", 3),
		"b/requirements.txt": "x==1\ny\n",
		"c/BUILD":            manyTargets(5 * fewTargets),
	}
	s := open(files)
	for _, dir := range []string{"a", "b", "c"} {
		var want, got []string
		p := loadPackage(t, s, dir)
		for _, target := range p.Targets {
			want = append(want, plainTarget(s, target))
		}
		for _, facts := range []*Facts{s.Facts(dir), s.compacted().Facts(dir), s.Facts(dir).renumbered(&names{})} {
			got = nil
			for target := range facts.Targets() {
				got = append(got, keptTarget(target))
				if first := p.Named(target.Name()); target.Name() != "" && facts.Named(target.Name()).Head() != first.Head() {
					t.Errorf("%s: another target is named %s", dir, target.Name())
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-model +facts):\n%s", dir, diff)
			}
			if !facts.SameToOthers(s.Facts(dir)) || len(facts.Files()) != len(p.Files) || facts.Complete != p.Complete() {
				t.Errorf("%s: not the same package", dir)
			}
		}
	}
}

func manyTargets(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "python_library(name='x%d', dependencies=[':x%d'])\n", i%(n-1), i/2)
	}
	return b.String()
}

func TestSameToOthers(t *testing.T) {
	const src = "python_library(name='x', sources=['a.py'], dependencies=[':y'])\n"
	tests := []struct {
		src  string
		want bool
	}{
		{src, true},
		{"# a comment\n" + src, true},
		{strings.ReplaceAll(src, "'", `"`), true},
		{strings.Replace(src, ":y", "a:y", 1), true},
		{strings.Replace(src, ":y", ":z", 1), false},
		{strings.Replace(src, "'x'", "'w'", 1), false},
		{strings.Replace(src, "'x'", "'_x'", 1), false},
		{strings.Replace(src, "a.py", "b.py", 1), false},
		{strings.Replace(src, "python", "java", 1), false},
		{strings.Replace(src, "[':y']", "[':y'] + z", 1), false},
		{strings.Replace(src, "[':y']", "[':y', '/bad']", 1), false},
		{src + "macro()\n", false},
		{src + src, false},
		{"", false},
	}
	s := open(map[string]string{"a/BUILD": src})
	for _, tt := range tests {
		next := s.With([]filetree.Change{{Path: "a/BUILD", Op: filetree.SetOverlay, Overlay: []byte(tt.src)}})
		if got := s.Facts("a").SameToOthers(next.Facts("a")); got != tt.want {
			t.Errorf("%s\nthe same: %v, want %v", tt.src, got, tt.want)
		}
	}
	if s.Facts("a").SameToOthers(nil) || !(*Facts)(nil).SameToOthers(nil) {
		t.Error("nil is the same as no package alone")
	}
}

// A table gives each value one number, whoever asks first.
func TestTable(t *testing.T) {
	t.Run("texts", func(t *testing.T) {
		var table textTable
		testTable(t, &table, func(i int) string { return strings.Repeat("x", i%3) + fmt.Sprint(i) }, "none")
	})
	t.Run("addresses", func(t *testing.T) {
		var table table[addressKey]
		testTable(t, &table, func(i int) addressKey { return addressKey{uint32(i % 7), uint32(i)} }, addressKey{8, 8})
	})
}

type numberer[T any] interface {
	number(T) uint32
	find(T) (uint32, bool)
	value(uint32) T
	len() int
}

func testTable[T comparable](t *testing.T, table numberer[T], value func(i int) T, none T) {
	const values, asking = 20000, 8
	numbers := make([][]uint32, asking)
	var wait sync.WaitGroup
	for i := range asking {
		wait.Go(func() {
			for v := range values {
				want := value((v*7 + i*311) % values)
				number := table.number(want)
				numbers[i] = append(numbers[i], number)
				if table.value(number) != want {
					t.Errorf("number %d is of %v, want %v", number, table.value(number), want)
				}
			}
			for v := range values {
				number, ok := table.find(value(v))
				if !ok || table.value(number) != value(v) {
					t.Errorf("%v: number %d, %t", value(v), number, ok)
				}
			}
		})
	}
	wait.Wait()
	for _, n := range numbers {
		slices.Sort(n)
		if !slices.Equal(n, numbers[0]) || len(slices.Compact(n)) != values {
			t.Error("the numbers differ")
		}
	}
	if _, ok := table.find(none); ok || table.len() != values {
		t.Errorf("%d values, want %d", table.len(), values)
	}
}

// What is typed and gone does not stay, and nothing else changes.
func TestCompact(t *testing.T) {
	s := open(map[string]string{
		"a/BUILD": "python_library(dependencies=['b'])",
		"b/BUILD": "python_library(name='b', provides=setup_py(name='dist.b'))\npython_binary(name='run', entry_point='b.run')",
	})
	if _, err := s.AllPackages(); err != nil {
		t.Fatal(err)
	}
	first := s.names
	most := 0
	for i := range slackNames {
		text := fmt.Sprintf("python_library(dependencies=['b', 'b:%d', 'c%d'])", i, i)
		s = s.With([]filetree.Change{{Path: "a/BUILD", Op: filetree.SetOverlay, Overlay: []byte(text)}})
		if i%50 == 0 {
			s.Uses(Address{Dir: "b", Name: "b"})
		}
		for e := range s.Facts("a").Named("a").Edges() {
			s.Resolve(e.To)
		}
		most = max(most, s.names.len())
	}
	if s.names == first || most > slackNames+1000 {
		t.Errorf("up to %d names, in a workspace of ten", most)
	}
	if n := len(s.Uses(Address{Dir: "b", Name: "b"})); n != 1 {
		t.Errorf("%d uses, want 1", n)
	}
	if b := s.Facts("b"); b.Named("b").Distribution() != "dist.b" || b.Named("run").EntryPoint() != "b.run" {
		t.Errorf("distribution %q, entry point %q", b.Named("b").Distribution(), b.Named("run").EntryPoint())
	}
}
