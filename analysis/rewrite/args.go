package rewrite

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Keyword is a keyword argument to be written.
type Keyword struct {
	Name  string
	Value string // source text; lines but the first are relative to the line of the argument
}

// AddArg adds the keyword argument name to a call, behind the argument after, or at the end if there is none of this
// name. Lines of value but the first are relative to the line of the argument. See [AddArgs].
func AddArg(path string, call syntax.Node, name, value, after string) []edit.Edit {
	return AddArgs(path, call, after, Keyword{name, value})
}

// AddArgs adds keyword arguments to a call, behind the argument after, or at the end if there is none of this name.
// The end is in front of `**kw`, since Python 2 takes nothing behind it. AddArgs returns nil if the call already has
// one of them, and if its argument is a generator.
func AddArgs(path string, call syntax.Node, after string, kws ...Keyword) []edit.Edit {
	g := newGroup(call)
	if g == nil || call.Kind() != syntax.Call || len(kws) == 0 {
		return nil
	}
	args := slices.Collect(call.Args())
	for _, arg := range args {
		if isGenerator(arg.Value) || slices.ContainsFunc(kws, func(kw Keyword) bool { return kw.Name == arg.Name }) {
			return nil
		}
	}
	eq := equalsOf(call)
	c := newChange(g)
	at := argIndex(args, after)
	for _, kw := range kws {
		c.added[at] = append(c.added[at], kw.Name+eq.after(kw.Name)+kw.Value)
	}
	return c.edits(path)
}

// argIndex returns the index of the argument name, else that of the last one that a keyword can follow, else -1.
func argIndex(args []syntax.Arg, name string) int {
	last := -1
	for i, arg := range args {
		if name != "" && arg.Name == name {
			return i
		}
		if arg.Value.Kind() != syntax.Star || arg.Value.Op() != "**" {
			last = i
		}
	}
	return last
}

// isGenerator reports whether n is a generator without parentheses of its own.
func isGenerator(n syntax.Node) bool {
	return n.Kind() == syntax.Comp && n.Open().Len() == 0
}

// equals is how a call writes the = of its keyword arguments.
type equals struct {
	spaced bool
	column int // from the start of the name, if the = of all lines stand below each other; else 0
}

func (e equals) after(name string) string {
	if !e.spaced {
		return "="
	}
	return strings.Repeat(" ", max(1, e.column-len(name))) + "= "
}

// equalsOf returns how most arguments of call are written, else most of the file.
func equalsOf(call syntax.Node) equals {
	src := call.File().Src
	spaced, tight := 0, 0
	columns, lengths := map[int]bool{}, map[int]bool{}
	for arg := range call.Args() {
		if arg.Name == "" {
			continue
		}
		op := skip(src, arg.NameSpan.End, isBlank)
		if op > arg.NameSpan.End {
			spaced++
		} else {
			tight++
		}
		columns[op-arg.NameSpan.Start] = true
		lengths[len(arg.Name)] = true
	}
	e := equals{spaced: spaced > tight}
	if spaced == tight {
		e.spaced = StyleOf(call.File()).SpacedEquals
	}
	if len(columns) == 1 && len(lengths) > 1 {
		for column := range columns {
			e.column = column
		}
	}
	return e
}

// RemoveArg removes arguments of a call. It returns nil if one of them is not there.
func RemoveArg(path string, call syntax.Node, args ...syntax.Arg) []edit.Edit {
	if call.Kind() != syntax.Call {
		return nil
	}
	spans := make([]syntax.Span, len(args))
	for i, arg := range args {
		spans[i] = arg.Span()
	}
	return remove(path, call, spans)
}

// RenameArg gives a keyword argument another name. It returns nil for a positional one.
func RenameArg(path string, arg syntax.Arg, newName string) []edit.Edit {
	if arg.Name == "" || arg.Name == newName {
		return nil
	}
	return finish(path, arg.Value.File(), []replacement{{arg.NameSpan.Start, arg.NameSpan.End, newName}})
}
