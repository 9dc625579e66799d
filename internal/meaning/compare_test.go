package meaning_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/buildlint/buildlint/internal/meaning"
)

func fsOf(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

const dir = "src/main/python/org/app/web"

// TestCompare holds what the rules document as the same against what is not.
func TestCompare(t *testing.T) {
	const library = "python_library(name = 'web', sources = rglobs('*.py'))\n"
	tests := []struct {
		name          string
		before, after string
		same          bool
	}{
		{"comments and commas", "target(name = 'x')", "# c\ntarget(\n  name = 'x',\n)  # d\n", true},
		{"another name", "target(name = 'x')", "target(name = 'y')", false},
		{"another kind", "target(name = 'x')", "files(name = 'x')", false},
		{"one target more", "target(name = 'x')", "target(name = 'x')\ntarget(name = 'y')", false},
		{"one field more", "target(name = 'x')", "target(name = 'x', tags = ['a'])", false},
		{"quotes", "target(tags = ['a'])", `target(tags = ["a"])`, true},
		{"adjacent strings", "target(tags = ['a' 'b'])", "target(tags = ['ab'])", true},
		{"a comma", "target(tags = ['a' 'b'])", "target(tags = ['a', 'b'])", false},

		{"order of dependencies", "target(dependencies = ['b', 'a'])", "target(dependencies = ['a', 'b'])", true},
		{"order of tags", "target(tags = ['b', 'a'])", "target(tags = ['a', 'b'])", false},
		{"spelling", "target(dependencies = ['a/b:b', '" + dir + ":x'])", "target(dependencies = ['a/b', ':x'])", true},
		{"twice", "target(dependencies = ['a/b:b', '//a/b', pants('a/b')])", "target(dependencies = ['a/b'])", true},
		{"once less", "target(dependencies = ['a/b', 'a/c'])", "target(dependencies = ['a/b'])", false},
		{"in another scope", "target(dependencies = ['a/b', scoped('a/b', scope='test')])", "target(dependencies = ['a/b'])", false},
		{"in another scope, spelled otherwise", "target(dependencies = [scoped('a/b:b', scope='test')])",
			"target(dependencies = [scoped('a/b', scope='test')])", true},
		{"beside something computed", "target(dependencies = ['a/b:b'] + more())", "target(dependencies = ['a/b'] + more())", true},
		{"something else computed", "target(dependencies = ['a/b'] + more())", "target(dependencies = ['a/b'] + less())", false},
		{"through a constant", "A = 'a/b:b'\ntarget(dependencies = [A])", "A = 'a/b'\ntarget(dependencies = [A])", true},
		{"of an alias", "alias(target = 'a/b:b')", "alias(target = 'a/b')", true},

		{"keywords", "x(provides = setup_py(name = 'n').with_binaries(a = ':a', b = ':b'))",
			"x(provides = setup_py(name = 'n').with_binaries({'b': ':b', 'a': '" + dir + ":a'}))", true},
		{"keywords override", "x(provides = setup_py(name = 'n').with_binaries({'a': ':a'}, a = ':b'))",
			"x(provides = setup_py(name = 'n').with_binaries({'a': ':b'}))", true},
		{"calls add up", "x(provides = setup_py().with_binaries(a = ':a').with_binaries(a = ':b'))",
			"x(provides = setup_py().with_binaries({'a': ':b'}))", true},
		{"another script", "x(provides = setup_py().with_binaries(a = ':a'))",
			"x(provides = setup_py().with_binaries({'A': ':a'}))", false},
		{"another version", "x(provides = setup_py(version = v()).with_binaries(a = ':a'))",
			"x(provides = setup_py(version = w()).with_binaries(a = ':a'))", false},

		{"a pattern", "files(sources = globs('*py'))", "files(sources = globs('*.py'))", true},
		{"a list of what a pattern matches", "files(sources = globs('*.py'))", "files(sources = ['main.py'])", true},
		{"another pattern", "files(sources = globs('*.py'))", "files(sources = rglobs('*.py'))", false},
		{"nothing matches", "files(sources = ['x'])", "files(sources = ['y'])", false},

		{"an entry point", library + "python_binary(name = 'm', source = 'main.py', dependencies = [':web'])",
			library + "python_binary(name = 'm', entry_point = 'org.app.web.main', dependencies = [':web'])", true},
		{"an entry point beside a source", library + "python_binary(name = 'm', source = 'main.py', entry_point = 'x:y', " +
			"dependencies = [':web'])", library + "python_binary(name = 'm', entry_point = 'x:y', dependencies = [':web'])", true},
		{"another entry point", library + "python_binary(name = 'm', source = 'main.py', dependencies = [':web'])",
			library + "python_binary(name = 'm', entry_point = 'org.app.web.deep', dependencies = [':web'])", false},
		{"without the root", library + "python_binary(name = 'm', source = 'main.py', dependencies = [':web'])",
			library + "python_binary(name = 'm', entry_point = 'app.web.main', dependencies = [':web'])", false},
		{"nobody has the source", library + "python_binary(name = 'm', source = 'main.py')",
			library + "python_binary(name = 'm', entry_point = 'org.app.web.main')", false},
		{"where a symbol is false", "if x():\n  target(name = 'a')\nelse:\n  target(name = 'b')",
			"if x():\n  target(name = 'a')\nelse:\n  target(name = 'c')", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			state := func(text string) fstest.MapFS {
				return fsOf(map[string]string{
					dir + "/BUILD": text, dir + "/main.py": "", dir + "/deep/x.py": "", "other/main.py": "",
				})
			}
			report, err := meaning.Compare(state(test.before), state(test.after))
			if err != nil || len(report.Failed) > 0 {
				t.Fatal(err, report.Failed)
			}
			if same := len(report.Differences) == 0; same != test.same {
				t.Errorf("same is %v: %v", same, report.Differences)
			}
		})
	}
}

func TestCompareFailures(t *testing.T) {
	bad, good := fsOf(map[string]string{"a/BUILD": "target("}), fsOf(map[string]string{"a/BUILD": "target()"})
	for _, test := range []struct {
		before, after fstest.MapFS
		want          string
	}{
		{bad, good, "1 failed, 0 differences"},
		{good, bad, "0 failed, 1 differences"},
		{good, fstest.MapFS{}, "0 failed, 1 differences"},
		{good, good, "0 failed, 0 differences"},
	} {
		report, err := meaning.Compare(test.before, test.after)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%d failed, %d differences", len(report.Failed), len(report.Differences)); got != test.want {
			t.Errorf("%s, want %s: %v", got, test.want, report)
		}
	}
}
