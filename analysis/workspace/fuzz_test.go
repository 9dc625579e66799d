package workspace

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// FuzzPackage makes a package of any text, next to a second BUILD file: all places lie in their files, reading it twice
// gives the same, and the facts say of each target what the package says.
func FuzzPackage(f *testing.F) {
	for _, seed := range []string{
		"", "python_library(name = 'a', dependencies = [':b', 'c:d'] + X)\n", "A = 'x'\nB = [A, A + 'y'] + [A % 'z']\nf(name = B)\n",
		"python_library(\n  provides = setup_py(name = 'p', version = '1').with_binaries({'r': ':r'}).with_binaries(s = pants(':s')),\n)\n",
		"for x in y:\n  python_binary(name = x, entry_point = 'a.b:c')\nif a: resources(name = 'r', sources = globs('*.css', exclude = [['a']]))\n",
		"A = '%s' % 'b'\nA.append('x')\npython_library(name = A, **d)\ndel A\n", "python_requirements('r.txt')\nx = f = g = target()\n",
		"a = ['x']\nb = a + a\nc = b + b\nd = [*c, *c]\ntarget(tags = d + d, sources = rglobs('*.py') - ['a.py'])\n",
		"page(name = 'é', dependencies = ['//a', '../x', '@r//a:b', ':' 'c', '\\x3ad'])\n", "target(name = 'x', name = 'y', 'z')\n",
	} {
		f.Add([]byte(seed), []byte("target(name = 'other')\n"))
	}
	f.Fuzz(func(t *testing.T, src, more []byte) {
		files := map[string]string{"a/b/BUILD": string(src), "a/b/BUILD.more": string(more), "a/b/r.txt": "six\nflask==1\n"}
		s := open(files)
		p := loadPackage(t, s, "a/b")
		for _, target := range p.Targets {
			checkTarget(t, target)
		}
		for _, gap := range p.Gaps {
			checkWithin(t, gap.File, gap.Span)
		}
		facts := s.Facts("a/b")
		checkFacts(t, p, facts)
		again := open(files).Facts("a/b")
		if diff := cmp.Diff(showFacts(facts), showFacts(again)); diff != "" {
			t.Errorf("a second reading differs (-first +second):\n%s", diff)
		}
	})
}

func checkWithin(t *testing.T, f *BuildFile, s syntax.Span) {
	t.Helper()
	if whole := (syntax.Span{End: len(f.Syntax.Src)}); !whole.Contains(s) || s.Len() < 0 {
		t.Fatalf("%v is not in %s:\n%s", s, f.Path, f.Syntax.Src)
	}
}

func checkTarget(t *testing.T, target *Target) {
	t.Helper()
	if target.Implicit {
		return // it stands for a line of another file
	}
	checkWithin(t, target.File, target.Head())
	for _, field := range target.Fields {
		checkWithin(t, target.File, field.Arg.Span())
		checkWithin(t, target.File, field.Value.Node().Span())
	}
	for _, dep := range target.Deps {
		checkWithin(t, target.File, dep.Span())
		if dep.Err == nil && dep.Address.Name == "" {
			t.Errorf("%q is an address without a name", dep.Text)
		}
	}
	if target.Provides != nil {
		for _, b := range target.Provides.Binaries {
			checkWithin(t, target.File, b.Span)
		}
	}
}

func checkFacts(t *testing.T, p *Package, facts *Facts) {
	t.Helper()
	kept := slices.Collect(facts.Targets())
	if facts.Complete != p.Complete() || len(kept) != len(p.Targets) {
		t.Fatalf("%d targets, complete: %v; in the facts %d, %v", len(p.Targets), p.Complete(), len(kept), facts.Complete)
	}
	for i, target := range p.Targets {
		fact := kept[i]
		if fact.Address() != target.Address() || fact.KindName() != target.KindName || fact.Head() != target.Head() {
			t.Errorf("the target %v %v at %v is %v %v at %v in the facts", target.KindName, target.Address(), target.Head(),
				fact.KindName(), fact.Address(), fact.Head())
		}
		named := fact.Address().Name == "" || !facts.Named(fact.Address().Name).IsZero()
		if !named || fact.Path() != target.File.Path {
			t.Errorf("%v is not found by its name, or in another file", fact.Address())
		}
	}
}
