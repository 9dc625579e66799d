package dialect

import "testing"

// What is typed of an address, and how one is written after it.
func TestBaseOf(t *testing.T) {
	bazel := Bazel()
	bazel.Loads.Own = []string{"", "mine"}
	buck2 := Buck2()
	buck2.Loads.Cells = map[string]string{"lib": "third/lib"}
	address := Address{Dir: "third/lib/a", Name: "a"}
	tests := []struct {
		name        string
		dialect     *Dialect
		text, from  string
		base, rest  string
		ok          bool
		short, full string // "" where the base does not hold the address
	}{
		{"Pants, bare", Pants2(), "thi", "x", "", "thi", true, "third/lib/a", "third/lib/a:a"},
		{"Pants, slashes", Pants2(), "//thi", "x", "//", "thi", true, "//third/lib/a", "//third/lib/a:a"},
		{"Pants, slashes within", Pants2(), "a//b", "x", "", "a//b", true, "third/lib/a", "third/lib/a:a"},
		{"Bazel, bare", bazel, "thi", "x", "//", "thi", true, "//third/lib/a", "//third/lib/a:a"},
		{"Bazel, the own name", bazel, "@@mine//t:", "x", "@@mine//", "t:", true, "@@mine//third/lib/a", "@@mine//third/lib/a:a"},
		{"Bazel, no name", bazel, "@//", "x", "@//", "", true, "@//third/lib/a", "@//third/lib/a:a"},
		{"Bazel, another", bazel, "@other//", "x", "@other//", "", false, "@other//third/lib/a", "@other//third/lib/a:a"},
		{"Bazel, half a name", bazel, "@mi", "x", "//", "@mi", false, "//third/lib/a", "//third/lib/a:a"},
		{"Please, a subrepository", Please(), "///x//a", "x", "//", "/x//a", false, "//third/lib/a", "//third/lib/a:a"},
		{"Buck2, the cell of the root", buck2, "//a", "x", "//", "a", true, "", ""},
		{"Buck2, another cell", buck2, "lib//a", "x", "lib//", "a", true, "lib//a:a", "lib//a:a"},
		{"Buck2, in a cell", buck2, "//a", "third/lib/b", "//", "a", true, "//a:a", "//a:a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, rest, ok := test.dialect.BaseOf(test.text, test.from)
			if base.Text != test.base || rest != test.rest || ok != test.ok {
				t.Errorf("BaseOf(%q) = %+v, %q, %v", test.text, base, rest, ok)
			}
			if got := test.dialect.Holds(base, address.Dir); got != (test.short != "") {
				t.Errorf("%+v holds the address: %v", base, got)
			}
			if test.short == "" {
				return
			}
			short, full := test.dialect.SpellIn(base, address, false), test.dialect.SpellIn(base, address, true)
			if short != test.short || full != test.full {
				t.Errorf("%q, %q; want %q, %q", short, full, test.short, test.full)
			}
		})
	}
	if got := Pants2().SpellIn(Base{}, Address{Name: "a"}, false); got != "//:a" {
		t.Errorf("at the root: %q", got)
	}
}
