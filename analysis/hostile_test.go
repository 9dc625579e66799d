package analysis_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// hang is far longer than the slowest machine takes with the race detector, and shorter than what it guards against.
const hang = 4 * time.Minute

// TestHostileFiles checks small files that are made to take long: each is done in a second or so, and takes many
// minutes or gigabytes where something is compared with each of its kind.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	const web = "src/main/python/org/app/web/"
	tests := []struct {
		name    string
		dialect *dialect.Dialect
		files   map[string]string
	}{
		{"libraries that share a file", dialect.Pants1(), map[string]string{
			web + "BUILD": lines(20_000, "python_library(name='_t%d', sources=['a.py'])"), web + "a.py": "",
		}},
		{"lost names", dialect.Pants1(), map[string]string{
			web + "BUILD": lines(40_000, "python_library(name='number%[1]d', dependencies=[':nomber%[1]d'])"),
		}},
		{"a lost name of a million letters", dialect.Pants1(), map[string]string{
			web + "BUILD": fmt.Sprintf("target(name='%s', dependencies=[':%s'])", strings.Repeat("ab", 500_000),
				strings.Repeat("ba", 500_000)),
		}},
		{"a lost path of many components", dialect.Pants1(), map[string]string{
			web + "BUILD": fmt.Sprintf("target(name='web', dependencies=['%sb'])", strings.Repeat("a/", 4000)),
		}},
		{"the same dependency", dialect.Pants1(), map[string]string{
			web + "BUILD": fmt.Sprintf("target(name='web', dependencies=[\n%s])", lines(20_000, "':web2', # %d")),
		}},
		{"a constant that many targets use", dialect.Pants1(), map[string]string{
			web + "BUILD": fmt.Sprintf("X = [\n%s]\n", lines(10_000, "':t%d',")) +
				lines(1000, "python_library(name='t%d', dependencies=X)"),
		}},
		{"binaries at the ends of a chain", dialect.Pants1(), map[string]string{
			web + "BUILD": lines(1000, "python_binary(name='b%[1]d', dependencies=[':t%[1]d'])") +
				chain(1000, "python_library(name='t%d', dependencies=[':t%d'])") +
				"python_requirement_library(name='t1000', requirements=[python_requirement('numpy')])\n",
		}},
		{"constraints", dialect.Pants1(), map[string]string{
			"requirements.txt": "-c constraints.txt\n" + lines(20_000, "p%d"), "constraints.txt": lines(20_000, "q%d==1"),
		}},
		{"requirements files that name each other", dialect.Pants1(), requirementsFiles(1000)},
		{"calls of a function with a loop", dialect.Bazel(), map[string]string{
			"p/BUILD": "load('x.bzl', 'f')\nX = [" + lines(2000, "'%d',") + "]\n" + lines(2000, "f(name = 't%d', x = X)"),
			"p/x.bzl": "def f(name, x):\n  for y in x:\n    native.py_library(name = name + y)\n",
		}},
		{"files that are taken in", dialect.Please(), map[string]string{
			"p/BUILD": lines(4000, "subinclude('//p:x%[1]d')\nfilegroup(name = 'x%[1]d')"),
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checker, dirs := checkerOf(t, workspace.New(filetree.FromMap(test.files), &workspace.Options{Dialect: test.dialect}))
			start := time.Now()
			if _, err := checker.Check(t.Context(), dirs); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > hang {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// lines writes a format for each number.
func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+"\n", i)
	}
	return b.String()
}

// chain writes a format for each number and the next.
func chain(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+"\n", i, i+1)
	}
	return b.String()
}

// requirementsFiles returns files of which each names the next, and the last the first.
func requirementsFiles(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("r%d-requirements.txt", i)] = fmt.Sprintf("-r r%d-requirements.txt\np%d\n", (i+1)%n, i)
	}
	return files
}
