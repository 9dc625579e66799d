package workspace

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/filetree"
)

func TestSources(t *testing.T) {
	tests := []struct{ src, want string }{
		{`python_library()`, "*.py -test_*.py -*_test.py -conftest.py (default)"},
		{`python_tests()`, "test_*.py *_test.py conftest.py (default)"},
		{`python_binary()`, "(default)"},
		{`python_library(**kw)`, "*.py -test_*.py -*_test.py -conftest.py … (default)"},
		{`resources(name='a')`, "(default)"},
		{`my_macro(name='a')`, "… (default)"},
		{`my_macro(name='a', sources=['b'])`, "… (default)"}, // who knows what it does with them
		{`scala_library()`, "*.scala -*Test.scala -*Spec.scala (default)"},

		{`python_library(sources=['a.py', 'b/c.py'])`, "a.py b/c.py"},
		{`python_library(sources=('a.py', 'b.py'))`, "a.py b.py"},
		{`python_library(sources='a.py')`, "a.py"},
		{`python_library(sources=[])`, ""},
		{`python_library(sources=None)`, ""},
		{`python_binary(source='a.py')`, "a.py"},
		{`python_library(sources=x)`, "…"},
		{`python_library(sources=['a.py', x])`, "a.py …"},
		{`python_library(sources=['a.py'] + x)`, "a.py …"},
		{`python_library(sources=[f for f in x])`, "…"},
		{`python_library(sources=['a.py', *x])`, "a.py …"},
		{`python_library(sources=['!a.py', '*.py'])`, "*.py -a.py"},
		{`python_library(sources=[('a.py')])`, "a.py"},
		{`python_library(sources=('a.py'))`, "a.py"},

		{`python_library(sources=globs('*.py', 'a/*.txt'))`, "*.py a/*.txt"},
		{`python_library(sources=globs(*x))`, "…"},
		{`python_library(sources=globs('*.py', **x))`, "*.py …"},
		{`python_library(sources=zglobs('**/*.py'))`, "**/*.py"},
		{`python_library(sources=rglobs('*.py'))`, "**/*.py"},
		{`python_library(sources=rglobs('*.py', follow_links=False))`, "**/*.py"},
		{`python_library(sources=rglobs('a/*.py'))`, "a/**/*.py"},
		{`python_library(sources=rglobs('a/*/*.py'))`, "a/**/*/*.py"}, // ** once, as in Pants
		{`python_library(sources=rglobs('*/a.py'))`, "**/*/a.py"},
		{`python_library(sources=rglobs('a.py', 'test_*.py'))`, "a.py test_*.py"},
		{`python_library(sources=rglobs('**/*.py'))`, "**/*.py"},
		{`python_library(sources=rglobs('**/**/*.py'))`, "**/*.py"},
		{`python_library(sources=rglobs('*'))`, "**/*"},
		{`python_library(sources=rglobs('a/**'))`, "a/**/*"},
		{`python_library(sources=glob('*.py'))`, "…"},
		{`python_library(sources=[globs('*.py')])`, "*.py"},
		{`python_library(sources=globs('a{b,c}.py', 'd\\.py', 'e[fg].py'))`, `a\{b,c\}.py d\\.py e[fg].py`},

		{`python_library(sources=globs('*.py', exclude=['a.py']))`, "*.py -a.py"},
		{`python_library(sources=globs('*.py', exclude=[['a.py'], ['b.py', 'c.py']]))`, "*.py -a.py -b.py -c.py"},
		{`python_library(sources=globs('*.py', exclude=[globs('a*.py'), 'b.py']))`, "*.py -a*.py -b.py"},
		{`python_library(sources=rglobs('*.py', exclude=[rglobs('a*.py'), rglobs('*_test.py')]))`, "**/*.py -a*.py -**/*_test.py"},
		{`python_library(sources=globs('*.py', exclude=rglobs('*_test.py')))`, "*.py -**/*_test.py"},
		{`python_library(sources=globs('*.py', exclude=x))`, "*.py …"},
		{`python_library(sources=globs('*.py', exclude=[globs('a*', exclude=['ab'])]))`, "*.py -a* …"},
		{`python_library(sources=globs('*.py', excludes=['a.py']))`, "*.py -a.py"},
		{`python_library(sources=globs('*.py', bad=['a.py']))`, "*.py …"},

		{`python_library(sources=globs('*.py') - ['a.py'])`, "*.py -a.py"},
		{`python_library(sources=globs('*.py') - globs('a*.py') - ['b.py'])`, "*.py -a*.py -b.py"},
		{`python_library(sources=globs('*.py') - x)`, "*.py …"},
		{`python_library(sources=globs('*.py') - (globs('a*') - ['ab']))`, "*.py -a* …"},
		{`python_library(sources=globs('*.py') + rglobs('*.txt') + ['a'])`, "*.py **/*.txt a"},
		{`python_library(sources=(globs('*.py') + ['a']) - ['b'])`, "*.py a -b"},
		{`python_library(sources=globs('*.py') - ['a.py'] + ['a.py'])`, "*.py a.py -a.py …"},
		{`python_library(sources=x + globs('*.py'))`, "*.py …"},
		{`python_library(sources=globs('%s.py' % 'a'))`, "a.py"},
		{`python_library(sources=['%s.py' % 'a'] + ['b' + '.py'])`, "a.py b.py"},

		{"S = globs('*.py')\npython_library(sources=S)", "*.py"},
		{"S = globs('*.py')\npython_library(sources=S - ['a.py'])", "*.py -a.py"},
		{"A = 'a.py'\nS = [A]\npython_library(sources=S + ['b.py'])", "a.py b.py"},
		{"if x:\n  S = ['a.py']\npython_library(sources=S)", "…"},
	}
	for _, tt := range tests {
		targets := build(t, tt.src).Targets
		if got := showSources(targets[len(targets)-1].Sources); got != tt.want {
			t.Errorf("%s\ngives %q, want %q", tt.src, got, tt.want)
		}
	}
}

