package rewrite

import (
	"slices"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// An Entry is an entry of a dict to be written; key and value are strings, not source text.
type Entry struct {
	Key, Value string
}

// SetEntries makes the entries of a dict those of want, as [SetElems] does. An entry whose key is there stays where it
// is; its value is replaced if it is another string, and stays as it is written if same reports that it stands for the
// wanted value. It returns nil if a key is not statically known or unpacked.
func SetEntries(
	path string, dict syntax.Node, want []Entry, same func(value syntax.Node, want string) bool,
) []edit.Edit {
	g := newGroup(dict)
	if g == nil || dict.Kind() != syntax.Dict {
		return nil
	}
	entries := slices.Collect(dict.Entries())
	keys := keysOfDict(dict)
	if len(keys) < len(entries) {
		return nil
	}
	wanted := make([]string, len(want))
	for w := range want {
		wanted[w] = want[w].Key
	}
	at := match(len(keys), wanted, func(i int, want string) bool { return keys[i] == want })
	c := newChange(g)
	style := StyleAt(dict)
	for i := range entries {
		w := slices.Index(at, i)
		c.removed[i] = w < 0
		if w >= 0 && !same(entries[i].Value, want[w].Value) {
			c.out = append(c.out, replaceValue(entries[i].Value, want[w].Value, style))
		}
	}
	for i, texts := range places(keys, wanted, at) {
		for _, key := range texts {
			value := want[slices.Index(wanted, key)].Value
			c.added[i] = append(c.added[i], Quote(key, style)+": "+Quote(value, style))
		}
	}
	return c.edits(path)
}

// keysOfDict returns the keys of dict in order, nil if one is not statically known.
func keysOfDict(dict syntax.Node) []string {
	var keys []string
	for entry := range dict.Entries() {
		key, ok := entry.Key.Value()
		if !ok {
			return nil
		}
		keys = append(keys, key)
	}
	return keys
}

// replaceValue returns the replacement that makes value the string text.
func replaceValue(value syntax.Node, text string, style Style) replacement {
	if value.Kind() == syntax.String {
		return replaceLiteral(value, text)
	}
	return replacement{value.Span().Start, value.Span().End, Quote(text, style)}
}

// KeywordsToDict turns the keyword arguments of a call into a dict: f(a = 'x') becomes f({'a': 'x'}). Order, layout
// and comments stay. If the call has dicts as positional arguments, the last one gets the keywords, and an entry of it
// with the same key gets the keyword's value, since a keyword overrides it. KeywordsToDict returns nil if there is no
// keyword, if an argument unpacks or a positional one is no dict, and where keywords that would move into a dict have
// comments or may be overridden there by an entry whose key is not known.
func KeywordsToDict(path string, call syntax.Node) []edit.Edit {
	g := newGroup(call)
	if g == nil || call.Kind() != syntax.Call {
		return nil
	}
	var dicts []syntax.Node
	var kws []syntax.Arg
	for arg := range call.Args() {
		switch {
		case arg.Name != "":
			kws = append(kws, arg)
		case arg.Value.Kind() == syntax.Dict && len(kws) == 0:
			dicts = append(dicts, arg.Value)
		default:
			return nil
		}
	}
	switch {
	case len(kws) == 0:
		return nil
	case len(dicts) > 0:
		return mergeIntoDict(path, g, dicts[len(dicts)-1], kws)
	}
	return finish(path, g.node.File(), wrapKeywords(g, kws))
}

// wrapKeywords returns the replacements that make the arguments kws of g, which are all, the entries of a dict.
func wrapKeywords(g *group, kws []syntax.Arg) []replacement {
	out := []replacement{{g.open, g.open, "{"}, {g.close, g.close, "}"}}
	style := styleOfValues(g, kws)
	for _, kw := range kws {
		out = append(out, keywordToEntry(g.src, kw, style)...)
	}
	return append(out, shiftAligned(g)...)
}

// styleOfValues returns the style of the file, but with the quotes of the first value of kws that is a string.
func styleOfValues(g *group, kws []syntax.Arg) Style {
	for _, kw := range kws {
		if kw.Value.Kind() == syntax.String || kw.Value.Kind() == syntax.Concat {
			return StyleAt(kw.Value)
		}
	}
	return StyleAt(g.node)
}

// keywordToEntry returns the replacements for the name and the = of kw.
func keywordToEntry(src []byte, kw syntax.Arg, style Style) []replacement {
	key := replacement{kw.NameSpan.Start, kw.NameSpan.End, Quote(kw.Name, style)}
	op := skip(src, kw.NameSpan.End, isBlank)
	if src[op] != '=' { // a line end or a comment stands between
		for tok := range syntax.Scan(src[op:kw.Value.Span().Start]) {
			if isOp(src[op:], tok, '=') {
				op += tok.Span.Start
				break
			}
		}
		return []replacement{key, {op, op + 1, ":"}}
	}
	value := skip(src, op+1, isBlank)
	colon := ": "
	if isNewline(src[value]) || src[value] == '#' || src[value] == '\\' {
		value, colon = op+1, ":"
	}
	return []replacement{key, {kw.NameSpan.End, value, colon}}
}

// shiftAligned returns the replacements that move the lines of g by one column, as wide as the brace that the first
// item gets in front, if they stand below that item.
func shiftAligned(g *group) []replacement {
	first := g.items[0].span.Start
	if startsLine(g.src, first) || sameLine(g.src, g.open, g.close) {
		return nil
	}
	column := indentTo(g.src, first)
	for _, it := range g.items[1:] {
		if startsLine(g.src, it.span.Start) && indentOf(g.src, it.span.Start) != column {
			return nil
		}
	}
	inString := linesInStrings(g)
	var out []replacement
	for i := nextLine(g.src, lineEnd(g.src, g.open)); i <= g.close; i = nextLine(g.src, lineEnd(g.src, i)) {
		text := skip(g.src, i, isBlank)
		if !isLineEnd(g.src, text) && text < g.close && !inString(i) {
			out = append(out, replacement{text, text, " "})
		}
	}
	return out
}

// linesInStrings returns a function that reports whether an offset in g is within a string.
func linesInStrings(g *group) func(int) bool {
	toks := tokensIn(g.node.File(), syntax.Span{Start: g.open, End: g.close})
	return func(i int) bool {
		return slices.ContainsFunc(toks, func(t syntax.Token) bool {
			return t.Kind == syntax.StringTok && t.Span.Start < i && i < t.Span.End
		})
	}
}

// mergeIntoDict moves the keyword arguments kws of g into dict, which is the positional argument in front of them.
func mergeIntoDict(path string, g *group, dict syntax.Node, kws []syntax.Arg) []edit.Edit {
	inner := newGroup(dict)
	if inner == nil || hasComment(g.node.File(), syntax.Span{Start: dict.Span().End, End: g.close}) {
		return nil
	}
	in, out := newChange(inner), newChange(g)
	style := styleOfValues(g, kws)
	for _, kw := range kws {
		out.removed[g.index(kw.Span())] = true
		if entry, ok := entryOf(dict, kw.Name); ok {
			if keysOfDict(dict) == nil {
				return nil // an entry that is not known may override the known one
			}
			span := entry.Value.Span()
			in.out = append(in.out, replacement{span.Start, span.End, kw.Value.Text()})
			continue
		}
		last := len(inner.items) - 1
		in.added[last] = append(in.added[last], Quote(kw.Name, style)+": "+unindent(kw.Value))
	}
	return finish(path, g.node.File(), slices.Concat(in.replacements(), out.replacements()))
}

func hasComment(f *syntax.File, s syntax.Span) bool {
	return slices.ContainsFunc(tokensIn(f, s), func(t syntax.Token) bool { return t.Kind == syntax.CommentTok })
}

// entryOf returns the last entry of dict with a key.
func entryOf(dict syntax.Node, key string) (found syntax.Entry, ok bool) {
	for entry := range dict.Entries() {
		if k, known := entry.Key.Value(); known && k == key {
			found, ok = entry, true
		}
	}
	return found, ok
}

// unindent returns the source of n with its lines relative to the line that it starts on, as [reindent] wants it.
func unindent(n syntax.Node) string {
	src := n.File().Src
	return trimIndent(n.Text(), indentOf(src, n.Span().Start))
}
