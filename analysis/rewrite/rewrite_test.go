package rewrite

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

func TestStyleOf(t *testing.T) {
	tests := []struct {
		name, src string
		want      Style
	}{
		{"nothing to see", "", Style{"    ", '\'', false, true, "\n"}},
		{"two spaces", "f(\n  a = 'x',\n  b = [\n    1\n  ],\n)\n", Style{"  ", '\'', true, true, "\n"}},
		{"tabs", "f(\n\ta = [\n\t\t1\n\t]\n)\n", Style{"\t", '\'', true, false, "\n"}},
		{"quotes that were chosen", "f(\"it's\", \"it's\", 'say \"x\"', 'a', \"b\", \"c\")\n",
			Style{"    ", '"', false, true, "\n"}},
		{"docstrings", "\"\"\"A.\"\"\"\nf('a')\n", Style{"    ", '\'', false, true, "\n"}},
		{"assignments are no arguments", "a = 1\nb = 2\nf(a=1)\n", Style{"    ", '\'', false, true, "\n"}},
		{"comments behind the last item", "f(\n  1,  # a\n  # b\n)\ng(\n  1  # a,\n)\ng(1\n)\n",
			Style{"  ", '\'', false, false, "\n"}},
		{"line ends", "f(\r\n    1,\r\n)\r\n", Style{"    ", '\'', false, true, "\r\n"}},
		{"brackets that do not match", ")]}f(\n  [", Style{"  ", '\'', false, true, "\n"}},
		{"hanging lines", "f(a=['x',\n     'y'])\n", Style{"    ", '\'', false, true, "\n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, StyleOf(syntax.Parse([]byte(test.src)))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	tests := []struct {
		text  string
		quote byte
		want  string
	}{
		{"a", '\'', `'a'`},
		{"a", '"', `"a"`},
		{"it's", '\'', `"it's"`},
		{`say "x"`, '"', `'say "x"'`},
		{`it's "x"`, '\'', `'it\'s "x"'`},
		{"a\\b\n\t\r\x00é", '"', `"a\\b\n\t\r\x00é"`},
		{"", '"', `""`},
	}
	for _, test := range tests {
		got := Quote(test.text, Style{Quote: test.quote})
		if got != test.want {
			t.Errorf("Quote(%q) = %s, want %s", test.text, got, test.want)
		}
		stmts := syntax.Parse([]byte(got)).Stmts
		if value, _ := stmts[0].Value(); value != test.text {
			t.Errorf("%s is %q, want %q", got, value, test.text)
		}
	}
}

// TestRemoveStatementAtEnds removes statements from files that the golden files cannot hold.
func TestRemoveStatementAtEnds(t *testing.T) {
	const bom = "\xef\xbb\xbf"
	tests := []struct {
		name, src string
		stmt      int
		want      string
	}{
		{"no final line end", "a()\n\nb()", 1, "a()\n"},
		{"no line end at all", "a()", 0, ""},
		{"comment without a line end", "a()\n# b\nb()  # b", 1, "a()\n"},
		{"byte order mark", bom + "a()\n\nb()\n", 0, bom + "b()\n"},
		{"header behind a byte order mark", bom + "# head\na()\nb()\n", 0, bom + "# head\nb()\n"},
		{"trailing blank lines", "a()\n\nb()\n\n\n", 1, "a()\n"},
		{"white space in blank lines", "a()\n  \nb()\n\t\nc()\n", 1, "a()\n  \nc()\n"},
		{"tuple", "a()\nb(), \\\n  c(),\nd()\n", 1, "a()\nd()\n"},
		{"def", "a()\ndef f():\n  # in f\n  pass\n\n\nb()\n", 1, "a()\n\n\nb()\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := syntax.Parse([]byte(test.src))
			got, err := edit.Apply(file.Src, RemoveStatement("BUILD", file, file.Stmts[test.stmt]))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestNil has calls that must not be guessed at.
func TestNil(t *testing.T) {
	file := syntax.Parse([]byte("if x:\n  f('a', k='v')\ng(\n<<<<<<< a\n  'a',\n=======\n  'b',\n>>>>>>> b\n)\nx = [1]\n"))
	inner, list, conflict := find(t, file, "f()"), find(t, file, "x"), find(t, file, "g()")
	positional := syntax.Arg{Value: inner.Func()}
	for name, edits := range map[string][]edit.Edit{
		"statement in a block":      RemoveStatement("BUILD", file, inner),
		"zero statement":            RemoveStatement("BUILD", file, syntax.Node{}),
		"element that is not there": RemoveElem("BUILD", list, inner),
		"place that is not there":   InsertElem("BUILD", list, inner, "2"),
		"merge conflict":            InsertElem("BUILD", conflict, syntax.Node{}, "'c'"),
		"list of a call":            SetElems("BUILD", inner, []string{"a"}, stands),
		"argument of a list":        AddArg("BUILD", list, "a", "1", ""),
		"positional argument":       RenameArg("BUILD", positional, "b"),
		"argument not there":        RemoveArg("BUILD", inner, positional),
		"zero expression":           ReplaceExpr("BUILD", syntax.Node{}, "x"),
		"zero string":               ReplaceString("BUILD", syntax.Node{}, "x"),
		"zero list":                 SetElems("BUILD", syntax.Node{}, nil, stands),
		"same text":                 ReplaceExpr("BUILD", list, "[1]"),
	} {
		if edits != nil {
			t.Errorf("%s: %v", name, edits)
		}
	}
}

// TestCombined has changes that two fixes may make of the same file: they must overlap or go together.
func TestCombined(t *testing.T) {
	src := "f(\n  x='a',\n  deps=[\n    'a'  # about a\n  ]\n)\n"
	file := syntax.Parse([]byte(src))
	call, deps := find(t, file, "f()"), find(t, file, "deps")
	arg, _ := findArg(call, "x")
	tests := map[string][2][]edit.Edit{
		"two elements": {
			InsertElem("BUILD", deps, elemsOf(t, deps, []string{"'a'"})[0], "'b'"),
			InsertElem("BUILD", deps, elemsOf(t, deps, []string{"'a'"})[0], "'c'"),
		},
		"two arguments": {AddArg("BUILD", call, "k", "1", ""), AddArg("BUILD", call, "l", "1", "")},
		"one string":    {ReplaceString("BUILD", arg.Value, "ab"), ReplaceString("BUILD", arg.Value, "ac")},
		"one name":      {RenameArg("BUILD", arg, "xy"), RenameArg("BUILD", arg, "xz")},
		"string and argument": {
			ReplaceString("BUILD", arg.Value, "ab"), AddArg("BUILD", call, "k", "1", "x"),
		},
	}
	for name, edits := range tests {
		out, err := edit.Apply(file.Src, slices.Concat(edits[0], edits[1]))
		if err != nil {
			continue
		}
		if errs := syntax.Parse(out).Errors; len(errs) > 0 || name == "one string" || name == "one name" {
			t.Errorf("%s: %v in:\n%s", name, errs, out)
		}
	}
}
