package python

import (
	"bytes"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// anyKey stands for any key in a path.
const anyKey = "*"

// A tomlKey is a component of the path of a value.
type tomlKey struct {
	text string
	span syntax.Span // between its quotes
}

// A tomlValue is a value of a TOML file that is no table, with the keys that lead to it.
type tomlValue struct {
	path   []tomlKey
	node   *unstable.Node // nil for a table that is opened and has none of its own yet
	parser *unstable.Parser
}

// A tomlString is a string of a TOML file.
type tomlString struct {
	text    string
	content syntax.Span // between its quotes
	exact   bool        // the text is what is written there
}

// walkTOML calls visit for each value of a file, and for each table header. It reports whether the file is TOML.
func walkTOML(src []byte, visit func(tomlValue)) bool {
	p := &unstable.Parser{}
	p.Reset(src)
	var table []tomlKey
	for p.NextExpression() {
		n := p.Expression()
		switch n.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = appendKeys(nil, p, n)
			visit(tomlValue{table, nil, p})
		case unstable.KeyValue:
			walkKeyValue(p, table, n, visit)
		}
	}
	return p.Error() == nil
}

// walkKeyValue visits a value. Tables within the line are walked.
func walkKeyValue(p *unstable.Parser, table []tomlKey, n *unstable.Node, visit func(tomlValue)) {
	path := appendKeys(table, p, n)
	value := n.Value()
	if value.Kind != unstable.InlineTable {
		visit(tomlValue{path, value, p})
		return
	}
	visit(tomlValue{path, nil, p})
	for it := value.Children(); it.Next(); {
		if child := it.Node(); child.Kind == unstable.KeyValue {
			walkKeyValue(p, path, child, visit)
		}
	}
}

// appendKeys returns the path of a table with the keys of an expression.
func appendKeys(table []tomlKey, p *unstable.Parser, n *unstable.Node) []tomlKey {
	path := append([]tomlKey(nil), table...)
	for it := n.Key(); it.Next(); {
		s := textOf(p, it.Node())
		path = append(path, tomlKey{s.text, s.content})
	}
	return path
}

// textOf returns a string or a key with its place.
func textOf(p *unstable.Parser, n *unstable.Node) tomlString {
	raw := p.Raw(n.Raw)
	start := int(n.Raw.Offset)
	for _, quotes := range []int{0, 1, 3} {
		if len(raw) >= 2*quotes && bytes.Equal(raw[quotes:len(raw)-quotes], n.Data) {
			return tomlString{string(n.Data), syntax.Span{Start: start + quotes, End: start + len(raw) - quotes}, true}
		}
	}
	return tomlString{string(n.Data), syntax.Span{Start: start, End: start + len(raw)}, false}
}

// is reports whether a value has the given path.
func (v tomlValue) is(keys ...string) bool { return len(v.path) == len(keys) && v.below(keys...) }

// below reports whether the path of a value begins with the given keys.
func (v tomlValue) below(keys ...string) bool {
	if len(v.path) < len(keys) {
		return false
	}
	for i, key := range keys {
		if key != anyKey && v.path[i].text != key {
			return false
		}
	}
	return true
}

// empty reports whether a value is a table that has nothing of its own.
func (v tomlValue) empty() bool { return v.node == nil }

// strings returns the strings of a list. It reports whether the value is one, and holds nothing else.
func (v tomlValue) strings() (texts []tomlString, ok bool) {
	if v.node == nil || v.node.Kind != unstable.Array {
		return nil, v.node == nil
	}
	ok = true
	for it := v.node.Children(); it.Next(); {
		switch n := it.Node(); n.Kind {
		case unstable.String:
			texts = append(texts, textOf(v.parser, n))
		case unstable.Comment:
		default:
			ok = false
		}
	}
	return texts, ok
}

// joinKeys returns a path as text.
func joinKeys(path []tomlKey) string {
	var texts []string
	for _, k := range path {
		texts = append(texts, k.text)
	}
	return strings.Join(texts, ".")
}
