package config

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// tomlKey returns a key as TOML writes it.
func tomlKey(key string) string {
	if bareKey.MatchString(key) {
		return key
	}
	return tomlString(key)
}

// tomlValue returns a value of the types that options may have as TOML writes it, on one line. The library's encoder
// writes documents with literal strings and a table a section, which is not what people write here.
func tomlValue(value any) string {
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.String:
		return tomlString(v.String())
	case reflect.Float64:
		return tomlFloat(v.Float())
	case reflect.Slice:
		elements := make([]string, v.Len())
		for i := range elements {
			elements[i] = tomlValue(v.Index(i).Interface())
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case reflect.Map:
		var pairs []string
		for _, key := range v.MapKeys() {
			pairs = append(pairs, tomlKey(key.String())+" = "+tomlValue(v.MapIndex(key).Interface()))
		}
		if pairs == nil {
			return "{}"
		}
		slices.Sort(pairs)
		return "{ " + strings.Join(pairs, ", ") + " }"
	}
	return fmt.Sprint(value)
}

// tomlFloat returns a number that TOML takes for a fraction.
func tomlFloat(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// tomlString returns a basic string; what is not UTF-8 becomes U+FFFD.
func tomlString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
