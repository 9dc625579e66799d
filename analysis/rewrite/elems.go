package rewrite

import (
	"cmp"
	"slices"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// RemoveElem removes elements of a list, tuple or set, entries of a dict, which are named by their keys, or positional
// arguments of a call. It returns nil if one of them is not there, for a tuple without brackets, and if it would empty
// a set.
func RemoveElem(path string, list syntax.Node, elems ...syntax.Node) []edit.Edit {
	spans := make([]syntax.Span, len(elems))
	for i, elem := range elems {
		spans[i] = elem.Span()
	}
	return remove(path, list, spans)
}

// remove removes the items of n at spans.
func remove(path string, n syntax.Node, spans []syntax.Span) []edit.Edit {
	g := newGroup(n)
	if g == nil {
		return nil
	}
	c := newChange(g)
	for _, span := range spans {
		i := g.index(span)
		if i < 0 {
			return nil
		}
		c.removed[i] = true
	}
	return c.edits(path)
}

// InsertElem adds the source text of an element to a list, tuple or set, that of an entry to a dict, or that of a
// positional argument to a call, behind the element, key or argument after, or in the first place if after is zero.
// Lines of text but the first are relative to the place. It returns nil if after is not there, for a tuple without
// brackets and for a call whose argument is a generator.
func InsertElem(path string, list, after syntax.Node, text string) []edit.Edit {
	g := newGroup(list)
	if g == nil {
		return nil
	}
	for arg := range list.Args() {
		if isGenerator(arg.Value) {
			return nil
		}
	}
	i := -1
	if !after.IsZero() {
		if i = g.index(after.Span()); i < 0 {
			return nil
		}
	}
	c := newChange(g)
	c.added[i] = []string{text}
	return c.edits(path)
}

// SetElems makes the elements of a list, tuple or set those that stand for the strings want. An element for which same
// reports that it stands for one of want stays as it is written, with its comments, as often as want has it; the other
// elements go. The missing strings come in as literals: in order, if the elements there are sorted, else each behind
// the one that it follows in want. It returns nil for a tuple without brackets and if it would empty a set.
func SetElems(path string, list syntax.Node, want []string, same func(elem syntax.Node, want string) bool) []edit.Edit {
	g := newGroup(list)
	if g == nil || list.Kind() == syntax.Call || list.Kind() == syntax.Dict {
		return nil
	}
	elems := slices.Collect(list.Elems())
	c := newChange(g)
	at := match(len(elems), want, func(i int, want string) bool { return same(elems[i], want) })
	for i := range elems {
		c.removed[i] = !slices.Contains(at, i)
	}
	style := StyleAt(list)
	literals := func(texts []string) []string {
		out := make([]string, len(texts))
		for i, text := range texts {
			out[i] = Quote(text, style)
		}
		return out
	}
	for i, texts := range places(keysOf(elems), want, at) {
		c.added[i] = literals(texts)
	}
	return c.edits(path)
}

// match returns for each of want the index of the first of n items that stands for it and for none before it, or -1.
func match(n int, want []string, same func(i int, want string) bool) []int {
	at := make([]int, len(want))
	taken := make([]bool, n)
	for w := range want {
		at[w] = -1
		for i := range n {
			if !taken[i] && same(i, want[w]) {
				at[w], taken[i] = i, true
				break
			}
		}
	}
	return at
}

// keysOf returns what elems are sorted by: the value of the string, or of the only one in a call. It is nil if one has
// none.
func keysOf(elems []syntax.Node) []string {
	var keys []string
	for _, elem := range elems {
		key, ok := elem.Value()
		for arg := range elem.Args() {
			key, ok = arg.Value.Value()
			break
		}
		if !ok {
			return nil
		}
		keys = append(keys, key)
	}
	return keys
}

// places returns which of want, those that have the index -1 in at, go behind which item; -1 is the first place. Keys
// are what the items are sorted by, nil if that is not known.
func places(keys, want []string, at []int) map[int][]string {
	added := map[int][]string{}
	sorted := len(keys) > 1 && slices.IsSorted(keys)
	last := -1
	for w, text := range want {
		switch {
		case at[w] >= 0:
			last = at[w]
		case sorted:
			i := lastBefore(keys, text, at)
			added[i] = append(added[i], text)
		default:
			added[last] = append(added[last], text)
		}
	}
	if sorted {
		for _, texts := range added {
			slices.SortFunc(texts, cmp.Compare)
		}
	}
	return added
}

// lastBefore returns the index of the last of the items in at whose key is not greater than text, -1 if there is none.
func lastBefore(keys []string, text string, at []int) int {
	last := -1
	for _, i := range at {
		if i > last && keys[i] <= text {
			last = i
		}
	}
	return last
}
