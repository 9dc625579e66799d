package python

import (
	"bytes"
	"errors"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A Listed is a requirement that stands in a file which is no requirements file.
type Listed struct {
	Name string      // of the project, as written
	Span syntax.Span // of the string, or of the key, between its quotes
	// Requirement is what is asked for by PEP 508, nil where the file says it in words of its own. Its spans are of the
	// file if Exact.
	Requirement *Requirement
	Exact       bool
	Errors      []Error
	// Group is the table or the list that it stands in: "dependencies", "optional-dependencies.dev".
	Group string
}

// A listing collects what a file lists.
type listing struct {
	found   []Listed
	unknown bool // there may be more
}

// result returns what was found, and whether that is all. A file that lists nothing is one that something else is wrong
// with.
func (l *listing) result() ([]Listed, bool) { return l.found, !l.unknown && len(l.found) > 0 }

// specifier adds a PEP 508 requirement, as Pants reads it: options at its end do not count.
func (l *listing) specifier(s tomlString, group string) {
	text, _, _ := strings.Cut(s.text, "--")
	if text = strings.TrimRight(strings.TrimSpace(text), `\`); text == "" || text[0] == '#' || text[0] == '-' {
		return
	}
	offset := s.content.Start + strings.Index(s.text, text)
	found := Listed{Span: s.content, Exact: s.exact, Group: group}
	r, errs := ParseRequirementAt(text, offset)
	found.Requirement, found.Errors, found.Name = &r, errs, r.Name
	if found.Exact {
		found.Span = r.Span
	}
	if found.Name == "" {
		l.unknown = true
		return
	}
	l.found = append(l.found, found)
}

// name adds a requirement by its name alone, once.
func (l *listing) name(name string, span syntax.Span, group string) {
	for _, f := range l.found {
		if f.Name == name && f.Group == group {
			return
		}
	}
	l.found = append(l.found, Listed{Name: name, Span: span, Group: group})
}

// ProjectRequirements reads what the table `project` of a pyproject.toml asks for: `dependencies` and
// `optional-dependencies` (PEP 621). It reports whether that is all.
func ProjectRequirements(src []byte) (found []Listed, complete bool) {
	l := &listing{}
	complete = walkTOML(src, func(v tomlValue) {
		switch {
		case v.is("project", "dependencies"):
			l.specifiers(v, "dependencies")
		case v.is("project", "optional-dependencies", anyKey):
			l.specifiers(v, "optional-dependencies."+v.path[2].text)
		case v.empty():
		case v.below("project", "dependencies"), v.below("project", "optional-dependencies"):
			l.unknown = true
		}
	})
	found, listed := l.result()
	return found, complete && listed
}

// UvRequirements reads `dev-dependencies` of the table `tool.uv` of a pyproject.toml, as Pants does.
func UvRequirements(src []byte) (found []Listed, complete bool) {
	l := &listing{}
	complete = walkTOML(src, func(v tomlValue) {
		if v.below("tool", "uv", "dev-dependencies") {
			l.specifiers(v, "dev-dependencies")
		}
	})
	found, listed := l.result()
	return found, complete && listed
}

func (l *listing) specifiers(v tomlValue, group string) {
	texts, ok := v.strings()
	l.unknown = l.unknown || !ok
	for _, s := range texts {
		l.specifier(s, group)
	}
}

// PoetryRequirements reads the names of what Poetry's tables of a pyproject.toml ask for, in the order of the file. It
// reports whether that is all. A project at a path is among them, though it may be one of the repository and then is no
// requirement.
func PoetryRequirements(src []byte) (found []Listed, complete bool) {
	l := &listing{}
	complete = walkTOML(src, func(v tomlValue) {
		at, ok := poetryGroup(v)
		switch {
		case !ok:
		case len(v.path) <= at:
			l.unknown = l.unknown || !v.empty()
		case v.path[at].text == "python" && at == 3:
		default:
			l.name(v.path[at].text, v.path[at].span, joinKeys(v.path[2:at]))
		}
	})
	found, listed := l.result()
	return found, complete && listed
}

// poetryGroup reports whether a value belongs to a table of Poetry that names projects, and where in its path they are.
func poetryGroup(v tomlValue) (at int, ok bool) {
	switch {
	case v.below("tool", "poetry", "dependencies"), v.below("tool", "poetry", "dev-dependencies"):
		return 3, true
	case v.below("tool", "poetry", "group", anyKey, "dependencies"):
		return 5, true
	}
	return 0, false
}

// PipfileLockRequirements reads the names of what a Pipfile.lock has in `default` and `develop`. It reports whether
// that is all.
func PipfileLockRequirements(src []byte) (found []Listed, complete bool) {
	l := &listing{}
	d := jsontext.NewDecoder(bytes.NewReader(src))
	err := eachMember(d, func(group string, _ syntax.Span) error {
		if group != "default" && group != "develop" {
			return d.SkipValue()
		}
		return eachMember(d, func(name string, at syntax.Span) error {
			l.name(name, at, group)
			return d.SkipValue()
		})
	})
	found, listed := l.result()
	return found, err == nil && listed
}

// eachMember reads an object. The function that it calls with each name, and its place between the quotes, reads the
// value.
func eachMember(d *jsontext.Decoder, member func(name string, at syntax.Span) error) error {
	if d.PeekKind() != '{' {
		return errors.New("there is no object")
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != '}' {
		name, err := d.ReadValue()
		if err != nil {
			return err
		}
		end := int(d.InputOffset())
		text, err := jsontext.AppendUnquote(nil, name)
		if err != nil {
			return err
		}
		if err := member(string(text), syntax.Span{Start: end - len(name) + 1, End: end - 1}); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}
