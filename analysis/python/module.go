package python

import (
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A State says whether a name is bound once a module has been imported.
type State uint8

// The states. The zero State says nothing.
const (
	Unknown     State = iota // it cannot be told without running the module
	Absent                   // it is not bound
	Conditional              // it may be bound: in a branch, in a loop, by a `global` of a function
	Bound                    // it is bound
)

// String returns the state in lower case.
func (s State) String() string {
	switch s {
	case Unknown:
		return "unknown"
	case Absent:
		return "absent"
	case Conditional:
		return "conditional"
	case Bound:
		return "bound"
	}
	return fmt.Sprintf("State(%d)", uint8(s))
}

// A BindingKind says what bound a name.
type BindingKind uint8

// The kinds of bindings.
const (
	NoBinding BindingKind = iota
	Function
	Class
	ImportBinding
	Value // assignments and whatever else binds
)

// String returns what the kind is called in a sentence, "" for NoBinding.
func (k BindingKind) String() string {
	switch k {
	case NoBinding:
		return ""
	case Function:
		return "function"
	case Class:
		return "class"
	case ImportBinding:
		return "import"
	case Value:
		return "value"
	}
	return fmt.Sprintf("BindingKind(%d)", uint8(k))
}

// A Binding is a name of a module or of a class.
type Binding struct {
	Name  string
	State State
	Kind  BindingKind // NoBinding if it is Absent or Unknown
	Span  syntax.Span // of the name where it was bound
	// Alias is the dotted name that alone stands on the right: "Harpoon.main" of `main = Harpoon.main`.
	Alias string
	// Origin is what an ImportBinding imports.
	Origin Origin

	class     *class
	ambiguous bool // bound more than once, so that class and Alias may be another's
}

// An Origin is what an import binds a name to.
type Origin struct {
	Module string // dotted, without the leading dots
	Level  int    // leading dots
	Name   string // what is imported from the module, "" for the module itself
}

// An Import is an import of one module.
type Import struct {
	Module string // dotted, without the leading dots; "" for `from . import x`
	Level  int    // leading dots
	Names  []ImportedName
	Span   syntax.Span // of the module's name with its dots

	Star         bool // from module import *
	TypeChecking bool // below `if TYPE_CHECKING:`
	Function     bool // in a function, which may never be called
	Guarded      bool // in the body or a handler of a `try` that has an `except`
}

// An ImportedName is a name in `from module import name`: an object of the module or a module of the package.
type ImportedName struct {
	Name string
	Span syntax.Span
}

// A Namespace is a form in which a package shares its name with other distributions.
type Namespace uint8

// The forms.
const (
	NoNamespace    Namespace = iota
	Pkgutil                  // pkgutil.extend_path
	PkgResources             // pkg_resources.declare_namespace
	MixedNamespace           // both: whichever is there when the module runs
)

// String returns the name of the form, "" for NoNamespace.
func (n Namespace) String() string {
	switch n {
	case NoNamespace:
		return ""
	case Pkgutil:
		return "pkgutil"
	case PkgResources:
		return "pkg_resources"
	case MixedNamespace:
		return "pkg_resources or pkgutil"
	}
	return fmt.Sprintf("Namespace(%d)", uint8(n))
}

// A Module is what a Python file binds at its top level. It is immutable and safe for concurrent use.
type Module struct {
	Imports []Import // by position

	Star      bool // it holds `from x import *`
	Getattr   bool // it defines `__getattr__`
	Dynamic   bool // it changes its own namespace: exec, globals()['x'] = …, sys.modules[__name__]
	Malformed bool // part of it could not be read

	MainGuard bool // it holds `if __name__ == '__main__':`

	// Namespace says how an `__init__.py` declares that its package is continued elsewhere. A package without the file,
	// which is a native namespace, has no module to say so.
	Namespace Namespace

	names scope
	open  map[string]bool // names whose attributes are set from outside of a class's body
}

// ReadModule reads a Python 2 or 3 file without running it. It takes any bytes: what cannot be read makes the module
// Malformed.
func ReadModule(src []byte) *Module {
	r := newReader(src)
	r.module()
	return r.m
}

// Binding returns the binding of a name at the module's top level. Absent is what the file says: another module may
// still set the name, and importing a package's module binds it in the package, of which an `__init__.py` says nothing.
func (m *Module) Binding(name string) Binding {
	if b, ok := m.names[name]; ok && b.State != Absent {
		return b
	}
	if m.Star || m.Getattr || m.Dynamic || m.Malformed || isDunder(name) {
		return Binding{Name: name}
	}
	return Binding{Name: name, State: Absent}
}

// All calls yield for every name that may be bound, in no order.
func (m *Module) All(yield func(Binding) bool) {
	for _, b := range m.names {
		if b.State != Absent && !yield(b) {
			return
		}
	}
}

// isDunder reports whether the interpreter may bind name by itself, such as `__file__` or a class's `__init__`.
func isDunder(name string) bool {
	return strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__")
}
