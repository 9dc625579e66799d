// Package meaning tells what a build tool sees in BUILD files of Pants v1, and whether two states of a repository mean
// the same. Files are run by a Starlark interpreter with every name of the build tool stubbed: each call is recorded
// with its arguments. It uses nothing of the packages that read and rewrite BUILD files, since it is there to check
// them.
package meaning

import (
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// maxSteps bounds what a file may compute.
const maxSteps = 1_000_000

// evaluate runs a file and returns the calls that are statements, in order. Symbols are true or false as truth says.
func evaluate(path, src string, truth bool) (calls []*symbol, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the interpreter: %v", v)
		}
	}()
	options := &syntax.FileOptions{Set: true, While: true, TopLevelControl: true, GlobalReassign: true, Recursion: true}
	r := &run{truth: truth, consumed: map[*symbol]bool{}}
	names := starlark.StringDict{}
	isKnown := func(name string) bool {
		names[name] = &symbol{fn: name, run: r}
		return true
	}
	_, program, err := starlark.SourceProgramOptions(options, path, rewrite(src), isKnown)
	if err != nil {
		return nil, err
	}
	for name := range names {
		if v, ok := starlark.Universe[name]; ok && name != "print" {
			names[name] = v
		}
	}
	thread := &starlark.Thread{Name: path}
	thread.SetMaxExecutionSteps(maxSteps)
	if _, err := program.Init(thread, names); err != nil {
		return nil, err
	}
	return r.statements(), nil
}
