package config

import (
	"bytes"
	"fmt"
	"reflect"

	"github.com/buildlint/buildlint/analysis"
)

// The keys of a file, of an override and of a rule's table.
const (
	dialectKey     = "dialect"
	extendsKey     = "extends"
	sourceRootsKey = "source-roots"
	testRootsKey   = "test-roots"
	excludeKey     = "exclude"
	rulesKey       = "rules"
	kindsKey       = "kinds"
	overridesKey   = "overrides"

	pathsKey    = "paths"
	severityKey = "severity"
)

//nolint:gochecknoglobals // tables that nobody writes
var (
	fileKeys = []string{
		dialectKey, extendsKey, sourceRootsKey, testRootsKey, excludeKey, rulesKey, kindsKey, overridesKey,
	}
	overrideKeys = []string{pathsKey, rulesKey}
)

// A file is what one buildlint.toml says, checked. Its slices are in the order of the document.
type file struct {
	name string // for people
	dir  string // that it speaks of, relative to the root

	dialect     *located[string]
	extends     *located[[]string]
	sourceRoots *located[[]string]
	testRoots   *located[[]string]
	kinds       map[string]located[string]
	exclude     []located[pattern]
	rules       []ruleSetting
	overrides   []override
}

// A located is a value with the place that it comes from, for people.
type located[T any] struct {
	value  T
	origin string
}

// A ruleSetting is what a file says of a rule.
type ruleSetting struct {
	rule     int                         // index in the catalogue
	severity *located[analysis.Severity] // nil if the file leaves it
	options  []optionSetting
}

type optionSetting struct {
	option
	value  reflect.Value
	origin string
}

type override struct {
	paths []pattern
	rules []ruleSetting
}

// A fileReader turns the tree of a document into a file and collects what is wrong with it.
type fileReader struct {
	file
	data      []byte // without a byte order mark
	bom       int    // its length
	detected  string // dialect where the file names none
	catalogue *Catalogue
	errs      Errors
}

// readFile returns what a configuration file says and all that is wrong with it. The file's own rules count for the
// directory dir; dialect is the one that is in force there if the file names none.
func readFile(name, dir string, data []byte, dialect string, catalogue *Catalogue) (*file, Errors) {
	bom := len(data)
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	bom -= len(data)
	r := &fileReader{
		file: file{name: name, dir: dir}, data: data, bom: bom, detected: dialect, catalogue: catalogue,
	}
	root, err := parse(data)
	if err != nil {
		offset, message := syntaxError(data, err)
		r.errorf(offset, "%s", message)
		return nil, r.errs
	}
	for _, key := range root.keys() {
		r.key(key, root.table[key])
	}
	if kinds := root.table[kindsKey]; kinds != nil && r.atRoot(kindsKey, kinds) {
		r.readKinds(kinds)
	}
	return &r.file, r.errs
}

func (r *fileReader) errorf(offset int, format string, args ...any) {
	line, column := place(r.data, offset)
	r.errs = append(r.errs, &Error{
		Path: r.name, Line: line, Column: column, Message: fmt.Sprintf(format, args...), Offset: r.bom + offset,
	})
}

func (r *fileReader) origin(offset int) string {
	line, _ := place(r.data, offset)
	return fmt.Sprintf("%s:%d", r.name, line)
}

// key reads a key of the file's top. The kinds are left for later: they depend on the dialect.
func (r *fileReader) key(key string, n *node) {
	switch key {
	case dialectKey:
		r.dialect = r.readDialect(n)
	case extendsKey:
		r.extends = r.readExtends(n)
	case sourceRootsKey:
		r.sourceRoots = r.readRoots(key, n)
	case testRootsKey:
		r.testRoots = r.readRoots(key, n)
	case excludeKey:
		r.exclude = r.readPatterns(key, n)
	case rulesKey:
		r.rules = r.readRules(n)
	case overridesKey:
		r.readOverrides(n)
	case kindsKey:
	default:
		r.unknownKey(key, n)
	}
}

func (r *fileReader) unknownKey(key string, n *node) {
	if _, ok := r.catalogue.rule(key); ok {
		r.errorf(n.key, "`%s` is a rule: it belongs below `[rules]`", key)
		return
	}
	r.errorf(n.key, "%s", unknown("key", key, fileKeys, "there are "+quoteAll(fileKeys)))
}

// atRoot reports whether the file is that of the whole workspace, and complains of the key if not.
func (r *fileReader) atRoot(key string, n *node) bool {
	if r.dir == "" {
		return true
	}
	r.errorf(n.key, "`%s` counts for the whole workspace: it belongs into the %s at its root", key, FileName)
	return false
}
