package meaning

import (
	"path"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// A target is a statement of a BUILD file as the build tool sees it: what two spellings share is the same here.
type target struct {
	dir    string
	kind   string
	name   string            // "" if it is not a string
	fields map[string]string // normalised, by keyword
	call   *symbol
}

// addressFields are the fields that hold addresses.
func addressFields() []string {
	return []string{
		"dependencies", "libraries", "java_sources", "links", "setup_requires", "binary", "target", "node_module",
		"sources_target",
	}
}

// newTarget normalises a call that stands in a BUILD file of a directory.
func newTarget(dir string, call *symbol) *target {
	t := &target{dir: dir, kind: call.fn, name: path.Base(dir), fields: map[string]string{}, call: call}
	if call.recv != nil {
		t.kind, t.name = call.String(), "" // x.f(…): as it is written
		return t
	}
	for i, a := range call.args {
		t.fields["argument "+string(rune('1'+i))] = a.String()
	}
	for _, kw := range call.kwargs {
		t.set(string(kw[0].(starlark.String)), kw[1])
	}
	return t
}

func (t *target) set(field string, v starlark.Value) {
	switch {
	case field == "name":
		t.name, _ = starlark.AsString(v)
		t.fields[field] = t.name
		if t.name == "" {
			t.fields[field] = v.String()
		}
	case slices.Contains(addressFields(), field):
		t.fields[field] = addresses(t.dir, v)
	case field == "provides":
		t.fields[field] = provides(t.dir, v)
	default:
		t.fields[field] = v.String()
	}
}

func (t *target) address() string { return t.dir + ":" + t.name }

// get returns the value of a keyword, nil if it is not given.
func (t *target) get(field string) starlark.Value {
	for _, kw := range t.call.kwargs {
		if string(kw[0].(starlark.String)) == field {
			return kw[1]
		}
	}
	return nil
}

// address returns the one spelling of the address of a target.
func address(dir, text string) string {
	text = strings.TrimPrefix(text, "//")
	i := strings.LastIndexByte(text, ':')
	switch {
	case i == 0:
		return dir + text
	case i < 0:
		return text + ":" + path.Base(text)
	}
	return text
}

// addresses normalises an expression that holds addresses. A list is a set: neither order nor repetition means
// anything.
func addresses(dir string, v starlark.Value) string {
	var found []string
	add := func(e starlark.Value) { found = append(found, oneAddress(dir, e)) }
	switch v := v.(type) {
	case starlark.String:
		return oneAddress(dir, v)
	case starlark.Sequence:
		for e := range starlark.Elements(v) {
			add(e)
		}
	case *symbol:
		if v.recv == nil || len(v.args) != 1 { // no sum of a list and something else
			return v.String()
		}
		add(v.recv)
		found = append(found, v.fn+" "+addresses(dir, v.args[0]))
	default:
		return v.String()
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), "\n")
}

// oneAddress normalises an address, also in pants(…), which gives its argument back, and in scoped(…).
func oneAddress(dir string, v starlark.Value) string {
	switch v := v.(type) {
	case starlark.String:
		return address(dir, string(v))
	case *symbol:
		if !v.called || v.recv != nil || len(v.args) == 0 {
			return v.String()
		}
		inner := oneAddress(dir, v.args[0])
		if v.fn == "pants" && len(v.args) == 1 && len(v.kwargs) == 0 {
			return inner
		}
		whole := &symbol{fn: v.fn, called: true, args: v.args[1:], kwargs: v.kwargs}
		return inner + " in " + whole.String()
	}
	return v.String()
}

// provides normalises setup_py(…).with_binaries(…): keywords are entries of the dict, later calls add to earlier ones,
// and the order means nothing.
func provides(dir string, v starlark.Value) string {
	s, ok := v.(*symbol)
	scripts := map[string]string{}
	var rest []string
	for ok && s.recv != nil && s.called && s.fn == "with_binaries" {
		own := map[string]string{}
		for _, a := range s.args {
			dict, ok := a.(*starlark.Dict)
			if !ok {
				if _, ok := a.(*symbol); ok {
					rest = append(rest, a.String())
				}
				continue // Pants ignores what is no dict
			}
			for _, item := range dict.Items() {
				own[item[0].String()] = oneAddress(dir, item[1])
			}
		}
		for _, kw := range s.kwargs {
			own[kw[0].String()] = oneAddress(dir, kw[1])
		}
		for k, a := range own {
			if _, ok := scripts[k]; !ok { // a later call has set it
				scripts[k] = a
			}
		}
		s = s.recv
	}
	if !ok {
		return v.String()
	}
	for k, a := range scripts {
		rest = append(rest, k+": "+a)
	}
	slices.Sort(rest)
	return strings.Join(append([]string{s.String()}, rest...), "\n")
}
