package dialect

import (
	"errors"
	"fmt"
	"strings"
)

// An Address names a target: a directory, "" for the root, and a name in it.
type Address struct {
	Dir, Name string
}

// String returns the address in full: "path/to/dir:name", "//:name" at the root.
func (a Address) String() string {
	if a.Dir == "" {
		return "//:" + a.Name
	}
	return a.Dir + ":" + a.Name
}

// IsZero reports whether a names nothing.
func (a Address) IsZero() bool { return a == Address{} }

// IsDefault reports whether the name of a may be left out.
func (a Address) IsDefault() bool { return a.Dir != "" && a.Name == base(a.Dir) }

// Short returns the address as others write it: without the name where that is the directory's.
func (a Address) Short() string {
	if a.IsDefault() && !strings.Contains(a.Dir, ":") {
		return a.Dir
	}
	return a.String()
}

// From returns the address as the package in dir writes it: ":name" in the same package, else Short.
func (a Address) From(dir string) string {
	if a.Dir == dir {
		return ":" + a.Name
	}
	return a.Short()
}

// errors of addresses.
var (
	errEmpty    = errors.New("the address is empty")
	errNoName   = errors.New("there is no name after the `:`")
	errAt       = errors.New("a name does not hold `@`")
	errAbsolute = errors.New("an address does not start with `/`: it is relative to the root of the build")
	errRootName = errors.New("at the root an address needs a name: `//:name`")
)

// parsePath reads an address of Pants v1.
//
// The grammar is that of Pants 1.20, src/python/pants/build_graph/address.py: split at the last colon; without a colon
// the name is the directory's; ":n" is of the same package; leading slashes "//" are dropped.
func parsePath(spec, from string) (Address, error) {
	if spec == "" {
		return Address{}, errEmpty
	}
	dir, name, named := spec, "", false
	if i := strings.LastIndexByte(spec, ':'); i >= 0 {
		dir, name, named = spec[:i], spec[i+1:], true
	}
	absolute := strings.HasPrefix(dir, "//")
	dir = strings.TrimPrefix(dir, "//")
	if dir == "" && !absolute && named {
		dir = from
	} else if err := checkDir(dir); err != nil {
		return Address{}, err
	}
	switch {
	case named && name == "":
		return Address{}, errNoName
	case strings.Contains(name, "@"), !named && strings.Contains(base(dir), "@"):
		return Address{}, errAt
	case !named && dir == "":
		return Address{}, errRootName
	case !named:
		name = base(dir)
	}
	return Address{Dir: dir, Name: name}, nil
}

// checkDir says what is wrong with the directory of an address.
func checkDir(dir string) error {
	if dir == "" {
		return nil
	}
	if dir[0] == '/' {
		return errAbsolute
	}
	parts := strings.Split(dir, "/")
	for _, part := range parts {
		switch part {
		case "":
			return fmt.Errorf("the path %q has an empty component", dir)
		case ".", "..":
			return fmt.Errorf("the path %q has a component %q: addresses are relative to the root of the build", dir, part)
		}
	}
	if strings.HasPrefix(parts[len(parts)-1], "BUILD") {
		return fmt.Errorf("an address names a directory, not its BUILD file %q", dir)
	}
	return nil
}
