package python

import (
	"errors"
	"fmt"
	"strings"
)

// An EntryPoint names an object of a module, or a module alone.
type EntryPoint struct {
	Module string   // "pkg.mod"
	Object string   // "main" or "Class.method", "" for the module itself
	Extras []string // what it needs, of `pkg.mod:main [extra]`
}

// A Script is a console script: a name and what it runs.
type Script struct {
	Name string
	EntryPoint
}

// ParseEntryPoint reads "pkg.mod", "pkg.mod:func" or "pkg.mod:Class.attr", with `[extra, …]` behind it or not.
func ParseEntryPoint(s string) (EntryPoint, error) {
	reference, extras, err := cutExtras(s)
	if err != nil {
		return EntryPoint{}, fmt.Errorf("entry point %q: %w", s, err)
	}
	module, object, colon := strings.Cut(reference, ":")
	module, object = strings.TrimSpace(module), strings.TrimSpace(object)
	switch {
	case !isDotted(module):
		return EntryPoint{}, fmt.Errorf("entry point %q: %q is no module's dotted name", s, module)
	case colon && !isDotted(object):
		return EntryPoint{}, fmt.Errorf("entry point %q: %q is no name of an object", s, object)
	}
	return EntryPoint{Module: module, Object: object, Extras: extras}, nil
}

// ParseScript reads "name = pkg.mod:func", as in `console_scripts` of a setup.py.
func ParseScript(s string) (Script, error) {
	name, reference, ok := strings.Cut(s, "=")
	if !ok {
		return Script{}, fmt.Errorf("console script %q: it is to be written as %q", s, "name = module:function")
	}
	if name = strings.TrimSpace(name); name == "" {
		return Script{}, fmt.Errorf("console script %q: its name is missing", s)
	}
	entry, err := ParseEntryPoint(reference)
	if err != nil {
		return Script{}, fmt.Errorf("console script %q: %w", name, err)
	}
	return Script{Name: name, EntryPoint: entry}, nil
}

// String returns "pkg.mod:object" without the extras.
func (e EntryPoint) String() string {
	if e.Object == "" {
		return e.Module
	}
	return e.Module + ":" + e.Object
}

func cutExtras(s string) (reference string, extras []string, err error) {
	reference, list, ok := strings.Cut(s, "[")
	if !ok {
		return s, nil, nil
	}
	list, rest, closed := strings.Cut(list, "]")
	if !closed || strings.TrimSpace(rest) != "" {
		return "", nil, errors.New(`the extras must end it with a "]"`)
	}
	for extra := range strings.SplitSeq(list, ",") {
		if extra = strings.TrimSpace(extra); extra != "" {
			extras = append(extras, extra)
		}
	}
	return reference, extras, nil
}

// isDotted reports whether s is identifiers with dots between them.
func isDotted(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if !isIdentifier(part) {
			return false
		}
	}
	return true
}
