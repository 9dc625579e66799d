package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// A node is a value of a TOML document with its place. The library decodes either values or places: a tree of the
// places is built from its parser, and the values are filled in from what it decodes.
type node struct {
	key   int              // offset of the key that first names it, of the element in a list
	at    int              // offset of the value; of the key where the parser does not tell
	value any              // a scalar: string, int64, float64, bool or one of the dates; nil for tables and lists
	table map[string]*node // of a table, else nil
	list  []*node          // of a list
	array bool             // whether it is a list, possibly empty
}

// parse reads a TOML document. The error is of type *toml.DecodeError where it has a place.
func parse(data []byte) (*node, error) {
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		return nil, err
	}
	root, err := places(data)
	if err != nil {
		return nil, err
	}
	root.fill(values)
	return root, nil
}

// places returns the tree of a document without its values.
func places(data []byte) (*node, error) {
	root := newTable(0)
	var p unstable.Parser
	p.Reset(data)
	current := root
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table:
			current = root.descend(e.Key())
		case unstable.ArrayTable:
			current = root.descend(e.Key()).appendTable(offset(e.Child()))
		case unstable.KeyValue:
			current.set(e)
		}
	}
	return root, p.Error()
}

func newTable(at int) *node { return &node{key: at, at: at, table: map[string]*node{}} }

func offset(n *unstable.Node) int { return int(n.Raw.Offset) }

// descend returns the table below n that a dotted key names; of a list of tables the last.
func (n *node) descend(keys unstable.Iterator) *node {
	for keys.Next() {
		name := string(keys.Node().Data)
		child := n.table[name]
		if child == nil {
			child = newTable(offset(keys.Node()))
			n.table[name] = child
		}
		n = child
		if len(n.list) > 0 && !keys.IsLast() {
			n = n.list[len(n.list)-1]
		}
	}
	return n
}

// appendTable makes n a list of tables, if it is none yet, and returns a new last one.
func (n *node) appendTable(at int) *node {
	n.array = true
	table := newTable(at)
	n.list = append(n.list, table)
	return table
}

// set enters the place of a key and its value below n.
func (n *node) set(keyValue *unstable.Node) {
	child := n.descend(keyValue.Key())
	child.shape(keyValue.Value())
}

// shape gives n the place and the structure of a value.
func (n *node) shape(value *unstable.Node) {
	if value.Raw.Length > 0 {
		n.at = offset(value)
	}
	switch children := value.Children(); value.Kind {
	case unstable.Array:
		n.array = true
		for children.Next() {
			element := newTable(n.at)
			element.shape(children.Node())
			element.key = element.at
			n.list = append(n.list, element)
		}
	case unstable.InlineTable:
		for children.Next() {
			n.set(children.Node())
		}
	}
}

// fill enters the decoded values into the tree.
func (n *node) fill(value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, v := range value {
			if child := n.table[name]; child != nil {
				child.fill(v)
			}
		}
		return
	case []any:
		for i, v := range value[:min(len(value), len(n.list))] {
			n.list[i].fill(v)
		}
	default:
		n.value = value
	}
	n.table = nil
}

// keys returns the keys of a table in the order of the document.
func (n *node) keys() []string {
	keys := slices.Collect(maps.Keys(n.table))
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(n.table[a].key, n.table[b].key), cmp.Compare(a, b))
	})
	return keys
}

// kind says for a person what n is.
func (n *node) kind() string {
	switch n.value.(type) {
	case string:
		return "a string"
	case int64:
		return "a whole number"
	case float64:
		return "a fraction"
	case bool:
		return "a boolean"
	case nil:
		if n.array {
			return "a list"
		}
		return "a table"
	}
	return "a date or time"
}

// bareWord is a value that somebody left without quotes.
var bareWord = regexp.MustCompile(`^[A-Za-z][\w-]*`)

// syntaxError returns where a document cannot be read and why.
func syntaxError(data []byte, err error) (offset int, message string) {
	message = strings.TrimPrefix(err.Error(), "toml: ")
	var decode *toml.DecodeError
	if !errors.As(err, &decode) {
		return 0, message
	}
	row, column := decode.Position()
	offset = runeStart(data, offsetOf(data, row, column)) // it may name the last byte of a character
	word := string(bareWord.Find(data[offset:]))
	noValue := strings.HasPrefix(message, "unexpected character") || strings.HasPrefix(message, "expected keyword")
	if noValue && word != "" {
		return offset, fmt.Sprintf("a string is written in quotes: %q", word)
	}
	return offset, message
}
