package config

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// An option is a field of a rule's Options: a struct tag `toml` names it in kebab-case, `doc` describes it in one line,
// and `enum` lists its values with commas between them if they are few. The strings of one with `format:"glob"` are
// patterns of doublestar.
type option struct {
	name, doc string
	index     int
	typ       reflect.Type
	enum      []string
	format    string
}

// globFormat is the format of options that hold patterns.
const globFormat = "glob"

// optionsOf returns the options of a rule in the order of its struct; none if options is nil.
func optionsOf(options any) []option {
	if options == nil {
		return nil
	}
	typ := reflect.TypeOf(options).Elem()
	list := make([]option, 0, typ.NumField())
	for i := range typ.NumField() {
		field := typ.Field(i)
		o := option{name: field.Tag.Get("toml"), doc: field.Tag.Get("doc"), index: i, typ: field.Type}
		o.format = field.Tag.Get("format")
		if enum, ok := field.Tag.Lookup("enum"); ok {
			o.enum = strings.Split(enum, ",")
		}
		list = append(list, o)
	}
	return list
}

// optionNames returns the keys of a rule's table.
func optionNames(options []option) []string {
	names := make([]string, 0, len(options)+1)
	for _, o := range options {
		names = append(names, o.name)
	}
	return append(names, severityKey)
}

var kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// checkOptions says what keeps options from being decoded into.
func checkOptions(options any) error {
	if options == nil {
		return nil
	}
	value := reflect.ValueOf(options)
	if value.Kind() != reflect.Pointer || value.IsNil() || value.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("%T is no pointer to a struct", options)
	}
	for _, o := range optionsOf(options) {
		field := value.Elem().Type().Field(o.index)
		switch {
		case !field.IsExported():
			return fmt.Errorf("field %s is not exported", field.Name)
		case !kebab.MatchString(o.name) || o.name == severityKey:
			return fmt.Errorf("field %s has no proper toml tag: %q", field.Name, o.name)
		case o.doc == "":
			return fmt.Errorf("field %s has no doc tag", field.Name)
		case o.format != "" && o.format != globFormat:
			return fmt.Errorf("field %s has a format that is not known: %q", field.Name, o.format)
		}
		if err := checkType(o.typ); err != nil {
			return fmt.Errorf("field %s: %w", field.Name, err)
		}
	}
	return nil
}

// checkType says whether decode knows a type.
func checkType(typ reflect.Type) error {
	switch typ.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Uint, reflect.Float64:
		return nil
	case reflect.Slice:
		return checkType(typ.Elem())
	case reflect.Map:
		if typ.Key().Kind() == reflect.String {
			return checkType(typ.Elem())
		}
	}
	return fmt.Errorf("%s is no type of an option", typ)
}

// want says for a person what values of a type look like, as node.kind does.
func want(typ reflect.Type) string {
	switch typ.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Uint:
		return "a whole number from 0"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	}
	return "a table"
}

// A valueError is a value that is not what it should be, possibly inside of a list or table.
type valueError struct {
	at int
	error
}

// decode returns the value of n as a typ, in the shape that the type asks for, or all that is wrong with it.
func decode(n *node, typ reflect.Type) (reflect.Value, []valueError) {
	value := reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.Slice:
		if n.array {
			return decodeList(n, value)
		}
	case reflect.Map:
		if n.table != nil {
			return decodeTable(n, value)
		}
	default:
		if decodeScalar(n.value, value) {
			return value, nil
		}
	}
	return value, []valueError{{n.at, fmt.Errorf("want %s, got %s", want(typ), got(n, typ))}}
}

// got says what n is: a number where another number is wanted, else its kind.
func got(n *node, typ reflect.Type) string {
	switch n.value.(type) {
	case int64, float64:
		if reflect.Zero(typ).CanConvert(reflect.TypeFor[float64]()) {
			return fmt.Sprint(n.value)
		}
	}
	return n.kind()
}

// decodeScalar sets value, and reports whether the scalar is of its type and within its bounds.
func decodeScalar(scalar any, value reflect.Value) bool {
	switch s := scalar.(type) {
	case string:
		if value.Kind() == reflect.String {
			value.SetString(s)
			return true
		}
	case bool:
		if value.Kind() == reflect.Bool {
			value.SetBool(s)
			return true
		}
	case float64:
		if value.Kind() == reflect.Float64 && !math.IsNaN(s) && !math.IsInf(s, 0) {
			value.SetFloat(s)
			return true
		}
	case int64:
		return decodeInt(s, value)
	}
	return false
}

func decodeInt(n int64, value reflect.Value) bool {
	switch {
	case value.CanInt() && !value.OverflowInt(n):
		value.SetInt(n)
	case value.CanUint() && n >= 0 && !value.OverflowUint(uint64(n)):
		value.SetUint(uint64(n))
	case value.CanFloat():
		value.SetFloat(float64(n))
	default:
		return false
	}
	return true
}

func decodeList(n *node, list reflect.Value) (reflect.Value, []valueError) {
	var errs []valueError
	list = reflect.MakeSlice(list.Type(), 0, len(n.list))
	for _, element := range n.list {
		value, elementErrs := decode(element, list.Type().Elem())
		list = reflect.Append(list, value)
		errs = append(errs, elementErrs...)
	}
	return list, errs
}

func decodeTable(n *node, table reflect.Value) (reflect.Value, []valueError) {
	var errs []valueError
	table = reflect.MakeMap(table.Type())
	for _, key := range n.keys() {
		value, valueErrs := decode(n.table[key], table.Type().Elem())
		table.SetMapIndex(reflect.ValueOf(key).Convert(table.Type().Key()), value)
		errs = append(errs, valueErrs...)
	}
	return table, errs
}

// check holds the strings of a value against what the option says of them.
func (o option) check(n *node) []valueError {
	var errs []valueError
	for _, element := range append(slices.Clone(n.list), n) {
		if s, ok := element.value.(string); ok {
			if err := o.checkText(s); err != nil {
				errs = append(errs, valueError{element.at, err})
			}
		}
	}
	return errs
}

func (o option) checkText(text string) error {
	switch {
	case o.enum != nil && !slices.Contains(o.enum, text):
		return errors.New(unknown("value", text, o.enum, "it is one of "+quoteAll(o.enum)))
	case o.format == globFormat:
		return checkGlob(text)
	}
	return nil
}

func quoteAll(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
