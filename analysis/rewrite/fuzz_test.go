package rewrite

import (
	"slices"
	"testing"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// words is what the texts of FuzzRewrite are made of.
var words = []string{
	"f(", ")", "[", "]", "{", "}", "(", ",", ": ", "=", " = ", "'a' ", `"b" `, "'c' ", "k", "x ", " ", "  ", "\n", "\r\n",
	"# c\n", " # d \n", "# buildlint: disable=x\n", "\\\n", "*", "**", " for x in y", "r'e' ", "f'{y}' ",
	`"""g` + "\n" + `h""" `, "+", "\t", "if x:\n  ", ".with_binaries(", "k=", "y = ", ",\n    ", "\n  ", "1 ",
	" if x else y",
}

// FuzzRewrite makes every change of every node of any text: no panic, and what could be read still can be.
func FuzzRewrite(f *testing.F) {
	for _, seed := range [][]string{
		{"y = ", "[", "'a' ", ",", "'c' ", "]"},
		{"f(", "k=", "[", ",\n    ", "\n  ", "'a' ", ",", " # d \n", `"b" `, "# c\n", "]", ")"},
		{"x ", ".with_binaries(", "k=", "'a' ", ",\n    ", "x ", "=", `"b" `, ")"},
		{"y = ", "{", "'a' ", ": ", `"b" `, ",", " # d \n", "'c' ", ": ", "1 ", "}", "\n", "f(", ")"},
	} {
		var indexes []byte
		for _, word := range seed {
			indexes = append(indexes, byte(slices.Index(words, word)))
		}
		f.Add(indexes)
	}
	f.Fuzz(func(t *testing.T, indexes []byte) {
		var src []byte
		for _, i := range indexes[:min(len(indexes), 40)] {
			src = append(src, words[int(i)%len(words)]...)
		}
		file := syntax.Parse(src)
		for _, stmt := range file.Stmts {
			accept(t, file, "RemoveStatement", RemoveStatement("BUILD", file, stmt))
			syntax.Walk(stmt, func(n syntax.Node) bool {
				for name, edits := range changesOf(n) {
					accept(t, file, name, edits)
				}
				return true
			})
		}
	})
}

// changesOf returns changes of n by name.
func changesOf(n syntax.Node) map[string][]edit.Edit {
	const path = "BUILD"
	changes := map[string][]edit.Edit{
		"ReplaceString":  ReplaceString(path, n, "a'b\\\n\"é"),
		"KeywordsToDict": KeywordsToDict(path, n),
		"AddArg":         AddArg(path, n, "new_argument", "[\n  'x',\n]", ""),
		"SetElems":       SetElems(path, n, []string{"a", "b", "c", "x"}, stands),
	}
	if kind := n.Kind(); kind == syntax.List || kind == syntax.Tuple || kind == syntax.Set {
		changes["InsertElem"] = InsertElem(path, n, syntax.Node{}, "'new'")
		for elem := range n.Elems() {
			changes["InsertElem "+elem.Text()] = InsertElem(path, n, elem, "'new'")
			changes["RemoveElem "+elem.Text()] = RemoveElem(path, n, elem)
		}
	}
	for entry := range n.Entries() {
		if !entry.Key.IsZero() {
			changes["InsertElem "+entry.Key.Text()] = InsertElem(path, n, entry.Key, "'new': 1")
			changes["RemoveElem "+entry.Key.Text()] = RemoveElem(path, n, entry.Key)
		}
	}
	for arg := range n.Args() {
		changes["RemoveArg "+arg.Value.Text()] = RemoveArg(path, n, arg)
		changes["RenameArg "+arg.Name] = RenameArg(path, arg, "new_name")
	}
	return changes
}

// accept fails if edits cannot be applied, or if a file without syntax errors has one after them.
func accept(t *testing.T, file *syntax.File, name string, edits []edit.Edit) {
	t.Helper()
	out, err := edit.Apply(file.Src, edits)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(edits) == 0 || len(file.Errors) > 0 {
		return
	}
	if errs := syntax.Parse(out).Errors; len(errs) > 0 {
		t.Fatalf("%s: %v\n%q\n%q", name, errs, file.Src, out)
	}
}
