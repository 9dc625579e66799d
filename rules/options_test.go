package rules

import (
	"reflect"
	"strings"
	"testing"
)

// TestPatternOptions holds that options of patterns are told apart: those that are malformed are refused.
func TestPatternOptions(t *testing.T) {
	for _, r := range All() {
		if r.Options == nil {
			continue
		}
		typ := reflect.TypeOf(r.Options).Elem()
		for i := range typ.NumField() {
			tag := typ.Field(i).Tag
			saysSo := strings.HasPrefix(tag.Get("doc"), "patterns of") || tag.Get("toml") == "patterns"
			if saysSo != (tag.Get("format") == "glob") {
				t.Errorf("%s: option %s has the format %q", r.Name, tag.Get("toml"), tag.Get("format"))
			}
		}
	}
}
