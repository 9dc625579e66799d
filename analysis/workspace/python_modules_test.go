package workspace

import (
	"testing"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/python"
)

// A module is read once for each content, by whichever snapshot asks first.
func TestModule(t *testing.T) {
	s := New(filetree.FromMap(map[string]string{"a.py": "x = 1\n", "b.py": "x = 1\n"}), &Options{Dialect: dialect.Pants1()})
	read := func(s *Snapshot, path string) *python.Module {
		t.Helper()
		m, err := s.PythonModule(s.Tree(), path)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	first := read(s, "a.py")
	next := s.With([]filetree.Change{{Path: "b.py", Overlay: []byte("y = 1\n")}})
	if read(s, "a.py") != first || read(next, "a.py") != first {
		t.Error("a.py is read again")
	}
	if read(next, "b.py").Binding("y").State != python.Bound || read(s, "b.py").Binding("y").State != python.Absent {
		t.Error("b.py is read as another snapshot has it")
	}
	if m, err := s.PythonModule(s.Tree(), "c.py"); m != nil || err == nil {
		t.Errorf("a file that is not there: %v, %v", m, err)
	}
	for i := range maxPythonModules {
		s.python.read(string(rune(i)), nil)
	}
	if n := len(s.python.byPath); n > maxPythonModules {
		t.Errorf("%d modules are kept", n)
	}
}