// A file matches the sources in the same way whether it is asked for or listed.
func TestSourcesMatch(t *testing.T) {
	files := []string{
		"a.py", "b.py", "test_a.py", "a_test.py", "conftest.py", "sub/a.py", "sub/a_test.py", "sub/deep/c.py", "a{b,c}.py",
		"ab.py", "notes.txt", `d\e.py`, "[x].py", "x.py",
	}
	tests := []struct{ src, want string }{
		{`python_library()`, `[x].py a.py ab.py a{b,c}.py b.py d\e.py x.py`},
		{`python_tests()`, "a_test.py conftest.py test_a.py"},
		{`python_library(sources=rglobs('*.py', exclude=[rglobs('*_test.py')]))`,
			`[x].py a.py ab.py a{b,c}.py b.py conftest.py d\e.py sub/a.py sub/deep/c.py test_a.py x.py`},
		{`python_library(sources=globs('*.py') - ['a.py', 'b.py'] - globs('*test*'))`, `[x].py ab.py a{b,c}.py d\e.py x.py`},
		{`python_library(sources=['a{b,c}.py', 'sub/a.py', 'gone.py'])`, "a{b,c}.py sub/a.py"},
		{`python_library(sources=['d\\e.py'])`, `d\e.py`},
		{`python_library(sources=globs('sub/*.py', exclude=['sub/a_test.py']))`, "sub/a.py"},
		{`python_library(sources=rglobs('sub/*.py'))`, "sub/a.py sub/a_test.py sub/deep/c.py"},
		{`python_library(sources=zglobs('**/c.py'))`, "sub/deep/c.py"},
		{`python_library(sources=[])`, ""},
	}
	workspaceFiles := map[string]string{}
	for _, f := range files {
		workspaceFiles["a/b/"+f] = ""
	}
	tree := filetree.FromMap(workspaceFiles)
	for _, tt := range tests {
		s := build(t, tt.src).Targets[0].Sources
		var matched []string
		for _, f := range files {
			if s.Match(f) {
				matched = append(matched, f)
			}
		}
		slices.Sort(matched)
		if got := strings.Join(matched, " "); got != tt.want {
			t.Errorf("%s\nmatches %s\nwant    %s", tt.src, got, tt.want)
		}
		listed := tree.Glob("a/b", s.Globs(), s.Exclude)
		for i := range listed {
			listed[i] = strings.TrimPrefix(listed[i], "a/b/")
		}
		if diff := cmp.Diff(matched, listed); diff != "" {
			t.Errorf("%s: Match and Glob differ (-match +glob):\n%s", tt.src, diff)
		}
	}
}
