package rewrite

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

// TestGolden runs the cases in testdata/*.txtar, which come in pairs: a file whose name is a call, such as
//
//	RemoveElem | deps | 'a' | 'b'
//
// and a file "->" with what comes of it, or "-> nil" if the call returns no edits. The second field names the node,
// see find.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			testArchive(t, path)
		})
	}
}

func testArchive(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], &archive.Files[i+1]
		t.Run(in.Name, func(t *testing.T) {
			got, edits := do(t, in.Name, in.Data)
			if *update {
				want.Name, want.Data = "->", got
				if edits == nil {
					want.Name, want.Data = "-> nil", nil
				}
				return
			}
			if isNil := want.Name == "-> nil"; isNil != (edits == nil) {
				t.Errorf("edits are %v, want nil: %t", edits, isNil)
			}
			if want.Name == "-> nil" {
				return
			}
			if diff := cmp.Diff(string(want.Data), string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			got, _ = do(t, in.Name, crlf(in.Data))
			if diff := cmp.Diff(string(crlf(want.Data)), string(got)); diff != "" {
				t.Errorf("with CRLF: -want +got:\n%s", diff)
			}
		})
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func crlf(text []byte) []byte { return []byte(strings.ReplaceAll(string(text), "\n", "\r\n")) }

// do makes the call that line describes on src and checks what is true of all calls.
func do(t *testing.T, line string, src []byte) ([]byte, []edit.Edit) {
	t.Helper()
	file := syntax.Parse(src)
	fields := strings.Split(line, " | ")
	for i := range fields {
		fields[i] = strings.ReplaceAll(strings.TrimSpace(fields[i]), `\n`, "\n")
	}
	node := find(t, file, fields[1])
	edits := call(t, file, fields[0], node, fields[2:])
	out, err := edit.Apply(src, edits)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(edits, edit.Compare) {
		t.Errorf("edits are not sorted: %v", edits)
	}
	if n, errs := len(file.Errors), syntax.Parse(out).Errors; len(errs) > n {
		t.Errorf("%v: new syntax errors %v in:\n%s", line, errs, out)
	}
	return out, edits
}

// find returns the node that a selector names: "@3" is the statement with the number 3 from 0, "f()" the first call of
// f, any other name the value of the first argument or assignment of this name.
func find(t *testing.T, file *syntax.File, selector string) (found syntax.Node) {
	t.Helper()
	for i, stmt := range file.Stmts {
		if selector == "@"+string(rune('0'+i)) {
			return stmt
		}
		syntax.Walk(stmt, func(n syntax.Node) bool {
			switch {
			case !found.IsZero():
			case n.Kind() == syntax.Call && n.Func().Name()+"()" == selector:
				found = n
			case n.Kind() == syntax.Assign && n.X().Name() == selector:
				found = n.Y()
			default:
				if arg, ok := findArg(n, selector); ok {
					found = arg.Value
				}
			}
			return found.IsZero()
		})
	}
	if found.IsZero() {
		t.Fatalf("no %q", selector)
	}
	return found
}

func findArg(n syntax.Node, name string) (syntax.Arg, bool) {
	for arg := range n.Args() {
		if arg.Name == name || name == arg.Value.Text() {
			return arg, true
		}
	}
	return syntax.Arg{}, false
}

// call calls the function name.
func call(t *testing.T, file *syntax.File, name string, node syntax.Node, args []string) []edit.Edit {
	t.Helper()
	const path = "a/BUILD"
	switch name {
	case "ReplaceString":
		return ReplaceString(path, node, args[0])
	case "ReplaceExpr":
		return ReplaceExpr(path, node, args[0])
	case "RemoveElem":
		return RemoveElem(path, node, elemsOf(t, node, args)...)
	case "InsertElem":
		if args[0] == "" {
			return InsertElem(path, node, syntax.Node{}, args[1])
		}
		return InsertElem(path, node, elemsOf(t, node, args[:1])[0], args[1])
	case "SetElems":
		return SetElems(path, node, args, stands)
	case "SetEntries":
		var want []Entry
		for _, arg := range args {
			key, value, _ := strings.Cut(arg, "=")
			want = append(want, Entry{key, value})
		}
		return SetEntries(path, node, want, stands)
	case "AddArg":
		return AddArg(path, node, args[0], args[1], append(args, "")[2])
	case "RemoveArg":
		var removed []syntax.Arg
		for _, arg := range args {
			a, ok := findArg(node, arg)
			if !ok {
				t.Fatalf("no argument %q", arg)
			}
			removed = append(removed, a)
		}
		return RemoveArg(path, node, removed...)
	case "RenameArg":
		arg, _ := findArg(node, args[0])
		return RenameArg(path, arg, args[1])
	case "KeywordsToDict":
		return KeywordsToDict(path, node)
	case "RemoveStatement":
		return RemoveStatement(path, file, node)
	}
	t.Fatalf("no function %q", name)
	return nil
}

// stands reports whether elem is the string want, or a call of it.
func stands(elem syntax.Node, want string) bool {
	for arg := range elem.Args() {
		return stands(arg.Value, want)
	}
	value, ok := elem.Value()
	return ok && value == want
}

// elemsOf returns the elements or keys of list that are written as texts.
func elemsOf(t *testing.T, list syntax.Node, texts []string) []syntax.Node {
	t.Helper()
	var nodes []syntax.Node
	for _, text := range texts {
		n := len(nodes)
		for child := range list.Children() {
			if strings.ReplaceAll(child.Text(), "\r\n", "\n") == text && n == len(nodes) {
				nodes = append(nodes, child)
			}
		}
		if n == len(nodes) {
			t.Fatalf("no element %s in %s", text, list.Text())
		}
	}
	return nodes
}
